"""What nobody touched raises no alarm; what is no file of ours always gets a report."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ledger.audit import bundle_bytes, write_bundle, write_export
from ledger.files.export import write_table
from ledger.files.formats import FORMATS
from ledger.verify import Fault, verify_file
from schemas.errors import LedgerStateError, NotFoundError
from schemas.ids import LotId, PartyId
from tests.verify.plant import FACT, bundle_of, codes, export_of, members_of, verified
from tests.world.events import intake
from tests.world.memory import MemoryWorld

LOTS = ["MUN-B-1", "MUN-B-2", "MUN-B-3", "MUN-P-1", "MUN-L-1", "MUN-S-1", "MUN-L-2", "TEX-B-1", "TEX-L-1"]


@pytest.mark.parametrize("lot", LOTS)
def test_the_bundle_of_every_lot_verifies(honest: MemoryWorld, tmp_path: Path, lot: str) -> None:
    """Open, consumed, disputed and half-drawn lots all verify without a fault."""
    report = verified(bundle_of(honest, lot), honest.genesis, tmp_path)
    assert (report.kind, report.faults) == ("bundle", ())
    assert any(lot in line for line in report.checked)
    assert any("completeness" in line or "left out" in line for line in report.not_checked)


def test_a_bundle_with_a_disclosed_fact_verifies(bundle: bytes, honest: MemoryWorld, tmp_path: Path) -> None:
    """A sealed fact can be shown beside its digest."""
    report = verified(bundle, honest.genesis, tmp_path)
    assert report.ok
    assert report.as_dict() == {
        "kind": "bundle",
        "ok": True,
        "checked": list(report.checked),
        "not_checked": list(report.not_checked),
        "faults": [],
        "faults_total": 0,
    }


def test_an_export_verifies_and_says_what_it_did(export: bytes, honest: MemoryWorld, tmp_path: Path) -> None:
    """An honest export has no fault, and its report has figures."""
    report = verified(export, honest.genesis, tmp_path)
    assert (report.kind, report.faults) == ("export", ())
    assert report.checked[0].startswith("checkpoint of 17 entries")
    assert any("no witness" in line for line in report.not_checked)


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 600])
def test_an_export_of_any_size_verifies(tmp_path: Path, size: int) -> None:
    """Full tiles, a partial right edge and several levels are written and read alike."""
    ledger = MemoryWorld()
    if size > 1:
        ledger.enrol("MUN", "park")
    while ledger.size < size:
        ledger.say("MUN", intake(f"MUN-B-{ledger.size}"))
        if ledger.size % 100 == 0:
            ledger.keep()
    steps: list[tuple[int, int]] = []
    path = tmp_path / "export.zip"
    write_export(ledger.snapshot(), path, lambda done, total: steps.append((done, total)))
    assert steps[-1] == (size, size)
    steps.clear()
    assert verify_file(path, ledger.genesis, lambda done, total: steps.append((done, total))).faults == ()
    assert steps[-1] == (size, size)


def test_an_export_made_twice_is_byte_identical(honest: MemoryWorld, tmp_path: Path) -> None:
    """At one checkpoint there is one export."""
    snapshot = honest.snapshot()
    for name in ("one.zip", "two.zip"):
        write_export(snapshot, tmp_path / name)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.zip", "two.zip"]


def test_a_bundle_is_written_to_a_path_or_a_stream(honest: MemoryWorld, tmp_path: Path) -> None:
    """Both get the same bytes."""
    snapshot = honest.snapshot()
    sink = io.BytesIO()
    write_bundle(snapshot, LotId("MUN-L-1"), sink, [(4, FACT)])
    write_bundle(snapshot, LotId("MUN-L-1"), tmp_path / "lot.json", [(4, FACT)])
    assert (
        sink.getvalue() == (tmp_path / "lot.json").read_bytes() == bundle_bytes(snapshot, LotId("MUN-L-1"), [(4, FACT)])
    )


def test_an_unknown_lot_has_no_bundle(honest: MemoryWorld, tmp_path: Path) -> None:
    """Asking for a lot that is none leaves the old file as it was."""
    out = tmp_path / "lot.json"
    out.write_bytes(b"old")
    with pytest.raises(NotFoundError) as caught:
        write_bundle(honest.snapshot(), LotId("MUN-L-9"), out)
    assert (caught.value.kind, caught.value.name) == ("lot", "MUN-L-9")
    assert out.read_bytes() == b"old"


def test_a_file_that_cannot_be_written_is_said(honest: MemoryWorld, tmp_path: Path) -> None:
    """A missing folder is an error in words and leaves nothing behind."""
    with pytest.raises(LedgerStateError, match=r"expected to write .*export\.zip"):
        write_export(honest.snapshot(), tmp_path / "missing" / "export.zip")


def test_the_file_appears_whole_or_not_at_all(honest: MemoryWorld, tmp_path: Path) -> None:
    """An export that breaks off half-way leaves the old file and no rest."""

    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    out = tmp_path / "export.zip"
    out.write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt):
        write_export(honest.snapshot(), out, stop)
    assert out.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [out]


def test_every_table_is_in_the_export_with_a_header(export: bytes) -> None:
    """Each table is CSV whose rows are as wide as its header."""
    members, form = members_of(export), FORMATS.exports.newest
    may_be_empty = {"agreements", "attestations", "claims", "closed_periods", "corrections", "credits", "papers"}
    may_be_empty.update(form.registers)
    for table in (*form.tables, *form.registers):
        rows = list(csv.reader(io.StringIO(members[f"tables/{table}.csv"].decode("utf-8"))))
        assert len(rows) > 1 or table in may_be_empty
        assert {len(row) for row in rows} == {len(rows[0])}


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "'x", "\uff1d1"])
def test_no_cell_is_a_formula(text: str) -> None:
    """What a spreadsheet would run gets an apostrophe, which can be taken away again."""
    ledger = MemoryWorld()
    party = ledger.book.parties[PartyId("AUTHORITY")]._replace(name=text)
    ledger.book.parties[PartyId("AUTHORITY")] = party
    content = b"".join(write_table(FORMATS.exports.newest.tables["parties"], ledger.snapshot())).decode("utf-8")
    cell = list(csv.reader(io.StringIO(content, newline="")))[1][1]
    assert cell == "'" + text


def test_what_cannot_be_read_is_one_fault(tmp_path: Path) -> None:
    """A missing file, a folder, an empty file and another kind of file are unreadable."""
    for path in (tmp_path / "missing", tmp_path):
        report = verify_file(path, "00" * 32)
        assert [fault.code for fault in report.faults] == ["unreadable"]
    for raw in (b"", b"%PDF-1.7", b"\xff\xfe{", b" {}", b"{}", b'{"checkpoint":""}', b'{"checkpoint":"'):
        assert codes(verified(raw, "00" * 32, tmp_path)) == {("unreadable", None)}


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(head=st.sampled_from([b"", b"{", b"PK", b"PK\3\4", b'{"checkpoint":"']), rest=st.binary(max_size=400))
@example(head=b"{", rest=b"[" * 100_000)
@example(head=b'{"checkpoint":"', rest=b"\\" * 99_999)
@example(head=b"PK", rest=b"PK\5\6" + bytes(18))
def test_random_bytes_end_in_a_report_with_faults(tmp_path: Path, head: bytes, rest: bytes) -> None:
    """Whatever the bytes, the verifier ends and finds something wrong."""
    report = verified(head + rest, "00" * 32, tmp_path)
    assert report.faults
    assert all(isinstance(fault, Fault) for fault in report.faults)


def test_the_report_of_an_export_names_what_a_certifier_reads(honest: MemoryWorld, tmp_path: Path) -> None:
    """The lots table has the figures of the ledger."""
    rows = csv.DictReader(io.StringIO(members_of(export_of(honest, tmp_path))["tables/lots.csv"].decode("utf-8")))
    lot = next(row for row in rows if row["lot"] == "MUN-L-1")
    assert (lot["holder"], lot["net_kg"], lot["run"], lot["status"]) == ("GLENCORE", "580", "MUN-R-2", "open")
