"""What stands in a file of a format stands there for ever: members, tables, columns and their order."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from ledger.files.formats import FORMATS
from tests.verify.plant import bundle_of, export_of, members_of
from tests.world.memory import MemoryWorld

FROZEN = Path(__file__).parent.parent / "data" / "formats"


def test_a_bundle_of_format_1_has_the_members_of_its_day(ledger: MemoryWorld) -> None:
    """Its own, those of its lot and those of an entry, in their order."""
    frozen = json.loads((FROZEN / "bundle_1.json").read_bytes())
    bundle = json.loads(bundle_of(ledger))
    assert list(bundle) == frozen["bundle"]
    assert list(bundle["lot"]) == frozen["lot"]
    assert {tuple(entry) for entry in bundle["entries"]} == {tuple(frozen["entry"])}
    assert bundle["format"] == "battery-ledger-bundle/1"


def test_an_export_of_format_1_has_the_tables_and_columns_of_its_day(ledger: MemoryWorld, tmp_path: Path) -> None:
    """Every table and register, and the columns of each in their order."""
    frozen = json.loads((FROZEN / "export_1.json").read_bytes())
    members = members_of(export_of(ledger, tmp_path))
    tables = {name: content for name, content in members.items() if name.startswith("tables/")}
    assert {name: next(csv.reader(io.StringIO(raw.decode("utf-8")))) for name, raw in tables.items()} == frozen[
        "tables"
    ]
    assert list(json.loads(members["manifest.json"])) == frozen["manifest"]


def test_a_number_is_given_once() -> None:
    """The newest format of each kind is number 1 until there is another."""
    newest = FORMATS.bundles.newest, FORMATS.exports.newest, FORMATS.receipts.newest
    assert [form.number for form in newest] == [1, 1, 1]
