"""A plant's own id of a record: one record is taken once, whatever file it comes in (contract, section 4)."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.materials.state.refs import RefKey
from schemas.ids import PartyId, StatementId
from schemas.refusal import RefusedError
from tests.materials.yard import Yard, intake
from tests.world.events import correction, line, output, run, unsigned_id

REF = "SAP/4711"


def _batch(lot: str = "MUN-B-1", kg: int = 10, **more: Any) -> dict[str, Any]:
    return intake(lot, kg, **{"ref": REF, **more})


def _refusal(yard: Yard, issuer: str, event: dict[str, Any]) -> RefusedError:
    with pytest.raises(RefusedError) as caught:
        yard.say(issuer, event)
    return caught.value


@pytest.fixture
def yard() -> Yard:
    """``REF`` is of MUN-B-1 (statement 0)."""
    yard = Yard()
    yard.say("MUN", _batch())
    return yard


def test_the_same_record_again_is_there_already_and_its_statement_is_named(yard: Yard) -> None:
    """Not its lot, which it would collide with, but the whole record is known."""
    refusal = _refusal(yard, "MUN", _batch())
    assert refusal.code == "ref-exists"
    assert unsigned_id(0) in str(refusal)
    assert refusal.collides_with == unsigned_id(0)


@pytest.mark.parametrize("other", [{"kg": 11}, {"lot": "MUN-B-2"}, {"country": "TH"}])
def test_other_content_under_the_same_ref_is_a_conflict(yard: Yard, other: dict[str, Any]) -> None:
    """A record that was changed in the plant's system is corrected, not sent again."""
    assert _refusal(yard, "MUN", _batch(**other)).code == "ref-conflict"


def test_sealed_facts_are_no_content(yard: Yard) -> None:
    """They are sealed anew at every signing."""
    assert _refusal(yard, "MUN", _batch(sealed=["A" * 43])).code == "ref-exists"


def test_a_ref_is_unique_within_issuer_and_type(yard: Yard) -> None:
    """Another plant, or the same one's runs, number for themselves."""
    assert yard.code("TEX", _batch("TEX-B-1")) == "taken"
    event = run("MUN-R-1", [line("MUN-B-1", 1)], [output("MUN-P-1", 1)], ref=REF)
    assert yard.code("MUN", event) == "taken"
    assert yard.code("MUN", {**event, "run": "MUN-R-2"}) == "ref-conflict"


def test_a_corrected_record_is_known_as_it_was_and_as_it_stands(yard: Yard) -> None:
    """An old export and a new one are both the same record; a third content is not."""
    replacement = {name: value for name, value in _batch(kg=12).items() if name != "ref"}
    yard.say("MUN", correction(0, replacement))
    assert _refusal(yard, "MUN", _batch()).code == "ref-exists"
    assert _refusal(yard, "MUN", _batch(kg=12)).code == "ref-exists"
    assert _refusal(yard, "MUN", _batch(kg=13)).code == "ref-conflict"


def test_what_stood_only_between_two_corrections_is_a_conflict(yard: Yard) -> None:
    """Neither the first nor the standing version says it."""
    for kg in (12, 14):
        yard.say("MUN", correction(0, _batch(kg=kg)))
    assert _refusal(yard, "MUN", _batch(kg=12)).code == "ref-conflict"


def test_a_record_that_did_not_occur_frees_its_ref(yard: Yard) -> None:
    """And whoever uses it then keeps it, even if the first one is said to have occurred after all."""
    yard.say("MUN", correction(0, kind="did_not_occur"))
    yard.say("MUN", _batch("MUN-B-2"))
    yard.say("MUN", correction(0, intake("MUN-B-1", 10)))
    used = yard.refs.get(RefKey(REF, PartyId("MUN"), "intake"))
    assert used is not None
    assert used.statement == StatementId(unsigned_id(2))


def test_a_record_that_occurred_after_all_has_its_ref_again(yard: Yard) -> None:
    """Nobody used it meanwhile."""
    yard.say("MUN", correction(0, kind="did_not_occur"))
    yard.say("MUN", correction(0, _batch()))
    assert _refusal(yard, "MUN", _batch()).code == "ref-exists"


def test_a_replacement_cannot_take_another_ref(yard: Yard) -> None:
    """The ref is the record's; a replacement repeats it or leaves it out."""
    assert yard.code("MUN", correction(0, _batch(ref="SAP/4712"))) == "replacement-differs"
    assert yard.code("MUN", correction(0, _batch())) == "taken"
