"""What a site's runs took and made in a year, as far as it is waste or product: each kilogram once.

A walk through all runs of a site, in their order. Three kinds of lots matter:

- ``waste``: batteries, and whatever else came from outside and is no finished material
  (black mass, paste, scrap). What a run takes of it is treated; batteries that a run puts
  out again, as sorting does, are not, until another run takes them.
- ``product``: what a run makes as such. Whoever sums must take off what later runs take
  of it: packing, alloying or refining it once more adds no second output.
- ``between``: the site's own intermediates, residues and work in progress; reported to nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

from ledger.materials.mass.mix import NO_MASS, Mix, add_split, mass_of, split_of, subtract_split
from ledger.materials.mass.months import month_of
from ledger.materials.plausibility.site.findings import Site
from ledger.materials.rulesets.verdicts import class_of
from ledger.materials.state.records import Lot, Made, Posting, Ratio, Run, Taken
from schemas.codes import BATTERY_ORIGINS, METALS, Metal
from schemas.ids import LotId
from schemas.intake import Intake
from schemas.transformation import Output, Transformation

BATTERIES = frozenset({"lead_acid_battery", "lithium_ion_battery", "mixed_battery"})

FINISHED = frozenset(
    {
        "refined_lead", "primary_lead", "lead_alloy", "lead_oxide", "lead_carbonate", "lithium_carbonate",
        "lithium_hydroxide", "lithium_sulfate", "nickel_sulfate", "nickel_metal", "cobalt_sulfate", "cobalt_metal",
        "manganese_sulfate", "copper", "aluminium", "steel", "graphite", "polypropylene", "sulfuric_acid",
        "sodium_sulfate", "gypsum",
    }
)  # fmt: skip
"""Materials that, where they come from outside, somebody else recycled before: no waste any more."""

FRACTIONS = frozenset(
    {
        "lead_scrap", "electrode_scrap", "lead_paste", "desulphurised_paste", "black_mass", "lead_dross", "matte",
        "flue_dust", "slag", "leach_solution", "leach_residue", "filter_cake",
    }
)  # fmt: skip
"""Materials that replace no primary one, in whatever role they are sold: another recycler has to go on with them."""

Kind = Literal["waste", "product", "between"]


class Flow(NamedTuple):
    """What a run took of a lot (``sign`` -1) or made (+1): dry mass and mix in mg.

    ``chemistry_class`` is where it counts; ``share`` is the part of the dry mass that is of
    batteries, as a ratio; ``is_own`` whether the site made the lot.
    """

    sign: int
    kind: Kind
    chemistry_class: str
    lot: LotId
    material: str
    dry: int
    mix: Mix
    share: Ratio
    sourced: Mapping[Metal, Ratio]
    credit: Mix | None
    is_own: bool


class Stock(NamedTuple):
    """What is needed beside the site's own words: the lots that its runs name, as they stand.

    ``restated`` is by how much analyses and counts changed the metal of a lot (:func:`restated`).
    """

    lots: Mapping[LotId, Lot]
    restated: Mapping[str, Mix]


class _Thing(NamedTuple):
    """What a lot is to the site; ``share`` is of batteries where no metal shows it."""

    kind: Kind
    chemistry_class: str
    share: Ratio
    is_own: bool


def restated(postings: Iterable[Posting], runs: Iterable[Run]) -> dict[str, Mix]:
    """Return what analyses and counts added to the metal of lots (less what they took off), by lot.

    A run may have the name of a lot: what it gained and lost itself is left out.
    """
    found: dict[str, Mix] = {}
    for row in postings:
        if row.kind in ("gain", "loss"):
            add(found.setdefault(row.record, {}), row.mix, 1 if row.kind == "gain" else -1)
    for run in runs:
        if run.id in found:
            add(found[run.id], split_of(run.gain(), "unknown"), -1)
            add(found[run.id], run.loss)
    return found


def flows_of(site: Site, year: int, stock: Stock) -> list[Flow]:
    """Return what the runs of a calendar year took and made; a run counts where it starts, in the site's time zone."""
    walk = _Walk(site, stock)
    found: list[Flow] = []
    for _, event in site.transformations():
        run = site.run(event.run)
        if run is not None:
            rows = walk.step(event, run)
            found += rows if month_of(site.party, event.started_at, site.rules)[:4] == str(year) else ()
    return found


def add(total: Mix, part: Mix, sign: int = 1) -> None:
    """Add a mix, or with ``sign`` -1 take it off, in place."""
    for metal in METALS:
        if metal in part:
            change = part[metal] if sign > 0 else subtract_split(NO_MASS, part[metal])
            total[metal] = add_split(total.get(metal, NO_MASS), change)


class _Walk:
    def __init__(self, site: Site, stock: Stock) -> None:
        self._stock = stock
        self._batches = {event.lot: event for _, event in site.intakes()}
        self._things: dict[str, _Thing] = {}

    def step(self, event: Transformation, run: Run) -> list[Flow]:
        """Take a run in and return what it took and made of waste and products."""
        taken = [self._taken(part) for part in run.inputs]
        masses: dict[str, int] = {}
        for flow in taken:
            if mass := flow.dry * flow.share[0] // flow.share[1]:
                masses[flow.chemistry_class] = masses.get(flow.chemistry_class, 0) + mass
        # Where no metal shows it, reagents thin out what is of batteries: primary plastic in recycled, water in acid.
        dry = sum(flow.dry for flow in taken) + sum(line.net_kg for line in event.additions)
        share = (sum(masses.values()), dry) if dry else (0, 1)
        makes = {made.lot: made for made in run.outputs}
        made = [self._made(output, makes[output.lot], masses, share) for output in event.outputs if output.lot in makes]
        return [flow for flow in (*taken, *made) if flow.kind != "between"]

    def _taken(self, part: Taken) -> Flow:
        thing = self._things.get(part.lot) or self._outside(part.lot)
        self._things[part.lot] = thing
        lot = self._stock.lots.get(part.lot)
        material = "other" if lot is None else lot.material
        dry = part.booked if part.dry is None else part.dry
        share = _share(part.mix, thing.share)
        return Flow(
            sign=-1, kind=thing.kind, chemistry_class=thing.chemistry_class, lot=part.lot, material=material, dry=dry,
            mix=part.mix, share=share, sourced=part.sourced, credit=part.credit, is_own=thing.is_own,
        )  # fmt: skip

    def _made(self, output: Output, made: Made, masses: Mapping[str, int], share: Ratio) -> Flow:
        lot = self._stock.lots.get(output.lot)
        stated = class_of("mixed" if lot is None else lot.chemistry, output.material)
        kind = _kind(output)
        where = _among(masses, stated)
        # What sorting says of batteries is their class from then on; what was sorted had that of the mixture.
        own = stated if kind == "waste" and where == "other" else where
        self._things[output.lot] = _Thing(kind, own, share, is_own=True)
        mix = dict(made.mix)
        add(mix, self._stock.restated.get(made.lot, {}))
        sourced = made.sourced if lot is None else lot.sourced
        credit = None if lot is None else lot.credit
        dry = output.dry_kg or output.net_kg
        return Flow(
            sign=1,
            kind=kind,
            chemistry_class=where,
            lot=output.lot,
            material=output.material,
            dry=dry,
            mix=mix,
            share=_share(mix, share),
            sourced=sourced,
            credit=credit,
            is_own=True,
        )

    def _outside(self, name: LotId) -> _Thing:
        """Return what a lot is that no run of the site made: a batch, or another party's."""
        lot = self._stock.lots.get(name)
        if lot is None:
            return _Thing("waste", "other", (1, 1), is_own=False)
        kind: Kind = "product" if lot.material in FINISHED else "waste"
        return _Thing(kind, class_of(lot.chemistry, lot.material), _stated(self._batches.get(name)), is_own=False)


def _kind(output: Output) -> Kind:
    if output.material in BATTERIES:
        return "waste"
    return "product" if output.role == "product" and output.material not in FRACTIONS else "between"


def _among(masses: Mapping[str, int], stated: str) -> str:
    """Return the class of an output: its inputs' where they share one, else the stated one, else the largest.

    Never one that no input is of, so that nothing is put out where nothing was put in.
    """
    if not masses:
        return stated
    return stated if stated in masses and stated != "other" else max(masses, key=lambda name: masses[name])


def _stated(batch: Intake | None) -> Ratio:
    """Return the battery share of a lot without metal: what its intake says, else all of it."""
    if batch is None or batch.origin is None:
        return 1, 1
    return (1, 1) if batch.origin in ("battery_post_consumer", "battery_manufacturing") else (0, 1)


def _share(mix: Mix, otherwise: Ratio) -> Ratio:
    """Return how much of a lot's metal is of batteries, which stands for its dry mass, too."""
    whole = sum(sum(split) for split in mix.values())
    return (sum(mass_of(split, BATTERY_ORIGINS) for split in mix.values()), whole) if whole > 0 else otherwise
