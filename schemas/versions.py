"""The versions of the rules that this software knows, and which of them holds at which entry.

A later version is one more line in :data:`KNOWN`; the earlier ones stay as they are.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple, Self

from schemas.catalogue.findings.codes import FindingCode
from schemas.errors import NewerVersionError
from schemas.events import READERS
from schemas.limits import DEFAULTS
from schemas.rules.characters import version_14
from schemas.rules.version import Rules
from schemas.rules.zones import release_2026f

VERSION_1 = Rules(
    number=1,
    characters=version_14(),
    zones=release_2026f(),
    readers=READERS,
    limits=DEFAULTS,
    findings=frozenset(FindingCode),
    rule_sets=("eu-2023-1542", "eu-2023-1542-annex-xii", "in-bwmr-2022", "iso-14021"),
)
"""The first. When a code of a finding comes later, it is taken out here and put into the version that brings it."""

KNOWN: dict[int, Rules] = {1: VERSION_1}
"""Every version by its number, ascending without a gap."""


def version(number: int) -> Rules:
    """Return the version of this number.

    Raises:
        NewerVersionError: if this software does not know it.
    """
    rules = KNOWN.get(number)
    if rules is None:
        raise NewerVersionError(number, max(KNOWN))
    return rules


def newest() -> Rules:
    """Return the newest version that this software knows."""
    return KNOWN[max(KNOWN)]


class RulesHistory(NamedTuple):
    """Which version holds from which entry on: pairs of index and number, both ascending.

    An entry keeps the version of its own index for ever.
    """

    spans: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, number: int) -> Self:
        """Return the history that a genesis begins.

        Raises:
            NewerVersionError: if this software does not know the version.
        """
        return cls(((0, version(number).number),))

    @classmethod
    def read(cls, spans: Iterable[tuple[int, int]]) -> Self:
        """Return the history of pairs that were kept, of index and number.

        Raises:
            NewerVersionError: if this software does not know one of the versions.
        """
        return cls(tuple((index, version(number).number) for index, number in spans))

    def at(self, index: int) -> Rules:
        """Return the version under which the entry of an index is read, judged and folded.

        Raises:
            NewerVersionError: if this software does not know it.
        """
        start, number = self.spans[-1]
        if start > index:
            number = next(number for start, number in reversed(self.spans) if start <= index)
        # This is asked for every entry that is read.
        return KNOWN.get(number) or version(number)

    @property
    def latest(self) -> int:
        """The highest number so far, which is the one in force."""
        return self.spans[-1][1]

    @property
    def has_changed(self) -> bool:
        """Whether more than one version has held."""
        return len(self.spans) > 1

    @property
    def versions(self) -> Iterator[Rules]:
        """Every version that has held, the newest first."""
        for _, number in reversed(self.spans):
            yield version(number)

    @property
    def readings(self) -> Iterator[Rules]:
        """Every version by which a statement may be read whose place is not known yet, the likeliest first.

        A later one may begin before it, in an entry that is not known here.
        """
        yield from self.versions
        for number in sorted(KNOWN):
            if number > self.latest:
                yield KNOWN[number]

    def followed_by(self, number: int, index: int) -> Self:
        """Return the history with another version from the entry of an index on.

        Raises:
            NewerVersionError: if this software does not know the version.
        """
        return self._replace(spans=(*self.spans, (index, version(number).number)))


def rules_of_genesis(raw: bytes) -> Rules:
    """Return the version that the event document of a genesis names; version 1 where it names none.

    What is wrong with the document is found by whoever reads it under that version.

    Raises:
        NewerVersionError: if this software does not know the version.
    """
    try:
        members = json.loads(raw)
    except (ValueError, RecursionError):
        return VERSION_1
    number = members.get("rules") if isinstance(members, dict) and members.get("type") == "genesis" else None
    return version(number) if type(number) is int and number > 0 else VERSION_1
