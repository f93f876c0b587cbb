"""Schemes with analyses of one's own: metal written up, written off, or left open."""

from __future__ import annotations

from tests.season.court import Court
from tests.season.schemes.registry import scheme
from tests.world.events import KG, addition, line, output, run


@scheme("assay-raises-content", by="an analysis against what was first said")
def _metal_written_up_by_an_analysis_of_ones_own(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    court.say("MUN", assay_of("MUN-B-1", "0.95"))


@scheme("assay-raises-content", by="an analysis against what was first said")
def _metal_written_up_in_small_steps(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    for fraction in ("0.62", "0.64", "0.66"):
        court.say("MUN", assay_of("MUN-B-1", fraction))


@scheme("assay-lowers-content", by="an analysis against what was first said")
def _metal_written_off_by_an_analysis_of_ones_own(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    court.say("MUN", assay_of("MUN-B-1", "0.3"))


@scheme("gain-by-assay", by="an analysis against the element balance of the run")
def _virgin_lead_found_by_an_analysis(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    virgin = addition(400 * KG, material="lead")
    made = output("MUN-L-1", 1000 * KG, {"Pb": 590 * KG})
    court.say("MUN", run("MUN-R-1", [line("MUN-B-1", 1000 * KG)], [made], additions=[virgin]))
    court.say("MUN", assay_of("MUN-L-1", "0.99"))


@scheme("gain-exceeds-tolerance", by="element balance of the run")
def _virgin_lead_within_an_uncertainty_of_100_percent(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    court.say("MUN", assay_of("MUN-B-1", "0.6", uncertainty="0.6"))
    court.smelt("MUN-R-1", {"MUN-B-1": 1000}, 990)


@scheme("uncertainty-unusual", by="what analyses leave open")
def _an_analysis_that_leaves_everything_open(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    court.say("MUN", assay_of("MUN-B-1", "0.6", uncertainty="0.6"))


@scheme("content-exceeds-net", by="metal within dry mass")
def _a_dry_fraction_stated_as_a_wet_one(court: Court) -> None:
    court.batch("MUN-B-1", 1000, percent=30, dry_kg="500")
    court.say("MUN", assay_of("MUN-B-1", "0.6"))


@scheme("settlement-without-effect", by="assays behind a settlement")
def _a_settlement_far_from_its_assays(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    court.say("MUN", {"type": "dispatch", "shipment": "MUN-H-1", "to": "GLENCORE", "lots": [{"lot": "MUN-B-1"}]})
    word: dict[str, object] = {"lot": "MUN-B-1", "decision": "disputed", "net_kg": "1000"}
    court.say("GLENCORE", {"type": "acceptance", "shipment": "MUN-H-1", "lots": [word]})
    assay = court.say("GLENCORE", assay_of("MUN-B-1", "0.54"))
    word |= {"decision": "settled", "content_kg": {"Pb": "950"}, "assays": [assay]}
    court.say("GLENCORE", {"type": "acceptance", "shipment": "MUN-H-1", "lots": [word]})


@scheme("malformed", by="readers of masses, fractions and models")
def _a_thousand_kilograms_with_a_comma(court: Court) -> None:
    court.batch("MUN-B-1", net_kg="21,450")


def assay_of(lot: str, fraction: str, uncertainty: str = "0.005") -> dict[str, object]:
    """Return a final analysis of a lot by X-ray: its lead, wet."""
    results = {"Pb": {"fraction": fraction, "uncertainty": uncertainty}}
    return {"type": "assay", "lots": [lot], "stage": "final", "basis": "wet", "method": "XRF", "sample": "1",
            "results": results}  # fmt: skip
