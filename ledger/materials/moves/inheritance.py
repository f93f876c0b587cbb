"""What a lot inherits from the lots it was made of: model of custody, owner, chemistry, shortfalls.

Invariants: a chain of custody is as strong as its weakest link (ISO 22095:2020, 5.1);
what met virgin metal was not kept apart; tolled material is never better than mass
balance, and never its refiner's unless it was stated to be; a shortfall shows on every
lot that it reached, however many runs later.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from ledger.materials.mass.mix import Mix, claimable_mass, not_claimable
from ledger.materials.state.records import Lot
from schemas.codes import CUSTODY_MODELS, HANDLING_PROCESSES, CustodyModel
from schemas.ids import PartyId, StatementId
from schemas.transformation import Transformation

DEFAULT: CustodyModel = "controlled_blending"
MIXED = "mixed"
"""The owner, or chemistry, of what was pooled from several."""
UNKNOWN_OWNER = "unknown"
"""The owner of what was tolled for nobody knows whom."""

_KEPT_APART: tuple[CustodyModel, ...] = ("identity_preserved", "segregated")
_RANK = {model: rank for rank, model in enumerate(CUSTODY_MODELS)}


class Heritage(NamedTuple):
    """What every output of a run has from its inputs."""

    custody: CustodyModel
    owner: str | None
    chemistry: str
    shortfalls: tuple[StatementId, ...]
    recovered_by: str | None


def weakest(*models: CustodyModel) -> CustodyModel:
    """Return the weakest of the models, the last in :data:`schemas.codes.CUSTODY_MODELS`."""
    return max(models, key=_RANK.__getitem__)


def heritage(
    event: Transformation, inputs: Collection[Lot], pool: Mix, issuer: PartyId, short: StatementId | None = None
) -> Heritage:
    """Return what the outputs of a run inherit.

    Args:
        event: the run; its ``custody`` is the model it was run under, blending unless stated.
        inputs: the lots that it took from.
        pool: what it took, with its additions, in mg.
        issuer: who ran it.
        short: the statement of the run where a taking of it is not covered.
    """
    is_tolled = event.process == "toll_refining"
    owners = {_tolled_for(lot, issuer) for lot in inputs} if is_tolled else {lot.owner for lot in inputs}
    chemistries = {lot.chemistry for lot in inputs}
    # One lot that is only packed or weighed again stays what it was.
    untouched = len(inputs) == 1 and event.process in ("packing", "reweighing")
    custody = weakest(
        event.custody or ("identity_preserved" if untouched else DEFAULT), *(lot.custody for lot in inputs)
    )
    if custody == "identity_preserved" and len(inputs) > 1:
        # Lots that were put together have lost their identity, whatever was stated.
        custody = "segregated"
    if custody in _KEPT_APART and _is_mixed(event, inputs, pool):
        custody = DEFAULT
    if any(lot.credit is not None for lot in inputs):
        custody = weakest(custody, "mass_balance")
    is_tolled = is_tolled or any(owner not in (None, issuer) for owner in owners)
    shortfalls = {name for lot in inputs for name in lot.shortfalls}
    if short is not None:
        shortfalls.add(short)
    return Heritage(
        weakest(custody, "mass_balance") if is_tolled else custody,
        owners.pop() if len(owners) == 1 else MIXED,
        chemistries.pop() if len(chemistries) == 1 else MIXED,
        tuple(sorted(shortfalls)) if shortfalls else (),
        _recovered_by(event, inputs, issuer),
    )


def _is_mixed(event: Transformation, inputs: Collection[Lot], pool: Mix) -> bool:
    """Say whether metal that can be claimed met metal that cannot: poured in, or of another lot."""
    if any(mass for addition in event.additions for mass in addition.content_kg.values()):
        return True
    whole = tuple(sum(masses) for masses in zip(*pool.values(), strict=True))
    return len(inputs) > 1 and claimable_mass(whole) > 0 and not_claimable(whole) is not None


def _tolled_for(lot: Lot, issuer: PartyId) -> str:
    """Return whose a lot is that is refined for a toll: as stated, else who sent or made it."""
    if lot.owner is not None:
        return lot.owner
    if lot.sender is not None and lot.sender != issuer:
        return lot.sender
    return UNKNOWN_OWNER if lot.park == issuer else lot.park


def _recovered_by(event: Transformation, inputs: Collection[Lot], issuer: PartyId) -> str | None:
    """Return the park of recovery where handling hides it: packing recovers nothing."""
    if event.process not in HANDLING_PROCESSES:
        return None
    parks = {lot.recovered_by or lot.park for lot in inputs}
    park = parks.pop() if len(parks) == 1 else MIXED
    return None if park == issuer else park
