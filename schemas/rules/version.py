"""One version of the rules: everything that its number stands for, in one frozen value.

Invariant: a version that was ever in force is never changed again; what is to change
becomes part of the next one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from schemas.catalogue.findings.codes import FindingCode
from schemas.limits import Limits
from schemas.rules.characters import Characters
from schemas.rules.zones import Zones


class Reader(Protocol):
    """What reads the members of one type of event."""

    def validate_python(self, members: Any, /) -> Any:  # noqa: ANN401
        """Return the event.

        Raises:
            pydantic.ValidationError: with every fault.
        """
        ...


@dataclass(frozen=True, eq=False)
class Rules:
    """A version of the rules.

    Two of them are the same only if they are one object: the registry holds each once.
    """

    number: int
    characters: Characters
    """What the texts of events and disclosures are made of."""
    zones: Zones
    """In which months and days things happen."""
    readers: Mapping[str, Reader]
    """The types of events, each with what reads its members and codes."""
    limits: Limits
    """The limits of plausibility where a site has none of its own."""
    findings: frozenset[FindingCode]
    """The codes of findings that are found; a code that came later is not."""
    rule_sets: tuple[str, ...]
    """The ids of the laws and standards by which shares are counted and judged (``ledger.materials.rulesets``)."""

    def __repr__(self) -> str:
        """Name the version; all else follows from its number."""
        return f"Rules({self.number})"
