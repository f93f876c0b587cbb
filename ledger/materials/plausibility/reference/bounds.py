"""What figures are held against: limits by name, each with the code of its source."""

from __future__ import annotations

from typing import Protocol

from ledger.materials.state.findings import Bound
from schemas.catalogue.figures import Figure
from schemas.catalogue.findings.sources import Source
from schemas.limits import Limits
from schemas.party import Party
from schemas.rules.version import Rules

MILLION = 1_000_000


class Ruled(Protocol):
    """Who is judged, and by which version of the rules: a speaker, or a site with all that it said."""

    @property
    def party(self) -> Party:
        """The party, with its own limits."""
        ...

    @property
    def rules(self) -> Rules:
        """The version."""
        ...


def limits_of(judged: Ruled) -> Limits:
    """Return the limits that hold for a party: its own, else those of the rules."""
    limits, own = judged.rules.limits, judged.party.limits
    return limits._replace(**dict(own)) if own else limits


def ppm_of(part: int, whole: int) -> int:
    """Return a part of a whole in ppm, rounded down."""
    return part * MILLION // whole if whole else 0


def source_of(judged: Ruled, name: str) -> str:
    """Return the code of the source of a limit: its name, or ``site`` where the authority set it for the site."""
    own = dict(judged.party.limits).get(name)
    return name if own is None or own == getattr(judged.rules.limits, name) else Source.SITE


def bound_of(limits: Limits, name: str, *beside: tuple[str, Figure]) -> Bound:
    """Return the limit of that name, with the figures ``beside`` that belong to it."""
    return Bound(((name, getattr(limits, name)), *beside), name)
