"""Lift: what a correction adds to the metal that may be claimed of a statement's own outputs.

Two parts, judged apart: metal that moves into an origin which is recycled (or primary and
unknown metal that goes away beside it), and more metal per kilogram, or more kilograms, of
the same origin. Both are held against what the statement said at first, so that many small
corrections weigh what one large one does.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from ledger.materials.mass.mix import NO_MASS, Mix, Split, claimable_mass, mass_of, split_by
from ledger.materials.moves.inheritance import weakest
from ledger.materials.plausibility.reference.bounds import MILLION, bound_of, limits_of, ppm_of
from ledger.materials.state.book import Speaker
from ledger.materials.state.findings import Bound, find
from ledger.materials.state.records import Lot
from schemas.catalogue.findings.codes import FindingCode
from schemas.codes import CustodyModel, Metal, Severity
from schemas.event_base import EventBase
from schemas.findings import Finding
from schemas.ids import LotId


class Yielded(NamedTuple):
    """What the outputs of a statement hold together, as it makes them: net mass and mix, in mg.

    ``gains`` is what of the mix no input held: it has no origin. ``custody`` is the model that
    they are under, ``None`` where nothing is made. ``is_return`` says that it came back from a
    customer, so that nothing of it may be claimed until a certifier settles it.
    """

    net: int = 0
    mix: Mix = {}  # noqa: RUF012 - never changed in place
    gains: Mapping[Metal, int] = {}
    custody: CustodyModel | None = None
    is_return: bool = False


class Backing(NamedTuple):
    """What speaks for a correction that lifts: nobody used the metal yet, and what the papers bear out.

    ``declares`` says that the supplier's declaration with its hash is cited; ``weighs`` that
    the scale's gross less tare, or the hashed slip that was cited first, bears the mass out;
    ``cures`` that it mends a slip of units that was found.
    """

    is_used: bool
    declares: bool = False
    weighs: bool = False
    cures: bool = False


_UNIT_SLIPS: Final = frozenset({FindingCode.CONTENT_UNIT, FindingCode.DELIVERY_MASS})


def backing_of(first: EventBase, said: EventBase, found: Container[str], *, is_used: bool) -> Backing:
    """Return what speaks for a replacement.

    Args:
        first: what was said at first.
        said: what replaces it.
        found: the codes of what is odd about what stood until now.
        is_used: whether another statement used, sent or claimed metal of it.
    """
    files = {document.sha256 for document in first.cited_documents() if document.sha256 and document.is_once_only}
    slips = {document.sha256 for document in said.cited_documents()} & files
    declared = any(
        document.kind == "supplier_declaration" and document.sha256 is not None for document in said.cited_documents()
    )
    return Backing(
        is_used=is_used,
        declares=declared,
        weighs=bool(slips) or said.is_weighed(),
        cures=cures_unit_slip(found),
    )


def cures_unit_slip(found: Container[str]) -> bool:
    """Say whether what was found until now is a slip of units."""
    return any(code in found for code in _UNIT_SLIPS)


def lifted(first: Yielded, now: Yielded) -> dict[Metal, int]:
    """Return how much of each metal later words made recycled, in mg; nothing where there was nothing at first."""
    lifts = {metal: _lifted(metal, first, now) for metal in now.mix} if first.net else {}
    return {metal: mass for metal, mass in lifts.items() if mass}


def _lifted(metal: Metal, first: Yielded, now: Yielded) -> int:
    was, split = first.mix.get(metal, NO_MASS), now.mix[metal]
    if first.is_return and not now.is_return:
        return claimable_mass(split)
    if claimable_mass(split) > claimable_mass(was):
        return _moved(was, split)
    return _moved(_without_gain(was, first, metal), _without_gain(split, now, metal))


def find_lift(
    first: Yielded, now: Yielded, backing: Backing, speaker: Speaker, lots: Iterable[LotId]
) -> Iterator[Finding]:
    """Yield where later words make more of a statement's outputs claimable.

    Args:
        first: its outputs as it was said at first, on the book of now; nothing is asked where there were none.
        now: its outputs with the correction.
        backing: what speaks for it.
        speaker: who corrects.
        lots: its outputs.
    """
    named = tuple(lots)
    if not first.net:
        return
    for metal, split in now.mix.items():
        was = first.mix.get(metal, NO_MASS)
        moved, limits = _lifted(metal, first, now), limits_of(speaker)
        if moved * MILLION > sum(split) * limits.lift_origin_high_ppm:
            is_declared = backing.declares and not mass_of(was, ("primary", "internal"))
            yield find(
                FindingCode.ORIGIN_LIFTED, "medium" if is_declared and not backing.is_used else "high",
                (("lifted_mg", moved), ("metal", metal), ("lift_ppm", ppm_of(moved, sum(split)))),
                bound_of(limits, "lift_origin_high_ppm"), speaker, lots=named,
                case="declared" if is_declared else "", about=(("site", speaker.party.id),),
            )  # fmt: skip
        elif claimable_mass(split) > claimable_mass(was):
            yield from _content(metal, (sum(was), first.net), (sum(split), now.net), backing, speaker, lots=named)


def find_raised(first: Yielded, now: Yielded, backing: Backing, speaker: Speaker, lot: LotId) -> Iterator[Finding]:
    """Yield where a lot holds more claimable metal than an analysis, a count or a settlement of it had found at first.

    Args:
        first: the lot as the first word left it.
        now: the lot as the word leaves it with the correction; without it, where it is taken back.
        backing: what speaks for it.
        speaker: who corrects.
        lot: the lot.
    """
    for metal, split in now.mix.items():
        was = first.mix.get(metal, NO_MASS)
        if first.net and claimable_mass(split) > claimable_mass(was):
            masses = (sum(was), first.net), (sum(split), now.net)
            yield from _content(metal, *masses, backing, speaker, lots=(lot,), is_found=True)


def find_custody(first: Yielded, now: Yielded, speaker: Speaker, lots: Iterable[LotId]) -> Iterator[Finding]:
    """Yield where a correction puts what a statement makes under a stronger model of custody than it was at first.

    Args:
        first: its outputs as it was said at first.
        now: its outputs with the correction.
        speaker: who corrects.
        lots: its outputs.
    """
    was, stands = first.custody, now.custody
    if was is not None and stands is not None and stands != was and weakest(was, stands) == was:
        yield find(
            FindingCode.CUSTODY_STRENGTHENED, "high", (("custody", stands),), Bound((("first", was),)), speaker,
            lots=tuple(lots), about=(("site", speaker.party.id),),
        )  # fmt: skip


def find_lot_lifted(lots: Iterable[Lot], metal: Metal, speaker: Speaker) -> Iterator[Finding]:
    """Yield where the lifts on the way of lots add up to more than one may be; they are named together.

    Args:
        lots: what a correction makes more of recycled, by however little.
        metal: of which metal.
        speaker: who corrects.
    """
    limits = limits_of(speaker)
    figures = {lot.id: (lot.grown.lifted.get(metal, 0), sum(lot.mix.get(metal, ()))) for lot in lots}
    over = {
        name: (mass, held)
        for name, (mass, held) in figures.items()
        if mass * MILLION > held * limits.lift_origin_high_ppm
    }
    if over:
        most = max(over.values(), key=lambda row: ppm_of(*row))
        yield find(
            FindingCode.ORIGIN_LIFTED, "high",
            (("lifted_mg", most[0]), ("metal", metal), ("lift_ppm", ppm_of(*most))),
            bound_of(limits, "lift_origin_high_ppm"), speaker, lots=over, case="way",
            about=(("site", speaker.party.id),),
        )  # fmt: skip


def _without_gain(split: Split, made: Yielded, metal: Metal) -> Split:
    """Return a split without what no input held: output that is no longer stated makes nothing recycled."""
    gain = min(made.gains.get(metal, 0), mass_of(split, ("unknown",)))
    return tuple(mass - less for mass, less in zip(split, split_by({"unknown": gain}), strict=True))


def _moved(was: tuple[int, ...], now: tuple[int, ...]) -> int:
    """Return how much more can be claimed than at the share of what was said first, in mg, rounded down."""
    if not sum(was):
        return 0
    return max(claimable_mass(now) - -(-claimable_mass(was) * sum(now) // sum(was)), 0)


def _content(
    metal: Metal,
    was: tuple[int, int],
    now: tuple[int, int],
    backing: Backing,
    speaker: Speaker,
    lots: tuple[LotId, ...],
    *,
    is_found: bool = False,
) -> Iterator[Finding]:
    """Yield where a kilogram holds more of a metal than was said first, or there are more kilograms of it.

    What was forgotten, and is said before any use, weighs what a slip of units does.
    """
    limits, (first_mg, first_net), (now_mg, now_net) = limits_of(speaker), was, now
    # Per kilogram: now_mg / now_net against first_mg / first_net.
    richer = ppm_of(now_mg * first_net - first_mg * now_net, first_mg * now_net) if first_mg else MILLION
    heavier = ppm_of(now_mg - first_mg, first_mg) if first_mg else MILLION
    change = richer if richer > limits.assay_change_warn_ppm else heavier
    if change <= limits.assay_change_warn_ppm:
        return
    is_weighed = change is not richer and backing.weighs
    cures = not backing.is_used and (backing.cures or not first_mg)
    is_high = change > limits.assay_change_high_ppm and not is_weighed and not cures
    severity: Severity = "high" if is_high else "medium"
    yield find(
        FindingCode.CONTENT_LIFTED, severity, (("content_mg", now_mg), ("metal", metal), ("change_ppm", change)),
        bound_of(limits, "assay_change_high_ppm" if is_high else "assay_change_warn_ppm", ("first_mg", first_mg)),
        speaker, lots=lots, case="found" if is_found else "" if change is richer else "mass",
        about=(("site", speaker.party.id),),
    )  # fmt: skip
