"""Schemes that make the past look better than it was by later words."""

from __future__ import annotations

from typing import Any

from tests.materials.yard import intake
from tests.season.court import SLIP, Court
from tests.season.schemes.analyses import assay_of
from tests.season.schemes.registry import scheme
from tests.season.schemes.words import count_of
from tests.world.events import KG, correction, dispatch, line, output, run

TONNE = 1000 * KG


@scheme("lead-content", by="what a correction takes away stays")
def _batteries_too_rich_in_lead_that_are_called_other_after_the_sale(court: Court) -> None:
    said = court.batch("MUN-B-1", 1000, 78)
    court.smelt("MUN-R-1", {"MUN-B-1": 1000}, 770)
    court.say("MUN", correction(said, _batch(78, material="other", description="plates", waste_code="19 14 01")))


@scheme("eu-black-mass", by="what a correction takes away stays")
def _black_mass_from_the_eu_corrected_to_india(court: Court) -> None:
    words: dict[str, Any] = {"material": "black_mass", "form": "powder", "waste_code": "19 14 02*"}
    said = court.cells("MUN-B-1", 1000, {"Li": 40, "Ni": 200, "Co": 70}, country="DE", **words)
    content = {"Li": 40 * KG, "Ni": 200 * KG, "Co": 70 * KG}
    slip = [{**SLIP, "number": "WB-1"}]
    court.say("MUN", correction(said, intake("MUN-B-1", TONNE, content, chemistry="NMC622", documents=slip, **words)))


@scheme("handover-difference", by="what a correction takes away stays")
def _a_short_landing_corrected_to_the_weight_of_the_papers(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    court.say("MUN", {"type": "dispatch", "shipment": "MUN-H-1", "to": "GLENCORE", "lots": [{"lot": "MUN-B-1"}]})
    taken: dict[str, Any] = {"type": "acceptance", "shipment": "MUN-H-1"}
    word = {"lot": "MUN-B-1", "decision": "accepted"}
    said = court.say("GLENCORE", {**taken, "lots": [{**word, "net_kg": "950"}]})
    court.say("GLENCORE", correction(said, {**taken, "lots": [{**word, "net_kg": "1000"}]}))


@scheme("yield-above-contained", by="what a correction takes away stays")
def _an_eighth_too_much_lead_corrected_after_the_sale(court: Court) -> None:
    court.batch("MUN-B-1", 20_000)
    made = {kg: [output("MUN-L-1", (kg + 2) * KG, {"Pb": kg * KG}, material="refined_lead")] for kg in (13_440, 12_000)}
    took = [line("MUN-B-1", 20_000 * KG)]
    said = court.say("MUN", run("MUN-R-1", took, made[13_440], gain_reason="table_understated"))
    court.say("MUN", dispatch("MUN-H-1", "MUN-L-1", disposition="sold"), "2026-01-08T06:00:00Z")
    court.say("MUN", correction(said, run("MUN-R-1", took, made[12_000])), "2026-01-09T06:00:00Z")


@scheme("origin-lifted", by="what a correction makes claimable")
def _ingots_corrected_into_scrap_of_used_batteries(court: Court) -> None:
    ingots = intake("MUN-B-1", TONNE, {"Pb": 999 * KG}, origin="primary", material="primary_lead", form="ingot")
    scrap = intake("MUN-B-1", TONNE, {"Pb": 970 * KG}, material="lead_scrap", form="bulk")
    court.say("MUN", correction(court.say("MUN", ingots), scrap))


@scheme("throughput-above-nameplate", by="what a correction takes away stays")
def _a_month_over_the_nameplate_corrected_into_the_next_one(court: Court) -> None:
    said = _over_the_nameplate(court)
    court.say("MUN", correction(said, _large("2026-02-06T06:00:00Z")), "2026-03-01T06:00:00Z")


@scheme("throughput-above-nameplate", by="what a correction takes away stays")
def _a_month_over_the_nameplate_corrected_onto_another_line(court: Court) -> None:
    said = _over_the_nameplate(court)
    court.say("MUN", correction(said, _large(line="MUN-LIB-1")), "2026-03-01T06:00:00Z")


@scheme("lead-content", by="what a correction takes away stays")
def _a_batch_that_did_not_occur_and_comes_again(court: Court) -> None:
    court.say("MUN", correction(court.batch("MUN-B-1", 1000, 78)))
    court.batch("MUN-B-2", 1000, 67)


@scheme("origin-lifted", by="what corrections make claimable, together")
def _ninety_nine_corrections_of_one_percent(court: Court) -> None:
    said = court.batch("MUN-B-1", 1000, origin="primary")
    for recycled in range(1, 100):
        split = {"battery_post_consumer": f"{recycled * 6}", "primary": f"{(100 - recycled) * 6}"}
        mixed = {**_batch(60), "origin_kg": {"Pb": split}}
        del mixed["origin"]
        court.say("MUN", correction(said, mixed))


@scheme("origin-lifted", by="what a correction makes claimable")
def _virgin_lead_deleted_from_a_run_before_the_lead_leaves(court: Court) -> None:
    court.batch("MUN-B-1", 20_000)
    made = output("MUN-L-1", 13_000 * KG, {"Pb": 12_900 * KG}, material="refined_lead")
    poured = {"material": "primary_lead", "net_kg": "1299", "content_kg": {"Pb": "1298"}, "origin": "primary"}
    event = run("MUN-R-1", [line("MUN-B-1", 20_000 * KG)], [made], additions=[poured])
    said = court.say("MUN", event)
    without = run("MUN-R-1", [line("MUN-B-1", 20_000 * KG)], [made], gain_reason="table_understated")
    court.say("MUN", correction(said, without))


@scheme("origin-lifted", by="what a correction makes claimable")
def _dross_of_ones_own_corrected_into_bought_scrap(court: Court) -> None:
    dross = intake("MUN-B-1", TONNE, {"Pb": 600 * KG}, origin="internal", material="lead_dross", form="bulk")
    said = court.say("MUN", dross)
    court.say("MUN", correction(said, {**dross, "origin": "other_pre_consumer"}))


@scheme("origin-lifted", by="what a correction makes claimable")
def _forty_batches_of_nobody_knows_what_corrected_one_by_one(court: Court) -> None:
    said = [court.batch(f"MUN-B-{number}", 1000, origin="unknown") for number in range(1, 41)]
    court.smelt("MUN-R-1", {f"MUN-B-{number}": 1000 for number in range(1, 41)}, 23_900)
    for number, statement in enumerate(said, 1):
        court.say("MUN", correction(statement, _batch(60, number)))


@scheme("custody-strengthened", by="what a correction makes of custody")
def _custody_corrected_up_after_use(court: Court) -> None:
    said = court.batch("MUN-B-1", 1000)
    court.smelt("MUN-R-1", {"MUN-B-1": 1000}, 590)
    court.say("MUN", correction(said, _batch(60, custody="identity_preserved")))


@scheme("custody-strengthened", by="what a correction makes of custody")
def _a_tolled_batch_that_becomes_ones_own(court: Court) -> None:
    said = court.batch("MUN-B-1", 1000, owner="GLENCORE")
    court.say("MUN", correction(said, _batch(60)))


@scheme("custody-strengthened", by="what a correction makes of custody")
def _a_run_corrected_into_one_that_keeps_lots_apart(court: Court) -> None:
    court.batch("MUN-B-1", 1000, custody="identity_preserved")
    made = output("MUN-L-1", 592 * KG, {"Pb": 590 * KG}, material="refined_lead")
    said = court.say("MUN", run("MUN-R-1", [line("MUN-B-1", TONNE)], [made]))
    court.say("MUN", correction(said, run("MUN-R-1", [line("MUN-B-1", TONNE)], [made], custody="segregated")))


@scheme("content-lifted", by="what a correction takes back of what was found")
def _an_analysis_that_found_less_did_not_occur(court: Court) -> None:
    court.batch("MUN-B-1", 1000, 67)
    court.say("MUN", correction(court.say("MUN", assay_of("MUN-B-1", "0.59"))))


@scheme("content-lifted", by="what a correction takes back of what was found")
def _an_analysis_corrected_upwards_in_small_steps(court: Court) -> None:
    court.batch("MUN-B-1", 1000, 67)
    said = court.say("MUN", assay_of("MUN-B-1", "0.59"))
    for fraction in ("0.61", "0.63"):
        court.say("MUN", correction(said, assay_of("MUN-B-1", fraction)))


@scheme("content-lifted", by="what a correction takes back of what was found")
def _an_analysis_of_the_laboratory_taken_back_once_the_park_confirmed_it(court: Court) -> None:
    court.batch("MUN-B-1", 1000, 67)
    said = court.say("LAB", assay_of("MUN-B-1", "0.59"))
    court.say("MUN", {"type": "assay", "lots": ["MUN-B-1"], "confirms": said})
    court.say("LAB", correction(said))


@scheme("content-lifted", by="what a correction takes back of what was found")
def _a_count_that_missed_a_tenth_taken_back(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    court.say("MUN", correction(court.say("MUN", count_of("MUN-B-1", 910))))


@scheme("content-lifted", by="what a correction takes back of what was found")
def _a_count_corrected_upwards(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    said = court.say("MUN", count_of("MUN-B-1", 910))
    court.say("MUN", correction(said, count_of("MUN-B-1", 990)))


@scheme("content-lifted", by="what a correction takes back of what was found")
def _a_settlement_at_less_taken_back(court: Court) -> None:
    settlement, _ = _settle(court, "590")
    court.say("GLENCORE", correction(settlement))


@scheme("content-lifted", by="what a correction takes back of what was found")
def _a_settlement_corrected_upwards(court: Court) -> None:
    settlement, assay = _settle(court, "590")
    court.say("GLENCORE", correction(settlement, _settlement("660", assay)))


@scheme("content-lifted", by="what a correction takes back of what was found")
def _the_analysis_behind_a_settlement_taken_back(court: Court) -> None:
    _, assay = _settle(court, "590")
    court.say("GLENCORE", correction(assay))


def _settle(court: Court, lead: str) -> tuple[str, str]:
    """Settle a tonne of batteries, sent with 67 % of lead, on an analysis of 59 %; return settlement and analysis."""
    court.batch("MUN-B-1", 1000, 67)
    court.say("MUN", {"type": "dispatch", "shipment": "MUN-H-1", "to": "GLENCORE", "lots": [{"lot": "MUN-B-1"}]})
    disputed = {"lot": "MUN-B-1", "decision": "disputed", "net_kg": "1000"}
    court.say("GLENCORE", {"type": "acceptance", "shipment": "MUN-H-1", "lots": [disputed]})
    assay = court.say("GLENCORE", assay_of("MUN-B-1", "0.59"))
    return court.say("GLENCORE", _settlement(lead, assay)), assay


def _settlement(lead: str, assay: str) -> dict[str, Any]:
    word = {"lot": "MUN-B-1", "decision": "settled", "net_kg": "1000", "content_kg": {"Pb": lead}, "assays": [assay]}
    return {"type": "acceptance", "shipment": "MUN-H-1", "lots": [word]}


def _batch(percent: int, number: int = 1, **more: Any) -> dict[str, Any]:
    """Return a tonne of batteries as :meth:`Court.batch` says it."""
    words = {"material": "lead_acid_battery", "form": "whole", "waste_code": "16 06 01*"}
    slip = [{**SLIP, "number": f"WB-{number}"}]
    return intake(f"MUN-B-{number}", TONNE, {"Pb": percent * 10 * KG}, documents=slip, **{**words, **more})


@scheme("batch-entered-late", by="what was entered after its use")
def _a_slip_written_for_a_run_that_was_over(court: Court) -> None:
    _smelted_from_a_later_batch(court)


@scheme("origin-lifted", by="what a correction makes claimable")
def _a_run_of_virgin_lead_that_takes_batteries_entered_after_it(court: Court) -> None:
    _smelted_from_a_later_batch(court, origin="primary")


@scheme("assay-raises-content", by="an analysis against what was first said")
def _a_batch_found_richer_after_its_gain_was_seen(court: Court) -> None:
    court.batch("MUN-B-1", 1000, 45)
    made = output("MUN-L-1", 592 * KG, {"Pb": 490 * KG})
    court.say("MUN", run("MUN-R-1", [line("MUN-B-1", TONNE)], [made], gain_reason="table_understated"))
    results = {"Pb": {"fraction": "0.6", "uncertainty": "0.005"}}
    court.say("MUN", {"type": "assay", "lots": ["MUN-B-1"], "stage": "final", "basis": "wet", "method": "XRF",
                      "sample": "1", "results": results})  # fmt: skip


def _smelted_from_a_later_batch(court: Court, **first: Any) -> None:
    """Correct a run so that it took a batch which was entered after it; ``first`` are members of what it took."""
    court.batch("MUN-B-1", 1000, **first)
    said = court.smelt("MUN-R-1", {"MUN-B-1": 1000}, 590)
    court.batch("MUN-B-2", 1000)
    made = output("MUN-L-1", 592 * KG, {"Pb": 590 * KG})
    court.say("MUN", correction(said, run("MUN-R-1", [line("MUN-B-2", TONNE)], [made])))


def _over_the_nameplate(court: Court) -> str:
    """Smelt 1,300 t of batteries in two runs of a month, at a nameplate of 1,000, and send the lead of the second."""
    court.batch("MUN-B-1", 1_300_000, reason="opening_stock")
    court.smelt("MUN-R-1", {"MUN-B-1": 650_000}, 380_000, line="MUN-LAB-1")
    said = court.say("MUN", _large())
    court.say("MUN", dispatch("MUN-H-1", "MUN-L-2"), "2026-02-10T06:00:00Z")
    return said


def _large(at: str = "2026-01-06T06:00:00Z", **more: Any) -> dict[str, Any]:
    made = output("MUN-L-2", 380_002 * KG, {"Pb": 380_000 * KG}, material="refined_lead")
    taken = [line("MUN-B-1", 650_000 * KG)]
    return run("MUN-R-2", taken, [made], **{"line": "MUN-LAB-1", "started_at": at, "ended_at": at, **more})
