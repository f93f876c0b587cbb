"""Holds on a run, a document or a site's month: they name all lots of it, and only a certifier sets them."""

from __future__ import annotations

from typing import Any

import pytest

from schemas.errors import MalformedError
from schemas.refusal import RefusedError
from tests.materials.held import day
from tests.materials.yard import Yard
from tests.world.events import KG, acceptance, correction, dispatch, line, output, participant, run, unsigned_id

SLIP = {"kind": "weighbridge_slip", "issuer": "MUN", "number": "WB-17"}
NOTE = {"kind": "consignment_note", "issuer": "HAULIER", "number": "CN-5"}
FEBRUARY = "2026-02-03T06:00:00Z"


@pytest.fixture
def yard() -> Yard:
    """Two batches at MUN, of which one has a slip; two lots smelted; one of these sent; a batch in February."""
    yard = Yard()
    yard.register(participant("CERT", "certifier", country="DE"))
    yard.intake("MUN-B-1", 100 * KG, {"Pb": 60 * KG}, documents=[SLIP])
    yard.intake("MUN-B-2", 100 * KG, {"Pb": 60 * KG})
    made = [output(f"MUN-L-{number}", 25 * KG, {"Pb": 25 * KG}) for number in (1, 2)]
    yard.say("MUN", run("MUN-R-1", [line("MUN-B-1", 90 * KG)], made))
    yard.say("MUN", dispatch("MUN-H-1", "MUN-L-1", to="TEX", documents=[NOTE]), day(7))
    yard.say("TEX", acceptance("MUN-H-1", "MUN-L-1", net=25 * KG), day(8))
    yard.intake("MUN-B-3", 100 * KG, {"Pb": 60 * KG}, at=FEBRUARY)
    return yard


def hold(*lots: str, **of: Any) -> dict[str, Any]:
    """Return a hold on all of something."""
    return {"type": "hold", "lots": list(lots), "reason": "to be looked at", **of}


OF_RUN = {"run": "MUN-R-1"}
OF_SLIP = {"document": SLIP | {"number": "wb 017"}}
OF_NOTE = {"document": NOTE}
OF_MONTH = {"site": "MUN", "month": "2026-01"}
OF_TEX = {"site": "TEX", "month": "2026-01"}


@pytest.mark.parametrize(
    ("of", "lots"),
    [
        (OF_RUN, ["MUN-L-1", "MUN-L-2"]),
        (OF_SLIP, ["MUN-B-1"]),
        (OF_NOTE, ["MUN-L-1"]),
        (OF_MONTH, ["MUN-B-1", "MUN-B-2", "MUN-L-1", "MUN-L-2"]),
        (OF_TEX, ["MUN-L-1"]),
    ],
)
def test_a_hold_on_more_than_a_lot_names_all_of_it(yard: Yard, of: dict[str, Any], lots: list[str]) -> None:
    """Made by the run; come in or sent under the document; made or received in the site's month."""
    for short in (lots[1:], lots[:-1]):
        if short:
            with pytest.raises(RefusedError, match="missing: MUN-") as refused:
                yard.say("CERT", hold(*short, **of), FEBRUARY)
            assert refused.value.code == "hold-differs"
    assert yard.code("CERT", hold(*lots, "MUN-B-3", **of), FEBRUARY) == "hold-differs"
    assert yard.code("CERT", hold(*lots, **of), FEBRUARY) == "taken"
    assert {lot.id for lot in yard.lots.values() if lot.held} == set(lots)
    said = unsigned_id(yard.index - 1)
    assert yard.code("CERT", {"type": "release", "hold": said, "lots": lots, "reason": "fine"}, FEBRUARY) == "taken"
    assert not any(lot.held for lot in yard.lots.values())


def test_only_a_certifier_or_the_authority_holds_more_than_a_lot(yard: Yard) -> None:
    """A park holds its own lots, one by one."""
    assert yard.code("MUN", hold("MUN-L-1", "MUN-L-2", **OF_RUN), FEBRUARY) == "not-entitled"


@pytest.mark.parametrize(
    "of", [{"run": "MUN-R-9"}, {"document": SLIP | {"number": "18"}}, {"site": "MUN", "month": "2025-12"}]
)
def test_a_hold_on_what_has_no_lots_is_refused(yard: Yard, of: dict[str, Any]) -> None:
    """A run, a document, a month of which nothing is known."""
    assert yard.code("CERT", hold("MUN-B-1", **of), FEBRUARY) == "hold-differs"


def test_a_document_that_may_be_cited_often_is_held_by_the_lots_that_are_named(yard: Yard) -> None:
    """No list of them is kept, so that only what does not cite it is refused."""
    paper = {"kind": "purchase_invoice", "issuer": "DEALER", "number": "7"}
    yard.intake("MUN-B-4", 100 * KG, {"Pb": 60 * KG}, at=FEBRUARY, documents=[paper])
    assert yard.code("CERT", hold("MUN-B-1", document=paper), FEBRUARY) == "hold-differs"
    assert yard.code("CERT", hold("MUN-B-4", document=paper), FEBRUARY) == "taken"


def test_what_a_correction_makes_of_a_held_run_is_held(yard: Yard) -> None:
    """The metal stays under the hold of its run."""
    yard.say("CERT", hold("MUN-L-1", "MUN-L-2", **OF_RUN), FEBRUARY)
    made = [output("MUN-L-1", 25 * KG, {"Pb": 25 * KG}), output("MUN-L-3", 25 * KG, {"Pb": 25 * KG})]
    yard.say("MUN", correction(unsigned_id(2), run("MUN-R-1", [line("MUN-B-1", 90 * KG)], made)), FEBRUARY)
    assert yard.lot("MUN-L-3").held


@pytest.mark.parametrize("of", [{"site": "MUN"}, {"month": "2026-01"}, {**OF_RUN, **OF_MONTH}, {**OF_RUN, **OF_SLIP}])
def test_a_hold_is_of_one_thing(yard: Yard, of: dict[str, Any]) -> None:
    """A site with its month, and one of the three."""
    with pytest.raises(MalformedError):
        yard.say("CERT", hold("MUN-B-1", **of), FEBRUARY)
