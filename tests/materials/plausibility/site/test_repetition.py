"""What repeats where nothing should, beside its honest twin."""

from __future__ import annotations

import pytest

from tests.season.court import Court, severities


@pytest.mark.parametrize(
    ("weights", "expected"),
    [((20_000, 20_000, 20_001, 20_000), []), ((20_000, 20_000, 20_000), ["medium"])],
)
def test_weights_in_a_row(weights: tuple[int, ...], expected: list[str]) -> None:
    """Twice the same is chance, three times in a row is copied; another truck between breaks the row."""
    court = Court()
    for number, kg in enumerate(weights):
        court.batch(f"MUN-B-{number}", kg)
    assert severities(court, "identical-weights") == expected
