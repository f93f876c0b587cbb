"""The values that the fold works on: lots, runs, shipments, postings; a change of a lot is a new :class:`Lot`."""

from __future__ import annotations

from typing import Literal, NamedTuple

from ledger.materials.mass.mix import Mix, add_mix, content_of, subtract_split
from ledger.materials.state.grown import NOT_GROWN, Grown
from ledger.materials.state.lot_words import HoldMark, Word
from schemas.codes import ClaimKind, CustodyModel, LotStatus, Metal, Verdict
from schemas.ids import AgreementId, LotId, PartyId, RunId, ShipmentId, StatementId

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

Earnings = dict[str, Mix]
"""Metal whose claim stands in the account of its site, by the day on which it was earned, in mg."""
NOT_YET = ""
"""The day of metal of residue, waste and slag that is to earn yet, less what was claimed or never arrived."""

# Shared defaults, never changed in place.
NO_EARNINGS: Earnings = {}
_NO_RATIOS: dict[Metal, Ratio] = {}
_NO_MASSES: dict[Metal, int] = {}

MarkKind = ClaimKind | Literal["short_landed", "returned_service", "returned_content"]


class Mark(NamedTuple):
    """Metal of a lot that cannot be claimed (again), in mg per metal and origin.

    ``statement`` claimed it, or its receiver did not get it (``short_landed``, which bars both
    kinds), or it came back by it, unsettled (``returned_service``, ``returned_content``, each
    its kind). A mark goes with the metal into what is made of it; it is not ``covered`` where
    a correction left less than was claimed.
    """

    statement: StatementId
    kind: MarkKind
    mix: Mix
    covered: bool = True


class Lot(NamedTuple):
    """A lot as it stands now.

    ``park`` created it, by ``run`` (``None``: an intake) in the entry ``created``; ``since`` is the intake's time or
    the run's start, ``metals`` what it held then, ``net``, ``dry`` (``None``: not known) and the mix what is left,
    ``used`` that a run took of it.

    ``sourced`` names only the metals of which a part came from nowhere; ``stage`` is the rank of the assay that governs
    the content, -1 for none; ``uncertainty`` is the expanded (k=2) one of what that assay found, in mg; ``shortfalls``
    are the statements that took, here or upstream, more than a correction left; ``refill`` is the one that moved this
    lot though nothing was left in it, which is what it holds since; ``corrections`` are the statements that changed the
    lot's answers, oldest first. ``recovered_by`` is the park of recovery where it is not ``park``, as behind a run that
    only packs. ``credit`` is what was drawn for a lot made under mass balance, ``None`` for every other; ``earned`` is
    metal of such a lot that stands in its holder's account, or is to earn yet. ``disposition`` is how it left, ``came``
    when its holder took it over, empty for a lot that never changed hands; ``sender`` is who last handed it over, which
    says whose it is where it is tolled; ``returned`` is what came back of it after it had left, in mg;
    ``grown`` is what words added to its metal on the way.
    """

    id: LotId
    material: str
    park: PartyId
    holder: PartyId
    status: LotStatus
    net: int
    mix: Mix
    since: str
    created: int
    run: RunId | None = None
    metals: tuple[Metal, ...] = ()
    used: bool = False
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
    shortfalls: tuple[StatementId, ...] = ()
    refill: StatementId | None = None
    corrections: tuple[StatementId, ...] = ()
    earned: Earnings = NO_EARNINGS
    disposition: str | None = None
    came: str = ""
    sender: PartyId | None = None
    returned: int = 0
    grown: Grown = NOT_GROWN

    @property
    def held(self) -> bool:
        """Whether a hold forbids to use or move it."""
        return any(not hold.until for hold in self.holds)

    def held_at(self, at: str) -> HoldMark | None:
        """Return the hold under which it was at a time, a standing one before those that were released."""
        over = [hold for hold in self.holds if hold.since <= at and (not hold.until or at < hold.until)]
        return min(over, key=lambda hold: bool(hold.until), default=None)

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

    ``short`` is net mass that was stated but is no longer covered; ``sourced``, ``refill``,
    ``uncertainty`` and ``grown`` are the lot's at that time, or its part of that.
    """

    lot: LotId
    net: int
    booked: int
    mix: Mix
    dry: int | None = None
    sourced: dict[Metal, Ratio] = _NO_RATIOS
    uncertainty: dict[Metal, int] = _NO_MASSES
    marks: tuple[Mark, ...] = ()
    credit: Mix | None = None
    short: int = 0
    refill: StatementId | None = None
    earned: Earnings = NO_EARNINGS
    grown: Grown = NOT_GROWN


class Made(NamedTuple):
    """An output as it was made: its net mass and mix, in mg, and how much of it was sourced."""

    lot: LotId
    net: int
    mix: Mix
    sourced: dict[Metal, Ratio] = _NO_RATIOS


class Drawn(NamedTuple):
    """What an assay brought back from a run's booked loss into one of its outputs, or took away from that."""

    statement: StatementId
    lot: LotId
    mix: Mix


class Run(NamedTuple):
    """A run with all that its provenance and balance need; masses in mg.

    ``loss`` is what the run booked itself, ``drawn`` what assays found of it later, ``shortfall`` metal of takings
    that a correction uncovered, ``removed`` what assays took away from outputs, negative where they gave it back,
    ``added`` the net mass of each addition, ``reagents`` its material.
    """

    id: RunId
    process: str
    issuer: PartyId
    index: int  # type: ignore[assignment]
    statement: StatementId
    inputs: tuple[Taken, ...]
    additions: tuple[dict[Metal, int], ...]
    outputs: tuple[Made, ...]
    pool: dict[Metal, int]
    loss: Mix
    shortfall: dict[Metal, int] = _NO_MASSES
    drawn: tuple[Drawn, ...] = ()
    campaign: str | None = None
    removed: tuple[Drawn, ...] = ()
    added: tuple[int, ...] = ()
    reagents: tuple[str, ...] = ()

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
    ``period`` is the month ``YYYY-MM`` that it counts in, ``happened`` the one in which it happened where that was
    closed by then, ``day`` the day at the site, for mass-balance credits only. A correction posts differences, which
    may be negative. ``dry`` is net mass where no dry mass is on record.
    """

    site: PartyId
    kind: PostingKind
    record: str
    material: str
    net: int
    dry: int
    mix: Mix
    index: int  # type: ignore[assignment]
    statement: StatementId
    day: str = ""
    period: str = ""
    happened: str = ""


class Closed(NamedTuple):
    """The last period that a site closed, ``YYYY-MM``, by which statement."""

    period: str
    statement: StatementId
    totals: str
    lots_root: str


class Shipment(NamedTuple):
    """A shipment: ``receiver`` is ``None`` where it left the ledger.

    ``awaiting`` maps each lot to ``in_transit`` or ``disputed`` until it is settled.
    """

    id: ShipmentId
    sender: PartyId
    receiver: PartyId | None
    index: int  # type: ignore[assignment]
    lots: tuple[LotId, ...]
    awaiting: dict[LotId, str]
    agreement: AgreementId | None = None
    sent_at: str = ""


class Attested(NamedTuple):
    """What a certifier, or who confirmed a count, said of findings on a statement.

    ``figures`` are ``(code, mark)`` of the findings that it speaks of (:func:`schemas.findings.mark_of`), ``index`` is
    the entry that says it. One that a correction took back is ``withdrawn`` and speaks of nothing.
    A word on a supplier's waste says besides at which ``site``, of which ``materials`` and ``until`` which day.
    """

    statement: StatementId
    issuer: PartyId
    codes: tuple[str, ...]
    verdict: Verdict | Literal["confirmed", "withdrawn"]
    figures: tuple[tuple[str, str], ...] = ()
    index: int = 0  # type: ignore[assignment]
    site: str = ""
    materials: tuple[str, ...] = ()
    until: str = ""


class Standing(NamedTuple):
    """What counts in place of a corrected statement: the correction at ``index``."""

    correction: StatementId
    index: int  # type: ignore[assignment]
