"""The text of ``battery-ledger-bundle/1``, read and written (contract, section 3.5).

Invariants: ``write_bundle(read_bundle(raw)) == raw`` for every bundle without fault;
exactly the members of the contract, in its order; ``disclosures`` are objects
``{"index","disclosure"}``, ascending, each once.

The checkpoint is the one text with line breaks, which strict JSON has none of: it is
taken out and decoded by itself, and the rest is strict JSON.
"""

from __future__ import annotations

import json
import re
from typing import Final

from ledger.files.bundle import MAX_BUNDLE_BYTES, Bundle, BundleEntry, Disclosed
from ledger.files.members import take_array, take_bytes, take_format, take_members, take_number, take_text
from ledger.files.report import Findings
from ledger.log.merkle import HASH_BYTES
from schemas.catalogue.faults import FaultCode
from schemas.encoding import encode_base64
from schemas.errors import MalformedError
from schemas.strict_json import dump_json, parse_json

FORMAT: Final = "battery-ledger-bundle/1"
_MAX_TEXT: Final = 2_000_000
_NOTE: Final = re.compile(rb'"checkpoint"\s*:\s*("[^"\\]*(?:\\.[^"\\]*)*")')
_MEMBERS: Final = ("format", "rules", "lot", "checkpoint", "entries", "disclosures")
_ENTRY_MEMBERS: Final = ("index", "entry", "event", "path")
_DISCLOSURE_MEMBERS: Final = ("index", "disclosure")


def write_bundle(bundle: Bundle) -> bytes:
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
            "rules": bundle.rules,
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


def read_bundle(raw: bytes, found: Findings) -> Bundle | None:
    """Return the bundle of a file, or ``None`` where it is no bundle at all.

    Members that cannot be read are faults and are left out of the result.
    """
    try:
        note, rest = _take_note(raw)
        # Printable ASCII needs no look at its single characters as long as it is shorter
        # than twice the largest array; the entries are counted against the tree instead.
        members = parse_json(rest, max_bytes=MAX_BUNDLE_BYTES, max_text=_MAX_TEXT, max_array=MAX_BUNDLE_BYTES)
        take_members(members, _MEMBERS, "bundle")
        take_format(members["format"], FORMAT)
        rules = take_number(members["rules"], "rules", 1)
        if members["checkpoint"] != "":
            raise MalformedError(
                "expected the checkpoint as a member of the bundle, found a different text", "checkpoint"
            )
        listed, shown = take_array(members["entries"], "entries"), take_array(members["disclosures"], "disclosures")
    except MalformedError as error:
        found.add_error(error, code=FaultCode.UNREADABLE)
        return None
    lot = members["lot"] if isinstance(members["lot"], dict) else {}
    entries = [entry for at, value in enumerate(listed) if (entry := _read_entry(value, at, found))]
    disclosures = [one for at, value in enumerate(shown) if (one := _read_disclosure(value, at, found))]
    return Bundle(rules, lot, note, tuple(entries), tuple(disclosures))


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
        raise MalformedError("expected a text, found a different value", "checkpoint") from error
    return note, raw[: match.start(1)] + b'""' + raw[match.end(1) :]


def _read_entry(value: object, at: int, found: Findings) -> BundleEntry | None:
    where = f"entries[{at}]"
    index = None
    try:
        members = take_members(value, _ENTRY_MEMBERS, where)
        index = take_number(members["index"], f"{where}.index")
        path = tuple(take_bytes(node, f"{where}.path") for node in take_array(members["path"], f"{where}.path"))
        if any(len(node) != HASH_BYTES for node in path):
            raise MalformedError(f"expected hashes of {HASH_BYTES} bytes, got others", f"{where}.path")
        return BundleEntry(
            index, take_bytes(members["entry"], f"{where}.entry"), take_bytes(members["event"], f"{where}.event"), path
        )
    except MalformedError as error:
        found.add_error(error, index)
        return None


def _read_disclosure(value: object, at: int, found: Findings) -> Disclosed | None:
    where = f"disclosures[{at}]"
    try:
        members = take_members(value, _DISCLOSURE_MEMBERS, where)
        text = take_text(members["disclosure"], f"{where}.disclosure")
        return Disclosed(take_number(members["index"], f"{where}.index"), text)
    except MalformedError as error:
        found.add_error(error)
        return None
