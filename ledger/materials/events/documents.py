"""What an event demands of the documents that it cites, and how they are used up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ledger.materials.mass.months import days_apart
from ledger.materials.plausibility.entry.cited_papers import (
    find_heavier,
    find_held_paper,
    find_same_number,
    find_same_paper,
)
from ledger.materials.plausibility.entry.papers import find_cited_file
from ledger.materials.state.book import Speaker
from ledger.materials.state.citations import LET_GO, CitationUse, FileUse, Uses
from ledger.materials.state.layer import Layer
from schemas.catalogue.refusals import RefusalCode
from schemas.documents import Citation, Document
from schemas.holding import Hold
from schemas.ids import LotId, PartyId
from schemas.refusal import RefusedError

_YEAR = 366
"""For so many days around its statement a document without a date may be any of that number."""


class Cited(NamedTuple):
    """A document with what came in under it, or what left where it ``sends``, in mg; 0 where nothing is weighed.

    ``scale`` is the one that weighed it, where the event says so.
    """

    document: Document
    net: int = 0
    sends: bool = False
    scale: str | None = None


def check_documents(documents: Iterable[Document], speaker: Speaker, layer: Layer) -> None:
    """Demand that the once-only documents of an event back no other statement of its party, and each this one once.

    Another spelling, part or day, and another party, is not refused but found
    (:mod:`ledger.materials.plausibility.entry.cited_papers`).

    Args:
        documents: what the event cites.
        speaker: who cites them.
        layer: the state before it, with what a correction has let go and used up by now.

    Raises:
        RefusedError: ``duplicate-document``.
    """
    seen: dict[Citation, list[CitationUse]] = {}
    cited = [document for document in documents if document.is_once_only]
    for document in cited:
        paper = document.paper
        earlier = layer.uses_of(paper)
        if earlier or paper in seen:
            use = _use(Cited(document), speaker, ())
            for used in (*seen.get(paper, ()), *earlier):
                if _is_same(used, use):
                    raise _refused(used, use)
        if len(cited) > 1:
            seen.setdefault(paper, []).append(_use(Cited(document), speaker, ()))


def _is_same(used: CitationUse, use: CitationUse) -> bool:
    """Say whether one party cites one document twice: to the letter, and by dates that do not contradict."""
    if used.issuer != use.issuer or used.document._replace(date="") != use.document._replace(date=""):
        return False
    if used.document.date and use.document.date:
        return used.document.date == use.document.date
    return days_apart(used.date, use.date) <= _YEAR


def _refused(used: CitationUse, use: CitationUse) -> RefusedError:
    """Return the refusal, which asks for the date where that would tell whether the number is another year's."""
    _, kind, number, date, _ = document = use.document
    if used.date[:4] != use.date[:4] and not (date and used.document.date):
        return RefusedError(
            RefusalCode.DUPLICATE_DOCUMENT, "undated", kind=kind, number=number, issuer=document.issuer,
            year=used.date[:4], collides_with=used.statement,
        )  # fmt: skip
    return RefusedError(
        RefusalCode.DUPLICATE_DOCUMENT, kind=kind, number=number, issuer=document.issuer, collides_with=used.statement
    )


def cite(cited: Iterable[Cited], speaker: Speaker, layer: Layer, lots: Iterable[LotId]) -> None:
    """Use up the once-only documents of an event, which may be used, and note its file hashes.

    What else cites the same paper, and a file that another statement cited before, is odd
    (:mod:`ledger.materials.plausibility.entry.cited_papers`,
    :func:`~ledger.materials.plausibility.entry.papers.find_cited_file`).
    """
    names = tuple(lots)
    for one in cited:
        document = one.document
        if document.is_once_only or document.net_kg is not None:
            _note_paper(one, speaker, layer, names)
        if document.sha256 is not None:
            _note_file(document, document.sha256, speaker, layer, names)


def free(documents: Iterable[Document], speaker: Speaker, layer: Layer) -> None:
    """Let documents go that a version of a statement cited.

    Args:
        documents: what it cited.
        speaker: of that statement, at its time.
        layer: the state before the correction; gets what is free.
    """
    for document in documents:
        for paper in (document.paper, document.on_day(speaker.occurred_at[:10])):
            uses = layer.uses_of(paper)
            if uses:
                left = tuple(use for use in uses if use.statement != speaker.statement)
                layer.effects.citations[paper] = left or LET_GO


def _use(cited: Cited, speaker: Speaker, lots: tuple[LotId, ...]) -> CitationUse:
    document = cited.document
    return CitationUse(
        statement=speaker.statement,
        issuer=speaker.party.id,
        document=document.citation,
        lot=lots[0] if lots else "",
        day=speaker.occurred_at[:10],
        net=cited.net,
        says=document.net_kg or 0,
        sends=cited.sends,
        step=_step_of(cited.scale, speaker),
    )


def _step_of(name: str | None, speaker: Speaker) -> int:
    """Return the interval of a scale in mg, 0 where none is registered."""
    known = (scale.interval for scale in speaker.party.scales if name is not None and scale.scale == name)
    return next(known, None) or 0


def _note_paper(cited: Cited, speaker: Speaker, layer: Layer, lots: tuple[LotId, ...]) -> None:
    document, found, citations = cited.document, layer.effects.findings, layer.effects.citations
    use = _use(cited, speaker, lots)
    paper = document.paper
    earlier = layer.uses_of(paper)
    citations[paper] = (*earlier, use)
    if document.is_once_only:
        day = document.on_day(use.day)
        same = layer.uses_of(day)
        citations[day] = (*same, use)
        # Most papers are cited once, and there is nothing to be held against.
        if others := [used for used in earlier if used.statement != use.statement]:
            found.extend(find_same_paper(use, others, speaker, lots))
        if same:
            found.extend(find_same_number(use, [used for used in same if used not in earlier], speaker, lots))
    if earlier or use.says:
        found.extend(find_heavier(use, earlier, speaker, lots))
    if earlier and (holder := _holder_of(paper, earlier, layer)) is not None:
        found.append(find_held_paper(use, holder, speaker, lots))


def _holder_of(paper: Citation, earlier: Uses, layer: Layer) -> PartyId | None:
    """Return who holds a paper, by the holds on lots that were cited under it before; few are cited twice."""
    lots = (layer.book.lots.get(LotId(use.lot)) for use in earlier if use.lot)
    holds = {hold.statement for lot in lots if lot is not None for hold in lot.holds if not hold.until}
    for statement in sorted(holds):
        logged = layer.book.history.logged_of(statement)
        if logged is not None and isinstance(logged.event, Hold) and logged.event.holds_paper(paper):
            return logged.issuer
    return None


def _note_file(document: Document, sha256: str, speaker: Speaker, layer: Layer, lots: tuple[LotId, ...]) -> None:
    effects = layer.effects
    used = effects.files.get(sha256) or layer.book.files.get(sha256)
    if used is None:
        effects.files[sha256] = FileUse(speaker.statement, (document.issuer, document.kind, document.number))
        return
    if used.statement == speaker.statement and sha256 not in effects.files:
        # A correction cites again what the corrected statement cited.
        return
    effects.findings.append(find_cited_file(document, sha256, used, speaker, lots))
