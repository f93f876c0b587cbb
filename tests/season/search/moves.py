"""Moves that make a season look better than it was: each is put into an honest one at random.

A move is of one class. ``origin``: metal that was not recycled becomes so. ``content``: a later word says
that there is more of a metal, of the same origin. ``gain``: analyses, counts and settlements find ever
more of it. What it may achieve unseen is in :mod:`tests.season.search.holding`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import Any, Literal, NamedTuple

from schemas.quantity import format_kg
from tests.season.search.honest import Batch, HonestSeason, fraction, moment
from tests.season.search.script import Step
from tests.world.events import KG, assay, correction, dispatch, stock_count

Class = Literal["origin", "content", "gain"]
Maker = Callable[[HonestSeason, Random], Iterator[Step]]


class Move(NamedTuple):
    """A way to make a season look better; one that takes back what was said without it too is made ``alone``."""

    name: str
    kind: Class
    make: Maker
    alone: bool = False


MOVES: list[Move] = []

AGAIN = "9"
"""What a batch is called behind its first name when it comes again."""


def move(kind: Class, *, alone: bool = False) -> Callable[[Maker], Maker]:
    """List a move."""

    def listed(make: Maker) -> Maker:
        MOVES.append(Move(make.__name__.strip("_"), kind, make, alone=alone))
        return make

    return listed


def _day(dice: Random) -> int:
    """Return a day before the batches are smelted, after that, or after the lead is gone."""
    return dice.choice((9, 24, 35))


def _not_recycled(season: HonestSeason) -> list[Batch]:
    return [batch for batch in season.batches if batch.origin != "battery_post_consumer"]


@move("origin")
def _origins_corrected(season: HonestSeason, dice: Random) -> Iterator[Step]:
    """Batches that nobody knows the origin of are called used batteries, one by one."""
    for batch in _not_recycled(season):
        yield _corrected(batch, _day(dice), "origin", origin="battery_post_consumer")


@move("origin")
def _origins_corrected_in_small_steps(season: HonestSeason, dice: Random) -> Iterator[Step]:
    """The same, a few percent at a time."""
    day, steps = _day(dice), dice.randrange(5, 15)
    for batch in _not_recycled(season)[:1]:
        for step in range(1, steps + 1):
            recycled = batch.lead * KG * step // steps
            split = {"battery_post_consumer": recycled, batch.origin: batch.lead * KG - recycled}
            said = {origin: mass for origin, mass in split.items() if mass}
            yield _corrected(batch, day, f"step-{step}", origin_kg={"Pb": said})


@move("origin")
def _all_origins_in_one_piece(season: HonestSeason, dice: Random) -> Iterator[Step]:
    """All batches of no known origin in one correction."""
    batches = _not_recycled(season)
    if not batches:
        return

    def said(ids: Any) -> dict[str, Any]:
        rows = [
            {"statement": ids[f"intake-{batch.lot}"], "kind": "incorrect_data",
             "replacement": batch.event(origin="battery_post_consumer")}
            for batch in batches
        ]  # fmt: skip
        return {"type": "correction", "reason": "origins", "corrections": rows}

    yield Step(moment(_day(dice), 12), "piece", "MUN", said)


@move("origin")
def _virgin_lead_deleted(season: HonestSeason, dice: Random) -> Iterator[Step]:
    """A run never poured the virgin lead that it said."""
    for made in season.smeltings:
        if made.virgin:
            without = made.event(additions=[], gain_reason="table_understated")
            yield _said_of(f"run-{made.name}", _day(dice), "deleted", "MUN", without)


@move("origin")
def _unknown_batches_entered_again(season: HonestSeason, dice: Random) -> Iterator[Step]:
    """Batches of no known origin did not occur, and come again as used batteries before they are smelted."""
    for batch in _not_recycled(season):
        yield from _again(season, batch, origin="battery_post_consumer")


@move("content")
def _batches_made_richer(season: HonestSeason, dice: Random) -> Iterator[Step]:
    """Batches hold more lead than was said."""
    day, part = _day(dice), dice.randrange(102, 150)
    for batch in dice.sample(season.batches, dice.randrange(1, len(season.batches) + 1)):
        yield _corrected(batch, day, "richer", lead=min(batch.lead * part // 100, batch.kg * 95 // 100))


@move("content")
def _batches_made_heavier(season: HonestSeason, dice: Random) -> Iterator[Step]:
    """Batches weigh more than was said, at the same fraction."""
    part = dice.randrange(102, 150)
    for batch in dice.sample(season.batches, dice.randrange(1, len(season.batches) + 1)):
        more = {"net_kg": batch.kg * part // 100, "lead": batch.lead * part // 100}
        yield _corrected(batch, _day(dice), "heavier", **more)


@move("content")
def _richer_in_small_steps(season: HonestSeason, dice: Random) -> Iterator[Step]:
    """A batch gets one percent richer at a time."""
    batch, day = dice.choice(season.batches), _day(dice)
    for step in range(1, dice.randrange(4, 30)):
        yield _corrected(batch, day, f"richer-{step}", lead=min(batch.lead * (100 + step) // 100, batch.kg * 95 // 100))


@move("content", alone=True)
def _a_poor_assay_withdrawn(season: HonestSeason, dice: Random) -> Iterator[Step]:
    """The own analysis found less than was stated, and is taken back."""
    batch, found = dice.choice(season.batches), dice.randrange(72, 99)
    poor = assay(fraction(batch.lead * found // 100, batch.kg), batch.lot, uncertainty="0.005", sample="own")
    yield Step(moment(9, 12), "poor", "MUN", poor, trick=False)
    for made in season.smeltings:
        if batch in made.batches:
            less = made._replace(lead=made.lead - batch.lead * (100 - found) // 100)
            yield Step(moment(made.day, 20), f"run-{made.name}", "MUN", less.event(), trick=False)
            counted = stock_count(made.lot, (less.lead + 2) * KG)
            yield Step(moment(25), f"count-{made.lot}", "MUN", counted, trick=False)
            if any(step.label == f"sent-{made.lot}" for step in season.steps):
                yield Step(moment(29), f"taken-{made.lot}", "GLENCORE", less.taken(), trick=False)
    yield Step(moment(_day(dice), 13), "poor-back", "MUN", _taken_back("poor"))


@move("content")
def _an_assay_corrected_upwards(season: HonestSeason, dice: Random) -> Iterator[Step]:
    """The own analysis finds what was stated, and is corrected to find more."""
    batch, found = dice.choice(season.batches), dice.randrange(102, 140)
    same, more = (fraction(min(batch.lead * part // 100, batch.kg * 95 // 100), batch.kg) for part in (100, found))
    yield Step(moment(9, 12), "same", "MUN", assay(same, batch.lot, uncertainty="0.005", sample="own"))
    richer = assay(more, batch.lot, uncertainty="0.005", sample="own")
    yield Step(moment(9, 13), "more", "MUN", lambda ids: correction(ids["same"], richer))


@move("gain")
def _surpluses_counted_again_and_again(season: HonestSeason, dice: Random) -> Iterator[Step]:
    """A heap in the yard weighs a little more at each count, and holds the same fraction."""
    batch = dice.choice(season.batches)
    net, lead = batch.kg * KG, batch.lead * KG
    for number in range(1, dice.randrange(5, 45)):
        net, lead = net * 10_049 // 10_000, lead * 10_049 // 10_000
        yield Step(moment(9, 15), f"surplus-{number}", "MUN", stock_count(batch.lot, net))
        found = assay(fraction(lead, net), batch.lot, uncertainty="0.001", sample=f"count-{number}")
        yield Step(moment(9, 15), f"assay-{number}", "MUN", found)


@move("gain")
def _analysed_high_twice(season: HonestSeason, dice: Random) -> Iterator[Step]:
    """Every batch is analysed a little high, and then a little higher."""
    for batch in season.batches:
        found = batch.lead
        for number in (1, 2):
            found = found * dice.randrange(1040, 1049) // 1000
            rich = assay(fraction(found, batch.kg), batch.lot, uncertainty="0.005", sample=f"own-{number}")
            yield Step(moment(9, 14), f"rich-{number}-{batch.lot}", "MUN", rich)


@move("content")
def _batches_entered_again_richer(season: HonestSeason, dice: Random) -> Iterator[Step]:
    """A batch did not occur, and comes again with more lead."""
    batch, part = dice.choice(season.batches), dice.randrange(102, 140)
    yield from _again(season, batch, lead=min(batch.lead * part // 100, batch.kg * 95 // 100))


@move("gain")
def _to_and_fro(season: HonestSeason, dice: Random) -> Iterator[Step]:
    """Batteries go to another park and back, and each receiver's analysis finds a little more."""
    batch = dice.choice(season.batches)
    lead, sides = batch.lead * KG, ("MUN", "TEX")
    for hop in range(1, 2 * dice.randrange(2, 7) + 1):
        sender, receiver = sides[(hop + 1) % 2], sides[hop % 2]
        shipment, at = f"{sender}-H-9{hop:02d}", moment(9, 16)
        lead = min(lead * 10_190 // 10_000, batch.kg * KG * 9 // 10)
        found = fraction(lead, batch.kg * KG)
        yield Step(at, f"hop-{hop}", sender, dispatch(shipment, batch.lot, to=receiver))
        word: dict[str, Any] = {"lot": batch.lot, "net_kg": str(batch.kg)}
        yield Step(at, f"dispute-{hop}", receiver, _acceptance(shipment, {**word, "decision": "disputed"}))
        own = assay(found, batch.lot, uncertainty="0.001", sample=f"hop-{hop}")
        yield Step(at, f"hop-assay-{hop}", receiver, own)
        content = {"Pb": format_kg(int(found[2:]) * batch.kg * KG // 10_000)}
        settled = {**word, "decision": "settled", "content_kg": content}
        yield Step(at, f"settled-{hop}", receiver, _settled(shipment, settled, f"hop-assay-{hop}"))


def _again(season: HonestSeason, batch: Batch, **words: Any) -> Iterator[Step]:
    """Yield a batch that did not occur, comes again with other words, and is smelted under its new name."""
    name = f"{batch.lot}{AGAIN}"
    yield Step(moment(9, 10), f"gone-{batch.lot}", "MUN", _taken_back(f"intake-{batch.lot}"))
    yield Step(moment(9, 11), f"again-{batch.lot}", "MUN", batch.event(lot=name, **words))
    for made in season.smeltings:
        if batch in made.batches:
            taken = tuple(one._replace(lot=name) if one == batch else one for one in made.batches)
            event = made._replace(batches=taken).event()
            yield Step(moment(made.day, 20), f"run-{made.name}", "MUN", event)


def _acceptance(shipment: str, word: dict[str, Any]) -> dict[str, Any]:
    return {"type": "acceptance", "shipment": shipment, "lots": [word]}


def _settled(shipment: str, word: dict[str, Any], by: str) -> Callable[[Any], dict[str, Any]]:
    return lambda ids: _acceptance(shipment, {**word, "assays": [ids[by]]})


def _taken_back(label: str) -> Callable[[Any], dict[str, Any]]:
    return lambda ids: correction(ids[label])


def _said_of(label: str, day: int, name: str, issuer: str, replacement: dict[str, Any]) -> Step:
    return Step(moment(day, 12), f"{name}-{label}", issuer, lambda ids: correction(ids[label], replacement))


def _corrected(batch: Batch, day: int, name: str, **words: Any) -> Step:
    """Return a correction of a batch; it is weighed and cited as before."""
    return _said_of(f"intake-{batch.lot}", day, name, "MUN", batch.event(**words))
