"""Which statement used a document up, and which cited a file first."""

from __future__ import annotations

from typing import Final, NamedTuple

from ledger.materials.state.row_text import members_of, reader_of
from schemas.documents import Citation
from schemas.ids import PartyId, StatementId

FREED: Final = StatementId("")
"""In place of a statement: a correction let the document go, and another may use it up."""


class FileUse(NamedTuple):
    """The first citation of a file hash: by which statement, as which document."""

    statement: StatementId
    document: tuple[str, str, str]


class CitationUse(NamedTuple):
    """Which statement of which party used a document up; :data:`FREED` where a correction let it go."""

    statement: StatementId
    issuer: PartyId


@reader_of
def read_file(body: str) -> FileUse:
    """Return the first citation of a row text."""
    statement, document = members_of(body)
    return FileUse(statement, tuple(document))


@reader_of
def read_citation(body: str) -> CitationUse:
    """Return the use of a row text."""
    return CitationUse(*members_of(body))


@reader_of
def read_citation_key(text: str) -> Citation:
    """Return the document that a key's text means."""
    return Citation(*members_of(text))
