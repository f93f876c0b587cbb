"""The judge of stock counts: what was found when lots were weighed or surveyed again.

Invariants: a shortage leaves pro rata over the lots, and over each one's metals and
origins, as loss; a surplus adds net mass only, metal never rises by a count; without
``adjust`` nothing changes.
"""

from __future__ import annotations

from collections.abc import Container

from ledger.materials.apportioning import Mix, apportion
from ledger.materials.book import Effects, MaterialBook, Speaker
from ledger.materials.checks import check_available, check_lot, cite
from ledger.materials.cover import keep_cover
from ledger.materials.earning import lose_earnings
from ledger.materials.records import Lot, Posting, PostingKind
from ledger.materials.standing import standing_deed
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
        book_mass = sum(check_lot(name, book.lots).net for name in event.lots)
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
        # What is not there went without its claims: they stay, and may have lost their cover.
        taken, left = take(lot._replace(marks=(), earned={}), -change, closes=False)
        lost = taken.mix if taken.credit is None else taken.credit
        left, rows = lose_earnings(lot, left._replace(marks=lot.marks), taken.mix, speaker)
        effects.postings.extend(rows)
        effects.lots[lot.id], found = keep_cover(left, lost, speaker, "a count")
        effects.findings.extend(found)
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
    effects = Effects()
    confirmed = tuple(
        finding._replace(severity="low", message=f"{finding.message} (confirmed by {speaker.party.id})")
        if finding.code in ("stock-adjusted", "stock-difference") and finding.severity == "medium"
        else finding
        for finding in book.findings_of(deed.index)
    )
    effects.anew[deed.index] = confirmed
    return effects
