"""Marks: kilograms that were claimed, or never arrived, and where they are now.

Invariants: a mark never exceeds the metal that its lot holds of that metal and origin;
what is taken from a lot takes the marked metal first, and rounding marks rather more
than less, so that no way through runs makes a kilogram claimable twice.
"""

from __future__ import annotations

from collections.abc import Iterable

from ledger.materials.apportioning import NO_MASS, Mix, add_mix, apportion, subtract_split
from ledger.materials.records import Lot, Made, Mark, Taken
from schemas.codes import ClaimKind, Metal

CLAIMABLE = 4
"""The first four origins are waste; ``internal``, ``primary`` and ``unknown`` are never claimed."""


def claimable(lot: Lot, kind: ClaimKind) -> Mix:
    """Return what of a lot may still be claimed, in mg per metal and origin.

    Nothing is where a claim on it is no longer covered.
    """
    if any(not mark.covered for mark in lot.marks):
        return {}
    used: Mix = {}
    for mark in lot.marks:
        if mark.kind in (kind, "short_landed"):
            add_mix(used, mark.mix)
    free: Mix = {}
    for metal, split in lot.base.items():
        barred = used.get(metal, NO_MASS)
        left = tuple(
            max(mass - bar, 0) if place < CLAIMABLE else 0
            for place, (mass, bar) in enumerate(zip(split, barred, strict=True))
        )
        if any(left):
            free[metal] = left
    return free


def short_landed(lot: Lot, statement: str, net: int, content: dict[Metal, int] | None) -> Mark | None:
    """Return the mark of what a receiver did not get of a lot, by its own weight or analysis."""
    missing: Mix = {}
    for metal, split in lot.base.items():
        book = sum(split)
        got = book if net >= lot.net else book * net // lot.net
        if content is not None and metal in content:
            # A lot with credit holds at least that much; what did not arrive lessens it alike.
            held = sum(lot.mix.get(metal, ()))
            got = min(book, book * content[metal] // held if lot.credit is not None and held else content[metal])
        if got < book:
            missing[metal] = tuple(apportion(book - got, split))
    return Mark(statement, "short_landed", missing) if missing else None


def clip_marks(lot: Lot) -> Lot:
    """Return the lot with its marks cut to what it holds, after content left it as a loss."""
    if not lot.marks:
        return lot
    kept = (mark._replace(mix=_smaller(mark.mix, lot.base)) for mark in lot.marks)
    return lot._replace(marks=tuple(mark for mark in kept if mark.mix or not mark.covered))


def move_marks(marks: Iterable[Mark], taken: Mix) -> tuple[tuple[Mark, ...], tuple[Mark, ...]]:
    """Split marks into those that go with what is taken, and those that stay.

    Marks of one kind share what is taken, the oldest first.
    """
    room: dict[str, Mix] = {}
    gone: list[Mark] = []
    stays: list[Mark] = []
    for mark in marks:
        free = room.setdefault(mark.kind, dict(taken))
        moved = _smaller(mark.mix, free)
        for metal, split in moved.items():
            free[metal] = subtract_split(free[metal], split)
        rest = {metal: subtract_split(split, moved.get(metal, NO_MASS)) for metal, split in mark.mix.items()}
        rest = {metal: split for metal, split in rest.items() if any(split)}
        if moved:
            gone.append(mark._replace(mix=moved))
        if rest or not mark.covered:
            stays.append(mark._replace(mix=rest))
    return tuple(gone), tuple(stays)


def spread_marks(taken: Iterable[Taken], pool: Mix, made: Iterable[Made]) -> dict[str, tuple[Mark, ...]]:
    """Return the marks of each output, by lot, as the metal of the pool went into it."""
    together: dict[tuple[str, str, bool], Mark] = {}
    for part in taken:
        for mark in part.marks:
            key = mark.statement, mark.kind, mark.covered
            mix = dict(together[key].mix) if key in together else {}
            add_mix(mix, mark.mix)
            together[key] = mark._replace(mix=mix)
    if not together:
        return {}
    found: dict[str, tuple[Mark, ...]] = {}
    for output in made:
        parts = [mark._replace(mix=_share(mark.mix, output.mix, pool)) for mark in together.values()]
        found[output.lot] = tuple(part for part in parts if part.mix or not part.covered)
    return found


def _share(marked: Mix, part: Mix, pool: Mix) -> Mix:
    shares: Mix = {}
    for metal, split in part.items():
        amounts = marked.get(metal)
        if amounts is None:
            continue
        share = tuple(
            min(got, -(-amount * got // mass)) if mass else 0
            for amount, got, mass in zip(amounts, split, pool.get(metal, NO_MASS), strict=True)
        )
        if any(share):
            shares[metal] = share
    return shares


def _smaller(left: Mix, right: Mix) -> Mix:
    both = {metal: tuple(map(min, split, right.get(metal, NO_MASS))) for metal, split in left.items()}
    return {metal: split for metal, split in both.items() if any(split)}
