"""What must hold of a season with moves in it, against the same season without them.

1. Without them nothing weighs ``high``.
2. Where moves of class ``origin`` let a lot's recycled share rise by more than 0.5 points, something on that
   lot's way weighs ``high``.
3. Where moves of class ``content`` let a lot hold more than 5.5 % more claimable metal, something on its way
   weighs at least ``medium`` that did not without them; beyond 30 % by one move, ``high``. The limit is 5 %, of
   what stood at that word; an honest weight that is corrected after it moves that by half a percent.
4. So with moves of class ``gain``, above 5.5 %, and ``high`` above 15.5 %: what first analyses find and what is
   gained after them adds up to 5 % and 15 %, what is gained alone to 2 % and 10 %.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from random import Random
from typing import NamedTuple

from ledger.materials.answers.provenance import follow, trace
from ledger.materials.mass.mix import NO_MASS, Split, add_split, claimable_mass
from ledger.materials.plausibility.site.reach import SiteFinding, findings_with_reach
from ledger.materials.standing import on_record, sites_of, standing_of
from schemas.codes import Metal
from schemas.ids import LotId, PartyId
from schemas.versions import VERSION_1
from tests.season.court import Court
from tests.season.search.honest import HonestSeason
from tests.season.search.moves import AGAIN, MOVES, Class, Move
from tests.season.search.script import Played, Step, play

_SEEN: dict[Class, int] = {"origin": 5_000, "content": 55_000, "gain": 55_000}
"""From which rise on something must be found, in millionths."""

_HIGH: dict[Class, int] = {"origin": 5_000, "content": 300_000, "gain": 155_000}
"""From which rise on it must weigh ``high``."""

_MILLION = 1_000_000


class Searched(NamedTuple):
    """A season that was searched: the moves in it, how many lots rose beyond the limits, and what was wrong."""

    seed: int
    moves: tuple[str, ...]
    rose: int
    faults: tuple[str, ...]


def search(seed: int, only: Move | None = None) -> Searched:
    """Play a season with and without moves of one class, and hold the two against each other.

    Args:
        seed: of the dice.
        only: the one move to make; the dice choose by default.
    """
    season = HonestSeason(seed)
    dice = Random(f"moves of {seed}")
    kind: Class = only.kind if only is not None else dice.choice(("origin", "content", "gain"))
    moves = [only] if only else dice.sample([one for one in MOVES if one.kind == kind], dice.randrange(1, 3))
    moves = [one for one in moves if one.alone] or moves
    steps = list(_steps(season, moves, dice))
    honest = play(_with(season.steps, (step for step in steps if not step.trick)))
    faults = [f"refused without a move: {label}: {code}" for label, code in honest.refused.items()]
    faults += [f"high without a move: {row.code}" for row in honest.court.verdicts() if row.severity == "high"]
    moved = play(_with(season.steps, steps))
    risen = list(_risen(honest.court, moved.court, kind))
    is_one = len(moves) == 1 or kind != "content"
    faults += _unseen(risen, honest, moved, _HIGH[kind] if is_one else _MILLION)
    return Searched(seed, tuple(one.name for one in moves), len(risen), tuple(faults))


def _with(steps: Iterable[Step], moves: Iterable[Step]) -> list[Step]:
    """Return a script with moves in it; a step of a label that is there takes its place."""
    return list({step.label: step for step in (*steps, *moves)}.values())


def _steps(season: HonestSeason, moves: list[Move], dice: Random) -> Iterator[Step]:
    for one in moves:
        yield from one.make(season, dice)


def _risen(honest: Court, moved: Court, kind: Class) -> Iterator[tuple[LotId, Metal, int]]:
    """Yield the lots that rise beyond a limit, by how many millionths."""
    for name in moved.lots:
        was = _first_name(name, honest)
        before = _whole(was, honest) if was is not None else {}
        for metal, split in _whole(name, moved).items():
            known = before.get(metal, NO_MASS)
            if sum(known) == 0 or (kind != "origin" and claimable_mass(known) == 0):
                continue
            if kind == "origin":
                rise = claimable_mass(split) * _MILLION // sum(split) - claimable_mass(known) * _MILLION // sum(known)
            else:
                rise = claimable_mass(split) * _MILLION // claimable_mass(known) - _MILLION
            if rise > _SEEN[kind]:
                yield name, metal, rise


def _first_name(name: LotId, honest: Court) -> LotId | None:
    """Return what a lot is called in the season without moves: a batch that came again stands for the first."""
    return next((one for one in (name, LotId(name.removesuffix(AGAIN))) if one in honest.lots), None)


def _whole(name: LotId, court: Court) -> dict[Metal, Split]:
    """Return all metal of a lot by origin, that which runs took of it among it."""
    total = dict(court.lots[name].mix)
    for run in court.runs.values():
        for taken in run.inputs:
            for metal, split in taken.mix.items() if taken.lot == name else ():
                total[metal] = add_split(total.get(metal, NO_MASS), split)
    return total


def _unseen(risen: list[tuple[LotId, Metal, int]], honest: Played, moved: Played, high: int) -> Iterator[str]:
    """Yield the lots that rose and on whose way nothing is found that says so; ``high`` weighs a rise above it."""
    if not risen:
        return
    sites, before = _sites(moved.court), _sites(honest.court)
    for lot, metal, rise in risen:
        found, was = _weights(lot, moved.court, sites), Counter[tuple[str, str]]()
        if (first := _first_name(lot, honest.court)) is not None:
            was = _weights(first, honest.court, before)
        is_high = any(severity == "high" for _, severity in found)
        if not (is_high if rise > high else found - was):
            yield f"{lot}: {metal} rises by {rise} millionths, found {dict(found)}"


def _sites(court: Court) -> dict[PartyId, list[SiteFinding]]:
    return {name: findings_with_reach(court.site(name)) for name in court.parties}


def _weights(lot: LotId, court: Court, sites: dict[PartyId, list[SiteFinding]]) -> Counter[tuple[str, str]]:
    """Return codes and severities of all that is raised on a lot's way."""
    ancestry = trace(court.lots[lot], court)
    over_time = [row for name in sites_of(ancestry) for row in sites[name]]
    standing = standing_of(ancestry, follow(ancestry), on_record(ancestry, court, over_time), VERSION_1)
    return Counter((str(reason.code), reason.severity) for reason in standing.reasons)
