"""What rests on a document, a file or a supplier: the lots and additions whose statements name it.

A statement counts as it stands: what only a replaced version cites was a slip of the
pen. A correction's own documents speak of the lots of the statement that it corrects,
an attestation's of those of the statement that it judges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from ledger.materials.answers.recall.shares import Seeds
from ledger.materials.state.book import LoggedEvent
from schemas.codes import DocumentKind
from schemas.documents import Document
from schemas.events import MaterialEvent
from schemas.ids import LotId, RunId, StatementId
from schemas.transformation import Transformation


class Sought(NamedTuple):
    """One of a document's number, a file's hash and a supplier's digest; of a document also its issuer and kind."""

    number: str | None = None
    sha256: str | None = None
    supplier: str | None = None
    issuer: str | None = None
    kind: str | None = None

    @property
    def text(self) -> str:
        """What every event that is meant names."""
        return self.number or self.sha256 or self.supplier or ""

    def means(self, document: Document) -> bool:
        """Say whether a document is what is sought."""
        if self.number is None:
            return self.sha256 is not None and document.sha256 == self.sha256
        return (
            document.number == self.number
            and self.issuer in (None, document.issuer)
            and self.kind in (None, document.kind)
        )


class Match(NamedTuple):
    """A document that was found, and the statement that cites it; a report that an assay names has a kind only."""

    issuer: str | None
    kind: DocumentKind
    number: str | None
    statement: StatementId


class Found(NamedTuple):
    """What rests on what was sought; ``lots`` are also the outputs of the runs whose additions do."""

    seeds: Seeds
    lots: tuple[LotId, ...]
    matches: tuple[Match, ...]


Lookup = Callable[[StatementId], LoggedEvent | None]


def corrections_of(logged_events: Iterable[LoggedEvent]) -> dict[StatementId, LoggedEvent]:
    """Return the last correction of each corrected statement."""
    ordered = sorted(logged_events, key=lambda logged: logged.index)
    return {of: logged for logged in ordered for of in logged.event.corrects()}


def find(
    sought: Sought,
    logged_events: Iterable[LoggedEvent],
    logged_of: Lookup,
    corrections: Mapping[StatementId, LoggedEvent] | None = None,
) -> Found:
    """Return what rests on what is sought.

    Args:
        sought: what to look for.
        logged_events: entries, those that are meant among them.
        logged_of: returns the entry of a statement.
        corrections: the last correction of each statement; where not given, every version counts.
    """
    hits = [hit for logged in logged_events for hit in _hits(sought, logged, logged_of, corrections)]
    whole = dict.fromkeys(lot for hit in hits if hit.addition is None for lot in hit.lots)
    additions = dict.fromkeys(hit.addition for hit in hits if hit.addition is not None)
    begins = dict.fromkeys(lot for hit in hits for lot in hit.lots)
    matches = dict.fromkeys(hit.match for hit in hits if hit.match is not None)
    return Found(Seeds(tuple(whole), tuple(additions)), tuple(begins), tuple(matches))


class _Hit(NamedTuple):
    """Lots that rest on it: by all that they are, or by one addition of the run that made them."""

    match: Match | None
    lots: tuple[LotId, ...]
    addition: tuple[RunId, int] | None = None


def _hits(
    sought: Sought, logged: LoggedEvent, logged_of: Lookup, corrections: Mapping[StatementId, LoggedEvent] | None
) -> Iterator[_Hit]:
    event, replaced = logged.event, dict[StatementId, MaterialEvent]()
    for of, _, replacement, _ in event.repairs():
        if replacement is not None:
            replaced[of] = replacement
            if (corrections or {}).get(of, logged).index == logged.index:
                yield from _hits_in(replacement, sought, logged.statement)
    if not event.corrects() and (corrections is None or logged.statement not in corrections):
        yield from _hits_in(event, sought, logged.statement)
    if about := event.about():
        matches = [_match(document, logged.statement) for document in event.cited_documents() if sought.means(document)]
        for of in about if matches else ():
            target = logged_of(of)
            said = replaced.get(of) or (target.event if target is not None else event)
            yield from (_Hit(match, _behind(said)) for match in matches)


def _hits_in(event: MaterialEvent, sought: Sought, statement: StatementId) -> Iterator[_Hit]:
    """Yield what an event itself says of its own lots."""
    behind = _behind(event)
    if sought.supplier is not None and event.named_supplier() == sought.supplier:
        yield _Hit(None, behind)
    if sought.sha256 in event.named_files():
        yield _Hit(Match(None, "assay_report", None, statement), behind)
    for document, addition in _cited_by(event):
        if sought.means(document):
            yield _Hit(_match(document, statement), behind, addition)


def _cited_by(event: MaterialEvent) -> Iterator[tuple[Document, tuple[RunId, int] | None]]:
    """Yield what an event cites about lots of its own, each with the addition that it stands on, if it does."""
    if not event.about():
        yield from ((document, None) for document in getattr(event, "documents", ()))
    if isinstance(event, Transformation):
        for number, addition in enumerate(event.additions):
            yield from ((document, (event.run, number)) for document in addition.documents)


def _behind(event: MaterialEvent) -> tuple[LotId, ...]:
    """Return the lots that an event creates, or else speaks of."""
    return event.created_lots() or event.named_lots()


def _match(document: Document, statement: StatementId) -> Match:
    return Match(document.issuer, document.kind, document.number, statement)
