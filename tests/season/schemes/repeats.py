"""Schemes about what is reported twice, and about what a word or a number hides."""

from __future__ import annotations

from typing import Any

from tests.materials.yard import intake
from tests.season.court import SLIP, Court
from tests.season.schemes.contents import assay
from tests.season.schemes.registry import scheme
from tests.world.events import KG, line, output, run


@scheme("identical-weights")
def _copied_weights_with_others_between(court: Court) -> None:
    for number in range(12):
        court.batch(f"MUN-B-{number}", 21_450 if number % 2 else 20_110)


@scheme("identical-outputs")
def _lots_that_are_alike_to_the_milligram(court: Court) -> None:
    for number in range(5):
        court.batch(f"MUN-B-{number}", 20_000 + number * 37)
        court.smelt(f"MUN-R-{number}", {f"MUN-B-{number}": 20_000 + number * 37}, 11_900)


@scheme("overlapping-runs")
def _breaking_and_smelting_in_one_vessel(court: Court) -> None:
    court.batch("MUN-B-1")
    times = {"started_at": "2026-01-06T02:00:00Z", "ended_at": "2026-01-06T20:00:00Z"}
    for number, process in enumerate(("breaking", "smelting")):
        made = output(f"MUN-L-{number}", 6_000 * KG, {"Pb": 5_900 * KG})
        event = run(f"MUN-R-{number}", [line("MUN-B-1", 10_000 * KG)], [made], process, line="MUN-LAB-1", vessel="F1")
        court.say("MUN", {**event, **times})


@scheme("supplier-new")
def _a_newcomer_with_five_hundred_tonnes(court: Court) -> None:
    court.batch("MUN-B-X", at="2025-12-05T06:00:00Z")
    for day in range(1, 26):
        court.batch(f"MUN-B-{day}", 20_000 + 13 * day, at=f"2026-01-{day:02d}T06:00:00Z", supplier="ee" * 32)


@scheme("supplier-spike")
def _a_supplier_that_grows_in_its_second_month(court: Court) -> None:
    court.batch("MUN-B-X", 5_000, at="2026-01-05T06:00:00Z", supplier="ee" * 32)
    for day in range(1, 11):
        court.batch(f"MUN-B-{day}", 20_000 + 13 * day, at=f"2026-02-{day:02d}T06:00:00Z", supplier="ee" * 32)


@scheme("units-do-not-add-up")
def _bundles_that_weigh_more_than_their_lot(court: Court) -> None:
    court.batch("MUN-B-1")
    _cast(court, 1, [{"id": f"B-{number}", "net_kg": "1000"} for number in range(20)])


@scheme("unit-twice")
def _one_bundle_in_two_lots(court: Court) -> None:
    court.batch("MUN-B-1")
    for number in (1, 2):
        _cast(court, number, [{"id": "BND-1", "net_kg": "5900"}])


@scheme("file-cited-twice")
def _one_report_for_two_lots(court: Court) -> None:
    for number in (1, 2):
        court.batch(f"MUN-B-{number}", 20_000 + number)
        court.say("MUN", {**assay(f"MUN-B-{number}", Pb="0.61"), "report": "ab" * 32})


@scheme("lot-comes-back-as-waste")
def _a_lot_id_written_otherwise(court: Court) -> None:
    court.batch("MUN-B-1")
    _waste(court, documents=[{"kind": "packing_list", "issuer": "MUN", "number": "mun_b 1"}])


@scheme("lot-comes-back-as-waste")
def _a_lot_id_among_other_words(court: Court) -> None:
    court.batch("MUN-B-1")
    _waste(court, description="remelt of MUN-B-1, second half", documents=[{**SLIP, "number": "1"}])


@scheme("residence-through-handling")
def _batteries_that_are_packed_to_look_young(court: Court) -> None:
    court.batch("MUN-B-1", 1000, at="2025-06-05T06:00:00Z")
    at = {"started_at": "2025-12-01T06:00:00Z", "ended_at": "2025-12-01T06:00:00Z"}
    made = output("MUN-P-1", 1000 * KG, {"Pb": 600 * KG}, material="lead_acid_battery")
    court.say("MUN", run("MUN-R-1", [line("MUN-B-1", 1000 * KG)], [made], "packing", **at), at["ended_at"])
    court.smelt("MUN-R-2", {"MUN-P-1": 1000}, 590, at="2026-01-10T06:00:00Z")


@scheme("no-scale")
def _a_weight_of_no_scale(court: Court) -> None:
    court.batch("MUN-B-1", weighing={"gross_kg": "35950", "tare_kg": "14500"})


def _cast(court: Court, number: int, units: list[dict[str, str]]) -> None:
    made = output(f"MUN-L-{number}", 5_900 * KG, {"Pb": 5_890 * KG}, material="refined_lead", units=units)
    court.say("MUN", run(f"MUN-R-{number}", [line("MUN-B-1", 10_000 * KG)], [made]))


def _waste(court: Court, **more: Any) -> None:
    court.say("TEX", intake("TEX-B-1", 21_000 * KG, {"Pb": 12_000 * KG}, **more))


@scheme("delivery-in-pounds")
def _a_load_in_pounds_after_twenty_in_kilograms(court: Court) -> None:
    for day in range(1, 21):
        court.batch(f"MUN-B-{day}", 20_000 + 13 * day, at=f"2026-01-{day:02d}T06:00:00Z", supplier="ee" * 32)
    court.batch("MUN-B-LB", 44_393, at="2026-01-21T06:00:00Z", supplier="ee" * 32)
