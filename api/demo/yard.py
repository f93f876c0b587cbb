"""The generator's own stock, which keeps its lines honest.

Taking from a lot follows the accounting of the contract, per metal; origins are left
to the ledger. Masses are integer milligrams.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from api.demo.figures import JsonObject, Masses


@dataclass(slots=True)
class Lot:
    """A lot: what is left of it, the run that made it and what that run took."""

    id: str
    material: str
    net: int
    content: Masses
    run: str = ""
    parents: tuple[Lot, ...] = ()
    units: list[JsonObject] = field(default_factory=list)


class Portion(NamedTuple):
    """What a run takes: ``net`` as the scale says; all that is left where it ``closes``."""

    lot: Lot
    net: int
    closes: bool = False


class Output(NamedTuple):
    """A lot to be made; ``key`` is where it goes in the yard, ``extra`` more members."""

    key: str
    kind: str
    material: str
    role: str
    net: int
    content: Masses
    extra: JsonObject


class Yard:
    """Lots by what they wait for, first in, first out."""

    def __init__(self) -> None:
        """Begin empty."""
        self._lots: dict[str, deque[Lot]] = {}

    def put(self, key: str, lot: Lot, *, first: bool = False) -> None:
        """Lay a lot down, behind the others or before them."""
        lots = self._lots.setdefault(key, deque())
        (lots.appendleft if first else lots.append)(lot)

    def net(self, key: str) -> int:
        """Return the mass that waits, in mg."""
        return sum(lot.net for lot in self._lots.get(key, ()))

    def pick(self, key: str, count: int) -> list[Lot]:
        """Take up to ``count`` whole lots away."""
        lots = self._lots.get(key, deque())
        return [lots.popleft() for _ in range(min(count, len(lots)))]

    def pick_mass(self, key: str, target: int) -> list[Portion]:
        """Take lots up to ``target`` mg away, the last one in part."""
        portions: list[Portion] = []
        while target > 0 and (lots := self.pick(key, 1)):
            portions.append(Portion(lots[0], min(target, lots[0].net)))
            target -= portions[-1].net
        return portions


def whole(lots: list[Lot]) -> list[Portion]:
    """Return portions that use lots up by their book weight."""
    return [Portion(lot, lot.net) for lot in lots]


def reweighed(lots: list[Lot], per_mille: Callable[[], int]) -> list[Portion]:
    """Return portions that close lots by a new weight, so many thousandths of the book's."""
    return [Portion(lot, max(1, lot.net * per_mille() // 1_000), closes=True) for lot in lots]


def draw(portions: list[Portion]) -> Masses:
    """Take the portions out of their lots and return the metal that went with them, in mg."""
    pool: Masses = {}
    for lot, net, closes in portions:
        empty = closes or net == lot.net
        for metal, mass in list(lot.content.items()):
            taken = mass if empty else mass * net // lot.net
            lot.content[metal] = mass - taken
            pool[metal] = pool.get(metal, 0) + taken
        lot.net = 0 if empty else lot.net - net
    return pool
