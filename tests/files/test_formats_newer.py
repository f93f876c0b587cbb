"""A made-up format 2 of each kind: who knows both reads both, who knows only 1 says so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ledger.audit import bundle_bytes, write_export
from ledger.files.bundle import Bundle
from ledger.files.bundle_1 import BUNDLE_1
from ledger.files.csv_text import Row
from ledger.files.export import Manifest, Table
from ledger.files.export_1 import EXPORT_1
from ledger.files.formats import FORMATS, Formats, Known
from ledger.files.receipt_1 import RECEIPT_1
from ledger.files.records import Records
from ledger.files.report import Findings
from ledger.materials.state.records import Lot
from ledger.verify import verify_file
from schemas.ids import LotId
from schemas.rules.version import Rules
from tests.verify.plant import bundle_of, codes, export_of, members_of
from tests.world.memory import MemoryWorld


def _lot_2(lot: Lot, rules: Rules, size: int) -> dict[str, Any]:
    return {**BUNDLE_1.spell_lot(lot, rules, size), "park": lot.park}


def _write_2(bundle: Bundle) -> bytes:
    return BUNDLE_1.write(bundle).replace(b"bundle/1", b"bundle/2", 1)


def _read_2(raw: bytes, found: Findings) -> Bundle | None:
    return BUNDLE_1.read(raw.replace(b"bundle/2", b"bundle/1", 1), found)


def _parks(records: Records) -> Iterator[Row]:
    yield "lot", "park"
    for lot in records.lots.all():
        yield lot.id, lot.park


def _write_manifest_2(manifest: Manifest) -> bytes:
    return EXPORT_1.write_manifest(manifest).replace(b"export/1", b"export/2", 1)


def _read_manifest_2(raw: bytes) -> Manifest:
    return EXPORT_1.read_manifest(raw.replace(b"export/2", b"export/1", 1))


BUNDLE_2 = replace(BUNDLE_1, number=2, read=_read_2, write=_write_2, spell_lot=_lot_2)
EXPORT_2 = replace(
    EXPORT_1,
    number=2,
    tables={**EXPORT_1.tables, "parks": Table(_parks, plain=True)},
    write_manifest=_write_manifest_2,
    read_manifest=_read_manifest_2,
)


@pytest.fixture
def both() -> Formats:
    """The formats of a later version of the software: one more of bundle and export."""
    return Formats(Known("bundle", BUNDLE_1, BUNDLE_2), Known("export", EXPORT_1, EXPORT_2), FORMATS.receipts)


@pytest.fixture
def files(ledger: MemoryWorld, tmp_path: Path) -> dict[str, Path]:
    """A bundle and an export of each format."""
    paths = {name: tmp_path / name for name in ("bundle 1", "bundle 2", "export 1", "export 2")}
    paths["bundle 1"].write_bytes(bundle_of(ledger))
    paths["bundle 2"].write_bytes(bundle_bytes(ledger.snapshot(), LotId("MUN-L-1"), form=BUNDLE_2))
    paths["export 1"].write_bytes(export_of(ledger, tmp_path))
    write_export(ledger.snapshot(), paths["export 2"], form=EXPORT_2)
    return paths


def test_a_reader_of_both_reads_files_of_both(ledger: MemoryWorld, files: dict[str, Path], both: Formats) -> None:
    """Each file is held against the format that it names, and not against the newest."""
    assert json.loads(files["bundle 2"].read_bytes())["lot"]["park"] == "MUN"
    assert members_of(files["export 2"].read_bytes())["tables/parks.csv"].startswith(b"lot,park\n")
    for path in files.values():
        assert verify_file(path, ledger.genesis, formats=both).faults == ()


def test_an_old_reader_says_that_it_cannot_judge(ledger: MemoryWorld, files: dict[str, Path]) -> None:
    """Software without format 2 gives one fault, and says what would help."""
    for name, path in files.items():
        report = verify_file(path, ledger.genesis)
        if name.endswith("1"):
            assert report.ok
        else:
            assert codes(report) == {("newer-version", None)}
            assert "a newer version of this software" in report.faults[0].message
            assert report.checked == ()


def test_what_belongs_to_one_format_is_a_fault_in_another(
    ledger: MemoryWorld, files: dict[str, Path], both: Formats
) -> None:
    """A member or a table more, under the old number, or one too few under the new, does not pass."""
    swapped = {
        "bundle 1": files["bundle 2"].read_bytes().replace(b"bundle/2", b"bundle/1", 1),
        "bundle 2": files["bundle 1"].read_bytes().replace(b"bundle/1", b"bundle/2", 1),
    }
    for name, raw in swapped.items():
        files[name].write_bytes(raw)
        assert codes(verify_file(files[name], ledger.genesis, formats=both)) == {("lot-mismatch", None)}


def test_a_table_of_another_format_is_a_fault(ledger: MemoryWorld, files: dict[str, Path], both: Formats) -> None:
    """An export that names the other number has a member too many, or misses one."""
    for name, old, new, code in (
        ("export 1", b"export/1", b"export/2", "missing-member"),
        ("export 2", b"export/2", b"export/1", "extra-member"),
    ):
        raw = files[name].read_bytes()
        files[name].write_bytes(raw.replace(old, new, 1))
        found = {fault.code for fault in verify_file(files[name], ledger.genesis, formats=both).faults}
        # The CRC-32 of the manifest was not mended, so that is noticed as well.
        assert found == {code, "bad-crc"}


def test_a_number_between_that_nobody_gave_is_not_taken(ledger: MemoryWorld, files: dict[str, Path]) -> None:
    """Where 1 and 3 are known, a file of 2 is no file of this software."""
    formats = Formats(
        Known("bundle", BUNDLE_1, replace(BUNDLE_1, number=3)), Known("export", EXPORT_1), Known("receipt", RECEIPT_1)
    )
    assert codes(verify_file(files["bundle 2"], ledger.genesis, formats=formats)) == {("unreadable", None)}
