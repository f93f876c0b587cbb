"""Findings of a run: weighing differences."""

from __future__ import annotations

import pytest

from tests.season.court import Court, severities
from tests.world.events import KG, line, output, run


@pytest.mark.parametrize(
    ("stated", "expected"),
    [("21450", []), ("21400", ["low"]), ("21300", ["medium"]), ("21000", ["high"]), ("1", ["high"])],
)
def test_a_closing_weight_against_the_book(stated: str, expected: list[str]) -> None:
    """Half a percent is the scale, two percent is another load."""
    court = Court()
    court.batch("MUN-B-1")
    made = output("MUN-L-1", 12_002 * KG, {"Pb": 12_000 * KG}, material="refined_lead")
    court.say("MUN", run("MUN-R-1", [line("MUN-B-1", stated, closes=True)], [made]))
    assert severities(court, "weighing-difference") == expected
    assert severities(court, "output-mass") == []
