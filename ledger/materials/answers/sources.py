"""Sources: where metal of a lot came from, as values with the text by which an answer names them."""

from __future__ import annotations

from typing import Literal, NamedTuple

from schemas.ids import LotId, RunId, StatementId

SourceKind = Literal["batch", "addition", "gain", "shortfall", "minor"]


class Source(NamedTuple):
    """One source of a metal (contract, section 5).

    ``record`` is the lot of a ``batch``, the run of an ``addition`` or a ``gain``, the
    statement of a ``shortfall``, empty for ``minor``; ``number`` counts a run's additions
    from 0.
    """

    kind: SourceKind
    record: str = ""
    number: int = 0

    @property
    def text(self) -> str:
        """The name of the source in an answer, by which sources of equal share are ordered."""
        match self.kind:
            case "batch":
                return self.record
            case "addition":
                return f"addition:{self.record}:{self.number}"
            case "minor":
                return "minor"
            case _:
                return f"{self.kind}:{self.record}"


MINOR = Source("minor")
"""Sources that are too small to be named, together."""


def batch(lot: LotId) -> Source:
    """Return an intake's lot as a source."""
    return Source("batch", lot)


def addition(run: RunId, number: int) -> Source:
    """Return an addition of a run, counted from 0, as a source."""
    return Source("addition", run, number)


def gain(run: RunId) -> Source:
    """Return what came out of a run above what went in, as a source."""
    return Source("gain", run)


def shortfall(statement: StatementId) -> Source:
    """Return what a statement took, or moved, though a correction left no cover for it, as a source."""
    return Source("shortfall", statement)
