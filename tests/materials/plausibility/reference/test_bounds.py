"""Limits: a site's own before those of the rules, each with the code of its source."""

from __future__ import annotations

import pytest

from ledger.materials.plausibility.reference.bounds import bound_of, limits_of, ppm_of, source_of
from ledger.materials.state.book import Speaker
from schemas.catalogue.findings.sources import Source
from schemas.ids import PartyId, StatementId
from schemas.party import Party
from schemas.versions import VERSION_1

RULES_OWN = VERSION_1.limits.delivery_warn_kg


def judged(**limits: int) -> Speaker:
    """Return a park with limits of its own."""
    party = Party(PartyId("MUN"), "MUN", ("park",), "IN", StatementId("0" * 64), limits=tuple(limits.items()))
    return Speaker(party, "2026-01-05T06:00:00Z", 7, StatementId("ab" * 32), VERSION_1)


def test_a_limit_of_the_site_holds_before_that_of_the_rules() -> None:
    """The others are those of the rules."""
    assert limits_of(judged()) == VERSION_1.limits
    assert limits_of(judged(delivery_warn_kg=15_000)) == VERSION_1.limits._replace(delivery_warn_kg=15_000)


@pytest.mark.parametrize(
    ("own", "source"),
    [
        ({}, "delivery_warn_kg"),
        ({"delivery_warn_kg": RULES_OWN}, "delivery_warn_kg"),
        ({"delivery_warn_kg": 1}, Source.SITE),
    ],
)
def test_a_limit_of_the_site_is_named_as_the_sites(own: dict[str, int], source: str) -> None:
    """Where it says what the rules say it is that of the rules."""
    assert source_of(judged(**own), "delivery_warn_kg") == source


def test_a_bound_is_a_limit_with_the_figures_beside_it() -> None:
    """The code of its source is its name."""
    bound = bound_of(VERSION_1.limits, "delivery_warn_kg", ("trucks", 2))
    assert bound.figures == (("delivery_warn_kg", RULES_OWN), ("trucks", 2))
    assert bound.source == "delivery_warn_kg"


def test_parts_per_million_are_rounded_down() -> None:
    """Two thirds; of nothing every part is none."""
    assert ppm_of(2, 3) == 666_666
    assert ppm_of(1, 0) == 0
