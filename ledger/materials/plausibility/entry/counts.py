"""Plausibility of stock counts: differences, and masses that no scale can have shown."""

from __future__ import annotations

from collections.abc import Iterable

from ledger.materials.plausibility.reference.bounds import MILLION, bound_of, limits_of, ppm_of
from ledger.materials.state.book import Speaker
from ledger.materials.state.findings import Bound, find
from schemas.catalogue.figures import Figure, Figures
from schemas.catalogue.findings.codes import FindingCode
from schemas.codes import Severity
from schemas.findings import Finding
from schemas.ids import LotId
from schemas.limits import Limits
from schemas.stock import StockCount

_MAX_SURPLUS = 2
"""Times the book: more than this is no weighing difference but another lot, or another unit."""

_UNIT = 500
"""A count below one in so many of the book is one in tonnes."""


def counted(event: StockCount) -> Figures:
    """Return what was counted: what a confirmation of the count is a word on."""
    return (("counted_mg", event.counted_kg or 0), ("method", str(event.method)))


def find_implausible(event: StockCount, book_mass: int, lots: Iterable[LotId], speaker: Speaker) -> Finding | None:
    """Return the finding on an adjustment that cannot be: above twice the book, or a five-hundredth of it and less.

    A count of nothing is none: a lot may be gone.
    """
    mass = event.counted_kg or 0
    if not event.adjust or not mass:
        return None
    is_little = mass * _UNIT <= book_mass
    if not is_little and mass <= _MAX_SURPLUS * book_mass:
        return None
    return find(
        FindingCode.IMPLAUSIBLE_COUNT, "high", counted(event), Bound((("book_mg", book_mass),)), speaker, lots=lots,
        case="too_little" if is_little else "too_much",
    )  # fmt: skip


def find_in_count(event: StockCount, change: int, book_mass: int, lots: Iterable[LotId], speaker: Speaker) -> Finding:
    """Return the finding on a count that differs from the book by ``change``, in mg."""
    limits = limits_of(speaker)
    most = book_mass * limits.count_uncertainty_ppm // MILLION
    room = min(event.uncertainty_kg or 0, most)
    severity, bound = _weigh(change, book_mass, room, limits)
    return find(
        FindingCode.STOCK_ADJUSTED if event.adjust else FindingCode.STOCK_DIFFERENCE, severity, counted(event), bound,
        speaker, lots=lots, case="unit" if 0 < 10 * (event.counted_kg or 0) <= book_mass else "",
        about=(("site", speaker.party.id), ("reason", (event.reason or "")[:200])),
    )  # fmt: skip


def _weigh(change: int, book_mass: int, room: int, limits: Limits) -> tuple[Severity, Bound]:
    """Return how much a difference weighs; within ``room``, the counter's own uncertainty, never ``high``."""
    share = ppm_of(abs(change), book_mass)
    name = "count_surplus_high_ppm" if change > 0 else "count_shortage_high_ppm"
    high = getattr(limits, name)
    is_excused = abs(change) <= room
    beside: tuple[tuple[str, Figure], ...] = (("book_mg", book_mass), ("room_mg", room))
    if share > high:
        return ("medium" if is_excused else "high"), bound_of(limits, name, *beside)
    if not is_excused and share > limits.handover_warn_ppm:
        return "medium", bound_of(limits, "handover_warn_ppm", *beside)
    return "low", Bound(beside)
