"""The codes that the formats of number 1 spell, in their order, as they stand in these files for ever.

They are the code lists of rules version 1. Where a later version has a metal or an origin
more, these formats do not learn it: a format of a higher number spells it.
"""

from __future__ import annotations

from typing import Final

from ledger.materials.state.records import PostingKind
from schemas.codes import ClaimKind, Metal, Origin

METALS: Final[tuple[Metal, ...]] = ("Pb", "Li", "Ni", "Co", "Cu", "Mn", "Al", "Fe", "Sb", "Sn", "Cd", "Hg")
ORIGINS: Final[tuple[Origin, ...]] = (
    "battery_post_consumer",
    "battery_manufacturing",
    "other_post_consumer",
    "other_pre_consumer",
    "internal",
    "primary",
    "unknown",
)
CLAIM_KINDS: Final[tuple[ClaimKind, ...]] = ("recycling_service", "recycled_content")
EU_RULES: Final = "eu-2023-1542"
ISO_RULES: Final = "iso-14021"
MOVEMENTS: Final[dict[PostingKind, str]] = {
    "receipt": "receipts",
    "arrival": "arrivals",
    "addition": "additions",
    "gain": "gains",
    "shortfall": "shortfalls",
    "loss": "losses",
    "dispatch": "dispatches",
    "departure": "departures",
    "claim_service": "claimed_recycling_service",
    "claim_content": "claimed_recycled_content",
    "credit_earned": "credits_earned",
    "credit_drawn": "credits_drawn",
}
"""What the columns of a balance are called, by kind of posting, in their order."""
