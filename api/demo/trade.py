"""What leaves a park: products to the offtaker, black mass to a sister park, by-products."""

from __future__ import annotations

from api.demo.figures import DAY, HOUR, KG, JsonObject, Masses, share
from api.demo.site import Activity, Site, units
from api.demo.yard import Lot, Output, whole
from schemas.quantity import format_kg

RECEIVERS = {
    "sold": ("Plastics and metals trade", "Secondary metals yard", "Salt works"),
    "disposal": ("Secured landfill", "Acid treatment plant"),
    "further_recycling": ("Graphite recycling works", "Copper smelter"),
}


def trading_activities(site: Site, offtaker: Site, sister: Site | None) -> list[Activity]:
    """Return what goes on at the gate."""
    activities = [selling(site, offtaker), clearing(site)]
    if site.profile.lead_trucks:
        activities.append(packing(site, "products", 9))
    if sister is not None:
        activities.append(transferring(site, sister))
    return activities


def selling(site: Site, offtaker: Site) -> Activity:
    """Send products to the offtaker on every second day."""
    for day in range(2, site.world.days, 2):
        yield site.at(day, 16)
        lots = site.yard.pick("products", 4 * site.scale)
        if lots:
            shipment = send(
                site, lots, {"to": offtaker.id, "title": "passes on acceptance"}, ("bill_of_lading", "packing_list")
            )
            days = site.rng.randrange(3, 7)
            site.world.spawn(accepting(offtaker, site.world.now + days * DAY, shipment, lots))


def accepting(site: Site, arrival: int, shipment: str, lots: list[Lot]) -> Activity:
    """Weigh what came and take it; once a lot is disputed first and settled later."""
    yield arrival + site.rng.randrange(6 * HOUR)
    world = site.world
    weights = [lot.net * site.rng.randrange(9_990, 10_006) // 10_000 for lot in lots]
    decisions = ["accepted"] * len(lots)
    disputed = site.id == "GLENCORE" and not world.has_dispute
    if disputed:
        world.has_dispute = True
        decisions[0] = "disputed"
        weights[0] = lots[0].net * 988 // 1_000
    event: JsonObject = {
        "type": "acceptance",
        "shipment": shipment,
        "lots": [
            {"lot": lot.id, "decision": decision, "net_kg": format_kg(weight)}
            for lot, decision, weight in zip(lots, decisions, weights, strict=True)
        ],
    }
    if disputed:
        event["lots"][0]["note"] = "1.2 % under the book weight; to be weighed again"
    world.say(site.id, event)
    for lot in lots[1 if disputed else 0 :]:
        _lay_down(site, lot)
    if disputed:
        yield world.now + 2 * DAY
        settled = {"lot": lots[0].id, "decision": "settled", "net_kg": format_kg(lots[0].net - 4 * KG)}
        world.say(site.id, {"type": "acceptance", "shipment": shipment, "lots": [settled]})
        _lay_down(site, lots[0])


def _lay_down(site: Site, lot: Lot) -> None:
    site.yard.put("black mass:NMC" if lot.material == "black_mass" else "accepted", lot)
    if site.id == "GLENCORE":
        site.world.accepted.append(lot)


def transferring(site: Site, sister: Site) -> Activity:
    """Send black mass to a park of the same country that can leach it."""
    for day in range(4, site.world.days, 4):
        yield site.at(day, 9)
        lots = site.yard.pick("black mass:NMC", 3 * site.scale)
        if lots:
            shipment = send(site, lots, {"to": sister.id}, ("eway_bill", "hazardous_manifest"))
            site.world.spawn(accepting(sister, site.world.now + 2 * DAY, shipment, lots))


def clearing(site: Site) -> Activity:
    """Let by-products and residues leave the ledger each week."""
    for day in range(5, site.world.days, 6):
        for disposition, receivers in RECEIVERS.items():
            yield site.at(day, 14, 150)
            lots = site.yard.pick(disposition, 60 * site.scale)
            if lots:
                kinds = ("sale_invoice",) if disposition == "sold" else ("movement_document",)
                send(site, lots, {"disposition": disposition}, kinds, {"receiver": site.rng.choice(receivers)})


def packing(site: Site, key: str, first_day: int) -> Activity:
    """Split a lot of bundles in two every few days, by whole bundles."""
    for day in range(first_day, site.world.days, 5):
        yield site.at(day, 9)
        lots = [lot for lot in site.yard.pick(key, 1_000) if lot.net]
        chosen = next((lot for lot in lots if len(lot.units) > 1), None)
        for lot in lots:
            if lot is not chosen:
                site.yard.put(key, lot)
        if chosen is None:
            continue
        started = site.world.now
        yield site.lasting(2)
        portions = whole([chosen])
        outputs = _halves(key, chosen)
        site.draw(portions)
        site.run("packing", started, portions, outputs)


def _halves(key: str, lot: Lot) -> list[Output]:
    first_net = share(lot.net, 480) // KG * KG
    first: Masses = {metal: mass * first_net // lot.net for metal, mass in lot.content.items()}
    second = {metal: mass - first[metal] for metal, mass in lot.content.items()}
    return [
        Output(
            key, "K", lot.material, "product", net, content=content,
            extra={"form": "ingot" if "lead" in lot.material else "crystals", "units": units("BDL", net, 1_100 * KG)},
        )
        for net, content in ((first_net, first), (lot.net - first_net, second))
    ]  # fmt: skip


def send(
    site: Site, lots: list[Lot], goal: JsonObject, documents: tuple[str, ...], private: JsonObject | None = None
) -> str:
    """Report a dispatch of whole lots and return the shipment's id."""
    event: JsonObject = {
        "type": "dispatch",
        "shipment": site.new_id("H"),
        **goal,
        "lots": [{"lot": lot.id} for lot in lots],
        "documents": [site.document(kind, "DD") for kind in documents],
    }
    site.world.say(site.id, event, private)
    return str(event["shipment"])
