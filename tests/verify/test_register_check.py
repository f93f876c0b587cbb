"""Registers of an export: what was said, entry by entry, and how a changed line is found."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

from ledger.files.export_1.registers import REGISTERS
from ledger.log.envelopes import parse_entry, statement_id
from schemas.ids import StatementId
from tests.verify.plant import export_of, members_of, repacked, verified
from tests.world.events import intake
from tests.world.memory import MemoryWorld


@pytest.fixture(scope="module")
def reported() -> MemoryWorld:
    """A ledger in which everything was said that a register has a line for."""
    ledger = MemoryWorld()
    ledger.enrol("MUN", "park")
    ledger.enrol("CERT", "certifier")
    slip = {"kind": "weighbridge_slip", "issuer": "MUN", "number": "=WB-1", "date": "2026-01-05"}
    batch = intake("MUN-B-1", documents=[slip])
    first = ledger.say("MUN", batch)
    ledger.say("MUN", {
        "type": "assay", "lots": ["MUN-B-1"], "stage": "final", "basis": "wet", "method": "XRF", "sample": "S-1",
        "moisture": "0.02", "results": {"Pb": {"fraction": "0.6", "uncertainty": "0.006"}},
    })  # fmt: skip
    count = {"type": "stock_count", "lots": ["MUN-B-1"], "counted_kg": "999.5", "method": "weighed", "adjust": False}
    ledger.say("MUN", {**count, "reason": "month end"})
    hold = ledger.say("CERT", {"type": "hold", "lots": ["MUN-B-1"], "reason": "to be looked at"})
    ledger.say("CERT", {"type": "release", "hold": id_of(ledger, hold), "lots": ["MUN-B-1"], "reason": "looked at"})
    lots = [{"lot": "MUN-B-1", "origin_kg": {"Pb": {"battery_post_consumer": "100"}}}]
    ledger.say("MUN", {"type": "claim", "kind": "recycled_content", "scheme": "ISCC PLUS", "number": "1", "lots": lots})
    ledger.say("MUN", {
        "type": "correction", "statement": id_of(ledger, first), "kind": "incorrect_data", "reason": "another slip",
        "replacement": {**batch, "documents": [{**slip, "number": "WB-2"}]}, "occurred_at": "2026-01-04T06:12:00Z",
    })  # fmt: skip
    return ledger


def id_of(ledger: MemoryWorld, index: int) -> StatementId:
    """Return the statement id of an entry."""
    return statement_id(parse_entry(ledger.entries[index]).payload)


def rows(export: bytes, name: str) -> list[dict[str, Any]]:
    """Return a register of an export."""
    return list(csv.DictReader(io.StringIO(members_of(export)[f"tables/{name}.csv"].decode("utf-8"))))


def test_everything_that_was_said_has_its_line(reported: MemoryWorld, tmp_path: Path) -> None:
    """Each with entry, party and time; what a correction says stands at its own entry beside what it corrects."""
    export = export_of(reported, tmp_path)
    (assay,) = rows(export, "said_assays")
    assert (assay["metal"], assay["fraction"], assay["uncertainty"], assay["moisture"]) == (
        "Pb",
        "0.6",
        "0.006",
        "0.02",
    )
    first, second = rows(export, "said_documents")
    # A number that a spreadsheet would run as a formula has an apostrophe in front.
    assert (first["number"], first["corrects"], second["number"]) == ("'=WB-1", "", "WB-2")
    assert second["corrects"] == first["statement"]
    (correction,) = rows(export, "said_corrections")
    assert (correction["kind"], correction["replaced_by"], correction["reason"], correction["happened_at"]) == (
        "incorrect_data", "intake", "another slip", "2026-01-04T06:12:00Z",
    )  # fmt: skip
    assert [row["action"] for row in rows(export, "said_holds")] == ["hold", "release"]
    assert [row["counted_kg"] for row in rows(export, "said_counts")] == ["999.5"]
    assert [row["battery_post_consumer_kg"] for row in rows(export, "said_claims")] == ["100"]
    assert [row["net_kg"] for row in rows(export, "said_intakes")] == ["1000", "1000"]
    assert verified(export, reported.genesis, tmp_path).ok


@pytest.mark.parametrize("name", REGISTERS)
def test_a_changed_register_is_found(reported: MemoryWorld, tmp_path: Path, name: str) -> None:
    """A line changed, dropped, added or cut short is one fault that names the register."""
    export = export_of(reported, tmp_path)
    member = f"tables/{name}.csv"
    whole = members_of(export)[member]
    dropped = whole[: whole.rindex(b"\n", 0, -1) + 1] if whole.count(b"\n") > 1 else b""
    for changed in (whole[:-1], whole + b"x\n", whole + b"\n", dropped, b"", b"x" + whole):
        raw = repacked(export, lambda members, content=changed: members.update({member: content}))  # type: ignore[misc]
        (fault,) = verified(raw, reported.genesis, tmp_path).faults
        assert (fault.code, member in fault.message) == ("wrong-table", True)


def test_balances_stand_in_the_export(reported: MemoryWorld, tmp_path: Path) -> None:
    """Per site, month and figure: opening, what came and went, closing."""
    table = rows(export_of(reported, tmp_path), "balances")
    mass = next(row for row in table if (row["site"], row["figure"]) == ("MUN", "net"))
    assert (mass["opening_kg"], mass["receipts_kg"], mass["closing_kg"]) == ("0", "1000", "1000")


def test_a_spoilt_entry_stops_neither_the_export_nor_the_registers(tmp_path: Path) -> None:
    """What cannot be read stands in no register on either side; the fault is that of the entry alone."""
    ledger = MemoryWorld()
    ledger.enrol("MUN", "park")
    ledger.say("MUN", intake("MUN-B-1"))
    ledger.events[2] = ledger.events[2].replace(b"MUN-B-1", b"MUN-B-2")
    ledger.say("MUN", intake("MUN-B-3"))
    export = export_of(ledger, tmp_path)
    assert [row["lot"] for row in rows(export, "said_intakes")] == ["MUN-B-3"]
    faults = verified(export, ledger.genesis, tmp_path).faults
    assert faults
    assert not [fault for fault in faults if "tables/said_" in fault.message]
