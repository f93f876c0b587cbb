"""Plausibility of stock counts: differences, and masses that no scale can have shown."""

from __future__ import annotations

from collections.abc import Iterable

from ledger.materials.plausibility.reference.bounds import MILLION, Bound, bound_of, find, limits_of, ppm_of
from ledger.materials.state.book import Speaker
from schemas.catalogue.figures import percent
from schemas.codes import Severity
from schemas.findings import Finding
from schemas.limits import Limits
from schemas.quantity import format_kg
from schemas.stock import StockCount

_MAX_SURPLUS = 2
"""Times the book: more than this is no weighing difference but another lot, or another unit."""

_UNIT = 500
"""A count below one in so many of the book is one in tonnes."""

_UNIT_HINT = "tonnes for kilograms?"


def figure_of(event: StockCount) -> str:
    """Return what was counted, in words; what a confirmation of the count is a word on."""
    return f"{format_kg(event.counted_kg or 0)} kg counted ({event.method})"


def find_implausible(event: StockCount, book_mass: int, lots: Iterable[str], speaker: Speaker) -> Finding | None:
    """Return the finding on an adjustment that cannot be: above twice the book, or a thousandth of it.

    A count of nothing is none: a lot may be gone.
    """
    counted = event.counted_kg or 0
    text = f"a count of at most twice the {format_kg(book_mass)} kg in the book"
    hint = "a unit mixed up, or a lot left out?"
    if not event.adjust or not counted:
        return None
    if counted * _UNIT <= book_mass:
        text, hint = f"a count of more than a five-hundredth of the {format_kg(book_mass)} kg in the book", _UNIT_HINT
    elif counted <= _MAX_SURPLUS * book_mass:
        return None
    return find("implausible-count", "high", figure_of(event), Bound(text), hint, speaker, lots)


def find_in_count(event: StockCount, change: int, book_mass: int, lots: Iterable[str], speaker: Speaker) -> Finding:
    """Return the finding on a count that differs from the book by ``change``, in mg."""
    limits = limits_of(speaker.party)
    most = book_mass * limits.count_uncertainty_ppm // MILLION
    room = min(event.uncertainty_kg or 0, most)
    severity, bound = _weigh(change, book_mass, room, limits)
    counted = event.counted_kg or 0
    hint = f" ({_UNIT_HINT})" if 0 < 10 * counted <= book_mass else ""
    return find(
        "stock-adjusted" if event.adjust else "stock-difference", severity, figure_of(event),
        Bound(f"{format_kg(book_mass)} kg in the book, {format_kg(room)} kg more or less{bound.text}", bound.source),
        f"{speaker.party.id} counted another mass than the book has: {(event.reason or '')[:200]}{hint}",
        speaker, lots,
    )  # fmt: skip


def _weigh(change: int, book_mass: int, room: int, limits: Limits) -> tuple[Severity, Bound]:
    """Return how much a difference weighs; within ``room``, the counter's own uncertainty, never ``high``."""
    share = ppm_of(abs(change), book_mass)
    name = "count_surplus_high_ppm" if change > 0 else "count_shortage_high_ppm"
    high = getattr(limits, name)
    is_excused = abs(change) <= room
    bound = bound_of(limits, name, f", and at most {percent(high)}")
    if share > high:
        return ("medium" if is_excused else "high"), bound
    if not is_excused and share > limits.handover_warn_ppm:
        return "medium", bound_of(limits, "handover_warn_ppm", "")
    return "low", Bound("")
