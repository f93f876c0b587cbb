"""A site's year by the rule sets, on random seasons with every event."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from fractions import Fraction

from hypothesis import given

from ledger.materials.answers.provenance import contributions, trace
from ledger.materials.mass.mix import claimable_mass
from ledger.materials.state.records import Lot
from schemas.ids import LotId
from schemas.intake import Intake
from tests.materials.yearbook import domestic_of, site_of, year_of
from tests.season.dice import LONG, SEEDS, seasons
from tests.season.every_event import EverySeason
from tests.season.random_seasons import PARKS
from tests.world.folding import Fold


@seasons(20)
@given(SEEDS, LONG)
def test_no_more_of_a_metal_is_got_out_than_was_put_in(seed: int, count: int) -> None:
    """Over all years and classes, through packing, returns, analyses, counts and corrections."""
    fold = EverySeason(seed).play(count)
    for site in PARKS:
        sums: dict[str, Counter[str]] = {"in": Counter(), "out": Counter()}
        for year in (2025, 2026, 2027):
            for row in year_of(fold, year, site)["classes"]:
                for side, total in sums.items():
                    masses = row[f"metals_{side}_kg"]
                    total.update({metal: int(Decimal(mass) * 1_000_000) for metal, mass in masses.items()})
        assert all(mass <= sums["in"][metal] for metal, mass in sums["out"].items()), (site, sums)


@seasons(12)
@given(SEEDS, LONG)
def test_no_more_is_domestic_than_came_from_batches_of_the_country(seed: int, count: int) -> None:
    """By the exact contributions of each lot's sources, and by its waste origins."""
    fold = EverySeason(seed).play(count)
    domestic = domestic_of(fold)
    batches = {event.lot: event for site in PARKS for _, event in site_of(fold, site).intakes()}
    for lot in fold.lots.values():
        found = domestic.metal_in(lot)
        assert 0 <= found <= sum(claimable_mass(split) for split in lot.mix.values())
        assert found <= _from(batches, lot, fold)


def _from(batches: dict[LotId, Intake], lot: Lot, fold: Fold) -> Fraction:
    """Return the milligrams of a lot that came from batches of India, whoever recycled them."""
    ancestry = trace(lot, fold)
    total = Fraction(0)
    for metal, shares in contributions(ancestry).items():
        mass = sum(lot.mix.get(metal, ()))
        inland = [
            share
            for source, share in shares.items()
            if source.record in batches and batches[LotId(source.record)].country == "IN"
        ]
        total += mass * sum(inland, Fraction(0))
    return total
