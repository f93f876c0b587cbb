"""A lead line: breaking, desulphurising, smelting in campaigns, refining into lots.

Yields from section 4.1 of the domain facts: smelters recover 95 to 98 % of the contained
lead per pass, slag holds 1 to 5 %; paste holds about 70 % lead as received.
"""

from __future__ import annotations

from api.demo.figures import DAY, HOUR, KG, TONNE, JsonObject, Masses, share
from api.demo.site import Activity, Site, addition, units
from api.demo.yard import Lot, Output, draw, reweighed, whole

CAMPAIGN_DAYS = 7
SMELTS_PASTE = ("THA",)
"""Parks that smelt paste as it is; the others take its sulfur out first."""
KETTLE = 25_750 * KG
"""Bullion for a lot of about 25 t, the lot of the metal exchange (section 4.5)."""


def lead_activities(site: Site) -> list[Activity]:
    """Return what goes on at a lead line."""
    kettles = [refining(site, hour) for hour in (6, 15) for _ in range(site.scale)]
    own_paste = [] if site.id in SMELTS_PASTE else [desulphurising(site)]
    return [breaking(site), *own_paste, smelting(site), *kettles]


def breaking(site: Site) -> Activity:
    """Break each evening what came in; once the table understated a batch of trucks."""
    for day in range(site.world.days):
        yield site.at(day, 16)
        lots = site.yard.pick("batteries", 5 * site.scale)
        if not lots:
            continue
        started = site.world.now
        yield site.lasting(4)
        portions = whole(lots)
        net = sum(lot.net for lot in lots)
        pool = site.draw(portions)
        # A table is a mean: the assay of what came out is up to 1.5 % below and 0.6 % above it.
        found = site.rng.randrange(985, 1_007)
        members: JsonObject = {}
        if site.id == "THA" and day == 4:
            found, members = 1_034, {"gain_reason": "table_understated"}
        lead = share(pool["Pb"], found)
        site.run("breaking", started, portions, _broken(net, lead), line=f"{site.id}-LAB-1", **members)


def _broken(net: int, lead: int) -> list[Output]:
    paste = share(lead, 545)
    metallic = lead - paste
    acid = share(net, 110)
    return [
        Output(
            "paste",
            "P",
            "lead_paste",
            "intermediate",
            share(paste, 1_430),
            content={"Pb": paste},
            extra={"form": "paste"},
        ),
        Output(
            "metallics", "M", "lead_scrap", "intermediate", share(metallic, 1_055), content={"Pb": metallic}, extra={}
        ),
        Output("sold", "X", "polypropylene", "product", share(net, 50), content={}, extra={"form": "granulate"}),
        Output("disposal", "V", "separator", "waste", share(net, 30), content={}, extra={}),
        Output("disposal", "E", "electrolyte", "waste", acid, content={}, extra={"form": "solution"}),
    ]


def desulphurising(site: Site) -> Activity:
    """Turn paste to carbonate overnight; the sulfur leaves as sodium sulfate."""
    for day in range(site.world.days):
        yield site.at(day, 22)
        lots = site.yard.pick("paste", 5 * site.scale)
        if not lots:
            continue
        started = site.world.now
        yield site.lasting(6)
        # Moisture comes and goes, so paste is weighed again when its bin is emptied.
        portions = reweighed(lots, lambda: site.rng.randrange(995, 1_004))
        net = sum(lot.net for lot in lots)
        lead = share(site.draw(portions)["Pb"], site.rng.randrange(993, 1_000))
        outputs = [
            Output("paste carbonate", "D", "desulphurised_paste", "intermediate", share(net, 900), content={"Pb": lead},
                   extra={"form": "filter_cake"}),
            Output("sold", "N", "sodium_sulfate", "product", share(net, 270), content={}, extra={"form": "crystals"}),
        ]  # fmt: skip
        soda = addition("soda ash", share(net, 215))
        site.run("desulphurising", started, portions, outputs, [soda], line=f"{site.id}-LAB-1")


def smelting(site: Site) -> Activity:
    """Tap the furnace once a day; its heel goes from tap to tap until the campaign ends."""
    heel: list[Lot] = []
    for day in range(site.world.days):
        yield site.at(day, 5) + 3 * HOUR
        lots = heel
        for key in ("paste" if site.id in SMELTS_PASTE else "paste carbonate", "metallics", "returns"):
            lots = lots + site.yard.pick(key, 6 * site.scale)
        if not lots or lots == heel:
            continue
        started = site.world.now
        yield site.lasting(14)
        portions = whole(lots)
        net = sum(lot.net for lot in lots)
        pool = draw(portions)
        iron = share(net, 35)
        pool["Fe"] = pool.get("Fe", 0) + share(iron, 950)
        is_last = day % CAMPAIGN_DAYS == CAMPAIGN_DAYS - 1
        made = site.run(
            "smelting", started, portions, _tapped(pool, 0 if is_last else 90, site.rng.randrange(985, 998)),
            [addition("soda ash", share(net, 25)), addition("iron turnings", iron, {"Fe": share(iron, 950)}),
             addition("petroleum coke", share(net, 40))],
            line=f"{site.id}-LAB-1", campaign=f"{site.id}-C-{day // CAMPAIGN_DAYS + 1:03d}", vessel=f"{site.id}-RF-1",
        )  # fmt: skip
        heel = [lot for lot in made if lot.id.startswith(f"{site.id}-W-")]


def _tapped(pool: Masses, heel_share: int, recovery: int) -> list[Output]:
    slag, dust, heel = share(pool["Pb"], 6), share(pool["Pb"], 9), share(pool["Pb"], heel_share)
    bullion = share(pool["Pb"], recovery) - slag - dust - heel
    slag_content = {"Pb": slag, "Fe": share(pool["Fe"], 930)}
    outputs = [
        Output(
            "bullion",
            "L",
            "lead_bullion",
            "intermediate",
            bullion * 1_000 // 984,
            content={"Pb": bullion},
            extra={"form": "ingot"},
        ),
        # Slag with 3 % lead (section 4.1: 1 to 5 %).
        Output("disposal", "S", "slag", "residue", slag * 1_000 // 30, content=slag_content, extra={}),
        Output(
            "returns", "F", "flue_dust", "residue", dust * 1_000 // 620, content={"Pb": dust}, extra={"form": "powder"}
        ),
    ]
    if heel:
        extra = {"form": "molten", "content_basis": "estimated"}
        outputs.append(Output("", "W", "lead_bullion", "wip", heel * 1_000 // 970, content={"Pb": heel}, extra=extra))
    return outputs


def refining(site: Site, hour: int) -> Activity:
    """Refine a kettle of bullion into one lot of ingots, every fourth time into an alloy."""
    for day in range(site.world.days):
        yield site.at(day, hour, 90)
        if site.yard.net("bullion") < KETTLE:
            continue
        started = site.world.now
        portions = site.yard.pick_mass("bullion", KETTLE)
        yield min(site.lasting(8), started + DAY // 2)
        pool = site.draw(portions, "bullion")
        if site.rng.randrange(4):
            outputs, additions = _refined(pool), [addition("caustic soda", 90 * KG), addition("sulfur", 25 * KG)]
        else:
            outputs, additions = _alloyed(pool, site.rng.randrange(2) * 2 * TONNE)
        site.run("refining", started, portions, outputs, additions, vessel=f"{site.id}-K-{hour:02d}")


def _refined(pool: Masses) -> list[Output]:
    # Section 4.5: EN 12659 PB985R is 99.985 % lead.
    net = share(pool["Pb"], 986) * 100_000 // 99_985 // KG * KG
    extra = {
        "grade": "EN 12659 PB985R", "form": "ingot", "content_basis": "assay", "units": units("BDL", net, 1_100 * KG),
    }  # fmt: skip
    product = Output(
        "products", "A", "refined_lead", "product", net, content={"Pb": net // 100_000 * 99_985}, extra=extra
    )
    return [product, _dross(pool)]


def _alloyed(pool: Masses, primary: int) -> tuple[list[Output], list[JsonObject]]:
    """Return a grid alloy with 1.6 % antimony and 0.2 % tin, and the virgin metal in it."""
    antimony, tin, virgin = 420 * KG, 52 * KG, primary * 9_997 // 10_000
    content = {"Pb": share(pool["Pb"], 986) + virgin, "Sb": antimony * 99 // 100, "Sn": tin * 99 // 100}
    net = (sum(content.values()) // KG + 12) * KG
    additions = [
        addition("antimony ingots", antimony, {"Sb": antimony * 995 // 1_000}),
        addition("tin ingots", tin, {"Sn": tin * 999 // 1_000}),
    ]
    if primary:
        additions.append(addition("primary lead", primary, {"Pb": virgin}))
    extra = {
        "grade": "PbSb1.6Sn0.2", "form": "ingot", "content_basis": "assay", "units": units("BDL", net, 1_100 * KG),
    }  # fmt: skip
    return [
        Output("products", "Y", "lead_alloy", "product", net, content=content, extra=extra),
        _dross(pool),
    ], additions


def _dross(pool: Masses) -> Output:
    dross = share(pool["Pb"], 11)
    return Output("returns", "Q", "lead_dross", "residue", dross * 1_000 // 720, content={"Pb": dross}, extra={})
