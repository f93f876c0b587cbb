"""Parting: a part of a lot becomes a lot of its own, without anything done to it.

A receiver rejects a part of what it was sent, or a customer sends a part back. The part is a
taking of the stated mass; what its past was stays its past. It is kept like a run that took it
and made the new lot, so that whoever follows metal follows this step as well; its id is none
that a plant may give.

Invariants: per metal and origin, part and rest are what there was, to the milligram; marks,
credit, holds, shortfalls and uncertainty go along, and the park that made the lot stays who
made the part.
"""

from __future__ import annotations

from collections.abc import Callable

from ledger.materials.claims.credit_earning import still_to_earn
from ledger.materials.mass.mix import content_of, split_of
from ledger.materials.moves.postings import post_lot
from ledger.materials.moves.taking import take_inputs
from ledger.materials.state.book import Effects, Speaker
from ledger.materials.state.findings import NO_BOUND, find
from ledger.materials.state.layer import Layer
from ledger.materials.state.pool import Pool, Stated
from ledger.materials.state.records import Lot, Made, Posting, Run
from schemas.catalogue.findings.codes import FindingCode
from schemas.ids import LotId, PartyId, RunId
from schemas.transformation import Input

_PREFIX = "part:"
_REJECTION = "rejection"


def parting_of(lot: LotId) -> RunId:
    """Return the id under which it is kept how a part became this lot; no plant may give such a one."""
    return RunId(f"{_PREFIX}{lot}")


def is_parted(lot: Lot) -> bool:
    """Say whether a lot is a part of another, rather than an output of a run or a batch."""
    return lot.run is not None and lot.run.startswith(_PREFIX)


def is_parting(run: Run) -> bool:
    """Say whether a run is only how a part became a lot."""
    return run.id.startswith(_PREFIX)


def part_off(
    lot: Lot,
    name: LotId,
    net: int,
    to: PartyId,
    speaker: Speaker,
    *,
    layer: Layer,
    supply: Callable[[LotId], Stated | None],
) -> Lot:
    """Let a part of a lot become a lot of its own, and return what is left.

    Args:
        lot: the lot.
        name: what the part is called. Where that lot is not known, the part is only taken.
        net: what it weighs, in mg. It stands: what the lot lacks of it, after a correction, is shortfall.
        to: who has the part.
        speaker: whose word it is.
        layer: gets the new lot, how it came about, and the postings.
        supply: returns what the statement moved of a lot at first.
    """
    changed: dict[LotId, Lot] = {}
    line = Input.model_construct(lot=lot.id, net_kg=net, closes=False)
    pool = take_inputs((line,), {lot.id: lot}, changed, supply)
    if layer.knows(name):
        effects = layer.effects
        part = _part(lot, name, net, pool, speaker)
        effects.runs[parting_of(name)] = parting(lot, part, pool, speaker)
        effects.lots[name] = _hand_over(lot, part, to, speaker, effects)
        _note_short(lot, part, pool, speaker, effects)
    return changed[lot.id]


def withdrawn_parting(lot: LotId, speaker: Speaker) -> Run:
    """Return what is kept of how a part became a lot where, after a correction, it did not."""
    return Run(
        id=parting_of(lot), process=_REJECTION, issuer=speaker.party.id, index=speaker.index,
        statement=speaker.statement, inputs=(), additions=(), outputs=(), pool={}, loss={},
    )  # fmt: skip


def _part(lot: Lot, name: LotId, net: int, pool: Pool, speaker: Speaker) -> Lot:
    (taken,) = pool.taken
    shortfalls = {*lot.shortfalls, speaker.statement} if taken.short else lot.shortfalls
    return lot._replace(
        id=name, status="open", net=net, mix=pool.mix, metals=tuple(pool.mix), created=speaker.index,
        run=parting_of(name), dry=None if taken.short else taken.dry, sourced={}, uncertainty=taken.uncertainty,
        marks=taken.marks, credit=taken.credit, earned=taken.earned, shortfalls=tuple(sorted(shortfalls)), refill=None,
        corrections=(), word=None, came=speaker.occurred_at, used=False, grown=taken.grown,
    )  # fmt: skip


def parting(lot: Lot, part: Lot, pool: Pool, speaker: Speaker, process: str = _REJECTION) -> Run:
    """Return how a part of a lot became a lot.

    Args:
        lot: the lot.
        part: its part.
        pool: what was taken for it.
        speaker: whose word it is.
        process: what that word was.
    """
    return Run(
        id=parting_of(part.id), process=process, issuer=lot.park, index=speaker.index, statement=speaker.statement,
        inputs=pool.taken, additions=(), outputs=(Made(part.id, part.net, part.mix),), pool=content_of(part.mix),
        loss={}, shortfall=pool.shortfall,
    )  # fmt: skip


def _hand_over(lot: Lot, part: Lot, to: PartyId, speaker: Speaker, effects: Effects) -> Lot:
    if to == lot.holder:
        return part
    effects.postings.append(post_lot("dispatch", lot.holder, part, speaker))
    effects.postings.append(post_lot("arrival", to, part, speaker))
    return part._replace(holder=to, earned=still_to_earn(part.earned))


def _note_short(lot: Lot, part: Lot, pool: Pool, speaker: Speaker, effects: Effects) -> None:
    """Post what the lot lacks, and say so: only a correction leads here."""
    (taken,) = pool.taken
    if not taken.short:
        return
    booked = taken.booked if taken.dry is None else taken.dry
    effects.postings.append(
        Posting(
            site=lot.holder, kind="shortfall", record=part.id, material=lot.material, net=taken.short,
            dry=part.dry_or_net - booked, mix=split_of(pool.shortfall, "unknown"), index=speaker.index,
            statement=speaker.statement,
        )
    )  # fmt: skip
    effects.findings.append(
        find(
            FindingCode.SHORTFALL, "high", (("short_mg", taken.short),), NO_BOUND, speaker, lots=(part.id,),
            case="rejected", about=(("site", speaker.party.id),),
        )
    )  # fmt: skip
