"""Schemes about what comes in."""

from __future__ import annotations

from tests.materials.yard import intake
from tests.season.court import SLIP, Court
from tests.season.schemes.registry import scheme
from tests.world.events import KG

FILE = "ab" * 32


@scheme("duplicate-document")
def _one_slip_for_two_batches(court: Court) -> None:
    court.batch("MUN-B-1", documents=[{**SLIP, "number": "WB-9"}])
    court.batch("MUN-B-2", documents=[{**SLIP, "number": "WB-9"}])


@scheme("file-cited-twice")
def _one_file_under_two_numbers(court: Court) -> None:
    for number in ("1", "2"):
        court.batch(f"MUN-B-{number}", documents=[{**SLIP, "number": number, "sha256": FILE}])


@scheme("lead-content")
def _batteries_with_78_percent_lead(court: Court) -> None:
    court.batch("MUN-B-1", percent=78)


@scheme("above-stoichiometric-ceiling")
def _63_percent_cobalt_in_black_mass_of_lco(court: Court) -> None:
    court.cells("MUN-B-1", 1000, {"Co": 630, "Li": 40}, material="black_mass", chemistry="LCO", form="powder")


@scheme("eu-black-mass")
def _black_mass_from_the_eu_at_mundra(court: Court) -> None:
    court.cells("MUN-B-1", 1000, {"Ni": 200, "Co": 67, "Li": 40}, material="black_mass", form="powder", country="DE")


@scheme("waste-code-not-valid")
def _a_waste_code_after_its_last_day(court: Court) -> None:
    court.cells("MUN-B-1", 1000, {"Li": 30}, at="2026-11-10T06:00:00Z", waste_code="16 06 05")


@scheme("waste-code-does-not-fit")
def _lithium_batteries_under_the_code_of_lead(court: Court) -> None:
    court.cells("MUN-B-1", 1000, {"Li": 30}, waste_code="16 06 01*")


@scheme("waste-code-contradicts-origin")
def _factory_scrap_stated_as_used_batteries(court: Court) -> None:
    court.cells("MUN-B-1", 1000, {"Li": 30}, at="2026-11-10T06:00:00Z", waste_code="16 06 24*")


@scheme("basel-code-does-not-fit")
def _lead_batteries_under_the_code_of_e_waste(court: Court) -> None:
    court.batch("MUN-B-1", basel_code="A1181")


@scheme("nickel-cobalt-ratio")
def _another_chemistry_than_declared(court: Court) -> None:
    court.cells("MUN-B-1", 1000, {"Ni": 95, "Co": 94, "Li": 34})


@scheme("supplier-spike")
def _a_supplier_that_suddenly_has_ten_times_as_much(court: Court) -> None:
    for month, kg in ((1, 20_000), (2, 21_000), (3, 200_000)):
        for part in range(kg // 20_000):
            court.batch(f"MUN-B-{month}{part}", 20_000 + part, at=f"2026-{month:02d}-{part + 1:02d}T06:00:00Z",
                        supplier="cd" * 32)  # fmt: skip


@scheme("identical-weights")
def _weights_that_were_copied(court: Court) -> None:
    for number in range(4):
        court.batch(f"MUN-B-{number}")


@scheme("no-weighing-document")
def _a_phantom_batch(court: Court) -> None:
    court.batch("MUN-B-1", documents=[])


@scheme("pieces-do-not-fit")
def _three_batteries_of_seven_tonnes(court: Court) -> None:
    court.batch("MUN-B-1", 20_000, pieces=3)


@scheme("delivery-mass")
def _a_truck_of_a_hundred_tonnes(court: Court) -> None:
    court.batch("MUN-B-1", 100_000)


@scheme("delivery-mass")
def _grams_for_kilograms(court: Court) -> None:
    court.batch("MUN-B-1", 21_450_000)


@scheme("content-exceeds-net")
def _a_thousand_times_the_metal(court: Court) -> None:
    court.say("MUN", intake("MUN-B-1", "21.45", {"Pb": 12_655_500_000}))


@scheme("dry-equals-wet")
def _black_mass_without_any_water(court: Court) -> None:
    court.cells("TEX-B-1", 1000, {"Ni": 200, "Co": 67, "Li": 40}, material="black_mass", form="powder", dry_kg="1000",
                country="US")  # fmt: skip


@scheme("weighing-does-not-add-up")
def _gross_less_tare_is_not_the_net(court: Court) -> None:
    court.batch("MUN-B-1", weighing={"gross_kg": "35000", "tare_kg": "14500", "scale": "WB-1"})


@scheme("scale-out-of-calibration")
def _weighed_on_a_scale_out_of_calibration(court: Court) -> None:
    weighing = {"gross_kg": "35950", "tare_kg": "14500", "scale": "WB-1"}
    court.batch("MUN-B-1", at="2026-07-01T06:00:00Z", weighing=weighing)


@scheme("lot-comes-back-as-waste")
def _a_lot_that_makes_the_round_trip(court: Court) -> None:
    court.batch("MUN-B-1")
    court.say("TEX", intake("TEX-B-1", 21_450 * KG, {"Pb": 12_000 * KG},
                            documents=[{"kind": "packing_list", "issuer": "MUN", "number": "MUN-B-1"}]))  # fmt: skip


@scheme("opening-stock")
def _stock_from_before_the_ledger(court: Court) -> None:
    court.batch("MUN-B-1", reason="opening_stock")


@scheme("found-stock")
def _stock_that_was_found(court: Court) -> None:
    court.batch("MUN-B-1", reason="found")


@scheme("delivery-mass")
def _tonnes_for_kilograms(court: Court) -> None:
    court.say("MUN", intake("MUN-B-1", 21_450_000, {"Pb": 12_655_500}, material="lead_acid_battery", form="whole",
                            documents=[{**SLIP, "number": "WB-1"}]))  # fmt: skip


@scheme("content-unit")
def _a_percentage_for_kilograms_of_lead(court: Court) -> None:
    court.say("MUN", intake("MUN-B-1", 21_450 * KG, {"Pb": 59 * KG}, material="lead_acid_battery", form="whole"))


@scheme("content-unit")
def _a_percentage_for_kilograms_of_nickel(court: Court) -> None:
    court.cells("MUN-B-1", 10_000, {"Ni": 16, "Co": 5, "Li": 3})


@scheme("content-unusual")
def _packs_richer_than_any_pack(court: Court) -> None:
    court.cells("MUN-B-1", 1000, {"Ni": 160, "Co": 54, "Li": 30}, form="pack")


@scheme("foreign-metal")
def _cobalt_in_iron_phosphate(court: Court) -> None:
    court.cells("MUN-B-1", 1000, {"Co": 100, "Li": 20}, chemistry="LFP")


@scheme("above-stoichiometric-ceiling")
def _63_percent_cobalt_in_a_mixture(court: Court) -> None:
    court.cells("MUN-B-1", 1000, {"Co": 630}, material="black_mass", chemistry="mixed", form="powder")


@scheme("unknown-scale")
def _weighed_on_a_scale_that_nobody_registered(court: Court) -> None:
    court.batch("MUN-B-1", weighing={"gross_kg": "35950", "tare_kg": "14500", "scale": "BACKYARD"})


@scheme("content-missing")
def _batteries_without_lead(court: Court) -> None:
    court.say("MUN", intake("MUN-B-1", 21_450 * KG, {}, material="lead_acid_battery", form="whole"))
