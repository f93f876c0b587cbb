"""Taking from lots: what goes, what stays, and what is no longer there (contract, section 5).

Invariants: what was taken and what is left add up to what was there, per metal and
origin, to the milligram; a lot that is emptied is emptied exactly. Metal that a
correction uncovered is of origin ``unknown`` and is never silently left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from math import isqrt

from ledger.materials.claims.bound_metal import part_of
from ledger.materials.claims.marks import move_marks
from ledger.materials.mass.apportioning import apportion
from ledger.materials.mass.mix import Mix, add_mix, split_of, subtract_split
from ledger.materials.moves.growth import divide
from ledger.materials.moves.shortfall import add_shortfall
from ledger.materials.state.book import Lookup
from ledger.materials.state.grown import NOT_GROWN
from ledger.materials.state.pool import Pool, Stated
from ledger.materials.state.records import NO_EARNINGS, Lot, Taken
from schemas.codes import Metal
from schemas.ids import LotId
from schemas.transformation import Input


def take_inputs(
    inputs: Iterable[Input],
    lots: Lookup[LotId, Lot],
    changed: dict[LotId, Lot],
    supply: Callable[[LotId], Stated | None],
) -> Pool:
    """Take from lots line by line, each from what the one before left.

    Args:
        inputs: the lines of the event.
        lots: where they stand; of a lot that is not there nothing is taken.
        changed: gets each lot as the taking leaves it.
        supply: returns what was moved of a lot at first.

    A taking stands. What a check would have refused for want of mass is supplied from
    nowhere, in the proportions in which a lot was moved at first, and counted as shortfall.
    """
    taken: list[Taken] = []
    pool: Mix = {}
    shortfall: dict[Metal, int] = {}
    for line in inputs:
        lot = changed.get(line.lot) or lots.get(line.lot)
        if lot is None:
            continue
        is_short = line.net_kg > lot.net if not line.closes else lot.net == 0
        part, changed[lot.id] = take(lot, min(line.net_kg, lot.net), closes=line.closes or is_short)
        add_mix(pool, part.mix)
        if part.net != line.net_kg:
            part = part._replace(net=line.net_kg)
        if is_short:
            part = part._replace(short=line.net_kg - part.booked)
            add_shortfall(shortfall, part.short, supply(lot.id))
        taken.append(part)
    add_mix(pool, split_of(shortfall, "unknown"))
    return Pool(tuple(taken), pool, shortfall)


def uncertainty_of(taken: Iterable[Taken], metal: Metal, cap_ppm: int) -> int:
    """Return the expanded uncertainty (k=2) of a metal in several takings, in mg.

    Independent analyses add in quadrature (JCGM 100:2008, 5.1.2); takings of one lot
    rest on one analysis and add up plainly. Zero where no assay governs. What an analysis
    states beyond ``cap_ppm`` of the metal excuses nothing.
    """
    per_lot: dict[str, int] = {}
    for part in taken:
        if mass := part.uncertainty.get(metal):
            most = sum(part.mix.get(metal, ())) * cap_ppm // 1_000_000
            per_lot[part.lot] = per_lot.get(part.lot, 0) + min(mass, most)
    return isqrt(sum(mass * mass for mass in per_lot.values()))


def hand_on_uncertainty(pool: Pool, contents: Mapping[Metal, int]) -> dict[Metal, int]:
    """Return how well an output is known that was only packed, blended or weighed again, in mg per metal.

    Args:
        pool: what went in; its uncertainty goes on in proportion.
        contents: what the output holds.
    """
    unsure: dict[Metal, int] = {}
    for metal, content in contents.items():
        into = sum(pool.mix.get(metal, ()))
        if into and (mass := uncertainty_of(pool.taken, metal, cap_ppm=1_000_000) * min(content, into) // into):
            unsure[metal] = mass
    return unsure


def take(lot: Lot, net: int, *, closes: bool) -> tuple[Taken, Lot]:
    """Take ``net`` milligrams from a lot, or all that is left where it ``closes``.

    Returns:
        What was taken, and the lot that is left.

    Three of ten milligrams, of which seven are lead: the floor of 2.1 goes.

    >>> lot = Lot("MUN-B-1", "lead_scrap", "MUN", "MUN", "open", 10, {"Pb": (4, 0, 3, 0, 0, 0, 0)}, "", 0)
    >>> taken, left = take(lot, 3, closes=False)
    >>> taken.mix, left.net, left.mix
    ({'Pb': (1, 0, 1, 0, 0, 0, 0)}, 7, {'Pb': (3, 0, 2, 0, 0, 0, 0)})
    """
    if closes or net == lot.net:
        return _take_all(lot, net)
    mix: Mix = {}
    rest: Mix = {}
    for metal, split in lot.mix.items():
        part = apportion(sum(split) * net // lot.net, split)
        if any(part):
            mix[metal] = tuple(part)
        stays_there = subtract_split(split, part)
        if any(stays_there):
            rest[metal] = stays_there
    taken = Taken(lot=lot.id, net=net, booked=net, mix=mix, sourced=lot.sourced, refill=lot.refill)
    left = lot._replace(net=lot.net - net, mix=rest, used=True)
    if lot.grown is not NOT_GROWN:
        gone_along, stays_along = divide(lot.grown, mix, lot.mix)
        taken, left = taken._replace(grown=gone_along), left._replace(grown=stays_along)
    if lot.dry is None and not lot.uncertainty and not lot.marks and lot.credit is None:
        return taken, left
    dry = None if lot.dry is None else lot.dry * net // lot.net
    unsure = {metal: mass * net // lot.net for metal, mass in lot.uncertainty.items()}
    credit, rest_credit = _part_of_credit(lot, net)
    gone, stays = move_marks(lot.marks, mix if credit is None else credit)
    earned, rest_earned = part_of(lot.earned, mix, lot.mix) if lot.earned else (NO_EARNINGS, NO_EARNINGS)
    return taken._replace(dry=dry, uncertainty=unsure, marks=gone, credit=credit, earned=earned), left._replace(
        dry=None if dry is None else (lot.dry or 0) - dry,
        uncertainty={metal: mass - unsure[metal] for metal, mass in lot.uncertainty.items()},
        marks=stays,
        credit=rest_credit,
        earned=rest_earned,
    )


def _take_all(lot: Lot, net: int) -> tuple[Taken, Lot]:
    """Take all that is left of a lot, said to be ``net`` milligrams."""
    taken = Taken(
        lot=lot.id, net=net, booked=lot.net, mix=lot.mix, dry=lot.dry, sourced=lot.sourced,
        uncertainty=lot.uncertainty, marks=lot.marks, credit=lot.credit, refill=lot.refill, earned=lot.earned,
        grown=lot.grown,
    )  # fmt: skip
    status = "consumed" if lot.status == "open" else lot.status
    credit = None if lot.credit is None else Mix()
    return taken, lot._replace(
        net=0, mix={}, dry=lot.dry and 0, used=True, uncertainty={}, marks=(), credit=credit, status=status,
        earned=NO_EARNINGS, grown=NOT_GROWN,
    )  # fmt: skip


def _part_of_credit(lot: Lot, net: int) -> tuple[Mix | None, Mix | None]:
    """Return the credit that goes with a part of a lot, and what stays."""
    if lot.credit is None:
        return None, None
    parts = {metal: tuple(apportion(sum(split) * net // lot.net, split)) for metal, split in lot.credit.items()}
    rest = {metal: subtract_split(split, parts[metal]) for metal, split in lot.credit.items()}
    return (
        {metal: split for metal, split in parts.items() if any(split)},
        {metal: split for metal, split in rest.items() if any(split)},
    )
