"""Marks: kilograms that were claimed, or never arrived, and where they are now.

Invariants: no two marks that bar the same kind stand for the same milligram; what is
taken from a lot takes the marked metal first, and rounding marks rather more than less,
so that no way through runs makes a kilogram claimable twice; what was claimed is never
cut, only what never arrived is (:mod:`ledger.materials.claims.cover`); a claim that is not
covered goes to all that is made of its lot.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ledger.materials.mass.apportioning import apportion
from ledger.materials.mass.mix import NO_MASS, Mix, add_mix, claimable_part, larger, less, smaller, subtract_split
from ledger.materials.state.records import Lot, Made, Mark, MarkKind, Run, Taken
from schemas.codes import CLAIM_KINDS, ClaimKind, Metal
from schemas.ids import LotId, StatementId

_BARRED: Mapping[MarkKind, tuple[ClaimKind, ...]] = {
    "short_landed": CLAIM_KINDS,
    "returned_service": ("recycling_service",),
    "returned_content": ("recycled_content",),
}
_RETURNED: Mapping[ClaimKind, MarkKind] = {kinds[0]: mark for mark, kinds in _BARRED.items() if len(kinds) == 1}


def barred_kinds(mark: Mark) -> tuple[ClaimKind, ...]:
    """Return the kinds of claims that a mark bars."""
    return _BARRED[mark.kind] if mark.kind not in CLAIM_KINDS else (mark.kind,)


def is_claim(mark: Mark) -> bool:
    """Say whether a mark is a claim, rather than what bars one."""
    return mark.kind in CLAIM_KINDS


def marks_of_return(lot: Lot, statement: StatementId) -> tuple[Mark, ...]:
    """Return the marks that bar all that may still be claimed of a lot which came back, for both kinds."""
    free = ((kind, claimable(lot, kind)) for kind in CLAIM_KINDS)
    return tuple(Mark(statement, _RETURNED[kind], mix) for kind, mix in free if mix)


def without_return(marks: Iterable[Mark], statement: StatementId) -> tuple[Mark, ...]:
    """Return marks without those of a return, which a certifier settled."""
    return tuple(mark for mark in marks if mark.statement != statement or mark.kind not in _RETURNED.values())


def claimable(lot: Lot, kind: ClaimKind) -> Mix:
    """Return what of a lot may still be claimed, in mg per metal and origin.

    Nothing is where a claim on it is no longer covered.
    """
    if any(not mark.covered for mark in lot.marks):
        return {}
    used: Mix = {}
    for mark in lot.marks:
        if kind in barred_kinds(mark):
            add_mix(used, mark.mix)
    free: Mix = {}
    for metal, split in lot.base.items():
        taken = used.get(metal, NO_MASS)
        left = claimable_part(tuple(max(mass - bar, 0) for mass, bar in zip(split, taken, strict=True)))
        if any(left):
            free[metal] = left
    return free


def short_landed(lot: Lot, statement: StatementId, net: int, content: dict[Metal, int] | None) -> Mark | None:
    """Return the mark of what a receiver did not get of a lot, by its own weight or analysis.

    What did not arrive at an earlier hand-over is not missing twice.
    """
    known: Mix = {}
    for mark in lot.marks:
        if mark.kind == "short_landed":
            add_mix(known, mark.mix)
    missing: Mix = {}
    for metal, split in lot.base.items():
        book = sum(split)
        got = book if net >= lot.net else book * net // lot.net
        if content is not None and metal in content:
            # A lot with credit holds at least that much; what did not arrive lessens it alike.
            held = sum(lot.mix.get(metal, ()))
            got = min(book, book * content[metal] // held if lot.credit is not None and held else content[metal])
        lacks = book - got - sum(known.get(metal, ()))
        if lacks > 0:
            missing[metal] = tuple(apportion(lacks, less({metal: split}, known).get(metal, NO_MASS)))
    return Mark(statement, "short_landed", missing) if missing else None


def place_marks(marks: Sequence[Mark], base: Mix) -> list[Mark]:
    """Return each mark with as much of its mix as finds room in a base.

    What never arrived comes first and takes room of both kinds; then claims that are
    covered, the oldest first, each kind with room of its own.
    """
    rooms: dict[ClaimKind, Mix] = {kind: dict(base) for kind in CLAIM_KINDS}
    placed = list(marks)
    for place in sorted(range(len(marks)), key=lambda place: _rank(marks[place])):
        mark = marks[place]
        kinds = barred_kinds(mark)
        mix = mark.mix
        for kind in kinds:
            mix = smaller(mix, rooms[kind])
        for kind in kinds:
            for metal, split in mix.items():
                rooms[kind][metal] = subtract_split(rooms[kind][metal], split)
        placed[place] = mark._replace(mix=mix)
    return placed


def move_marks(marks: tuple[Mark, ...], taken: Mix) -> tuple[tuple[Mark, ...], tuple[Mark, ...]]:
    """Split marks into those that go with what is taken, and those that stay.

    A claim that is not covered does both.
    """
    if not marks:
        return (), ()
    gone = place_marks(marks, taken)
    stays = [mark._replace(mix=less(mark.mix, moved.mix)) for mark, moved in zip(marks, gone, strict=True)]
    return _kept(gone), _kept(stays)


def spread_marks(taken: Iterable[Taken], pool: Mix, made: Iterable[Made]) -> dict[LotId, tuple[Mark, ...]]:
    """Return the marks of each output, by lot, as the metal of the pool went into it."""
    together = join_marks(mark for part in taken for mark in part.marks)
    if not together:
        return {}
    return {
        output.lot: _kept(
            place_marks([mark._replace(mix=_share(mark.mix, output.mix, pool)) for mark in together], output.mix)
        )
        for output in made
    }


def marks_of_loss(run: Run, back: Mix) -> tuple[Mark, ...]:
    """Return the marks that come back with a part of a run's loss, beside what came back before.

    Metal that went into the loss took its marks with it; they must not stay behind there.
    """
    together = join_marks(mark for part in run.inputs for mark in part.marks)
    if not together:
        return ()
    pool = run.made()
    add_mix(pool, run.loss)
    spread = spread_marks(run.inputs, pool, run.outputs)
    made = {_key(mark): mark.mix for mark in join_marks(mark for marks in spread.values() for mark in marks)}
    lost = [mark._replace(mix=less(mark.mix, made.get(_key(mark), {}))) for mark in together]
    before: Mix = {}
    for drawn in run.drawn:
        add_mix(before, drawn.mix)
    after = dict(before)
    add_mix(after, back)
    return _kept(
        mark._replace(mix=less(now.mix, then.mix))
        for mark, now, then in zip(lost, place_marks(lost, after), place_marks(lost, before), strict=True)
    )


def join_marks(marks: Iterable[Mark]) -> list[Mark]:
    """Return marks with those of one claim put together."""
    together: dict[tuple[str, str, bool], Mark] = {}
    for mark in marks:
        known = together.get(_key(mark))
        if known is None:
            together[_key(mark)] = mark
        else:
            mix = dict(known.mix)
            add_mix(mix, mark.mix)
            together[_key(mark)] = mark._replace(mix=mix)
    return list(together.values())


def barred(marks: Iterable[Mark]) -> Mix:
    """Return what of a lot no claim of one kind or the other can use: in mg, the larger of the two."""
    used: dict[ClaimKind, Mix] = {kind: {} for kind in CLAIM_KINDS}
    for mark in marks:
        for kind in barred_kinds(mark):
            add_mix(used[kind], mark.mix)
    return larger(*used.values())


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


def _rank(mark: Mark) -> int:
    return 0 if mark.kind == "short_landed" else 1 if mark.covered else 2


def _key(mark: Mark) -> tuple[str, str, bool]:
    return mark.statement, mark.kind, mark.covered


def _kept(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Leave out marks without mass; a claim that is not covered stays."""
    return tuple(mark for mark in marks if mark.mix or not mark.covered)
