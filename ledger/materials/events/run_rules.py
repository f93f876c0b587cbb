"""What is impossible of a run in itself: who may run it, masses, gains, times (contract, section 7)."""

from __future__ import annotations

from collections.abc import Iterable

from ledger.materials.moves.preconditions import check_available, check_content, check_own_id, check_role
from ledger.materials.moves.taking import uncertainty_of
from ledger.materials.plausibility.reference.bounds import limits_of
from ledger.materials.state.book import Lookup, Speaker
from ledger.materials.state.ground import Ground
from ledger.materials.state.records import Lot
from schemas.catalogue.refusals import RefusalCode
from schemas.codes import HANDLING_PROCESSES, Metal
from schemas.ids import LotId
from schemas.party import Party
from schemas.refusal import RefusedError
from schemas.transformation import Input, Transformation


def check_additions(event: Transformation) -> None:
    """Demand that no addition holds more metal than it weighs.

    Raises:
        RefusedError: ``content-exceeds-net``.
    """
    for number, addition in enumerate(event.additions):
        check_content(f"additions[{number}] ({addition.material})", addition.content_kg, addition.net_kg)


def check_inputs(inputs: Iterable[Input], party: Party, at: str, ground: Ground) -> None:
    """Demand that each line can be taken, from what the lines before it left.

    Args:
        inputs: the lines of the event that are looked at.
        party: who must hold the lots.
        at: when they were taken; what a run takes goes in when it starts.
        ground: where they stand. A taking that stands may be short: then it is found.

    Raises:
        RefusedError: per line what ``check_available`` raises, ``insufficient-mass``.
    """
    lots, left = ground.lots, dict[str, int]()
    for line in inputs:
        lot = lots.get(line.lot)
        if lot is not None and line.lot in left:
            lot = lot._replace(net=left[line.lot])
        lot = check_available(line.lot, lot, party, at)
        if ground.takings_stand:
            continue
        if line.net_kg > lot.net and not line.closes:
            raise RefusedError(
                RefusalCode.INSUFFICIENT_MASS, left_mg=lot.net, lot=lot.id, taken_mg=line.net_kg, collides_with=lot.id
            )
        left[lot.id] = 0 if line.closes else lot.net - line.net_kg


def check_entitled(event: Transformation, party: Party) -> None:
    """Demand that a party may run this process, under ids of its own.

    Raises:
        RefusedError: ``not-entitled``.
    """
    if event.process not in HANDLING_PROCESSES:
        check_role(party, ("park", "processor"), event.process)
    check_own_id(event.run, "run", party)
    for output in event.outputs:
        check_own_id(output.lot, "lot", party)


def check_net_gain(event: Transformation) -> None:
    """Demand that packing and sorting add no mass.

    Raises:
        RefusedError: ``net-gain``.
    """
    if event.process not in ("packing", "sorting"):
        return
    out, into = sum(line.net_kg for line in event.outputs), _net_in(event)
    if 100 * out > 101 * into:
        raise RefusedError(RefusalCode.NET_GAIN, process=event.process, in_mg=into, out_mg=out)


def _check_contained(event: Transformation) -> None:
    """Demand that no metal in the outputs weighs more than all inputs and additions.

    Raises:
        RefusedError: ``gain-exceeds-tolerance``.
    """
    into = _net_in(event)
    for metal, out in _content_of_outputs(event).items():
        if out > into:
            raise RefusedError(RefusalCode.GAIN_EXCEEDS_TOLERANCE, "contained", metal=metal, in_mg=into, out_mg=out)


def _content_of_outputs(event: Transformation) -> dict[Metal, int]:
    made: dict[Metal, int] = {}
    for line in event.outputs:
        for metal, mass in line.content_kg.items():
            made[metal] = made.get(metal, 0) + mass
    return made


def check_metal_gain(event: Transformation, ground: Ground, speaker: Speaker) -> None:
    """Demand no more metal out than in, beyond 2 % or what the assays of the inputs leave open (k=2).

    Nothing excuses more metal than all that went in weighs. Where takings stand, what was in them
    may have been corrected since: only that limit holds, but for a lot that is closed, which may
    give more than its last weight says. Of a run that makes no known lot the
    pool is not known, and nothing is demanded.

    Args:
        event: the run as it is said.
        ground: with what it took and its additions, as it was applied.
        speaker: who runs it.

    Raises:
        RefusedError: ``gain-exceeds-tolerance``.
    """
    if ground.takings_stand:
        if not any(line.closes for line in event.inputs):
            _check_contained(event)
        return
    run = ground.run(event.run)
    if run is None:
        return
    for metal, out in _content_of_outputs(event).items():
        into = run.pool.get(metal, 0)
        if 100 * out <= 102 * into:
            continue
        unsure = uncertainty_of(run.inputs, metal, limits_of(speaker).uncertainty_cap_ppm)
        if event.gain_reason is None and out - into > unsure:
            raise RefusedError(RefusalCode.GAIN_EXCEEDS_TOLERANCE, metal=metal, in_mg=into, out_mg=out)
        _check_contained(event)


def _net_in(event: Transformation) -> int:
    return sum(line.net_kg for line in event.inputs) + sum(line.net_kg for line in event.additions)


def check_times(event: Transformation, inputs: Iterable[Input], lots: Lookup[LotId, Lot]) -> None:
    """Demand that a run ends after it starts, and after what it took was there.

    Raises:
        RefusedError: ``time-order``.
    """
    if event.ended_at < event.started_at:
        raise RefusedError(
            RefusalCode.TIME_ORDER, "run_ends_first", started_at=event.started_at, ended_at=event.ended_at
        )
    for line in inputs:
        lot = lots.get(line.lot)
        if lot is not None and event.ended_at < lot.since:
            raise _ends_too_early(event, lot)


def _ends_too_early(event: Transformation, lot: Lot) -> RefusedError:
    if lot.run is None:
        return RefusedError(
            RefusalCode.TIME_ORDER, "before_intake", lot=lot.id, since=lot.since, ended_at=event.ended_at,
            collides_with=lot.id,
        )  # fmt: skip
    return RefusedError(
        RefusalCode.TIME_ORDER, "before_making", lot=lot.id, run=lot.run, since=lot.since, ended_at=event.ended_at,
        collides_with=lot.id,
    )  # fmt: skip
