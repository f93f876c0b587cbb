"""Bound metal: which of it can earn credit."""

from __future__ import annotations

from ledger.materials.claims.bound_metal import earnings_of
from ledger.materials.mass.mix import Mix
from ledger.materials.state.records import Made, Mark, Taken
from schemas.ids import LotId


def test_both_kinds_of_claims_on_the_same_metal_take_it_once() -> None:
    """From what can earn, what never arrived goes, and of the two kinds the larger."""
    lead: Mix = {"Pb": (1000, 0, 0, 0, 0, 0, 0)}
    marks = tuple(
        Mark(str(mass), kind, {"Pb": (mass, 0, 0, 0, 0, 0, 0)})  # type: ignore[arg-type]
        for kind, mass in (("short_landed", 100), ("recycling_service", 300), ("recycled_content", 500))
    )
    taken = Taken(LotId("MUN-B-1"), 1000, 1000, lead, marks=marks)
    earning = earnings_of([taken], [Made(LotId("MUN-L-1"), 1000, lead)], "2026-01-05")[LotId("MUN-L-1")]
    assert earning.earned == {"Pb": (400, 0, 0, 0, 0, 0, 0)}
