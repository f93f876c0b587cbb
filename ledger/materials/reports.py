"""What the ledger answers about a lot (contract, section 6, ``lot --json``)."""

from __future__ import annotations

from typing import Any

from ledger.materials.apportioning import content_of
from ledger.materials.records import Lot
from ledger.materials.rulesets import recycled_shares
from schemas.codes import METALS, ORIGINS
from schemas.quantity import format_kg


def lot_report(lot: Lot, tree_size: int) -> dict[str, Any]:
    """Return the public answer about a lot at a tree size; masses in kg as texts.

    A metal or an origin without mass is absent; a consumed lot has ``"0"``, empty maps
    and its last holder.
    """
    metals = [metal for metal in METALS if metal in lot.mix]
    return {
        "lot": lot.id,
        "material": lot.material,
        "holder": lot.holder,
        "status": lot.status,
        "held": lot.held,
        "net_kg": format_kg(lot.net),
        "content_kg": {metal: format_kg(mass) for metal, mass in content_of(lot.mix).items()},
        "origin_kg": {
            metal: {origin: format_kg(mass) for origin, mass in zip(ORIGINS, lot.mix[metal], strict=True) if mass}
            for metal in metals
        },
        "recycled_share": recycled_shares(lot.mix),
        "tree_size": tree_size,
    }
