"""A lithium-ion line: discharging, dismantling, shredding, and the wet way to salts.

Yields from section 4.3 of the domain facts: 95 % of the cathode metals reach the black
mass, 90 % of copper and aluminium their foils; leaching and extraction recover 98 % of
nickel and cobalt and 90 % of lithium, and about 75 % of lithium from LFP.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import NamedTuple

from api.demo.figures import KG, SALTS, TONNE, JsonObject, Masses, share
from api.demo.site import Activity, Site, addition, units
from api.demo.yard import Output, reweighed, whole
from schemas.quantity import format_kg

CATHODE = ("Li", "Ni", "Co", "Mn", "Fe")

Split = Callable[[Random, int, Masses], list[Output]]
"""What becomes of a net mass and the metal in it, both in mg."""


class Stage(NamedTuple):
    """A step that is taken once a day, where at least ``least`` mg wait under ``keys``."""

    process: str
    keys: tuple[str, ...]
    hour: int
    hours: int
    least: int
    split: Split
    reagents: tuple[tuple[str, int], ...] = ()
    is_reweighed: bool = False


def lithium_activities(site: Site) -> list[Activity]:
    """Return what goes on at a lithium-ion line; Ghaziabad only makes black mass and sends it on."""
    stages = [stage for family in ("NMC", "LFP") for stage in _dry_stages(family)]
    if site.id != "GZB":
        stages += _wet_stages()
    return [_work(site, stage) for stage in stages]


def _dry_stages(family: str) -> list[Stage]:
    packs, discharged, modules, cells = (f"{key}:{family}" for key in ("packs", "discharged", "modules", "cells"))
    return [
        Stage(
            "discharging", (packs,), 18, 10, 9 * TONNE, split=lambda _, net, pool: _discharged(discharged, net, pool)
        ),
        Stage("dismantling", (discharged,), 6, 6, 1, split=lambda _, net, pool: _dismantled(modules, net, pool)),
        Stage(
            "shredding", (modules, cells), 14, 5, 4 * TONNE,
            split=lambda dice, net, pool: _shredded(f"black mass:{family}", dice, net, pool),
        ),
    ]  # fmt: skip


def _wet_stages() -> list[Stage]:
    acid = (("sulfuric acid, 98 %", 900), ("hydrogen peroxide, 50 %", 180), ("water", 4_000))
    return [
        Stage("leaching", ("black mass:NMC",), 7, 11, 6 * TONNE, split=_leached_nmc, reagents=acid, is_reweighed=True),
        Stage("leaching", ("black mass:LFP",), 8, 10, 6 * TONNE, split=_leached_lfp, reagents=acid, is_reweighed=True),
        Stage(
            "solvent_extraction", ("solution",), 20, 11, 1, split=_extracted,
            reagents=(("caustic soda solution, 32 %", 160),),
        ),
        Stage("crystallisation", ("liquor:Ni",), 9, 9, 1, split=_salt("Ni", "H", "nickel_sulfate", (988, 1_005))),
        Stage("crystallisation", ("liquor:Co",), 10, 9, 1, split=_salt("Co", "O", "cobalt_sulfate", (986, 1_003))),
        Stage(
            "precipitation", ("liquor:Li",), 11, 9, 90 * TONNE, split=_salt("Li", "I", "lithium_carbonate", (900, 945)),
            reagents=(("soda ash", 40),),
        ),
    ]  # fmt: skip


def _work(site: Site, stage: Stage) -> Activity:
    for day in range(site.world.days):
        yield site.at(day, stage.hour)
        if sum(site.yard.net(key) for key in stage.keys) < stage.least:
            continue
        lots = [lot for key in stage.keys for lot in site.yard.pick(key, 3 * site.scale)]
        started = site.world.now
        yield site.lasting(stage.hours)
        # Moist material is weighed again when its bags are emptied.
        portions = reweighed(lots, lambda: site.rng.randrange(993, 1_003)) if stage.is_reweighed else whole(lots)
        net = sum(lot.net for lot in lots)
        outputs = stage.split(site.rng, net, site.draw(portions))
        reagents = [addition(material, share(net, part)) for material, part in stage.reagents]
        site.run(stage.process, started, portions, outputs, reagents, line=f"{site.id}-LIB-1")


def _kept(pool: Masses, **per_mille: int) -> Masses:
    return {metal: share(pool[metal], part) for metal, part in per_mille.items() if pool.get(metal)}


def _discharged(key: str, net: int, pool: Masses) -> list[Output]:
    return [Output(key, "U", "lithium_ion_battery", "intermediate", net, content=pool, extra={"form": "pack"})]


def _dismantled(key: str, net: int, pool: Masses) -> list[Output]:
    """Section 4.2: modules weigh about 70 % of a pack, steel 17 to 20 %."""
    modules = _kept(pool, **dict.fromkeys(CATHODE, 1_000), Cu=940, Al=450)
    aluminium, copper = share(pool["Al"], 540), share(pool["Cu"], 50)
    return [
        Output(
            key, "J", "lithium_ion_battery", "intermediate", share(net, 700), content=modules, extra={"form": "module"}
        ),
        Output("sold", "G", "steel", "product", share(net, 180), content={}, extra={}),
        Output("sold", "Z", "aluminium", "product", aluminium * 1_000 // 965, content={"Al": aluminium}, extra={}),
        Output("sold", "X", "cable", "product", copper * 1_000 // 620, content={"Cu": copper}, extra={}),
    ]


def _shredded(key: str, dice: Random, net: int, pool: Masses) -> list[Output]:
    """Section 4.2, black mass: 95 % of the cathode, 5 % of the foils; 0.60 to 0.72 of the cells."""
    mass = share(net, dice.randrange(625, 680))
    content = _kept(pool, **dict.fromkeys(CATHODE, dice.randrange(943, 956)), Cu=50, Al=50)
    copper, aluminium = share(pool["Cu"], 900), share(pool["Al"], 900)
    dry = {"form": "powder", "dry_kg": format_kg(share(mass, dice.randrange(930, 970))), "content_basis": "assay"}
    return [
        Output(key, "K", "black_mass", "intermediate", mass, content=content, extra=dry),
        Output(
            "sold", "X", "copper", "product", copper * 1_000 // 955, content={"Cu": copper}, extra={"form": "granulate"}
        ),
        Output(
            "sold",
            "Z",
            "aluminium",
            "product",
            aluminium * 1_000 // 950,
            content={"Al": aluminium},
            extra={"form": "granulate"},
        ),
        Output("disposal", "V", "mixed_plastic", "waste", share(net, 45), content={}, extra={}),
    ]


def _leached_nmc(_dice: Random, net: int, pool: Masses) -> list[Output]:
    solution = _kept(pool, Li=960, Ni=985, Co=985, Mn=985, Fe=500, Cu=40, Al=450)
    residue = _kept(pool, Ni=9, Co=9, Mn=9, Cu=920, Al=500)
    return _leached("solution", net, solution, residue)


def _leached_lfp(_dice: Random, net: int, pool: Masses) -> list[Output]:
    solution = _kept(pool, Li=880, Fe=30, Cu=30, Al=350)
    residue = _kept(pool, Li=90, Fe=950, Cu=930, Al=600)
    return _leached("liquor:Li", net, solution, residue)


def _leached(key: str, net: int, solution: Masses, residue: Masses) -> list[Output]:
    return [
        Output(
            key, "D", "leach_solution", "intermediate", share(net, 5_400), content=solution, extra={"form": "solution"}
        ),
        Output(
            "further_recycling",
            "G",
            "leach_residue",
            "residue",
            share(net, 560),
            content=residue,
            extra={"form": "filter_cake"},
        ),
    ]


def _extracted(_dice: Random, net: int, pool: Masses) -> list[Output]:
    outputs = [
        _liquor(metal, share(net, part), _kept(pool, **{metal: kept}), said)
        for metal, part, kept, said in (
            ("Ni", 420, 992, "nickel liquor"), ("Co", 220, 992, "cobalt liquor"), ("Li", 900, 985, "lithium raffinate"),
        )
        if pool.get(metal)
    ]  # fmt: skip
    cake = _kept(pool, Mn=965, Fe=900, Cu=900, Al=930)
    return [
        *outputs,
        Output("further_recycling", "M", "filter_cake", "residue", share(net, 90), content=cake, extra={}),
    ]


def _liquor(metal: str, net: int, content: Masses, said: str) -> Output:
    # Of batteries of one metal the strip liquor is made larger: a fifth of it is metal at most.
    mass = max(net, -(-sum(content.values()) * 5 // KG) * KG)
    extra: JsonObject = {"form": "solution", "description": said}
    return Output(f"liquor:{metal}", "E", "leach_solution", "intermediate", mass, content=content, extra=extra)


def _salt(metal: str, kind: str, material: str, recovery: tuple[int, int]) -> Split:
    """Return how a liquor becomes bags of a pure salt; its metal fraction is of section 4.4."""

    def split(dice: Random, _net: int, pool: Masses) -> list[Output]:
        """Return one line of salt, with a recovered part of the metal in the pool (milligrams)."""
        net = max(share(pool[metal], dice.randrange(*recovery)) * 100_000 // SALTS[metal] // KG, 1) * KG
        extra: JsonObject = {
            "form": "crystals", "content_basis": "assay", "units": units("BAG", net, 1_000 * KG),
        }  # fmt: skip
        return [
            Output(
                "products", kind, material, "product", net, content={metal: net // 100_000 * SALTS[metal]}, extra=extra
            )
        ]

    return split
