"""How far a recall reaches: shares of mass and metal, worked out by hand."""

from __future__ import annotations

import pytest

from tests.materials.answers.recall.rows import figure, row_of
from tests.materials.yard import Yard
from tests.season.recalling import report_of
from tests.world.events import KG, addition, line, output, run


@pytest.fixture
def yard() -> Yard:
    """Two batches of 100 kg with 60 kg lead each: MUN-B-1 (statement 0) and MUN-B-2 (statement 1)."""
    yard = Yard()
    for lot in ("MUN-B-1", "MUN-B-2"):
        yard.intake(lot, 100 * KG, {"Pb": 60 * KG})
    return yard


def test_additions_thin_the_mass_that_is_reached(yard: Yard) -> None:
    """50 kg of heel and 450 kg of reagent: a tenth of the mass, though nearly all of the lead."""
    yard.say(
        "MUN",
        run("MUN-R-1", [line("MUN-B-1", 50 * KG)], [output("MUN-L-1", 100 * KG, {"Pb": 28 * KG})],
            additions=[addition(450 * KG, {"Pb": 10 * KG})]),
    )  # fmt: skip
    lead = row_of(report_of(yard, "MUN-B-1"), "MUN-L-1")
    assert lead["net"] == figure("10", "100", "0.100000000")
    assert lead["content"]["Pb"] == figure("21", "28", "0.750000000")


def test_a_recalled_addition_reaches_its_own_share_only(yard: Yard) -> None:
    """Of two additions the second: a quarter of the mass and a fifth of the lead, on to what is packed of it."""
    yard.say(
        "MUN",
        run("MUN-R-1", [line("MUN-B-1", 100 * KG)], [output("MUN-L-1", 160 * KG, {"Pb": 80 * KG})],
            additions=[addition(50 * KG, {"Pb": 4 * KG}), addition(50 * KG, {"Pb": 16 * KG})]),
    )  # fmt: skip
    yard.say(
        "MUN", run("MUN-R-2", [line("MUN-L-1", 160 * KG)], [output("MUN-P-1", 160 * KG, {"Pb": 80 * KG})], "packing")
    )
    report = report_of(yard, additions=(("MUN-R-1", 1),))
    assert report["seeds"] == ["addition:MUN-R-1:1"]
    for lot in ("MUN-L-1", "MUN-P-1"):
        assert row_of(report, lot)["made"] == {
            "net": figure("40", "160", "0.250000000"), "content": {"Pb": figure("16", "80", "0.200000000")},
        }  # fmt: skip
    # With a lot that is recalled in full beside it, nothing is reported twice.
    both = row_of(report_of(yard, "MUN-B-1", additions=(("MUN-R-1", 0), ("MUN-R-1", 1))), "MUN-P-1")
    assert both["net"] == figure("160", "160", "1.000000000")


def test_metal_from_nowhere_is_not_recalled(yard: Yard) -> None:
    """Of 80 kg lead 20 are a gain; an assay finds 40 kg more, also in what was taken before it came."""
    more = {"gain_reason": "table_understated"}
    yard.say("MUN", run("MUN-R-1", [line("MUN-B-1", 100 * KG)], [output("MUN-L-1", 200 * KG, {"Pb": 80 * KG})], **more))
    for number in (1, 2):
        made = [output(f"MUN-P-{number}", 100 * KG, {"Pb": 40 * KG})]
        yard.say("MUN", run(f"MUN-R-{number + 1}", [line("MUN-L-1", 100 * KG)], made, "packing"))
        if number == 1:
            results = {"Pb": {"fraction": "0.6", "uncertainty": "0.01"}}
            said = {"stage": "final", "basis": "wet", "method": "XRF", "sample": "1", "results": results}
            yard.say("MUN", {"type": "assay", "lots": ["MUN-L-1"], **said})
    report = report_of(yard, "MUN-B-1")
    shares = [row_of(report, lot)["made"]["content"]["Pb"]["share"] for lot in ("MUN-L-1", "MUN-P-1", "MUN-P-2")]
    assert shares == ["0.750000000", "0.500000000", "0.500000000"]


def test_what_is_recalled_in_full_stays_so(yard: Yard) -> None:
    """Also where it was made of something else that is recalled, in part."""
    inputs = [line("MUN-B-1", 100 * KG), line("MUN-B-2", 100 * KG)]
    yard.say("MUN", run("MUN-R-1", inputs, [output("MUN-L-1", 100 * KG), output("MUN-L-2", 100 * KG)]))
    report = report_of(yard, "MUN-B-1", "MUN-L-1")
    shares = {row["lot"]: row["net"]["share"] for row in report["lots"]}
    assert shares == {"MUN-B-1": "1.000000000", "MUN-L-1": "1.000000000", "MUN-L-2": "0.500000000"}
