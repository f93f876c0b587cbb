"""Which statement used a document up, and which cited a file first."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

from ledger.materials.state.row_text import members_of, reader_of
from schemas.documents import Citation
from schemas.ids import PartyId, StatementId


class FileUse(NamedTuple):
    """The first citation of a file hash: by which statement, as which document."""

    statement: StatementId
    document: tuple[str, str, str]


FREED: Final = StatementId("")
"""In place of a statement: a correction let go what it used up."""

NO_DOCUMENT = Citation("", "", "", "", "")


class CitationUse(NamedTuple):
    """Which statement of which party cites a document, and what it weighs under it.

    ``document`` is spelled as cited there, ``lot`` the first lot that it is about, ``day``
    that of the statement; ``net`` is what came in, or where it ``sends`` what left under
    the document, ``says`` what the document itself says, ``step`` the interval of the scale
    that weighed it as it is registered, in mg, 0 where nothing is known.
    Of a claim's number only who used it is kept.
    """

    statement: StatementId
    issuer: PartyId
    document: Citation = NO_DOCUMENT
    lot: str = ""
    day: str = ""
    net: int = 0
    says: int = 0
    sends: bool = False
    step: int = 0

    @property
    def date(self) -> str:
        """The day of the document, that of the statement where it has none."""
        return self.document.date or self.day


Uses = tuple[CitationUse, ...]
"""All that cites a document, oldest first."""

LET_GO: Uses = (CitationUse(FREED, PartyId("")),)
"""Where a correction let a document go, and another may use it up."""


@reader_of
def read_file(body: str) -> FileUse:
    """Return the first citation of a row text."""
    statement, document = members_of(body)
    return FileUse(statement, tuple(document))


@reader_of
def read_citation(body: str) -> Uses:
    """Return the uses of a row text."""
    return tuple(_read_use(*members) for members in members_of(body))


def _read_use(statement: str, issuer: str, document: list[str], *more: Any) -> CitationUse:  # noqa: ANN401
    return CitationUse(StatementId(statement), PartyId(issuer), Citation(*document), *more)


@reader_of
def read_citation_key(text: str) -> Citation:
    """Return the document that a key's text means."""
    return Citation(*members_of(text))
