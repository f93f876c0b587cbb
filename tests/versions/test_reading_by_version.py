"""An entry is read by the version of its own index, a replacement by that of the statement it replaces."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.admission.judge import Accepted, AlreadyThere
from ledger.admission.state import read_facts
from ledger.admission.statements import read_statement
from schemas.correction import Correction
from schemas.errors import MalformedError, NewerVersionError
from schemas.handover import Dispatch
from schemas.rules.version import Rules
from schemas.versions import VERSION_1, RulesHistory, rules_of_genesis
from tests.admission.desk import DISPATCH, Desk
from tests.versions.version_2 import SealedDispatch

CHANGE = {"type": "rules", "rules": 2}
SEALED = {**DISPATCH, "seal": "SEAL-1"}
HOLD = {"type": "hold", "lots": ["MUN-B-1"], "reason": "why"}


@pytest.fixture
def desk(version_2: Rules) -> Desk:
    """A ledger under version 1, with software that knows version 2."""
    desk = Desk()
    assert desk.book.facts is not None
    assert desk.book.facts.rules.at(desk.size) is VERSION_1
    return desk


def correct(statement: str, replacement: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return a correction."""
    said = {"type": "correction", "statement": statement, "kind": "incorrect_data", "reason": "typing"}
    return {**said, "replacement": replacement} if replacement else {**said, "kind": "did_not_occur"}


def test_a_member_of_version_2_is_malformed_before_and_taken_from_the_entry_after_the_change(desk: Desk) -> None:
    """The entry that changes the rules is still one of version 1; the next is not."""
    assert desk.refusal("MUN", SEALED).code == "malformed"
    desk.take("AUTHORITY", CHANGE)
    taken = desk.take("MUN", SEALED)
    assert isinstance(taken.statement.event, SealedDispatch)
    assert taken.statement.event.seal == "SEAL-1"
    assert taken.statement.rules.number == 2


def test_what_was_read_ahead_is_read_again_where_a_change_came_between(desk: Desk, version_2: Rules) -> None:
    """In both directions: under the old version ahead of the change, and under the new one before it holds."""
    signed = desk.sign("MUN", SEALED)
    early = read_statement(signed.envelope, signed.event, version_2)
    with pytest.raises(MalformedError, match="seal"):
        desk.judge(early)
    waiting = desk.read("MUN", DISPATCH), desk.read("MUN", HOLD)
    assert {statement.rules for statement in waiting} == {VERSION_1}
    desk.take("AUTHORITY", CHANGE)
    judged = desk.judge(waiting[0])
    assert isinstance(judged, Accepted)
    assert isinstance(judged.statement.event, SealedDispatch)
    with pytest.raises(MalformedError, match="expected a type among"):
        desk.judge(waiting[1])
    assert isinstance(desk.judge(early), Accepted)


def test_an_entry_stays_there_under_rules_that_would_not_take_it(desk: Desk) -> None:
    """Who sends it again is answered as before; the same event anew is malformed."""
    taken = desk.take("MUN", HOLD)
    desk.take("AUTHORITY", CHANGE)
    again = read_statement(taken.statement.envelope, taken.statement.event_bytes, VERSION_1)
    assert desk.judge(again) == AlreadyThere(again, taken.index)
    assert desk.refusal("MUN", HOLD).code == "malformed"


def test_a_replacement_is_read_by_the_version_of_what_it_replaces(desk: Desk) -> None:
    """A dispatch of version 1 has no seal, whenever it is corrected; one of version 2 has."""
    first = desk.take("MUN", DISPATCH).statement.id
    desk.take("AUTHORITY", CHANGE)
    second = desk.take("MUN", {**SEALED, "shipment": "MUN-H-8", "lots": [{"lot": "MUN-B-1"}]}).statement.id
    refused = desk.refusal("MUN", correct(first, {**SEALED, "to": "TEX"}))
    assert refused.code == "malformed"
    assert "version 1" in str(refused)
    old = desk.take("MUN", correct(first, {**DISPATCH, "to": "TEX"})).statement.event
    assert isinstance(old, Correction)
    assert type(old.replacement) is Dispatch
    changed = {**SEALED, "shipment": "MUN-H-8", "lots": [{"lot": "MUN-B-1"}], "seal": "SEAL-2"}
    new = desk.take("MUN", correct(second, changed)).statement.event
    assert isinstance(new, Correction)
    assert isinstance(new.replacement, SealedDispatch)
    assert new.replacement.seal == "SEAL-2"


def test_history_gives_every_event_with_the_version_of_its_index(desk: Desk) -> None:
    """Also after the change, also a correction's replacement."""
    first = desk.take("MUN", DISPATCH)
    desk.take("AUTHORITY", CHANGE)
    fix = desk.take("MUN", correct(first.statement.id, {**DISPATCH, "to": "TEX"}))
    logged_events = desk.book.past.logged_events((first.index, fix.index))
    assert [logged.rules.number for logged in logged_events] == [1, 2]
    assert isinstance(logged_events[1].event, Correction)
    assert type(logged_events[1].event.replacement) is Dispatch


def test_a_version_only_rises_and_is_one_that_this_software_knows(desk: Desk) -> None:
    """Naming the one that holds says nothing new; an older or an unknown one is refused."""
    desk.take("AUTHORITY", {"type": "rules", "rules": 1})
    assert desk.book.facts is not None
    assert not desk.book.facts.rules.has_changed
    desk.take("AUTHORITY", CHANGE)
    refusals = [desk.refusal("AUTHORITY", {"type": "rules", "rules": number}) for number in (1, 3)]
    assert [refusal.code for refusal in refusals] == ["older-version", "newer-version"]
    assert dict(refusals[1].figures) == {"known": 2, "version": 3}
    assert desk.refusal("MUN", CHANGE).code == "not-entitled"


def test_a_history_says_which_version_holds_where(version_2: Rules) -> None:
    """From the named index on, for ever; what it does not know it does not make up."""
    history = RulesHistory.of(1).followed_by(2, 7)
    assert [history.at(index).number for index in (0, 6, 7, 10**9)] == [1, 1, 2, 2]
    assert RulesHistory.read([(0, 1), (7, 2)]) == history
    assert tuple(history.versions) == (version_2, VERSION_1)
    assert tuple(RulesHistory.of(1).readings) == (VERSION_1, version_2)
    for spans in ([(0, 3)], [(0, 1), (7, 3)]):
        with pytest.raises(NewerVersionError) as caught:
            RulesHistory.read(spans)
        assert (caught.value.number, caught.value.known) == (3, 2)
    with pytest.raises(NewerVersionError):
        history.followed_by(3, 9)


def test_a_row_of_facts_names_the_versions_with_their_entries(version_2: Rules) -> None:
    """A row from before there was a history names one number; a version that is not known stops whoever reads it."""
    row = '["{}","ledger.example.com/ace",["a","b"],{},["AUTHORITY"]]'
    assert read_facts(row.format("ab" * 32, "[[[0,1],[7,2]]]")).rules == RulesHistory(((0, 1), (7, 2)))
    assert read_facts(row.format("ab" * 32, "1")).rules == RulesHistory.of(1)
    with pytest.raises(NewerVersionError):
        read_facts(row.format("ab" * 32, "[[[0,1],[7,3]]]"))


@pytest.mark.parametrize(
    "raw", [b"", b"[]", b"{}", b"\xff", b"[" * 10**5, b'{"type":"genesis","rules":"2"}', b"1" * 5000]
)
def test_a_genesis_that_names_no_version_is_read_by_the_first(raw: bytes) -> None:
    """What is wrong with it is said by its reader."""
    assert rules_of_genesis(raw) is VERSION_1
    with pytest.raises(NewerVersionError):
        rules_of_genesis(b'{"type":"genesis","rules":99}')


def test_limits_are_those_of_the_version(desk: Desk) -> None:
    """A party's own limits are held against the defaults of the version in force."""
    desk.take("AUTHORITY", CHANGE)
    update = {"type": "participant", "id": "MUN", "name": "x", "roles": ["park"], "country": "IN", "identifiers": {}}
    refused = desk.refusal("AUTHORITY", {**update, "limits": {"handover_high_ppm": 20_000}})
    assert refused.code == "malformed"
    desk.take("AUTHORITY", {**update, "limits": {"handover_high_ppm": 70_000}})
