"""What figures are held against: limits by name, each with the code of its source."""

from __future__ import annotations

from ledger.materials.state.findings import Bound
from schemas.catalogue.figures import Figure
from schemas.catalogue.findings.sources import Source
from schemas.limits import DEFAULTS, Limits
from schemas.party import Party

MILLION = 1_000_000


def limits_of(party: Party) -> Limits:
    """Return the limits that hold for a party: its own, else the defaults."""
    return DEFAULTS._replace(**dict(party.limits)) if party.limits else DEFAULTS


def ppm_of(part: int, whole: int) -> int:
    """Return a part of a whole in ppm, rounded down."""
    return part * MILLION // whole if whole else 0


def bound_of(limits: Limits, name: str, *beside: tuple[str, Figure]) -> Bound:
    """Return the limit of that name, with the figures ``beside`` that belong to it."""
    return Bound(((name, getattr(limits, name)), *beside), source_of(limits, name))


def source_of(limits: Limits, name: str) -> str:
    """Return the code of the source of a limit: its name, or ``site`` where the authority set it for the site."""
    return Source.SITE if getattr(limits, name) != getattr(DEFAULTS, name) else name
