"""A batch that did not occur, and comes in again: what was said of it first counts for the one that comes now.

Plan, for an intake:

1. The intakes of its party within days that did not occur are looked up, which are few; those
   of one family of materials that share a paper or the supplier with it, or weigh the same.
2. A hold that stands on such a batch goes along.
3. With a paper or supplier in common what it lifts is held against what was said first, and
   what was found on that shows; with the mass alone that is odd enough.

The other way round, where the second batch was there before the first is said not to have
occurred, the correction does the same for it (:func:`enter_again_before`).

Invariant: a closure does not show the batch that did not occur, so what comes of it is
``beyond`` it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from ledger.materials.history.as_corrected import standing_event
from ledger.materials.mass.mix import intake_mix
from ledger.materials.mass.months import days_apart
from ledger.materials.moves.holds_going_along import with_holds
from ledger.materials.plausibility.entry.entered_again import find_entered_again
from ledger.materials.plausibility.entry.lifts import Yielded, backing_of, find_lift
from ledger.materials.plausibility.reference.bounds import MILLION, limits_of
from ledger.materials.plausibility.reference.material_families import is_one_family
from ledger.materials.state.book import Effects, LoggedEvent, MaterialBook, Speaker
from ledger.materials.state.credit_months import SiteMonth
from ledger.materials.state.layer import Layer
from ledger.materials.state.lot_words import HoldMark
from ledger.materials.state.records import Lot
from ledger.materials.state.withdrawn_intakes import WithdrawnIntake, months_around
from schemas.events import MaterialEvent
from schemas.findings import Finding
from schemas.intake import Intake

Shared = Literal["paper", "supplier", "mass"]
"""What two intakes have in common, the surest first."""


class _First(NamedTuple):
    """A batch that did not occur, and what a later one has in common with it."""

    logged: LoggedEvent
    event: Intake
    shares: Shared


class _Second(NamedTuple):
    """The batch that comes in again, when it came, and whether it was used since."""

    event: Intake
    at: str
    is_used: bool = False


def note_withdrawn(target: LoggedEvent, now: Intake | None, book: MaterialBook, effects: Effects) -> None:
    """Keep in mind that an intake did not occur, or that it stands again.

    Args:
        target: the intake that is corrected.
        now: what stands in its place.
        book: the state before the correction.
        effects: of the correction.
    """
    said = target.event
    if not isinstance(said, Intake):
        return
    key = SiteMonth(target.issuer, target.occurred_at[:7])
    known = effects.withdrawn.get(key) or book.withdrawn.get(key) or ()
    rows = tuple(row for row in known if row.statement != target.statement)
    if now is None:
        rows = (*rows, WithdrawnIntake(target.statement, target.occurred_at, said.material, said.net_kg))
    if rows != known:
        effects.withdrawn[key] = rows


def enter_again(event: Intake, speaker: Speaker, layer: Layer) -> None:
    """Let what is known of a batch that did not occur go along with the same batch that comes in again."""
    months = months_around(speaker.party.id, speaker.occurred_at, limits_of(speaker).entered_anew_warn_days)
    rows = [row for month in months if (row := layer.book.withdrawn.get(month))]
    if not rows:
        return
    second = _Second(event, speaker.occurred_at)
    firsts = [first for found in rows for row in found for first in _of_row(row, second, speaker, layer.book)]
    if not firsts:
        return
    marks = tuple(mark for first in firsts for mark in _marks(first, speaker, layer))
    layer.effects.lots[event.lot] = with_holds(layer.effects.lots[event.lot], marks)
    order: tuple[Shared, ...] = ("paper", "supplier", "mass")
    first = min(firsts, key=lambda one: (order.index(one.shares), one.logged.index))
    layer.effects.findings.extend(_found(first, marks, second, speaker, layer.book))


def enter_again_before(target: LoggedEvent, now: MaterialEvent | None, speaker: Speaker, layer: Layer) -> None:
    """Let what is known of a batch that does not occur any more go along with the same batch that was entered since.

    Only the whole ledger knows what else a site took in.

    Args:
        target: the intake that is corrected.
        now: what stands in its place.
        speaker: who corrects.
        layer: the state before it, with what the correction changed so far; gets holds and findings.
    """
    if now is not None or layer.scope is not None or not isinstance(target.event, Intake):
        return
    effects, book = layer.effects, layer.book
    for lot, second in _entered_since(target, speaker, book):
        for first in _like(target, target.event, second, speaker):
            marks = tuple(_marks(first, speaker, layer))
            if marks:
                effects.lots[lot.id] = with_holds(effects.lots.get(lot.id) or lot, marks)
            effects.findings.extend(_found(first, marks, second, speaker, book))


def _entered_since(target: LoggedEvent, speaker: Speaker, book: MaterialBook) -> Iterator[tuple[Lot, _Second]]:
    """Yield the batches of a party that stand, were entered after one of it, and came within days of it."""
    days = limits_of(speaker).entered_anew_warn_days
    for lot in book.lots_named_by(target.issuer):
        if lot.run is not None or lot.created <= target.index or lot.status == "withdrawn":
            continue
        if days_apart(lot.since[:10], target.occurred_at[:10]) > days:
            continue
        entry = next(iter(book.history.logged_events((lot.created,))), None)
        stands = standing_event(entry.statement, book) if entry is not None else None
        if stands is not None and isinstance(stands.event, Intake):
            yield lot, _Second(stands.event, stands.occurred_at, lot.used or lot.moved)


def _of_row(row: WithdrawnIntake, second: _Second, speaker: Speaker, book: MaterialBook) -> Iterator[_First]:
    if days_apart(row.at[:10], second.at[:10]) > limits_of(speaker).entered_anew_warn_days:
        return
    logged = book.history.logged_of(row.statement)
    if logged is not None and isinstance(logged.event, Intake):
        yield from _like(logged, logged.event, second, speaker)


def _like(logged: LoggedEvent, said: Intake, second: _Second, speaker: Speaker) -> Iterator[_First]:
    limits, event = limits_of(speaker), second.event
    if not is_one_family(said.material, event.material):
        return
    off = abs(said.net_kg - event.net_kg) * MILLION
    if _papers(said) & _papers(event):
        yield _First(logged, said, "paper")
    elif off <= limits.assay_change_warn_ppm * said.net_kg and said.supplier == event.supplier is not None:
        # Of a supplier who delivers every week, another mass is another delivery.
        yield _First(logged, said, "supplier")
    elif off <= limits.out_and_in_warn_ppm * said.net_kg:
        yield _First(logged, said, "mass")


def _papers(event: Intake) -> set[object]:
    cited = event.cited_documents()
    return {document.paper for document in cited} | {document.sha256 for document in cited if document.sha256}


def _marks(first: _First, speaker: Speaker, layer: Layer) -> Iterator[HoldMark]:
    lot = layer.book.lots.get(first.event.lot)
    for hold in lot.holds if lot is not None else ():
        if not hold.until:
            yield hold._replace(since=speaker.occurred_at, via=speaker.statement, beyond=True)


def _found(
    first: _First, marks: tuple[HoldMark, ...], second: _Second, speaker: Speaker, book: MaterialBook
) -> Iterator[Finding]:
    said, event = first.event, second.event
    if first.shares != "mass":
        was, now = Yielded(said.net_kg, intake_mix(said)), Yielded(event.net_kg, intake_mix(event))
        backing = backing_of(said, event, (), is_used=second.is_used)
        yield from find_lift(was, now, backing, speaker, (event.lot,))
    odd = () if first.shares == "mass" else book.findings_of(first.logged.index)
    yield from find_entered_again(
        event, said, speaker, odd, days=days_apart(first.logged.occurred_at[:10], second.at[:10]),
        shares=first.shares, held_by=marks[0].issuer if marks else None,
    )  # fmt: skip
