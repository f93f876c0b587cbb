"""Bundles spelled otherwise than the writer spells them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.verify.plant import verified
from tests.world.memory import MemoryWorld


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b'{"format"', b'{ "format"', "not-canonical"),
        (b'"AUTHORITY"', b'"AUTHORITY"', None),
        (b"\\n17\\n", b"\\u000a17\\n", "not-canonical"),
        (b'"disclosures"', b'"extra":1,"disclosures"', "unreadable"),
        (b'"format"', b'"format":"","format"', "unreadable"),
        (b"bundle/1", b"bundle/2", "newer-version"),
        (b"bundle/1", b"bundle/99999999", "newer-version"),
        (b"bundle/1", b"bundle/0", "unreadable"),
        (b"bundle/1", b"bundle/01", "unreadable"),
        (b"bundle/1", b"export/1", "unreadable"),
        (b'"format":"battery-ledger-bundle/1",', b"", "unreadable"),
        (b'"rules":1,', b"", "unreadable"),
        (b'"rules":1', b'"rules":"1"', "unreadable"),
        (b'"rules":1', b'"rules":1,"rules":1', "unreadable"),
        (b'"rules":1', b'"rules":true', "unreadable"),
        (b'"rules":1', b'"rules":0', "unreadable"),
        (b'"rules":1', b'"rules":2', "newer-version"),
        (b'"rules":1', b'"rules":1 ', "not-canonical"),
        (b'"checkpoint":"', b'"checkpoint":7,"c":"', "unreadable"),
        (b'"checkpoint":"', b'"checkpoint":"\\q', "unreadable"),
        (b'"index":4,', b'"index":true,', "malformed"),
        (b'"index":4,', b'"index":4.0,', "unreadable"),
        (b'"path":["', b'"path":["AA==","', "malformed"),
        (b'"path":["', b'"path":[7,"', "malformed"),
        (b'"lot":{', b'"lot":7,"x":{', "unreadable"),
    ],
)
def test_nothing_but_the_writers_text_is_taken(
    bundle: bytes, honest: MemoryWorld, tmp_path: Path, old: bytes, new: bytes, code: str | None
) -> None:
    """Another spelling, member or type of the same content is a fault."""
    raw = bundle.replace(old, new, 1)
    found = {fault.code for fault in verified(raw, honest.genesis, tmp_path).faults}
    assert code in found if code else not found


@pytest.mark.parametrize("indent", [None, 2, "\t"])
def test_a_bundle_that_was_saved_pretty_printed_is_named_as_that(
    bundle: bytes, honest: MemoryWorld, tmp_path: Path, indent: int | str | None
) -> None:
    """All of it is checked, and the one fault says what an editor or a browser did to the file."""
    raw = json.dumps(json.loads(bundle), ensure_ascii=False, indent=indent).encode()
    (fault,) = verified(raw, honest.genesis, tmp_path).faults
    assert (fault.code, "pretty-printed" in fault.message) == ("not-canonical", True)


def test_a_line_break_behind_a_bundle_is_named_as_that(bundle: bytes, honest: MemoryWorld, tmp_path: Path) -> None:
    """An editor ends a file with one."""
    (fault,) = verified(bundle + b"\n", honest.genesis, tmp_path).faults
    assert (fault.code, "behind its end" in fault.message) == ("not-canonical", True)


def test_a_pretty_printed_bundle_hides_no_other_fault(bundle: bytes, honest: MemoryWorld, tmp_path: Path) -> None:
    """A figure that was changed in it is still found."""
    members = json.loads(bundle)
    members["lot"]["net_kg"] = "1"
    raw = json.dumps(members, ensure_ascii=False, indent=2).encode()
    assert [fault.code for fault in verified(raw, honest.genesis, tmp_path).faults] == ["lot-mismatch"]
