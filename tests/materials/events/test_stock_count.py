"""Counts against the book of their own time, by hand: what follows, what is refused, what was overtaken."""

from __future__ import annotations

import pytest

from ledger.materials.answers.as_of import lot_at
from ledger.materials.events.attestation import AttestedFinding, as_attested
from schemas.catalogue.findings.texts import say
from schemas.ids import LotId
from tests.materials.counted import FIRST, FOURTH, SECOND, THIRD, count, smelt
from tests.materials.yard import Yard, codes, intake
from tests.world.events import KG, correction, line


@pytest.fixture
def yard() -> Yard:
    """1,000 kg with 600 kg lead (statement 0), of which a run took 500 kg on 20 January (statement 1)."""
    yard = Yard()
    yard.intake("MUN-B-1", 1000 * KG, {"Pb": 600 * KG})
    yard.say("MUN", smelt(500, SECOND))
    return yard


def reported(yard: Yard, index: int) -> list[AttestedFinding]:
    """Return the findings on an entry as they are reported."""
    return [
        as_attested(finding, yard.attested.get(finding.statement, ()))
        for finding in yard.findings_of(index)
        if finding.withdrawn_by is None
    ]


def test_a_late_count_is_the_same_when_it_is_folded_again(yard: Yard) -> None:
    """A correction of the run between count and now changes what the count meant, as if it had stood from the start."""
    yard.say("MUN", count("960"), FIRST)
    yard.say("MUN", correction(1, smelt(400, SECOND)))
    assert yard.lot("MUN-B-1").net == 560 * KG
    assert codes(yard, 2) == {"stock-adjusted": "medium"}
    yard.say("MUN", correction(1, smelt(400, "2026-01-08T06:00:00Z")))
    # The run was before the count now: 960 kg of then 600 kg.
    assert yard.lot("MUN-B-1").net == 960 * KG
    assert codes(yard, 2) == {"stock-adjusted": "high"}
    for size, net in ((3, 460 * KG), (4, 560 * KG), (5, 960 * KG)):
        past = lot_at(LotId("MUN-B-1"), size, yard)
        assert past is not None
        assert past.lot.net == net


def test_a_run_that_a_correction_brings_to_the_lot_counts_for_a_late_count() -> None:
    """It took of another lot when it was entered; its replacement takes of the counted one."""
    yard = Yard()
    for lot in ("MUN-B-1", "MUN-B-2"):
        yard.intake(lot, 1000 * KG, {"Pb": 600 * KG})
    other = {**smelt(500, SECOND), "inputs": [line("MUN-B-2", 500 * KG)]}
    yard.say("MUN", other)
    yard.say("MUN", count("1000"), FIRST)
    yard.say("MUN", correction(2, smelt(500, SECOND)))
    assert (codes(yard, 3), yard.lot("MUN-B-1").net) == ({}, 500 * KG)
    past = lot_at(LotId("MUN-B-1"), 5, yard)
    assert past is not None
    assert past.lot == yard.lot("MUN-B-1")


def test_a_count_whose_lot_a_correction_emptied_adjusts_no_other() -> None:
    """One mass for two lots says nothing of either when one of them was not there."""
    yard = Yard()
    for lot in ("MUN-B-1", "MUN-B-2"):
        yard.intake(lot, 1000 * KG, {"Pb": 600 * KG})
    yard.say("MUN", count("1990", lots=["MUN-B-1", "MUN-B-2"]), FIRST)
    yard.say("MUN", correction(1))
    assert (yard.lot("MUN-B-1").net, yard.lot("MUN-B-2").net) == (1000 * KG, 0)
    assert codes(yard, 2) == {"count-overtaken": "medium"}


@pytest.mark.parametrize("kg", ["990000", "0.5"])
def test_a_count_cannot_be_corrected_into_what_it_could_not_have_been(yard: Yard, kg: str) -> None:
    """Neither 990 t on half a tonne nor tonnes for kilograms, as with a count itself."""
    assert yard.code("MUN", count(kg), THIRD) == "implausible-count"
    yard.say("MUN", count("495"), THIRD)
    assert yard.code("MUN", correction(2, count(kg)), FOURTH) == "implausible-count"
    assert yard.lot("MUN-B-1").net == 495 * KG


def test_a_count_that_became_implausible_adjusts_nothing() -> None:
    """The batch is corrected to a tenth of a tonne; the tonne that was counted then is a finding, not a gain."""
    yard = Yard()
    yard.intake("MUN-B-1", 1000 * KG, {"Pb": 600 * KG})
    yard.say("MUN", count("1010"), FIRST)
    yard.say("MUN", correction(0, intake("MUN-B-1", 100 * KG, {"Pb": 60 * KG})))
    assert (codes(yard, 1), yard.lot("MUN-B-1").net) == ({"implausible-count": "high"}, 100 * KG)


def test_a_confirmation_stands_beside_the_count() -> None:
    """It weighs less when it is reported; what judging gave is not rewritten, and a correction leaves one finding."""
    yard = Yard()
    yard.intake("MUN-B-1", 1000 * KG, {"Pb": 600 * KG})
    yard.say("MUN", count("950"), FIRST)
    confirm = {"type": "stock_count", "lots": ["MUN-B-1"], "confirms": f"{1:064x}"}
    assert yard.code("MUN", confirm, FIRST) == "not-entitled"
    yard.say("TEX", confirm, FIRST)
    assert codes(yard, 1) == {"stock-adjusted": "medium"}
    (row,) = reported(yard, 1)
    assert (row.finding.severity, row.confirmed_by) == ("low", "TEX")
    assert say(row.finding, row.confirmed_by).message.endswith("(confirmed by TEX)")
    yard.say("MUN", correction(0, intake("MUN-B-1", 980 * KG, {"Pb": 600 * KG})))
    (row,) = reported(yard, 1)
    assert (row.finding.severity, row.finding.limit) == (
        "low",
        (("handover_warn_ppm", 5_000), ("book_mg", 980 * KG), ("room_mg", 0)),
    )
    yard.say("TEX", correction(2))
    (row,) = reported(yard, 1)
    assert (row.finding.severity, row.confirmed_by) == ("medium", None)
    yard.say("TEX", correction(2, confirm))
    assert reported(yard, 1)[0].finding.severity == "low"
    yard.say("MUN", correction(1))
    assert reported(yard, 1) == []


def test_a_confirmation_is_of_the_mass_that_was_counted() -> None:
    """Corrected to another mass, the count is nobody's but the counter's; a high finding stays high."""
    yard = Yard()
    yard.intake("MUN-B-1", 1000 * KG, {"Pb": 600 * KG})
    yard.say("MUN", count("950"), FIRST)
    yard.say("TEX", {"type": "stock_count", "lots": ["MUN-B-1"], "confirms": f"{1:064x}"}, FIRST)
    yard.say("MUN", correction(1, count("940")))
    assert [row.finding.severity for row in reported(yard, 1)] == ["medium"]
    yard.say("MUN", count("500"), SECOND)
    yard.say("TEX", {"type": "stock_count", "lots": ["MUN-B-1"], "confirms": f"{4:064x}"}, SECOND)
    assert [row.finding.severity for row in reported(yard, 4)] == ["high"]
