"""Files that name another format or other rules than they have: every part of the name is checked."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.admission.state import Facts
from ledger.files.report import Findings
from ledger.verify.rules_number import check_rules
from schemas import versions
from schemas.ids import PartyId, StatementId
from schemas.versions import RulesHistory
from tests.verify.plant import codes, members_of, packed, verified
from tests.versions.version_2 import VERSION_2
from tests.world.memory import MemoryWorld

Spoil = Callable[[bytes], bytes]


def _with_manifest(export: bytes, spoil: Spoil) -> bytes:
    """Return an export whose manifest was changed and packed with a fitting CRC-32."""
    members = members_of(export)
    members["manifest.json"] = spoil(members["manifest.json"])
    return packed(members, digests=False)


def _replacing(old: bytes, new: bytes) -> Spoil:
    def spoil(raw: bytes) -> bytes:
        assert old in raw
        return raw.replace(old, new, 1)

    return spoil


def _other_order(raw: bytes) -> bytes:
    members = json.loads(raw)
    return json.dumps({name: members[name] for name in ("rules", "format", "members")}, separators=(",", ":")).encode()


FORMAT = b'"format":"battery-ledger-export/1",'
RULES = b'"rules":1,'


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b"export/1", b"export/2", "newer-version"),
        (b"export/1", b"export/99999999", "newer-version"),
        (b"export/1", b"export/0", "manifest-mismatch"),
        (b"export/1", b"export/-1", "manifest-mismatch"),
        (b"export/1", b"export/01", "manifest-mismatch"),
        (b"export/1", b"export/1.0", "manifest-mismatch"),
        (b"battery-ledger-export/1", b"battery-ledger-bundle/1", "manifest-mismatch"),
        (b"battery-ledger-export/1", b"other-ledger-export/1", "manifest-mismatch"),
        (FORMAT, b"", "manifest-mismatch"),
        (FORMAT, FORMAT + FORMAT, "manifest-mismatch"),
        (FORMAT, b'"format":1,', "manifest-mismatch"),
        (RULES, b"", "manifest-mismatch"),
        (RULES, RULES + RULES, "manifest-mismatch"),
        (RULES, b'"rules":"1",', "manifest-mismatch"),
        (RULES, b'"rules":true,', "manifest-mismatch"),
        (RULES, b'"rules":null,', "manifest-mismatch"),
        (RULES, b'"rules":1.0,', "manifest-mismatch"),
        (RULES, b'"rules":-1,', "manifest-mismatch"),
        (RULES, b'"rules":0,', "manifest-mismatch"),
        (RULES, b'"rules":2,', "newer-version"),
        (RULES, b'"rules":9007199254740991,', "newer-version"),
        (RULES, RULES + b'"more":1,', "manifest-mismatch"),
        (b'"members":{', b'"members":[],"m":{', "manifest-mismatch"),
        (b'"members":{', b'"members":{"x":"",', "manifest-mismatch"),
        (b'"members":{', b'"members":{"x":7,', "manifest-mismatch"),
    ],
)
def test_a_manifest_names_this_format_and_these_rules(
    export: bytes, honest: MemoryWorld, tmp_path: Path, old: bytes, new: bytes, code: str
) -> None:
    """Another number, name, type or order, a member twice, missing or too many is one fault."""
    raw = _with_manifest(export, _replacing(old, new))
    assert codes(verified(raw, honest.genesis, tmp_path)) == {(code, None)}


def test_a_manifest_in_another_order_or_without_content_is_a_fault(
    export: bytes, honest: MemoryWorld, tmp_path: Path
) -> None:
    """The format stands first; an empty text names none."""
    for spoil in (_other_order, lambda _: b""):
        raw = _with_manifest(export, spoil)
        assert codes(verified(raw, honest.genesis, tmp_path)) == {("manifest-mismatch", None)}


@pytest.mark.parametrize("kind", ["bundle", "export"])
def test_a_newer_file_is_not_judged_and_says_what_would_help(
    bundle: bytes, export: bytes, honest: MemoryWorld, tmp_path: Path, kind: str
) -> None:
    """Nothing is said to be checked, and nothing else is reported about bytes that cannot be understood."""
    for old, new in ((f"{kind}/1".encode(), f"{kind}/2".encode()), (b'"rules":1', b'"rules":2')):
        spoil = _replacing(old, new)
        report = verified(
            spoil(bundle) if kind == "bundle" else _with_manifest(export, spoil), honest.genesis, tmp_path
        )
        assert (report.kind, codes(report), report.checked) == (kind, {("newer-version", None)}, ())
        assert "newer" in report.faults[0].message


@pytest.mark.parametrize("kind", ["bundle", "export"])
def test_rules_above_those_of_the_entries_are_named(
    bundle: bytes, export: bytes, honest: MemoryWorld, tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To software that knows version 2, a file of version 1 that names 2 is wrong."""
    monkeypatch.setitem(versions.KNOWN, 2, VERSION_2)
    spoil = _replacing(b'"rules":1', b'"rules":2')
    raw = spoil(bundle) if kind == "bundle" else _with_manifest(export, spoil)
    assert codes(verified(raw, honest.genesis, tmp_path)) == {("wrong-rules", None)}


@pytest.mark.parametrize(("stated", "fault"), [(1, True), (2, False), (3, True), (None, False)])
def test_rules_below_those_of_the_entries_are_named(stated: int | None, fault: bool) -> None:
    """A file names exactly the version that holds at its last entry."""
    found = Findings()
    check_rules(
        stated,
        Facts(
            StatementId("ab" * 32),
            "ledger.example.com/ace",
            ("", ""),
            RulesHistory(((0, 1), (5, 2))),
            (PartyId("AUTHORITY"),),
        ),
        found,
    )
    assert [one.code for one in found.faults] == ["wrong-rules"] * fault
    check_rules(stated, None, found)
    assert len(found.faults) == fault
