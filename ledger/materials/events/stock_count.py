"""Stock counts: what was found when lots were weighed or surveyed again.

Plan:

1. A count is held against the book as of its own time: what is there now, and what runs
   that began later took since.
2. What no scale can have shown is refused, and adjusts nothing where a correction makes it so.
3. The book follows where it says ``adjust``, unless the count was overtaken: by a
   dispatch, by the end of a lot, by a later count, or because more is missing than is left.

Invariants: a shortage leaves pro rata over the lots, and over each one's metals and
origins, as loss; a surplus adds net mass only, metal never rises by a count; without
``adjust`` nothing changes.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ledger.materials.claims.cover import keep_cover
from ledger.materials.claims.credit_earning import lose_earnings
from ledger.materials.events.documents import check_documents
from ledger.materials.events.kind import CorrectableKind, Supply
from ledger.materials.history.as_corrected import standing_event
from ledger.materials.history.later_movements import Later, later_on
from ledger.materials.mass.apportioning import apportion
from ledger.materials.mass.mix import Mix, content_of
from ledger.materials.moves.growth import grown_after
from ledger.materials.moves.preconditions import check_available, check_lot
from ledger.materials.moves.taking import take
from ledger.materials.plausibility.entry.counts import counted, find_implausible, find_in_count
from ledger.materials.plausibility.entry.dates import find_before_it_came
from ledger.materials.state.book import Effects, LoggedEvent, MaterialBook, Speaker
from ledger.materials.state.findings import Bound, find
from ledger.materials.state.ground import Ground
from ledger.materials.state.layer import Layer
from ledger.materials.state.records import Attested, Lot, Posting, PostingKind
from schemas.catalogue.findings.codes import FindingCode
from schemas.catalogue.refusals import RefusalCode
from schemas.findings import Finding, mark_of
from schemas.ids import StatementId
from schemas.refusal import RefusedError
from schemas.stock import StockCount

_CODES = (FindingCode.STOCK_ADJUSTED, FindingCode.STOCK_DIFFERENCE)
"""What a second party's word is about."""


class _Book(NamedTuple):
    """The counted lots as they are, and the net mass of each at the count's time, in mg."""

    lots: list[Lot]
    then: list[int]
    later: list[Later]


class StockCountKind(CorrectableKind[StockCount]):
    """A mass that was found when lots were weighed or surveyed again, or a second party's word on it."""

    schema = StockCount
    finds_content = True
    moves = True
    restates = True

    def check(self, event: StockCount, speaker: Speaker, ground: Ground) -> None:
        """Demand lots of the party and a mass that a scale can have shown, or a count to confirm.

        Raises:
            RefusedError: what :func:`check_available` raises for a lot (a hold does not bar
                a count, nor does what the counting party did with the lot later),
                ``unknown-count``, ``not-entitled``, ``implausible-count``,
                ``duplicate-document``.
        """
        if event.confirms is not None:
            _confirmed(event, speaker, ground.book)
        else:
            _check_lots(event, speaker, ground)
            _check_plausible(ground.findings())
        check_documents(event.documents, speaker, ground.layer)

    def apply(self, event: StockCount, speaker: Speaker, layer: Layer, supply: Supply) -> None:
        """Let the book follow the count; all its lots belong together, so all or none are known."""
        book, effects = layer.book, layer.effects
        found = [lot for name in event.lots if (lot := book.lots.get(name)) is not None and layer.knows(name)]
        if event.counted_kg is None or len(found) < len(event.lots):
            return
        effects.findings.extend(find_before_it_came(found, speaker.occurred_at, speaker))
        at = _book_at(event, found, speaker, book)
        change = event.counted_kg - sum(at.then)
        if change:
            _follow(event, at, change, speaker, effects)

    def record(self, event: StockCount, speaker: Speaker, layer: Layer) -> None:
        """Let a second party vouch for a count, so that what was odd about it weighs less; use the documents up."""
        if event.confirms is not None:
            known = layer.book.attested.get(event.confirms) or ()
            counted_then = _confirmed(event, speaker, layer.book)
            layer.effects.attested[event.confirms] = (*known, _word_on(counted_then, speaker))
        super().record(event, speaker, layer)

    def reword(
        self,
        was: StockCount | None,
        now: StockCount | None,
        target: LoggedEvent,
        speaker: Speaker,
        book: MaterialBook,
        effects: Effects,
    ) -> None:
        """Take the word back that a confirmation gave, and give that of its replacement."""
        said = effects.attested
        if was is not None and was.confirms is not None:
            said[was.confirms] = tuple(
                word._replace(codes=(), figures=(), verdict="withdrawn") if word.statement == target.statement else word
                for word in book.attested.get(was.confirms) or ()
            )
        if now is not None and now.confirms is not None:
            then = speaker._replace(statement=target.statement)
            word = _word_on(_confirmed(now, then, book), then)
            said[now.confirms] = (*said.get(now.confirms, book.attested.get(now.confirms) or ()), word)


def _check_lots(event: StockCount, speaker: Speaker, ground: Ground) -> None:
    """Demand lots that the party has, or had until it did something with them after the count."""
    names = list(filter(ground.looks_at, event.lots))
    later = later_on(names, speaker.occurred_at, speaker, ground.book)
    gone = {row.move.lot for row in later if row.logged.issuer == speaker.party.id}
    for name in names:
        lot = check_lot(name, ground.lots)
        if name not in gone or (lot.holder == speaker.party.id and _is_there(lot)):
            check_available(name, lot._replace(holds=()), speaker.party, speaker.occurred_at)


def _check_plausible(found: Iterable[Finding]) -> None:
    """Demand that applying a count found no mass that no scale can have shown."""
    odd = next((finding for finding in found if finding.code == FindingCode.IMPLAUSIBLE_COUNT), None)
    if odd is None:
        return
    figures = dict((*odd.figures, *odd.limit))
    book_mg, counted_mg, method = figures["book_mg"], figures["counted_mg"], figures["method"]
    if odd.case == "too_little":
        raise RefusedError(
            RefusalCode.IMPLAUSIBLE_COUNT, "too_little", book_mg=book_mg, counted_mg=counted_mg, method=method
        )
    raise RefusedError(RefusalCode.IMPLAUSIBLE_COUNT, "too_much", book_mg=book_mg, counted_mg=counted_mg, method=method)


def _is_there(lot: Lot) -> bool:
    return lot.status == "open" and lot.net > 0


def _book_at(event: StockCount, lots: list[Lot], speaker: Speaker, book: MaterialBook) -> _Book:
    later = later_on(event.lots, speaker.occurred_at, speaker, book)
    taken = {lot.id: sum(row.move.taken for row in later if row.move.lot == lot.id) for lot in lots}
    return _Book(lots, [lot.net + taken[lot.id] for lot in lots], later)


def _follow(event: StockCount, at: _Book, change: int, speaker: Speaker, effects: Effects) -> None:
    """Let the book follow a count that differs from it by ``change``, as far as it can."""
    names = [lot.id for lot in at.lots]
    parts = apportion(abs(change), at.then)
    overtaken = _find_overtaken(event, at, (change, parts), speaker)
    is_certain = all(map(_is_there, at.lots))
    if is_certain and (odd := find_implausible(event, sum(at.then), names, speaker)) is not None:
        effects.findings.append(odd)
    elif overtaken is not None:
        effects.findings.append(overtaken)
    else:
        effects.findings.append(find_in_count(event, change, sum(at.then), names, speaker))
        for lot, part in zip(at.lots, parts, strict=True):
            if part and event.adjust:
                _adjust(lot, part if change > 0 else -part, speaker, effects)


def _find_overtaken(event: StockCount, at: _Book, differs: tuple[int, list[int]], speaker: Speaker) -> Finding | None:
    """Return why a count that ``differs`` by so much, so much a lot, says nothing of what is left now."""
    change, parts = differs
    bound, names = Bound((("book_mg", sum(at.then)),)), [lot.id for lot in at.lots]
    for lot, part in zip(at.lots, parts, strict=True):
        if not _is_there(lot):
            return find(
                FindingCode.COUNT_OVERTAKEN, "medium", counted(event), bound, speaker, lots=names, case="gone",
                about=(("site", speaker.party.id), ("lot", lot.id)),
            )  # fmt: skip
        if change < 0 and part > lot.net:
            return find(
                FindingCode.COUNT_OVERTAKEN, "medium", counted(event), bound, speaker, lots=names, case="missing",
                about=(("site", speaker.party.id), ("lot", lot.id), ("left_mg", lot.net)),
            )  # fmt: skip
    again = next((row.move for row in at.later if row.move.is_count), None)
    if again is None:
        return None
    return find(
        FindingCode.COUNT_OVERTAKEN, "medium", counted(event), bound, speaker, lots=names, case="counted_again",
        about=(("site", speaker.party.id), ("lot", again.lot), ("again_at", again.at)),
    )  # fmt: skip


def _adjust(lot: Lot, change: int, speaker: Speaker, effects: Effects) -> None:
    if change > 0:
        effects.lots[lot.id] = lot._replace(net=lot.net + change)
        kind: PostingKind = "gain"
        net, dry, mix = change, change if lot.dry is None else 0, Mix()
    else:
        # What is not there went without its claims: they stay, and may have lost their cover.
        taken, left = take(lot._replace(marks=(), earned={}), -change, closes=False)
        lost = taken.mix if taken.credit is None else taken.credit
        grown = grown_after(lot, left.mix, {metal: -mass for metal, mass in content_of(taken.mix).items()})
        left, rows = lose_earnings(lot, left._replace(marks=lot.marks, used=lot.used, grown=grown), taken.mix, speaker)
        effects.postings.extend(rows)
        effects.lots[lot.id], found = keep_cover(left, lost, speaker, "count")
        effects.findings.extend(found)
        kind, net, dry, mix = "loss", taken.booked, taken.booked if taken.dry is None else taken.dry, taken.mix
    effects.postings.append(
        Posting(
            site=lot.holder,
            kind=kind,
            record=lot.id,
            material=lot.material,
            net=net,
            dry=dry,
            mix=mix,
            index=speaker.index,
            statement=speaker.statement,
        )
    )


def _confirmed(event: StockCount, speaker: Speaker, book: MaterialBook) -> StockCount:
    """Return the count that a second party vouches for.

    Raises:
        RefusedError: ``unknown-count``, ``not-entitled``.
    """
    said = event.confirms or StatementId("")
    logged = standing_event(said, book)
    is_earlier = logged is not None and logged.index < speaker.index
    if logged is None or not is_earlier or not isinstance(logged.event, StockCount) or logged.event.counted_kg is None:
        raise RefusedError(RefusalCode.UNKNOWN_COUNT, statement=said)
    if set(event.lots) != set(logged.event.lots):
        raise RefusedError(
            RefusalCode.UNKNOWN_COUNT, "other_lots", lots=", ".join(logged.event.lots), collides_with=said
        )
    if logged.issuer == speaker.party.id:
        raise RefusedError(RefusalCode.NOT_ENTITLED, "own_count", party=speaker.party.id)
    return logged.event


def _word_on(count: StockCount, speaker: Speaker) -> Attested:
    """Return what a second party's word on a count is about: what was odd about it, as it was said."""
    figures = tuple((code, mark_of(counted(count))) for code in _CODES)
    return Attested(
        statement=speaker.statement,
        issuer=speaker.party.id,
        codes=_CODES,
        verdict="confirmed",
        figures=figures,
        index=speaker.index,
    )


STOCK_COUNT = StockCountKind()
