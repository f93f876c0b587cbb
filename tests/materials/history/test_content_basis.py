"""What stated content rests on decides how far a gain may go: a table excuses more than an assay."""

from __future__ import annotations

import pytest

from tests.materials.plausibility.site.steps import lead, step
from tests.season.court import Court, severities
from tests.season.schemes.contents import assay
from tests.world.events import KG, output


@pytest.mark.parametrize(("basis", "expected"), [("table", "medium"), ("assay", "high"), ("declared", "high")])
def test_a_table_may_be_wrong_where_there_was_one(basis: str, expected: str) -> None:
    """Eight percent more, and the word for it."""
    court = Court()
    court.batch("MUN-B-1", 10_000, content_basis=basis)
    step(court, 1, {"MUN-B-1": 10_000}, [lead("MUN-L-1", 6_480)], gain_reason="table_understated")
    assert severities(court, "yield-above-contained") == [expected]
    assert severities(court, "campaign-yield-above-contained") == [expected]


def test_a_table_goes_on_into_what_was_reckoned_from_it() -> None:
    """Paste of batteries that a table spoke of; an assay of the paste ends it."""
    for is_assayed, expected in ((False, "medium"), (True, "high")):
        court = Court()
        court.batch("MUN-B-1", 10_000, content_basis="table")
        paste = output("MUN-P-1", 7_500 * KG, {"Pb": 6_000 * KG}, material="lead_paste", role="intermediate")
        step(court, 1, {"MUN-B-1": 10_000}, [paste], process="breaking")
        if is_assayed:
            court.say("MUN", assay("MUN-P-1", Pb="0.8"), "2026-01-10T08:00:00Z")
        step(court, 2, {"MUN-P-1": 7_500}, [lead("MUN-L-1", 6_480)], gain_reason="table_understated")
        assert severities(court, "yield-above-contained") == [expected]
