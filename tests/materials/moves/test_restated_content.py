"""Content that an analysis finds: where a rise comes from, and where what was taken away goes back to."""

from __future__ import annotations

import pytest

from schemas.ids import RunId
from tests.materials.analysed import smelt
from tests.materials.yard import Yard, intake
from tests.world.events import KG, assay, correction


@pytest.fixture
def yard() -> Yard:
    """1,000 kg with 600 kg of lead, 400 of it post-consumer, 200 from manufacturing."""
    yard = Yard()
    split = {"Pb": {"battery_post_consumer": 400 * KG, "battery_manufacturing": 200 * KG}}
    yard.intake("MUN-B-1", 1000 * KG, {"Pb": 600 * KG}, origin_kg=split)
    return yard


def test_metal_of_a_batch_without_content_is_of_the_declared_origin() -> None:
    """Nothing was known of the content, but whose waste it is."""
    yard = Yard()
    yard.intake("MUN-B-1", 1000 * KG, {}, origin="other_pre_consumer")
    yard.say("MUN", assay("0.6"))
    assert yard.origins("MUN-B-1") == {"other_pre_consumer": 600 * KG}
    assert yard.contributions("MUN-B-1") == [("MUN-B-1", "1.000000000")]


def test_a_batch_that_a_control_sample_emptied_keeps_its_origins(yard: Yard) -> None:
    """Nothing, and then 600 kg: 400 and 200 as declared."""
    yard.say("MUN", assay("0", stage="control"))
    assert yard.origins("MUN-B-1") == {}
    yard.say("MUN", assay("0.6"))
    assert yard.origins("MUN-B-1") == {"battery_post_consumer": 400 * KG, "battery_manufacturing": 200 * KG}


def test_what_an_analysis_took_from_an_output_comes_back_to_it_first(yard: Yard) -> None:
    """A control sample finds 500 of 600 kg, the final one 600: the same metal, of the same origins, no gain."""
    smelt(yard, 600)
    yard.say("MUN", assay("0.5", "MUN-L-1", stage="control"))
    effects = yard.say("MUN", assay("0.6", "MUN-L-1"))
    assert yard.origins("MUN-L-1") == {"battery_post_consumer": 400 * KG, "battery_manufacturing": 200 * KG}
    assert yard.contributions("MUN-L-1") == [("MUN-B-1", "1.000000000")]
    assert [(row.kind, sum(row.mix["Pb"])) for row in effects.postings] == [("loss", -100 * KG)]
    assert [finding.code for finding in effects.findings if finding.code == "gain-by-assay"] == []


def test_what_an_analysis_took_from_one_output_does_not_go_to_another(yard: Yard) -> None:
    """100 kg are taken from the first; the second rises by 50 kg, of which the run lost none."""
    smelt(yard, 300, 300)
    yard.say("MUN", assay("0.4", "MUN-L-1", stage="control"))
    yard.say("MUN", assay("0.7", "MUN-L-2"))
    assert yard.origins("MUN-L-2") == {
        "battery_post_consumer": 200 * KG, "battery_manufacturing": 100 * KG, "unknown": 50 * KG,
    }  # fmt: skip


def test_an_output_gets_back_its_own_then_the_loss_then_the_unknown(yard: Yard) -> None:
    """From 590 to 500 and on to 620 kg: 90 kg its own, 10 kg of the run's loss, 20 kg of nowhere."""
    smelt(yard, 590)
    for fraction in ("0.5", "0.55", "0.62"):
        yard.say("MUN", assay(fraction, "MUN-L-1"))
    assert yard.origins("MUN-L-1")["unknown"] == 20 * KG
    assert sum(yard.origins("MUN-L-1").values()) == 620 * KG
    assert yard.runs[RunId("MUN-R-1")].loss_left() == {}
    assert yard.contributions("MUN-L-1") == [("MUN-B-1", "0.967741935"), ("gain:MUN-R-1", "0.032258065")]


def test_what_comes_back_is_of_the_sources_that_it_had(yard: Yard) -> None:
    """A product with a gain of 20 kg goes down and up again: the same part of it is of nowhere."""
    smelt(yard, 620, gain_reason="table_understated")
    before = yard.lot("MUN-L-1")
    for fraction in ("0.3", "0.62"):
        yard.say("MUN", assay(fraction, "MUN-L-1"))
    assert (yard.lot("MUN-L-1").mix, yard.lot("MUN-L-1").sourced) == (before.mix, before.sourced)


def test_a_correction_folds_what_was_taken_away_and_came_back_alike(yard: Yard) -> None:
    """The batch held 598 kg: after down and up the product has those, and 2 kg of nowhere."""
    smelt(yard, 600)
    for fraction in ("0.5", "0.6"):
        yard.say("MUN", assay(fraction, "MUN-L-1"))
    yard.say("MUN", correction(0, intake("MUN-B-1", 1000 * KG, {"Pb": 598 * KG})))
    assert yard.origins("MUN-L-1") == {"battery_post_consumer": 598 * KG, "unknown": 2 * KG}
    yard.check_contributions()
