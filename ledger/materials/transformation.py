"""The judge of runs: lots are taken, pooled and made anew (contract, section 5).

Invariant: per metal and origin, what was taken plus additions plus gains equals what
the outputs hold plus the loss, to the milligram; a gain is of origin ``unknown``.
"""

from __future__ import annotations

from collections.abc import Iterable

from ledger.materials.apportioning import (
    NO_MASS,
    UNKNOWN,
    Mix,
    Split,
    add_mix,
    apportion,
    content_of,
    split_of,
    subtract_split,
)
from ledger.materials.checks import check_available, check_content, check_new_lot, check_own_id, check_role, cite
from ledger.materials.records import Effects, Lot, Made, MaterialBook, Run, Speaker, Taken
from ledger.materials.run_findings import find_in_run
from schemas.codes import HANDLING_PROCESSES, Metal
from schemas.errors import RefusedError
from schemas.party import Party
from schemas.quantity import format_kg
from schemas.transformation import Input, Output, Transformation


def judge_transformation(event: Transformation, speaker: Speaker, book: MaterialBook) -> Effects:
    """Fold a run into its inputs and outputs.

    Raises:
        RefusedError: in this order ``not-entitled``, ``run-exists``; per input what
            :func:`take_inputs` raises; per output ``lot-exists``,
            ``content-exceeds-net``; per addition ``content-exceeds-net``;
            ``duplicate-document``, ``net-gain``, ``gain-exceeds-tolerance``,
            ``time-order``.
    """
    _check_entitled(event, speaker.party)
    if book.runs.get(event.run) is not None:
        raise RefusedError(
            "run-exists", f"expected a new run id, got {event.run}, which is used", collides_with=event.run
        )
    effects = Effects()
    taken, pool = take_inputs(event.inputs, speaker.party, book, effects.lots)
    for output in event.outputs:
        check_new_lot(output.lot, book)
        check_content(output.lot, output.content_kg, output.net_kg, output.dry_kg)
    for number, addition in enumerate(event.additions):
        check_content(f"addition {number} ({addition.material})", addition.content_kg, addition.net_kg)
        add_mix(pool, split_of(addition.content_kg, addition.origin))
    _cite(event, speaker, book, effects)
    contents = content_of(pool)
    _check_net_gain(event)
    _check_metal_gain(event, contents)
    _check_times(event, effects.lots)
    mixes, made, loss = make_outputs(event.outputs, pool)
    for output, mix in zip(event.outputs, mixes, strict=True):
        effects.lots[output.lot] = _new_lot(event, output, mix, speaker)
    additions = tuple(addition.content_kg for addition in event.additions)
    run = Run(event.run, event.process, speaker.party.id, speaker.index, taken, additions, made, contents, loss)
    effects.runs[event.run] = run
    effects.findings.extend(find_in_run(event, run, speaker))
    return effects


def take_inputs(
    inputs: Iterable[Input], party: Party, book: MaterialBook, changed: dict[str, Lot]
) -> tuple[tuple[Taken, ...], Mix]:
    """Take from lots line by line, each from what the one before left.

    Args:
        inputs: the lines of the event.
        party: who must hold the lots.
        book: where the lots stand.
        changed: gets each lot as the taking leaves it.

    Returns:
        What each line took, and the pool of it all in mg per metal and origin.

    Raises:
        RefusedError: per line what ``check_available`` raises, ``insufficient-mass``.
    """
    taken: list[Taken] = []
    pool: Mix = {}
    for line in inputs:
        lot = check_available(line.lot, changed.get(line.lot) or book.lots.get(line.lot), party)
        if line.net_kg > lot.net and not line.closes:
            raise RefusedError(
                "insufficient-mass",
                f"expected at most the {format_kg(lot.net)} kg that are left of {lot.id}, "
                f"got {format_kg(line.net_kg)} kg",
                collides_with=lot.id,
            )
        booked, mix, rest = take(lot, line.net_kg, closes=line.closes)
        changed[lot.id] = rest
        add_mix(pool, mix)
        taken.append(Taken(lot.id, line.net_kg, booked, {metal: sum(split) for metal, split in mix.items()}))
    return tuple(taken), pool


def take(lot: Lot, net: int, *, closes: bool) -> tuple[int, Mix, Lot]:
    """Take ``net`` milligrams from a lot, or all that is left where it ``closes``.

    Returns:
        The net mass booked out, the mix that went with it, and the lot that is left.
    """
    if closes or net == lot.net:
        return lot.net, lot.mix, lot._replace(net=0, mix={}, status="consumed")
    mix: Mix = {}
    rest: Mix = {}
    for metal, split in lot.mix.items():
        part = apportion(sum(split) * net // lot.net, split)
        if any(part):
            mix[metal] = tuple(part)
        left = subtract_split(split, part)
        if any(left):
            rest[metal] = left
    return net, mix, lot._replace(net=lot.net - net, mix=rest)


def make_outputs(outputs: Iterable[Output], pool: Mix) -> tuple[list[Mix], tuple[Made, ...], dict[Metal, Split]]:
    """Drain the pool into the outputs, in the order of the statement.

    Returns:
        Per output its mix and its record, and the loss per metal and origin, in mg.
    """
    lines = list(outputs)
    mixes: list[Mix] = [{} for _ in lines]
    made: list[Made] = [Made(line.lot, line.net_kg, {}) for line in lines]
    loss: dict[Metal, Split] = {}
    metals = dict.fromkeys([*pool, *(metal for line in lines for metal in line.content_kg)])
    for metal in metals:
        contents = [line.content_kg.get(metal, 0) for line in lines]
        rest = pool.get(metal, NO_MASS)
        in_pool = sum(rest)
        shares = contents if sum(contents) <= in_pool else apportion(in_pool, contents)
        for mix, record, content, share in zip(mixes, made, contents, shares, strict=True):
            if content:
                part = apportion(share, rest)
                rest = subtract_split(rest, part)
                part[UNKNOWN] += content - share
                mix[metal] = tuple(part)
                record.content[metal] = (content, share)
        if any(rest):
            loss[metal] = rest
    return mixes, tuple(made), loss


def _check_entitled(event: Transformation, party: Party) -> None:
    if event.process not in HANDLING_PROCESSES:
        check_role(party, ("park", "processor"), f"a run of {event.process}")
    check_own_id(event.run, "run", party)
    for output in event.outputs:
        check_own_id(output.lot, "lot", party)


def _cite(event: Transformation, speaker: Speaker, book: MaterialBook, effects: Effects) -> None:
    documents = [*event.documents, *(document for line in event.additions for document in line.documents)]
    if documents:
        cite(documents, speaker, book, [line.lot for line in event.outputs], effects)


def _check_net_gain(event: Transformation) -> None:
    if event.process not in ("packing", "sorting"):
        return
    out, into = sum(line.net_kg for line in event.outputs), _net_in(event)
    if 100 * out > 101 * into:
        raise RefusedError(
            "net-gain",
            f"expected {event.process} to put out at most 1 % more than the {format_kg(into)} kg put in, "
            f"got {format_kg(out)} kg",
        )


def _check_metal_gain(event: Transformation, pool: dict[Metal, int]) -> None:
    made: dict[Metal, int] = {}
    for line in event.outputs:
        for metal, mass in line.content_kg.items():
            made[metal] = made.get(metal, 0) + mass
    for metal, out in made.items():
        into = pool.get(metal, 0)
        if 100 * out <= 102 * into:
            continue
        if event.gain_reason is None:
            raise RefusedError(
                "gain-exceeds-tolerance",
                f"expected at most 2 % more {metal} out than the {format_kg(into)} kg that went in, "
                f"or a gain_reason, got {format_kg(out)} kg",
            )
        if out > _net_in(event):
            raise RefusedError(
                "gain-exceeds-tolerance",
                f"expected at most as much {metal} as the {format_kg(_net_in(event))} kg that all inputs weigh, "
                f"got {format_kg(out)} kg",
            )


def _net_in(event: Transformation) -> int:
    return sum(line.net_kg for line in event.inputs) + sum(line.net_kg for line in event.additions)


def _check_times(event: Transformation, inputs: dict[str, Lot]) -> None:
    if event.ended_at < event.started_at:
        raise RefusedError(
            "time-order", f"expected a run to end after its start at {event.started_at}, got {event.ended_at}"
        )
    for lot in inputs.values():
        if event.ended_at < lot.since:
            what = "came in" if lot.run is None else f"began to be made by {lot.run}"
            raise RefusedError(
                "time-order",
                f"expected a run to end after its input {lot.id} {what} at {lot.since}, got {event.ended_at}",
                collides_with=lot.id,
            )


def _new_lot(event: Transformation, output: Output, mix: Mix, speaker: Speaker) -> Lot:
    party = speaker.party.id
    return Lot(
        output.lot,
        output.material,
        party,
        party,
        "open",
        held=False,
        net=output.net_kg,
        mix=mix,
        since=event.started_at,
        created=speaker.index,
        run=event.run,
        metals=tuple(output.content_kg),
    )
