"""How a finding is said: figures in words, and what they are held against, on whose authority."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ledger.materials.state.book import Speaker
from schemas.catalogue.figures import percent
from schemas.codes import Severity
from schemas.findings import OWN_ENTRIES, Finding
from schemas.limits import DEFAULTS, SOURCES, Limits
from schemas.party import Party

MILLION = 1_000_000


class Bound(NamedTuple):
    """What a figure is held against, with its unit, and the source of it."""

    text: str
    source: str = OWN_ENTRIES


def limits_of(party: Party) -> Limits:
    """Return the limits that hold for a party: its own, else the defaults."""
    return DEFAULTS._replace(**dict(party.limits)) if party.limits else DEFAULTS


def ppm_of(part: int, whole: int) -> int:
    """Return a part of a whole in ppm, rounded down."""
    return part * MILLION // whole if whole else 0


def share_bound(limits: Limits, name: str, words: str = "{}") -> Bound:
    """Return a limit in ppm as a percentage, put into ``words``, with its source."""
    return bound_of(limits, name, words.format(percent(getattr(limits, name))))


def bound_of(limits: Limits, name: str, text: str) -> Bound:
    """Return a text that states a limit, with the source of that limit."""
    is_own = getattr(limits, name) != getattr(DEFAULTS, name)
    return Bound(text, "set for this site by the authority" if is_own else SOURCES[name])


def find(
    code: str, severity: Severity, figure: str, bound: Bound, message: str, speaker: Speaker, lots: Iterable[str]
) -> Finding:
    """Return a finding on an entry."""
    return Finding(
        code, severity, figure, bound.text, message, speaker.index, speaker.statement, tuple(lots), bound.source
    )
