"""What was signed before goes into a new ledger (here on SQLite), and every answer is the recorded one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden.comparing import ACCEPTED_DIFFERENCES, Difference, differing, members_of
from tests.golden.files import LEDGERS
from tests.golden.replaying import check_replay


@pytest.mark.slow
@pytest.mark.parametrize("name", LEDGERS)
def test_every_recorded_answer_is_given_again(name: str, tmp_path: Path) -> None:
    """What became of each submission; lots, sources, findings, balances, accounts, agreements, now and before."""
    check_replay("sqlite", name, tmp_path)


def test_a_new_member_is_no_difference_and_a_new_entry_of_a_map_is() -> None:
    """Answers and rows may gain members that no recorded answer has; masses by metal, and rows, may not."""
    recorded = {"lot": "MUN-B-1", "content_kg": {"Pb": "1"}, "rows": [{"record": "MUN-B-1"}]}
    known = members_of(recorded) | {"owner"}
    grown = {**recorded, "colour": "grey", "rows": [{"record": "MUN-B-1", "colour": "grey"}]}
    assert list(differing(recorded, grown, known)) == []
    for changed in (
        {**recorded, "owner": "TEX"},
        {**recorded, "content_kg": {"Pb": "1", "Sb": "0.1"}},
        {**recorded, "content_kg": {"Pb": "1.000001"}},
        {**recorded, "rows": [*grown["rows"], {"record": "MUN-B-2"}]},
        {**recorded, "rows": []},
        {"lot": "MUN-B-1", "rows": recorded["rows"]},
    ):
        assert len(list(differing(recorded, changed, known))) == 1, changed


def test_every_accepted_difference_says_why() -> None:
    """And names a ledger of the recordings, so that none is there for nothing."""
    for accepted in ACCEPTED_DIFFERENCES:
        assert accepted.reason
        assert any(accepted.covers(Difference(name, *accepted[1:3], *accepted[4:])) for name in LEDGERS)
