"""Schemes in which batteries are stated as richer in lead than they are, so that virgin lead has room beside them."""

from __future__ import annotations

from typing import Any

from tests.season.court import Court
from tests.season.schemes.registry import scheme
from tests.world.events import KG, line, output, run, stock_count


@scheme("batteries-overstated", by="mean of a quarter's deliveries against the trade")
def _batteries_stated_at_68_percent_lead_from_the_first_day(court: Court) -> None:
    take_in(court, 679)


@scheme("batteries-overstated", by="acid of batteries that are stated as drained")
def _whole_batteries_stated_as_drained(court: Court) -> None:
    take_in(court, 740, form="drained")
    break_up(court, acid=180)


@scheme("quarter-bias", by="a quarter's yield against the quarters before")
def _whole_batteries_stated_as_drained_for_a_quarter(court: Court) -> None:
    smelt(court, 1, "2026-02", {"form": "whole", "content_kg": {"Pb": "12000"}})
    smelt(court, 2, "2026-05", {"form": "drained", "content_kg": {"Pb": "15000"}})


@scheme("loss-unusual", by="element balance of the run")
def _whole_batteries_stated_as_drained_from_the_first_day(court: Court) -> None:
    smelt(court, 1, "2026-02", {"form": "drained", "content_kg": {"Pb": "15000"}})


def take_in(court: Court, lead: int, count: int = 10, form: str = "whole", month: str = "2026-02") -> None:
    """Take in loads of some 20 t of batteries, with so much lead per mille."""
    for number in range(1, count + 1):
        kg = 20_000 + 37 * number
        at, content = f"{month}-{number:02d}T06:00:00Z", {"Pb": kg * KG * lead // 1000}
        court.batch(f"MUN-B-{number}", kg, content_kg=_in_kg(content), content_basis="assay", form=form, at=at)


def break_up(court: Court, *lots: str, acid: int = 0) -> None:
    """Break 20 t of each of these lots, or of the first, into paste, grids and so much acid per mille."""
    taken = [line(lot, 20_000 * KG) for lot in lots or ("MUN-B-1",)]
    net = 20_000 * len(taken)
    made = [
        output("MUN-P-1", net * KG * 4 // 10, {"Pb": net * KG * 3 // 10}, material="lead_paste"),
        output("MUN-M-1", net * KG * 3 // 10, {"Pb": net * KG * 28 // 100}, material="lead_scrap"),
    ]
    if acid:
        made.append(output("MUN-E-1", net * acid * KG // 1000, {}, material="electrolyte", role="waste"))
    at = "2026-02-20T06:00:00Z"
    court.say("MUN", run("MUN-R-1", taken, made, process="breaking", started_at=at, ended_at=at), at)


def smelt(court: Court, number: int, month: str, batch: dict[str, Any]) -> None:
    """Smelt 20 t of batteries, which hold 12 t of lead whatever is stated, and count the slag."""
    name, slag = f"MUN-B-{number}", f"MUN-S-{number}"
    court.batch(name, 20_000, content_basis="assay", at=f"{month}-02T06:00:00Z", **batch)
    made = output(f"MUN-L-{number}", 11_522 * KG, {"Pb": 11_520 * KG}, material="refined_lead")
    left = output(slag, 900 * KG, {"Pb": KG}, material="slag", role="residue")
    at = f"{month}-10T20:00:00Z"
    court.say("MUN", run(f"MUN-R-{number}", [line(name, 20_000 * KG)], [made, left], started_at=at, ended_at=at), at)
    court.say("MUN", stock_count(slag, 900 * KG), f"{month}-28T06:00:00Z")


def _in_kg(content: dict[str, int]) -> dict[str, str]:
    return {metal: f"{mass // KG}.{mass % KG:06d}" for metal, mass in content.items()}
