"""What others than its holder said of a lot: holds, and a receiver's weight."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from schemas.codes import Metal
from schemas.ids import PartyId, StatementId


class HoldMark(NamedTuple):
    """A hold: who set it by which statement, since when; ``until`` when it was released, empty while it stands.

    ``via`` is the statement that moved the metal here from a lot which was held, or whose receiver
    disputed it (then ``statement`` is that receiver's word); empty where the hold itself names the lot.
    ``beyond`` says that the closure of the lot does not show from where it came.
    """

    statement: StatementId
    issuer: PartyId
    since: str
    by_certifier: bool
    until: str = ""
    via: StatementId = StatementId("")
    beyond: bool = False


class Word(NamedTuple):
    """What a receiver said of a lot at the last hand-over, in mg."""

    net: int
    content: dict[Metal, int] | None = None


def shown(holds: Iterable[HoldMark]) -> tuple[HoldMark, ...]:
    """Return the holds of a lot that stand and that its closure shows."""
    return tuple(hold for hold in holds if not hold.until and not hold.beyond)
