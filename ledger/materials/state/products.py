"""Products by metal and mass: an index by which metal is found again that one site sold and another takes in.

What an entry adds is what it states, of any version; how a product stands is asked of its lot
and its run. So a correction need not take anything away.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from ledger.materials.state.kind import Reading
from ledger.materials.state.layout import Column, Layout, key
from ledger.materials.state.records import Lot, Made, Run
from schemas.codes import Metal
from schemas.events import Event
from schemas.ids import LotId, RunId

METAL_OF: Final[Mapping[str, Metal]] = {
    "lithium_carbonate": "Li", "lithium_hydroxide": "Li", "lithium_phosphate": "Li", "lithium_sulfate": "Li",
    "cobalt_sulfate": "Co", "cobalt_hydroxide": "Co", "nickel_sulfate": "Ni", "manganese_sulfate": "Mn",
    "refined_lead": "Pb", "primary_lead": "Pb", "lead_alloy": "Pb", "lead_oxide": "Pb", "lead_carbonate": "Pb",
    "nickel_metal": "Ni", "cobalt_metal": "Co",
}  # fmt: skip
"""What is sold as a product, each with the metal that it is sold for."""

PRODUCT: Final = Layout(
    "product",
    (key("metal"), key("net", "number"), key("index", "number"), key("lot"), Column("held", "number")),
)
"""What runs stated of products: the mass, and that of the product's own metal, in mg."""


class Load(NamedTuple):
    """A product as it was made: its mass, and that of its own metal, in mg."""

    lot: LotId
    metal: Metal
    net: int
    held: int


class Span(NamedTuple):
    """Masses of a product and of its own metal between which is looked, both ends included, in mg."""

    metal: Metal
    net: tuple[int, int]
    held: tuple[int, int]

    def has(self, load: Load) -> bool:
        """Say whether a product lies between."""
        is_near = self.net[0] <= load.net <= self.net[1] and self.held[0] <= load.held <= self.held[1]
        return self.metal == load.metal and is_near


def products_stated(event: Event, _: Sequence[Load]) -> Sequence[Load]:
    """Return the products that an entry states as made by a run; of a correction those of its replacements."""
    return [load for said in event.stands() if said.named_runs() for load in _stated(said)]


def _stated(event: Event) -> Iterator[Load]:
    for lot in event.stated_lots():
        metal = METAL_OF.get(lot.material)
        if metal is not None and (held := lot.content.get(metal)):
            yield Load(lot.lot, metal, lot.net, held)


def rows_of_products(index: int, loads: Sequence[Load]) -> Iterator[dict[str, Any]]:
    """Yield a row for each product that an entry states, those of one lot, metal and mass as one."""
    once = {(load.lot, load.metal, load.net): load for load in loads}
    for load in once.values():
        yield {"metal": load.metal, "net": load.net, "index": index, "lot": load.lot, "held": load.held}


def as_made(lot: Lot, run: Run | None) -> tuple[Load, Made] | None:
    """Return a product as its run made it, ``None`` for what is none, or was made by no run."""
    metal = METAL_OF.get(lot.material)
    made = next((made for made in run.outputs if made.lot == lot.id), None) if run is not None else None
    if metal is None or made is None:
        return None
    held = sum(made.mix.get(metal, ()))
    return (Load(lot.id, metal, made.net, held), made) if held else None


def products_among(lots: Iterable[Lot], runs: Reading[RunId, Run], spans: Iterable[Span]) -> list[LotId]:
    """Return the lots that are products within one of the spans, for who has no index of them, by id."""
    by_metal: dict[Metal, list[tuple[int, Load]]] = defaultdict(list)
    for lot in lots:
        if lot.material in METAL_OF and lot.run is not None and (found := as_made(lot, runs.get(lot.run))):
            by_metal[found[0].metal].append((found[0].net, found[0]))
    for loads in by_metal.values():
        loads.sort()
    names = {load.lot for span in spans for _, load in _from(by_metal[span.metal], span.net) if span.has(load)}
    return sorted(names)


def _from(loads: list[tuple[int, Load]], net: tuple[int, int]) -> list[tuple[int, Load]]:
    return loads[bisect_left(loads, (net[0],)) : bisect_left(loads, (net[1] + 1,))]
