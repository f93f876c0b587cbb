"""Which holds of a lot its closure shows."""

from __future__ import annotations

from ledger.materials.state.lot_words import HoldMark, shown
from schemas.ids import PartyId, StatementId

STANDS = HoldMark(
    statement=StatementId("a" * 64), issuer=PartyId("CERT"), since="2026-01-08T06:00:00Z", by_certifier=True
)


def test_what_was_released_or_came_with_a_withdrawn_batch_is_not_shown() -> None:
    """What a correction moved here is."""
    via = STANDS._replace(via=StatementId("b" * 64))
    over, beyond = STANDS._replace(until="2026-01-09T06:00:00Z"), via._replace(beyond=True)
    assert shown((STANDS, over, beyond, via)) == (STANDS, via)
