"""Files of the vault that somebody spoilt, and the faults that must be found in each.

A spoilt file is kept as what was put in place of what in a whole one: it stays small, and
a reader sees at once what is wrong with it.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

from ledger.files.stream import HASH_TILE_BYTES
from ledger.log.sealed import make_disclosure
from schemas.strict_json import dump_json
from tests.verify.plant import members_of, packed

Change = Callable[[dict[str, Any]], object]


class Spoilt(NamedTuple):
    """A spoilt file: its name, the whole file that it was, and its bytes."""

    name: str
    of: str
    content: bytes


def splices(whole: bytes, spoilt: bytes) -> list[dict[str, Any]]:
    """Return what to put at which place of ``whole``, ascending: ``{"at", "length", "bytes"}``."""
    # Short pieces, so that a digest or an offset that differs is no long change.
    old, new = _pieces(whole), _pieces(spoilt)
    found: list[dict[str, Any]] = []
    places = [0, *accumulate(map(len, old))]
    for kind, start, stop, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            content = base64.b64encode(b"".join(new[first:last])).decode("ascii")
            found.append({"at": places[start], "length": places[stop] - places[start], "bytes": content})
    return found


def _pieces(raw: bytes) -> list[bytes]:
    """Return bytes cut behind each line break, comma and start of a header."""
    return re.findall(rb"PK|[^\n,P]{1,200}[\n,]?|[\n,P]", raw, re.DOTALL)


def spliced(whole: bytes, changes: list[dict[str, Any]]) -> bytes:
    """Return the spoilt file."""
    for change in reversed(changes):
        at, length = change["at"], change["length"]
        whole = whole[:at] + base64.b64decode(change["bytes"]) + whole[at + length :]
    return whole


def spoilt_files(vault: Path) -> Iterator[Spoilt]:
    """Yield every spoilt file."""
    yield from _bundles(vault)
    yield from _exports(vault)


def _bundles(vault: Path) -> Iterator[Spoilt]:
    name = "bundles/MUN-L-1.json"
    whole = (vault / name).read_bytes()
    for title, change in _CHANGES.items():
        members = json.loads(whole)
        change(members)
        yield Spoilt(f"bundle: {title}", name, dump_json(members))
    for title, old, new in _TEXTS:
        assert old in whole, title
        yield Spoilt(f"bundle: {title}", name, whole.replace(old, new, 1))
    yield Spoilt("bundle: cut short", name, whole[:-1])
    yield Spoilt("bundle: a byte more", name, whole + b"\n")


_TEXTS = [
    ("a format to come", b"bundle/1", b"bundle/2"),
    ("no format of ours", b"battery-ledger-bundle", b"another-ledger-bundle"),
    ("rules to come", b'"rules":1', b'"rules":2'),
    ("rules as a text", b'"rules":1', b'"rules":"1"'),
    ("rules twice", b'"rules":1', b'"rules":1,"rules":1'),
    ("a space more", b'"lot":{', b'"lot": {'),
    ("an escape", b'"held":false,"net_kg":"', b'"held":false,"net_kg":"\\u0035'),
    ("an index as true", b'"index":4,', b'"index":true,'),
]


def _entry(members: dict[str, Any], index: int) -> dict[str, Any]:
    found: dict[str, Any] = next(entry for entry in members["entries"] if entry["index"] == index)
    return found


def _without(index: int) -> Change:
    return lambda members: members["entries"].remove(_entry(members, index))


def _twice(members: dict[str, Any]) -> None:
    members["entries"].insert(1, members["entries"][1])


def _swapped(members: dict[str, Any]) -> None:
    entries = members["entries"]
    entries[2], entries[3] = entries[3], entries[2]


def _another_event(members: dict[str, Any]) -> None:
    entry = _entry(members, 14)
    event = base64.b64decode(entry["event"]).replace(b'"580"', b'"581"')
    entry["event"] = base64.b64encode(event).decode("ascii")


def _flipped_signature(members: dict[str, Any]) -> None:
    entry = _entry(members, 14)
    statement = json.loads(base64.b64decode(entry["entry"]))
    signature = bytearray(base64.b64decode(statement["signatures"][0]["sig"]))
    signature[9] ^= 1
    statement["signatures"][0]["sig"] = base64.b64encode(signature).decode("ascii")
    entry["entry"] = base64.b64encode(dump_json(statement)).decode("ascii")


def _one_signature(members: dict[str, Any]) -> None:
    entry = _entry(members, 14)
    statement = json.loads(base64.b64decode(entry["entry"]))
    statement["signatures"].pop()
    entry["entry"] = base64.b64encode(dump_json(statement)).decode("ascii")


def _shorter_path(members: dict[str, Any]) -> None:
    _entry(members, 14)["path"].pop()


def _without_second_line(members: dict[str, Any]) -> None:
    members["checkpoint"] = "\n".join(members["checkpoint"].split("\n")[:-2]) + "\n"


def _third_line(members: dict[str, Any]) -> None:
    members["checkpoint"] += "\u2014 witness.example AAAAAAAA\n"


def _another_fact(members: dict[str, Any]) -> None:
    fact = make_disclosure("supplier", "Somebody else", b"vault salt no. 3").text
    members["disclosures"][0]["disclosure"] = fact


_CHANGES: dict[str, Change] = {
    "without the intake of an ancestor": _without(10),
    "without the run that made the lot": _without(14),
    "without a registration": _without(1),
    "without the dispatch": _without(17),
    "an entry twice": _twice,
    "entries out of order": _swapped,
    "another event beside a statement": _another_event,
    "a bit of a signature": _flipped_signature,
    "one of two signatures": _one_signature,
    "a path cut short": _shorter_path,
    "a checkpoint with one line": _without_second_line,
    "a checkpoint with a third line": _third_line,
    "another fact": _another_fact,
    "another holder": lambda members: members["lot"].update(holder="TEX"),
    "another mass": lambda members: members["lot"].update(net_kg="581"),
    "a member more of the lot": lambda members: members["lot"].update(grade="LME"),
    "another size": lambda members: members["lot"].update(tree_size=members["lot"]["tree_size"] + 1),
}


def _exports(vault: Path) -> Iterator[Spoilt]:
    name = "export.zip"
    whole = (vault / name).read_bytes()
    members = members_of(whole)
    for title, changed in _members(members):
        yield Spoilt(f"export: {title}", name, packed(changed))
    for title, old, new in (
        ("a format to come", b"export/1", b"export/2"),
        ("rules to come", b'"rules":1', b'"rules":2'),
        ("manifest as an array", b'{"format"', b'["format"'),
    ):
        manifest = members["manifest.json"].replace(old, new, 1)
        yield Spoilt(f"export: {title}", name, packed({**members, "manifest.json": manifest}, digests=False))
    yield Spoilt("export: cut short", name, whole[:-1])
    yield Spoilt("export: a byte more", name, whole + b"\0")
    yield Spoilt("export: a bit of a member", name, whole.replace(b"smelting", b"smelTing", 1))


def _members(members: dict[str, bytes]) -> Iterator[tuple[str, dict[str, bytes]]]:
    events = members["events.jsonl"].splitlines(keepends=True)
    yield "without an event", {**members, "events.jsonl": b"".join(events[:9] + events[10:])}
    yield "an event twice", {**members, "events.jsonl": b"".join(events[:9] + events[8:])}
    lots = members["tables/lots.csv"]
    yield "another figure in a table", {**members, "tables/lots.csv": lots.replace(b",580,", b",581,", 1)}
    yield "a line less in a register", {**members, "tables/said_intakes.csv": lots[:0]}
    yield "without a table", {name: raw for name, raw in members.items() if name != "tables/runs.csv"}
    yield "a member more", {**members, "tables/notes.csv": b"note\n"}
    tile = next(name for name in members if name.startswith("tile/0/"))
    content = bytearray(members[tile])
    assert len(content) < HASH_TILE_BYTES
    content[32 * 11] ^= 1
    yield "a bit of a tile", {**members, tile: bytes(content)}
    kept = sorted(name for name in members if name.startswith("checkpoints/"))
    yield "a checkpoint under another name", {**members, kept[0]: members[kept[1]]}
