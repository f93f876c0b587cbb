"""What a hold on a run, a document or a site's month reaches: all lots of it that are known when it is said.

The hold names them itself, so that whoever has one of its lots has the hold: a lot's closure
is found by the lots that events name. Here is what it has to name; a part of the ledger
cannot ask it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ledger.materials.history.as_corrected import standing_event
from ledger.materials.mass.months import month_of
from ledger.materials.state.book import MaterialBook, Speaker
from ledger.materials.state.citations import LET_GO
from schemas.catalogue.refusals import RefusalCode
from schemas.holding import Hold
from schemas.ids import LotId, PartyId, StatementId
from schemas.refusal import RefusedError

MAY_HOLD_ALL = ("certifier", "authority")
"""Who may hold more than single lots."""

_SHOWN = 50
"""So many ids of lots that are missing a refusal names."""


def check_reach(event: Hold, speaker: Speaker, book: MaterialBook) -> None:
    """Demand that a hold on a run, a document or a site's month names the lots of it, all of them and no others.

    Args:
        event: the hold.
        speaker: who holds.
        book: the whole ledger before it.

    Raises:
        RefusedError: ``not-entitled``, ``hold-differs``.
    """
    if (what := event.holds_all_of()) is None:
        return
    party = speaker.party
    if not set(MAY_HOLD_ALL) & set(party.roles):
        raise RefusedError(
            RefusalCode.NOT_ENTITLED, "hold_all", what=what, party=party.id, roles=", ".join(party.roles)
        )
    reached = frozenset(_reached(event, book, speaker))
    if not reached:
        raise RefusedError(RefusalCode.HOLD_DIFFERS, "nothing", what=what)
    if missing := sorted(reached.difference(event.lots)):
        raise RefusedError(
            RefusalCode.HOLD_DIFFERS, what=what, missing_lots=len(missing), lots=", ".join(missing[:_SHOWN])
        )
    if beyond := sorted(set(event.lots) - reached):
        raise RefusedError(RefusalCode.HOLD_DIFFERS, "beyond", what=what, lot=beyond[0], collides_with=beyond[0])


def _reached(event: Hold, book: MaterialBook, speaker: Speaker) -> Iterator[LotId]:
    if event.run is not None and (run := book.runs.get(event.run)) is not None:
        yield from (made.lot for made in run.outputs)
    if event.document is not None:
        yield from _citing(event, book)
    if event.site is not None:
        yield from _of_month(event.site, event.month or "", book, speaker)


def _citing(event: Hold, book: MaterialBook) -> Iterator[LotId]:
    """Yield the lots that came in or left under a document, in whatever spelling it was cited."""
    if (cited := event.document) is None:
        return
    uses = book.citations.get(cited.paper) or ()
    found: Iterable[StatementId] = (use.statement for use in uses if uses != LET_GO)
    if not cited.is_once_only:
        # Of what may be cited often no list is kept: the entries about the lots that are named are asked.
        entries = book.history.logged_events(book.history.naming(event.lots))
        found = (logged.statement for logged in entries)
    for statement in dict.fromkeys(found):
        stands = standing_event(statement, book)
        said = stands.event if stands is not None else None
        if said is None or said.corrects() or not any(paper.paper == cited.paper for paper in said.cited_documents()):
            continue
        if said.named_shipments() or (said.created_lots() and not said.named_runs()):
            yield from said.named_lots()


def _of_month(site: PartyId, month: str, book: MaterialBook, speaker: Speaker) -> Iterator[LotId]:
    """Yield the lots that a site made or took in in a month, and those that it received."""
    party = book.parties.get(site)
    for lot in book.lots_named_by(site):
        if lot.park == site and month_of(party, lot.since, speaker.rules) == month:
            yield lot.id
    for row in book.postings_of(site):
        if row.kind == "arrival" and (row.happened or row.period) == month:
            yield LotId(row.record)
