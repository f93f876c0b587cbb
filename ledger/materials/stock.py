"""The judge of stock counts: what was found when lots were weighed or surveyed again.

Invariants: a shortage leaves pro rata over the lots, and over each one's metals and
origins, as loss; a surplus adds net mass only, metal never rises by a count; without
``adjust`` nothing changes.
"""

from __future__ import annotations

from collections.abc import Container

from ledger.materials.apportioning import Mix, apportion
from ledger.materials.assays import standing_deed
from ledger.materials.book import Deed, Effects, MaterialBook, Speaker
from ledger.materials.checks import check_available, check_lot, cite
from ledger.materials.records import Attested, Lot, Posting, PostingKind
from ledger.materials.taking import take
from schemas.errors import RefusedError
from schemas.findings import Finding
from schemas.quantity import format_kg
from schemas.stock import StockCount

_MAX_SURPLUS = 2
"""Times the book: more than this is no weighing difference but another lot, or another unit."""


def judge_count(event: StockCount, speaker: Speaker, book: MaterialBook) -> Effects:
    """Record a count, and let the book follow it where it says ``adjust``.

    Raises:
        RefusedError: what :func:`~ledger.materials.checks.check_available` raises for a
            lot (a hold does not bar a count), ``unknown-count``, ``not-entitled``,
            ``implausible-count`` (an adjustment to more than twice the book),
            ``duplicate-document``.
    """
    if event.confirms is not None:
        effects = _confirm(event, speaker, book)
    else:
        for name in event.lots:
            lot = book.lots.get(name)
            check_available(name, lot._replace(holds=()) if lot else None, speaker.party, speaker.occurred_at)
        book_mass = sum(check_lot(name, book).net for name in event.lots)
        if event.adjust and (event.counted_kg or 0) > _MAX_SURPLUS * book_mass:
            raise RefusedError(
                "implausible-count",
                f"expected a count of at most twice the {format_kg(book_mass)} kg in the book, "
                f"got {format_kg(event.counted_kg or 0)} kg (a unit mixed up, or a lot left out?)",
            )
        effects = fold_count(event, speaker, book)
    cite(event.documents, speaker, book, event.lots, effects)
    return effects


def fold_count(event: StockCount, speaker: Speaker, book: MaterialBook, lots: Container[str] | None = None) -> Effects:
    """Return what a count does; all its lots belong together, so ``lots`` names all or none."""
    effects = Effects()
    found = [book.lots.get(name) for name in event.lots if lots is None or name in lots]
    counted = [lot for lot in found if lot is not None and lot.net and lot.status == "open"]
    if event.counted_kg is None or not counted:
        return effects
    nets = [lot.net for lot in counted]
    change = event.counted_kg - sum(nets)
    _note(event, counted, sum(nets), speaker, effects)
    if not event.adjust or change == 0:
        return effects
    for lot, part in zip(counted, apportion(abs(change), nets), strict=True):
        if part:
            _adjust(lot, part if change > 0 else -part, speaker, effects)
    return effects


def _adjust(lot: Lot, change: int, speaker: Speaker, effects: Effects) -> None:
    if change > 0:
        effects.lots[lot.id] = lot._replace(net=lot.net + change)
        kind: PostingKind = "gain"
        net, dry, mix = change, change if lot.dry is None else 0, Mix()
    else:
        taken, left = take(lot, -change, closes=False)
        effects.lots[lot.id] = left
        kind, net, dry, mix = "loss", taken.booked, taken.booked if taken.dry is None else taken.dry, taken.mix
    effects.postings.append(
        Posting(lot.holder, kind, lot.id, lot.material, net, dry, mix, speaker.index, speaker.statement)
    )


def _note(event: StockCount, lots: list[Lot], book_mass: int, speaker: Speaker, effects: Effects) -> None:
    counted = event.counted_kg or 0
    difference = abs(counted - book_mass)
    if not difference:
        return
    is_odd = difference > (event.uncertainty_kg or 0)
    code = "stock-adjusted" if event.adjust else "stock-difference"
    effects.findings.append(
        Finding(
            code, "medium" if is_odd else "low", f"{format_kg(counted)} kg counted ({event.method})",
            f"{format_kg(book_mass)} kg in the book, {format_kg(event.uncertainty_kg or 0)} kg more or less",
            f"{speaker.party.id} counted another mass than the book has: {(event.reason or '')[:200]}",
            speaker.index, speaker.statement, tuple(lot.id for lot in lots),
        )
    )  # fmt: skip


def _confirm(event: StockCount, speaker: Speaker, book: MaterialBook) -> Effects:
    """Let a second party vouch for a count; what was odd about it weighs less then."""
    said = event.confirms or ""
    deed = standing_deed(said, book)
    if deed is None or not isinstance(deed.event, StockCount) or deed.event.counted_kg is None:
        raise RefusedError("unknown-count", f"expected the statement of a stock count, got {said[:16]}...")
    if set(event.lots) != set(deed.event.lots):
        raise RefusedError(
            "unknown-count", f"expected the lots of the confirmed count ({', '.join(deed.event.lots)}), got others",
            collides_with=said,
        )  # fmt: skip
    if deed.issuer == speaker.party.id:
        raise RefusedError("not-entitled", "expected a second party to confirm a count, got the one that counted")
    figures = tuple((code, _figure(deed.event)) for code in _CODES)
    word = Attested(speaker.statement, speaker.party.id, _CODES, "confirmed", figures, speaker.index)
    return Effects(attested={said: (*(book.attested.get(said) or ()), word)})


def correct_confirmation(
    was: object, now: object, target: Deed, speaker: Speaker, book: MaterialBook
) -> dict[str, tuple[Attested, ...]]:
    """Return what is said of counts once a correction has put ``now`` in place of a confirmation ``was``.

    Raises:
        RefusedError: ``unknown-count``, ``not-entitled``, as for a confirmation.
    """
    said: dict[str, tuple[Attested, ...]] = {}
    if isinstance(was, StockCount) and was.confirms is not None:
        said[was.confirms] = tuple(
            word._replace(codes=(), figures=(), verdict="withdrawn") if word.statement == target.statement else word
            for word in book.attested.get(was.confirms) or ()
        )
    if isinstance(now, StockCount) and now.confirms is not None:
        anew = _confirm(now, speaker._replace(statement=target.statement), book).attested[now.confirms][-1]
        said[now.confirms] = (*said.get(now.confirms, book.attested.get(now.confirms) or ()), anew)
    return said
