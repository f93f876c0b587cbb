"""A standing as JSON."""

from __future__ import annotations

from ledger.materials.standing.report import standing_report
from tests.materials.rich import mixed, stands


def test_the_worst_stands_first_and_nobody_is_named() -> None:
    """Codes, severities and shares; no id of a lot, a run or a party."""
    market = mixed(2000)
    report = standing_report(stands(market, "MUN-L-1"))
    levels = [row["level"] for row in report["reasons"]]
    assert levels == sorted(levels, key=["stop", "look", "clear"].index)
    assert set().union(*report["reasons"]) == {
        "code", "severity", "level", "metal", "share", "settled", "proven", "reported"
    }  # fmt: skip
    assert "MUN" not in str(report)
