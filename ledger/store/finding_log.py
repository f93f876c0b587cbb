"""The findings of a batch before they are written, each with the span of entries in which it stands.

Invariant: nothing that was once answered is lost: a correction ends what was found on an
entry and gives what is found now, and both keep their place.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import NamedTuple

from schemas.findings import Finding


class Judged(NamedTuple):
    """The findings on an entry as the entry ``judged`` left them, until the one that ``ended`` them."""

    index: int  # type: ignore[assignment]
    judged: int
    findings: Sequence[Finding]
    ended: int | None = None


class FindingLog:
    """What was found in one batch; ``ended`` maps entries before it to what ended their stored findings."""

    def __init__(self) -> None:
        """Begin empty."""
        self._versions: dict[int, list[Judged]] = {}
        self.ended: dict[int, int] = {}

    def note(self, index: int, findings: Sequence[Finding]) -> None:
        """Remember what judging an entry gave."""
        if findings:
            self._versions[index] = [Judged(index, index, findings)]

    def renew(self, anew: Mapping[int, Sequence[Finding]], by: int, batch: Container[int]) -> None:
        """Let the entry ``by`` replace the findings on earlier ones, of which those of ``batch`` are not stored yet."""
        for index, findings in anew.items():
            versions = self._versions.setdefault(index, [])
            if versions:
                versions[-1] = versions[-1]._replace(ended=by)
            elif index not in batch:
                self.ended[index] = by
            versions.append(Judged(index, by, findings))

    def of(self, index: int) -> tuple[Finding, ...] | None:
        """Return the findings on an entry, ``None`` where this batch found nothing on it."""
        versions = self._versions.get(index)
        return tuple(versions[-1].findings) if versions else None

    def rows(self) -> list[Judged]:
        """Return all of them, for writing."""
        return [part for versions in self._versions.values() for part in versions]
