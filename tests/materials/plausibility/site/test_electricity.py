"""Power by the month, beside its honest twin."""

from __future__ import annotations

import pytest

from tests.season.court import Court


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        ((None, "9000"), ["medium"]),
        ((None, None), ["low", "low"]),
        (("9000", "9000"), []),
        (("0", "9000"), ["high"]),
        ((None, "0"), ["low", "high"]),
    ],
)
def test_electricity_of_a_month(months: tuple[str | None, str | None], expected: list[str]) -> None:
    """Who states it in one month is asked for the other; nobody runs on none."""
    court = Court()
    for number, kwh in enumerate(months, 1):
        court.batch(f"MUN-B-{number}", 20_000 + number)
        more = {} if kwh is None else {"electricity_kwh": kwh}
        at = f"2026-0{number}-15T06:00:00Z"
        court.smelt(f"MUN-R-{number}", {f"MUN-B-{number}": 20_000 + number}, 11_900, at=at, **more)
    found = [finding for finding in court.verdicts() if finding.code in ("power-not-stated", "month-without-power")]
    assert [finding.severity for finding in found if dict(finding.about)["month"] in ("2026-01", "2026-02")] == expected
