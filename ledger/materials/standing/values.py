"""What a standing is made of."""

from __future__ import annotations

from typing import Literal, NamedTuple

from schemas.codes import Metal, Severity

Level = Literal["clear", "look", "stop"]
"""``stop``: do not use, sell or claim before somebody has looked; ``look``: look first; ``clear``: neither."""

LEVELS: tuple[Level, ...] = ("clear", "look", "stop")
"""From the best to the worst."""


class Reason(NamedTuple):
    """All that was found of one kind, and how much of the lot came that way; it names nobody and no other lot.

    ``share`` is of ``metal``, the one that most of it reaches, in parts of
    :data:`ledger.materials.answers.provenance.ONE`; ``metal`` is ``None`` where the lot holds
    none. ``settled`` says that a certifier looked into it and settled it; then, and where too
    little of the metal came that way, its level is ``clear``. ``proven`` says that the lot's
    closure alone shows it, ``reported`` that it is so by all of the ledger.
    """

    code: str
    severity: Severity
    metal: Metal | None
    share: int
    level: Level
    settled: bool
    proven: bool
    reported: bool


class LotStanding(NamedTuple):
    """How a lot stands: by its closure alone, by all that the ledger says of it, and why, worst first."""

    proven: Level
    reported: Level
    reasons: tuple[Reason, ...]
