"""The values that the fold works on: lots, runs, shipments, postings.

All are immutable; a change of a lot is a new :class:`Lot`.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from ledger.materials.apportioning import Mix, add_mix, content_of, subtract_split
from schemas.codes import ClaimKind, CustodyModel, LotStatus, Metal, Verdict

PostingKind = Literal[
    "receipt",
    "arrival",
    "addition",
    "gain",
    "shortfall",
    "loss",
    "dispatch",
    "departure",
    "claim_service",
    "claim_content",
    "credit_earned",
    "credit_drawn",
    "credit_made",
]

Ratio = tuple[int, int]
"""How much of a metal in a lot came from its maker's sources: numerator and denominator."""

# Shared defaults; no value of this module is ever changed in place.
_NO_RATIOS: dict[Metal, Ratio] = {}
_NO_MASSES: dict[Metal, int] = {}


class HoldMark(NamedTuple):
    """A hold that stands: who set it by which statement, since when."""

    statement: str
    issuer: str
    since: str
    by_certifier: bool


MarkKind = ClaimKind | Literal["short_landed"]


class Mark(NamedTuple):
    """Metal of a lot that cannot be claimed (again), in mg per metal and origin.

    ``statement`` claimed it, or its receiver did not get it (``short_landed``, which bars
    both kinds). A mark goes with the metal into what is made of it; it is not ``covered``
    where a correction left less than was claimed.
    """

    statement: str
    kind: MarkKind
    mix: Mix
    covered: bool = True


class Word(NamedTuple):
    """What a receiver said of a lot at the last hand-over, in mg."""

    net: int
    content: dict[Metal, int] | None = None


class Lot(NamedTuple):
    """A lot as it stands now.

    ``park`` created it, by ``run`` (``None``: an intake) in the entry ``created``;
    ``since`` is the intake's time or the run's start, ``metals`` what it held then.
    ``net``, ``dry`` (``None``: not known) and the mix are what is left, in milligrams.

    ``sourced`` names only the metals of which a part came from nowhere; ``stage`` is
    the rank of the assay that governs the content, -1 for none; ``uncertainty`` is the
    expanded (k=2) one of what that assay found, in mg; ``shortfalls`` are the statements
    that took, here or upstream, more than a correction left; ``refill`` is the one that
    moved this lot though nothing was left in it; ``corrections`` are the statements that
    changed the lot's answers, oldest first. ``recovered_by`` is the park of recovery
    where it is not ``park``, as behind a run that only packs. ``credit`` is what was
    drawn for a lot made under mass balance, ``None`` for every other.
    """

    id: str
    material: str
    park: str
    holder: str
    status: LotStatus
    net: int
    mix: Mix
    since: str
    created: int
    run: str | None = None
    metals: tuple[Metal, ...] = ()
    chemistry: str = "unknown"
    form: str | None = None
    dry: int | None = None
    custody: CustodyModel = "controlled_blending"
    owner: str | None = None
    sourced: dict[Metal, Ratio] = _NO_RATIOS
    holds: tuple[HoldMark, ...] = ()
    moved: bool = False
    stage: int = -1
    uncertainty: dict[Metal, int] = _NO_MASSES
    marks: tuple[Mark, ...] = ()
    recovered_by: str | None = None
    word: Word | None = None
    credit: Mix | None = None
    shortfalls: tuple[str, ...] = ()
    refill: str | None = None
    corrections: tuple[str, ...] = ()

    @property
    def held(self) -> bool:
        """Whether a hold forbids to use or move it."""
        return bool(self.holds)

    @property
    def base(self) -> Mix:
        """What can be claimed of it at most: its metal, or the credit drawn for it under mass balance."""
        return self.mix if self.credit is None else self.credit

    @property
    def dry_or_net(self) -> int:
        """Its dry mass, net where none is on record, in mg."""
        return self.net if self.dry is None else self.dry

    @property
    def in_stock(self) -> bool:
        """Whether it counts among what its holder has."""
        return self.status in ("open", "in_transit", "disputed")


class Taken(NamedTuple):
    """What a run took from a lot: stated and booked net, the mix that went with it, in mg.

    ``short`` is net mass that was stated but is no longer covered, ``sourced`` and
    ``uncertainty`` are the lot's at that time.
    """

    lot: str
    net: int
    booked: int
    mix: Mix
    dry: int | None = None
    sourced: dict[Metal, Ratio] = _NO_RATIOS
    uncertainty: dict[Metal, int] = _NO_MASSES
    marks: tuple[Mark, ...] = ()
    credit: Mix | None = None
    short: int = 0


class Made(NamedTuple):
    """An output as it was made: its net mass and mix, in mg, and how much of it was sourced."""

    lot: str
    net: int
    mix: Mix
    sourced: dict[Metal, Ratio] = _NO_RATIOS


class Drawn(NamedTuple):
    """What an assay brought back from a run's booked loss into one of its outputs."""

    statement: str
    lot: str
    mix: Mix


class Run(NamedTuple):
    """A run with all that its provenance and balance need; masses in mg.

    ``loss`` is what the run booked itself, ``drawn`` what assays found of it later, ``shortfall``
    metal of takings that a correction uncovered, ``added`` the net mass of each addition.
    """

    id: str
    process: str
    issuer: str
    index: int  # type: ignore[assignment]
    statement: str
    inputs: tuple[Taken, ...]
    additions: tuple[dict[Metal, int], ...]
    outputs: tuple[Made, ...]
    pool: dict[Metal, int]
    loss: Mix
    shortfall: dict[Metal, int] = _NO_MASSES
    drawn: tuple[Drawn, ...] = ()
    campaign: str | None = None
    added: tuple[int, ...] = ()

    def gain(self) -> dict[Metal, int]:
        """Return the metal that the outputs held above the pool when they were made, in mg."""
        if not any(output.sourced for output in self.outputs):
            return {}
        made = content_of(self.made())
        gains = {metal: mass - self.pool.get(metal, 0) for metal, mass in made.items()}
        return {metal: gain for metal, gain in gains.items() if gain > 0}

    def made(self) -> Mix:
        """Return the mix of all outputs together, as they were made."""
        total: Mix = {}
        for output in self.outputs:
            add_mix(total, output.mix)
        return total

    def loss_left(self) -> Mix:
        """Return the loss without what assays brought back."""
        left = dict(self.loss)
        for drawn in self.drawn:
            for metal, split in drawn.mix.items():
                left[metal] = subtract_split(left[metal], split)
        return {metal: split for metal, split in left.items() if any(split)}


class Posting(NamedTuple):
    """What an entry moved into or out of a site's stock; masses in mg.

    ``record`` is the lot or run it stands for, ``index`` and ``statement`` say who said it,
    ``period`` is the month ``YYYY-MM`` that it counts in. A correction posts differences,
    which may be negative. ``dry`` is net mass where no dry mass is on record.
    """

    site: str
    kind: PostingKind
    record: str
    material: str
    net: int
    dry: int
    mix: Mix
    index: int  # type: ignore[assignment]
    statement: str
    period: str = ""


class Closed(NamedTuple):
    """The last period that a site closed, ``YYYY-MM``, by which statement."""

    period: str
    statement: str
    totals: str
    lots_root: str


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
    agreement: str | None = None


class FileUse(NamedTuple):
    """The first citation of a file hash: by which statement, as which document."""

    statement: str
    document: tuple[str, str, str]


class CitationUse(NamedTuple):
    """Which statement of which party used a document up; none where a correction let it go."""

    statement: str
    issuer: str


class Terms(NamedTuple):
    """An agreement: the seller's statement, and the buyer's that made it effective."""

    id: str
    seller: str
    buyer: str
    statement: str
    confirmed: str | None = None


class Attested(NamedTuple):
    """What a certifier said of findings on a statement."""

    statement: str
    issuer: str
    codes: tuple[str, ...]
    verdict: Verdict


class Standing(NamedTuple):
    """What counts in place of a corrected statement: the correction at ``index``."""

    correction: str
    index: int  # type: ignore[assignment]
