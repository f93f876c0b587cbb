"""An export answers how a lot stands by all that the ledger says, as the ledger itself does."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.verify import Report, verify_file
from schemas.ids import LotId
from tests.verify.plant import LINE, export_of
from tests.world.events import intake, lead_run
from tests.world.memory import MemoryWorld


@pytest.fixture
def ledger() -> MemoryWorld:
    """MUN smelts in a month far more than its line can take."""
    ledger = MemoryWorld()
    ledger.enrol("MUN", "park", lines=[LINE])
    ledger.say("MUN", intake("MUN-B-1", "5000000", lead="3000000", reason="opening_stock"))
    for number, kg in enumerate(("4500000", "100"), 1):
        lead = str(int(kg) * 59 // 100)
        made = {f"MUN-L-{number}": (lead, lead)}
        ledger.say("MUN", lead_run(f"MUN-R-{number}", {"MUN-B-1": kg}, made, line="MUN-LAB-1"))
    return ledger


def asked(ledger: MemoryWorld, tmp_path: Path, lot: str) -> Report:
    """Verify the export of a ledger and ask how a lot stands."""
    path = tmp_path / "x.zip"
    path.write_bytes(export_of(ledger, tmp_path))
    return verify_file(path, ledger.genesis, lot=LotId(lot))


@pytest.mark.parametrize("lot", ["MUN-L-1", "MUN-L-2"])
def test_what_is_odd_about_a_sites_month_stops_every_lot_of_it(ledger: MemoryWorld, tmp_path: Path, lot: str) -> None:
    """The finding stands on the last run; the lots of the others are of that month too. Their closure shows it not."""
    report = asked(ledger, tmp_path, lot)
    assert report.ok
    said = [line for line in report.checked if line.startswith(f"standing of {lot}: ")]
    assert said[0].split(", ")[0] == f"standing of {lot}: reported stop"
    assert any("throughput-above-nameplate (high), 1.000000 of its Pb: stop, reported" in line for line in said[1:])


def test_a_batch_is_not_of_the_runs_that_took_it(ledger: MemoryWorld, tmp_path: Path) -> None:
    """What the site did with it later says nothing of it."""
    said = asked(ledger, tmp_path, "MUN-B-1").checked
    assert not any("throughput" in line for line in said)


def test_a_lot_that_the_export_lacks_is_a_fault(ledger: MemoryWorld, tmp_path: Path) -> None:
    """Whoever asks for a lot that was never there is not left with a good report."""
    report = asked(ledger, tmp_path, "MUN-L-9")
    assert [fault.code for fault in report.faults] == ["missing-entry"]
