"""How much of a lot was recycled in a country, from waste of that country.

Imported waste that is recycled at home, and waste that was not recycled yet, do not count.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import cast

from ledger.materials.marks import CLAIMABLE
from ledger.materials.provenance import Ancestry, contributions
from schemas.codes import Metal

_FLOOR = Fraction(1, 10**40)


def domestic_mass(ancestry: Ancestry, origins: Mapping[str, str], sites: Mapping[str, str], country: str) -> int:
    """Return the milligrams of metal from waste of a country, where it was also recycled.

    Args:
        ancestry: the lot with all that it came through.
        origins: the country that each intake lot came from, by lot.
        sites: the country of each park, by its id.
        country: ISO 3166-1 alpha-2.
    """
    lot = ancestry.lot
    abroad = [run for run in ancestry.runs.values() if sites.get(run.issuer) != country]
    if lot.run is None or abroad:
        return 0
    total = 0
    for name, shares in contributions(ancestry, floor=_FLOOR).items():
        metal = cast("Metal", name)
        share = sum((part for source, part in shares.items() if origins.get(source) == country), Fraction(0))
        total += int(share * sum(lot.mix.get(metal, ())[:CLAIMABLE]))
    return total
