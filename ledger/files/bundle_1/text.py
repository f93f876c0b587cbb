"""The text of a lot bundle, read and written (contract, section 3.5).

Invariants: ``format_bundle(parse_bundle(raw)) == raw`` for every bundle without fault;
exactly the members of the contract, in its order; ``disclosures`` are objects
``{"index","disclosure"}``, ascending, each once.

The checkpoint is the one text with line breaks, which strict JSON has none of: it is
taken out and decoded by itself, and the rest is strict JSON.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final, NamedTuple

from ledger.files.report import Findings
from ledger.log.merkle import HASH_BYTES
from schemas.encoding import decode_base64, encode_base64
from schemas.errors import MalformedError
from schemas.strict_json import dump_json, parse_json

FORMAT: Final = "battery-ledger-bundle/1"
MAX_BUNDLE_BYTES: Final = 1 << 29
_MAX_TEXT: Final = 2_000_000
_NOTE: Final = re.compile(rb'"checkpoint":("[^"\\]*(?:\\.[^"\\]*)*")')
_MEMBERS: Final = ("format", "lot", "checkpoint", "entries", "disclosures")
_ENTRY_MEMBERS: Final = ("index", "entry", "event", "path")
_DISCLOSURE_MEMBERS: Final = ("index", "disclosure")


class BundleEntry(NamedTuple):
    """An entry with its event and its inclusion path, hashes of 32 bytes."""

    index: int  # type: ignore[assignment]
    entry: bytes
    event: bytes
    path: tuple[bytes, ...]


class Disclosed(NamedTuple):
    """A sealed fact that the bundle shows, and the entry in whose event it is sealed."""

    index: int  # type: ignore[assignment]
    text: str


class Bundle(NamedTuple):
    """What a lot bundle holds; ``lot`` is the answer of ``lot --json``."""

    lot: dict[str, Any]
    checkpoint: bytes
    entries: tuple[BundleEntry, ...]
    disclosures: tuple[Disclosed, ...] = ()


def format_bundle(bundle: Bundle) -> bytes:
    """Return the bytes of a bundle.

    Raises:
        MalformedError: if the checkpoint is no UTF-8.
    """
    try:
        note = bundle.checkpoint.decode("utf-8")
    except UnicodeDecodeError as error:
        raise MalformedError("expected a checkpoint in UTF-8, got other bytes", "checkpoint") from error
    return dump_json(
        {
            "format": FORMAT,
            "lot": bundle.lot,
            "checkpoint": note,
            "entries": [
                {
                    "index": entry.index,
                    "entry": encode_base64(entry.entry),
                    "event": encode_base64(entry.event),
                    "path": [encode_base64(node) for node in entry.path],
                }
                for entry in bundle.entries
            ],
            "disclosures": [{"index": shown.index, "disclosure": shown.text} for shown in bundle.disclosures],
        }
    )


def parse_bundle(raw: bytes, found: Findings) -> Bundle | None:
    """Return the bundle of a file, or ``None`` where it is no bundle at all.

    Members that cannot be read are faults and are left out of the result.
    """
    try:
        note, rest = _take_note(raw)
        # Printable ASCII needs no look at its single characters as long as it is shorter
        # than twice the largest array; the entries are counted against the tree instead.
        members = parse_json(rest, max_bytes=MAX_BUNDLE_BYTES, max_text=_MAX_TEXT, max_array=MAX_BUNDLE_BYTES)
        _check_members(members, _MEMBERS, "bundle")
        if members["format"] != FORMAT:
            raise MalformedError(f"expected {FORMAT}, got {str(members['format'])[:40]!r}", "format")
        if members["checkpoint"] != "":
            raise MalformedError("expected the checkpoint as a member of the bundle, got another text", "checkpoint")
        listed, shown = _array(members["entries"], "entries"), _array(members["disclosures"], "disclosures")
    except MalformedError as error:
        found.add_error(error, code="unreadable")
        return None
    lot = members["lot"] if isinstance(members["lot"], dict) else {}
    entries = [entry for at, value in enumerate(listed) if (entry := _read_entry(value, at, found))]
    disclosures = [one for at, value in enumerate(shown) if (one := _read_disclosure(value, at, found))]
    return Bundle(lot, note, tuple(entries), tuple(disclosures))


def _take_note(raw: bytes) -> tuple[bytes, bytes]:
    """Return the checkpoint and the bundle with an empty text in its place."""
    if len(raw) > MAX_BUNDLE_BYTES:
        raise MalformedError(f"expected at most {MAX_BUNDLE_BYTES:,} bytes, got {len(raw):,}")
    match = _NOTE.search(raw)
    if match is None:
        raise MalformedError('expected a member "checkpoint", got none')
    try:
        note = str(json.loads(match.group(1).decode("utf-8"))).encode("utf-8")
    except ValueError as error:
        raise MalformedError("expected a text, got another value", "checkpoint") from error
    return note, raw[: match.start(1)] + b'""' + raw[match.end(1) :]


def _read_entry(value: object, at: int, found: Findings) -> BundleEntry | None:
    where = f"entries[{at}]"
    index = None
    try:
        members = _check_members(value, _ENTRY_MEMBERS, where)
        index = _number(members["index"], f"{where}.index")
        path = tuple(_bytes(node, f"{where}.path") for node in _array(members["path"], f"{where}.path"))
        if any(len(node) != HASH_BYTES for node in path):
            raise MalformedError(f"expected hashes of {HASH_BYTES} bytes, got others", f"{where}.path")
        return BundleEntry(
            index, _bytes(members["entry"], f"{where}.entry"), _bytes(members["event"], f"{where}.event"), path
        )
    except MalformedError as error:
        found.add_error(error, index)
        return None


def _read_disclosure(value: object, at: int, found: Findings) -> Disclosed | None:
    where = f"disclosures[{at}]"
    try:
        members = _check_members(value, _DISCLOSURE_MEMBERS, where)
        text = members["disclosure"]
        if not isinstance(text, str):
            raise MalformedError(f"expected a text, got {type(text).__name__}", f"{where}.disclosure")
        return Disclosed(_number(members["index"], f"{where}.index"), text)
    except MalformedError as error:
        found.add_error(error)
        return None


def _check_members(value: object, names: tuple[str, ...], where: str) -> dict[str, object]:
    if not isinstance(value, dict) or tuple(value) != names:
        got = ", ".join(value)[:80] if isinstance(value, dict) else type(value).__name__
        raise MalformedError(f"expected an object of exactly {', '.join(names)}, got {got}", where)
    return value


def _array(value: object, where: str) -> list[object]:
    if not isinstance(value, list):
        raise MalformedError(f"expected an array, got {type(value).__name__}", where)
    return value


def _number(value: object, where: str) -> int:
    # A bool is an int to Python; JSON's true is no number.
    if type(value) is not int:
        raise MalformedError(f"expected a number, got {type(value).__name__}", where)
    return value


def _bytes(value: object, where: str) -> bytes:
    if not isinstance(value, str):
        raise MalformedError(f"expected base64, got {type(value).__name__}", where)
    return decode_base64(value, where)
