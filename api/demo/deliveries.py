"""Trucks: batteries and scrap arrive, are weighed and become lots."""

from __future__ import annotations

from typing import NamedTuple

from api.demo.figures import (
    BLACK_MASS,
    CITIES,
    KG,
    LEAD_TABLE,
    LITHIUM_TABLE,
    TONNE,
    JsonObject,
    Masses,
    content_by_table,
)
from api.demo.site import Activity, Site, masses_kg
from api.demo.yard import Lot
from schemas.quantity import format_kg

SCALE_STEP = 20 * KG
WORKING_DAYS = 320


class Delivery(NamedTuple):
    """What a truck brings; ``origin_kg`` overrides ``origin``."""

    key: str
    material: str
    chemistry: str
    form: str
    net: int
    content: Masses
    waste_code: str = ""
    basis: str = "table"
    origin: str = "battery_post_consumer"
    origin_kg: JsonObject | None = None
    reason: str = "delivery"
    extra: JsonObject | None = None


def receive(site: Site, delivery: Delivery) -> None:
    """Report one intake and lay its lot in the yard."""
    country = site.rng.choice(site.profile.sources) if delivery.reason == "delivery" else site.profile.country
    lot = Lot(site.new_id("B"), delivery.material, delivery.net, dict(delivery.content))
    slip = site.document("weighbridge_slip", "WB")
    tare = site.rng.randrange(9_000, 15_000, 20) * KG
    event: JsonObject = {
        "type": "intake",
        "lot": lot.id,
        "material": delivery.material,
        "chemistry": delivery.chemistry,
        "form": delivery.form,
        "net_kg": format_kg(delivery.net),
        "content_kg": masses_kg(delivery.content),
        "content_basis": delivery.basis,
        "country": country,
        "weighing": {
            "gross_kg": format_kg(tare + delivery.net), "tare_kg": format_kg(tare),
            "scale": f"{site.id}-WB-1", "slip": slip["number"],
        },
        "documents": [slip],
    }  # fmt: skip
    event |= {"origin_kg": delivery.origin_kg} if delivery.origin_kg else {"origin": delivery.origin}
    event |= {"waste_code": delivery.waste_code} if delivery.waste_code else {}
    event |= delivery.extra or {}
    private: JsonObject | None = None
    if delivery.reason == "delivery":
        event["documents"].append(site.document(site.profile.transport_document, "TD"))
        city = site.rng.choice(CITIES[country])
        private = {
            "supplier": f"Battery collection {city} {site.rng.randrange(1, 9)}",
            "vehicle": f"{country} {site.rng.randrange(1_000, 10_000)}",
        }
    else:
        event["reason"] = delivery.reason
    site.world.say(site.id, event, private)
    site.yard.put(delivery.key, lot)


def lead_trucks(site: Site) -> Activity:
    """Bring waste lead-acid batteries on every day but Sundays."""
    low, high = site.profile.truck_tonnes
    for day in range(site.world.days):
        trucks = _trucks(site, day, site.profile.lead_trucks, site.profile.lead_capacity, (low + high) // 2)
        for when in sorted(site.at(day, 7, 540) for _ in range(trucks)):
            yield when
            form = site.rng.choice(("whole", "whole", "drained"))
            net = site.rng.randrange(low * TONNE, high * TONNE + 1, SCALE_STEP)
            content = content_by_table(net, {"Pb": LEAD_TABLE[form]})
            extra = {"pieces": net // (site.rng.randrange(14, 22) * KG)}
            receive(
                site,
                Delivery(
                    "batteries",
                    "lead_acid_battery",
                    "lead_acid",
                    form,
                    net,
                    content=content,
                    waste_code="16 06 01*",
                    extra=extra,
                ),
            )


def lithium_trucks(site: Site) -> Activity:
    """Bring waste lithium-ion batteries and scrap of battery making, but not on Sundays."""
    for day in range(site.world.days):
        trucks = _trucks(site, day, site.profile.lithium_trucks, site.profile.lithium_capacity, 9)
        for when in sorted(site.at(day, 8, 480) for _ in range(trucks)):
            yield when
            chemistry, form = site.rng.choice(site.profile.feeds)
            net = site.rng.randrange(5 * TONNE, 12 * TONNE + 1, SCALE_STEP)  # section 7: 5 to 12 t
            content = content_by_table(net, LITHIUM_TABLE[chemistry, form])
            key = f"{'packs' if form == 'pack' else 'cells'}:{family(chemistry)}"
            if form == "scrap":
                receive(
                    site,
                    Delivery(
                        key, "electrode_scrap", chemistry, form, net, content=content, origin="battery_manufacturing"
                    ),
                )
            else:
                # Section 1.5: 16 06 05 until the codes for lithium apply on 2026-11-09.
                receive(
                    site,
                    Delivery(key, "lithium_ion_battery", chemistry, form, net, content=content, waste_code="16 06 05"),
                )


def opening_stock(site: Site) -> Activity:
    """Count in what stood in the lead yard on the first day, in part of unknown origin."""
    yield site.at(0, 7)
    net = 18 * TONNE + site.rng.randrange(200) * SCALE_STEP
    content = content_by_table(net, {"Pb": 9_820})
    origin_kg = split_by_origin(content, {"other_post_consumer": 150, "unknown": 40})
    receive(
        site,
        Delivery(
            "bullion", "lead_bullion", "lead_acid", "ingot", net, content=content, basis="estimated",
            origin_kg=origin_kg, reason="opening_stock",
        ),
    )  # fmt: skip


def bought_black_mass(site: Site) -> Activity:
    """Buy black mass whose maker mixes used batteries with scrap of battery making."""
    for day in range(3, site.world.days, 9):
        yield site.at(day, 10)
        net = site.rng.randrange(8 * TONNE, 12 * TONNE, SCALE_STEP)
        dry = net * site.rng.randrange(880, 930) // 1_000
        content = content_by_table(dry, BLACK_MASS)
        origin_kg = split_by_origin(content, {"battery_manufacturing": site.rng.randrange(150, 300)})
        receive(
            site,
            Delivery(
                "black mass:NMC", "black_mass", "mixed", "powder", net, content=content, waste_code="19 14 02*",
                basis="assay", origin_kg=origin_kg, extra={"dry_kg": format_kg(dry)},
            ),
        )  # fmt: skip


def split_by_origin(content: Masses, per_mille: dict[str, int]) -> JsonObject:
    """Return ``origin_kg``: the given thousandths of each metal, the rest from used batteries."""
    split: JsonObject = {}
    for metal, mass in content.items():
        parts = {origin: mass * part // 1_000 for origin, part in per_mille.items()}
        split[metal] = masses_kg({"battery_post_consumer": mass - sum(parts.values()), **parts})
    return split


def _trucks(site: Site, day: int, usual: int, capacity: int, tonnes: int) -> int:
    """Return how many trucks come on a day: none on Sundays, no more than fill the line's capacity."""
    return min(usual * site.scale, capacity // (WORKING_DAYS * tonnes)) if day % 7 < 6 else 0


def family(chemistry: str) -> str:
    """Return which way through the plant a chemistry takes: with nickel or cobalt, or without."""
    return "LFP" if chemistry == "LFP" else "NMC"
