"""Which statement used a document up, and which cited a file first."""

from __future__ import annotations

from typing import NamedTuple


class FileUse(NamedTuple):
    """The first citation of a file hash: by which statement, as which document."""

    statement: str
    document: tuple[str, str, str]


class CitationUse(NamedTuple):
    """Which statement of which party used a document up; none where a correction let it go."""

    statement: str
    issuer: str
