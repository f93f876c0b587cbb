"""The values that the fold works on: lots, runs, shipments, and the book of them.

All are immutable; a change of a lot is a new :class:`Lot`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple, Protocol, TypeVar

from ledger.materials.apportioning import Mix, Split
from schemas.codes import LotStatus, Metal
from schemas.documents import Citation
from schemas.findings import Finding
from schemas.party import Party


class Lot(NamedTuple):
    """A lot as it stands now.

    ``park`` is the party that created it, ``run`` the run that did (``None`` for an
    intake), ``since`` the intake's time or the run's start, ``created`` the index of
    its entry, ``metals`` what it held at its creation. ``net`` and the mix are what is
    left, in milligrams.
    """

    id: str
    material: str
    park: str
    holder: str
    status: LotStatus
    held: bool
    net: int
    mix: Mix
    since: str
    created: int
    run: str | None = None
    metals: tuple[Metal, ...] = ()


class Taken(NamedTuple):
    """What a run took from a lot: stated and booked net, content per metal, in mg."""

    lot: str
    net: int
    booked: int
    content: dict[Metal, int]


class Made(NamedTuple):
    """An output: its net mass and per metal ``(content, of it from the pool)``, in mg."""

    lot: str
    net: int
    content: dict[Metal, tuple[int, int]]


class Run(NamedTuple):
    """A run with all that its provenance and balance need; masses in mg."""

    id: str
    process: str
    issuer: str
    index: int  # type: ignore[assignment]
    inputs: tuple[Taken, ...]
    additions: tuple[dict[Metal, int], ...]
    outputs: tuple[Made, ...]
    pool: dict[Metal, int]
    loss: dict[Metal, Split]

    def gain(self) -> dict[Metal, int]:
        """Return the metal that the outputs hold above the pool, in mg."""
        gains: dict[Metal, int] = {}
        for output in self.outputs:
            for metal, (content, from_pool) in output.content.items():
                if content > from_pool:
                    gains[metal] = gains.get(metal, 0) + content - from_pool
        return gains


class Shipment(NamedTuple):
    """A shipment: ``receiver`` is ``None`` where it left the ledger.

    ``awaiting`` maps each lot to ``in_transit`` or ``disputed`` until it is settled.
    """

    id: str
    sender: str
    receiver: str | None
    index: int  # type: ignore[assignment]
    lots: tuple[str, ...]
    awaiting: dict[str, str]


class FileUse(NamedTuple):
    """The first citation of a file hash: by which statement, as which document."""

    statement: str
    document: tuple[str, str, str]


class CitationUse(NamedTuple):
    """Which statement of which party used a once-only document up."""

    statement: str
    issuer: str


Key_contra = TypeVar("Key_contra", contravariant=True)
Value_co = TypeVar("Value_co", covariant=True)


class Lookup(Protocol[Key_contra, Value_co]):
    """The reading half of a mapping."""

    def get(self, key: Key_contra, /) -> Value_co | None:
        """Return the value, or ``None`` where there is none."""
        ...


class MaterialBook(Protocol):
    """What a judge may look up; it never writes."""

    @property
    def lots(self) -> Lookup[str, Lot]:
        """Lots by id."""
        ...

    @property
    def runs(self) -> Lookup[str, Run]:
        """Runs by id."""
        ...

    @property
    def shipments(self) -> Lookup[str, Shipment]:
        """Shipments by id."""
        ...

    @property
    def citations(self) -> Lookup[Citation, CitationUse]:
        """Once-only documents that are used up."""
        ...

    @property
    def files(self) -> Lookup[str, FileUse]:
        """File hashes by their first citation."""
        ...

    @property
    def parties(self) -> Lookup[str, Party]:
        """Parties by id."""
        ...


class Speaker(NamedTuple):
    """Who says an event, when it happened on their word, and which entry it becomes."""

    party: Party
    occurred_at: str
    index: int  # type: ignore[assignment]
    statement: str


@dataclass(slots=True)
class Effects:
    """What an accepted event changes; applied as a whole or not at all."""

    lots: dict[str, Lot] = field(default_factory=dict)
    runs: dict[str, Run] = field(default_factory=dict)
    shipments: dict[str, Shipment] = field(default_factory=dict)
    citations: dict[Citation, CitationUse] = field(default_factory=dict)
    files: dict[str, FileUse] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
