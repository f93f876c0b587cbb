"""How a finding is said: figures in words, the limit with its source."""

from __future__ import annotations

from collections.abc import Iterable

from ledger.materials.book import Speaker
from schemas.codes import Severity
from schemas.findings import Finding
from schemas.limits import DEFAULTS, SOURCES, Limits
from schemas.party import Party

MILLION = 1_000_000


def limits_of(party: Party) -> Limits:
    """Return the limits that hold for a party: its own, else the defaults."""
    return DEFAULTS._replace(**dict(party.limits)) if party.limits else DEFAULTS


def percent(ppm: int) -> str:
    """Return parts per million as a percentage with two decimals."""
    return f"{ppm // 10_000}.{ppm % 10_000 // 100:02d} %"


def ppm_of(part: int, whole: int) -> int:
    """Return a part of a whole in ppm, rounded down."""
    return part * MILLION // whole if whole else 0


def share_limit(limits: Limits, name: str) -> str:
    """Return a limit in ppm with its source, for the text of a finding."""
    value: int = getattr(limits, name)
    return f"{percent(value)} ({source_of(limits, name)})"


def source_of(limits: Limits, name: str) -> str:
    """Return where a limit comes from."""
    own = getattr(limits, name) != getattr(DEFAULTS, name)
    return "set for this site" if own else SOURCES[name]


def find(
    code: str, severity: Severity, figure: str, limit: str, message: str, speaker: Speaker, lots: Iterable[str]
) -> Finding:
    """Return a finding on an entry."""
    return Finding(code, severity, figure, limit, message, speaker.index, speaker.statement, tuple(lots))
