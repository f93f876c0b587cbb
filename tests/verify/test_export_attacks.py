"""Exports whose contents somebody changed, and ledgers whose operator cheated."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ledger.files.layout import format_event_line
from ledger.log.envelopes import Envelope, format_entry, parse_entry
from ledger.log.tiles import format_entry_bundle, parse_entry_bundle
from tests.verify.plant import codes, export_of, members_of, repacked, verified
from tests.world.events import intake, lead_run
from tests.world.memory import START_S, MemoryWorld, resigned

Members = dict[str, bytes]
BUNDLE = "tile/entries/000.p/17"


def _entries(members: Members) -> list[bytes]:
    return list(parse_entry_bundle(members[BUNDLE], 17))


def _lines(members: Members) -> list[bytes]:
    return members["events.jsonl"].splitlines(keepends=True)


def _faults(raw: bytes, ledger: MemoryWorld, folder: Path) -> set[tuple[str, int | None]]:
    report = verified(raw, ledger.genesis, folder)
    assert report.kind == "export"
    return codes(report)


def test_an_entry_signed_by_another_key_is_named(ledger: MemoryWorld, tmp_path: Path) -> None:
    """Signing an entry anew breaks its signature, its tile and the root."""

    def change(members: Members) -> None:
        entries = _entries(members)
        entries[6] = _rewritten(entries[6], lambda envelope: resigned(envelope, ledger.signers["GLENCORE"][0]))
        members[BUNDLE] = format_entry_bundle(entries)

    faults = _faults(repacked(export_of(ledger, tmp_path), change), ledger, tmp_path)
    assert {("bad-signature", 6), ("wrong-tile", 6), ("wrong-root", None)} <= faults
    assert {entry for code, entry in faults if code == "wrong-tile"} == {6}


def _rewritten(entry: bytes, change: Callable[[Envelope], Envelope]) -> bytes:
    return format_entry(change(parse_entry(entry)))


def test_stripping_the_ml_dsa_line_of_an_entry_is_detected(ledger: MemoryWorld, tmp_path: Path) -> None:
    """A party that requires two algorithms is not satisfied by one."""

    def change(members: Members) -> None:
        entries = _entries(members)
        ed25519 = ledger.signers["MUN"][0].public_key.keyid
        entries[7] = _rewritten(
            entries[7],
            lambda envelope: Envelope(
                envelope.payload, tuple(one for one in envelope.signatures if one.keyid == ed25519)
            ),
        )
        members[BUNDLE] = format_entry_bundle(entries)

    faults = _faults(repacked(export_of(ledger, tmp_path), change), ledger, tmp_path)
    assert {("bad-signature", 7), ("wrong-tile", 7), ("wrong-root", None)} <= faults


@pytest.mark.parametrize(
    "spoil", [lambda raw: raw[:-1], lambda raw: raw + b"\0", lambda raw: b""], ids=["cut", "longer", "empty"]
)
def test_a_truncated_entry_bundle_is_detected(
    export: bytes, honest: MemoryWorld, tmp_path: Path, spoil: Callable[[bytes], bytes]
) -> None:
    """An entry bundle has its entries and nothing more."""
    raw = repacked(export, lambda members: members.update({BUNDLE: spoil(members[BUNDLE])}))
    assert {("bad-entries", 0), ("no-genesis", 0)} <= _faults(raw, honest, tmp_path)


def test_dropping_an_event_names_its_entry(export: bytes, honest: MemoryWorld, tmp_path: Path) -> None:
    """A missing line is one fault; the lines behind it keep their place."""

    def change(members: Members) -> None:
        lines = _lines(members)
        members["events.jsonl"] = b"".join(lines[:13] + lines[14:])

    faults = _faults(repacked(export, change), honest, tmp_path)
    assert ("missing-event", 13) in faults
    assert {code for code, entry in faults if entry != 13} == {"chain-conflict", "wrong-table"} - {"chain-conflict"}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda lines: [*lines[:5], lines[4], *lines[5:]], {("extra-event", 4)}),
        (lambda lines: [*lines, format_event_line(17, b"{}")], {("extra-event", 17)}),
        (lambda lines: [*lines[:4], lines[5], lines[4], *lines[6:]], {("missing-event", 4), ("extra-event", 4)}),
        (lambda lines: [*lines[:4], b"x\n", *lines[5:]], {("bad-event-line", 4), ("missing-event", 4)}),
        (lambda lines: [*lines[:4], lines[4].replace(b'"}', b'="}'), *lines[5:]], {("bad-event-line", 4)}),
        (lambda lines: [*lines, b"x"], {("bad-event-line", None)}),
        (lambda lines: [*lines[:4], format_event_line(4, b"{}"), *lines[5:]], {("event-mismatch", 4)}),
        (lambda lines: lines[:10], {("missing-event", 10), ("missing-event", 16)}),
    ],
    ids=["repeated", "one more", "swapped", "no line", "not base64", "unfinished", "another event", "cut off"],
)
def test_spoilt_lines_of_events_are_named(
    export: bytes, honest: MemoryWorld, tmp_path: Path, change: Any, expected: set[tuple[str, int | None]]
) -> None:
    """Each line has its index, in order, and the event that was signed."""
    raw = repacked(export, lambda members: members.update({"events.jsonl": b"".join(change(_lines(members)))}))
    assert expected <= _faults(raw, honest, tmp_path)


def test_an_edited_tile_names_the_first_entry_that_differs(export: bytes, honest: MemoryWorld, tmp_path: Path) -> None:
    """Hash tiles are recomputed from the entries."""

    def change(members: Members) -> None:
        tile = bytearray(members["tile/0/000.p/17"])
        tile[32 * 11 + 3] ^= 1
        members["tile/0/000.p/17"] = bytes(tile)

    assert _faults(repacked(export, change), honest, tmp_path) == {("wrong-tile", 11)}
    longer = repacked(export, lambda members: members.update({"tile/0/000.p/17": members["tile/0/000.p/17"] + b"\0"}))
    assert _faults(longer, honest, tmp_path) == {("wrong-tile", 17)}
    huge = repacked(export, lambda members: members.update({"tile/0/000.p/17": bytes(9000)}))
    assert _faults(huge, honest, tmp_path) == {("wrong-tile", 0)}


@pytest.mark.parametrize(
    ("table", "old", "new", "line"),
    [
        ("lots", b"580", b"581", 5),
        ("runs", b"smelting", b"refining", 2),
        ("shipments", b"GLENCORE", b"SOMEBODY", 2),
        ("parties", b"'=MUN", b"=MUN", 4),
        ("findings", b"high", b"low", 11),
        ("keys", b",15,", b",,", 6),
    ],
)
def test_an_edited_table_is_detected(
    export: bytes, honest: MemoryWorld, tmp_path: Path, table: str, old: bytes, new: bytes, line: int
) -> None:
    """Each table is recomputed from the entries and named with its first wrong line."""
    name = f"tables/{table}.csv"
    report = verified(
        repacked(export, lambda members: members.update({name: members[name].replace(old, new, 1)})),
        honest.genesis,
        tmp_path,
    )
    assert [fault.code for fault in report.faults] == ["wrong-table"]
    assert report.faults[0].message == f"expected {name} as the entries give it, line {line} differs"


def test_a_table_cut_short_or_endless_is_detected(export: bytes, honest: MemoryWorld, tmp_path: Path) -> None:
    """A table has all its lines and each of a length that a table can have."""
    for content in (b"", b"lot", b"x" * (1 << 25)):
        raw = repacked(export, lambda members, content=content: members.update({"tables/lots.csv": content}))  # type: ignore[misc]
        assert _faults(raw, honest, tmp_path) == {("wrong-table", None)}


def test_another_genesis_is_refused(export: bytes, tmp_path: Path) -> None:
    """Only the ledger that the user pinned counts."""
    assert codes(verified(export, "00" * 32, tmp_path)) == {("wrong-genesis", 0)}


def test_two_ledgers_cannot_be_spliced(export: bytes, honest: MemoryWorld, ledger: MemoryWorld, tmp_path: Path) -> None:
    """Entries, checkpoints and kept checkpoints of another ledger are no part of this one."""
    other = members_of(export_of(ledger, tmp_path))
    for name, code in (
        ("checkpoint", "bad-checkpoint"),
        ("checkpoints/5", "bad-checkpoint"),
        (BUNDLE, "no-genesis"),
    ):
        raw = repacked(export, lambda members, name=name: members.update({name: other[name]}))  # type: ignore[misc]
        assert code in {found for found, _ in _faults(raw, honest, tmp_path)}


@pytest.mark.parametrize(
    ("code", "attack"),
    [
        ("bad-signature", lambda ledger: ledger.force("MUN", intake("MUN-B-9"), signers=ledger.signers["TEX"])),
        ("bad-signature", lambda ledger: ledger.force("MUN", intake("MUN-B-9"), signers=ledger.signers["MUN"][1:])),
        ("revoked-key", lambda ledger: ledger.force("TEX", intake("TEX-B-9"))),
        ("chain-conflict", lambda ledger: ledger.force("MUN", intake("MUN-B-9"), link=(5, "ab" * 32))),
        ("chain-conflict", lambda ledger: ledger.force("MUN", intake("MUN-B-9"), link=(9, "ab" * 32))),
        ("lot-exists", lambda ledger: ledger.force("MUN", intake("MUN-B-1"))),
        ("not-entitled", lambda ledger: ledger.force("GLENCORE", intake("MUN-B-9"))),
        (
            "insufficient-mass",
            lambda ledger: ledger.force("MUN", lead_run("MUN-R-9", {"MUN-S-1": "101"}, {"MUN-L-9": ("1", "1")})),
        ),
        (
            "gain-exceeds-tolerance",
            lambda ledger: ledger.force("MUN", lead_run("MUN-R-9", {"MUN-S-1": "100"}, {"MUN-L-9": ("100", "99")})),
        ),
        ("repeated-statement", lambda ledger: ledger.append(parse_entry(ledger.entries[8]), ledger.events[8])),
    ],
    ids=[
        "another key",
        "stripped",
        "revoked",
        "taken over",
        "gap",
        "lot twice",
        "stranger",
        "more than left",
        "metal from nowhere",
        "replayed",
    ],
)
def test_an_operator_who_forges_an_entry_is_named(
    ledger: MemoryWorld, tmp_path: Path, code: str, attack: Callable[[MemoryWorld], int]
) -> None:
    """What the log signed but the rules refuse is a fault at its index and nowhere else."""
    index = attack(ledger)
    assert _faults(export_of(ledger, tmp_path), ledger, tmp_path) == {(code, index)}


def test_an_operator_who_drops_an_entry_breaks_its_chain(ledger: MemoryWorld, tmp_path: Path) -> None:
    """The next statement of the party says that the one before it is gone."""
    del ledger.entries[8], ledger.events[8]
    ledger.kept = ledger.kept[:2]
    faults = _faults(export_of(ledger, tmp_path), ledger, tmp_path)
    assert {entry for code, entry in faults if code == "chain-conflict"} == {8}
    assert ("unknown-lot", 9) in faults


def test_an_operator_who_swaps_two_entries_breaks_their_chain(ledger: MemoryWorld, tmp_path: Path) -> None:
    """Order within a chain is the party's, not the operator's."""
    for rows in (ledger.entries, ledger.events):
        rows[7], rows[8] = rows[8], rows[7]
    ledger.kept = ledger.kept[:2]
    faults = _faults(export_of(ledger, tmp_path), ledger, tmp_path)
    assert {entry for code, entry in faults if code == "chain-conflict"} == {7, 8}


def test_a_kept_checkpoint_of_another_history_is_detected(ledger: MemoryWorld, tmp_path: Path) -> None:
    """A log that signed two roots for one size is found out."""
    ledger.keep(root=bytes(32))
    assert _faults(export_of(ledger, tmp_path), ledger, tmp_path) == {("wrong-root", None)}
    ledger.kept.pop()
    ledger.keep(root=bytes(32))
    ledger.say("MUN", intake("MUN-B-9"))
    report = verified(export_of(ledger, tmp_path), ledger.genesis, tmp_path)
    assert [fault.code for fault in report.faults] == ["wrong-root"]
    assert "checkpoints/17" in report.faults[0].message


def test_time_does_not_go_back(ledger: MemoryWorld, tmp_path: Path) -> None:
    """A later checkpoint with an earlier time is detected."""
    ledger.keep(START_S + 1)
    assert _faults(export_of(ledger, tmp_path), ledger, tmp_path) == {("time-went-back", None)}


def test_a_time_beyond_the_calendar_is_a_fault(ledger: MemoryWorld, tmp_path: Path) -> None:
    """A checkpoint of the year 292277026596 does not break the verifier."""
    ledger.keep(START_S + 10_000)
    ledger.kept[-1] = (ledger.kept[-1][0], ledger.size, ledger.note(2**62))
    assert ("bad-checkpoint", None) in _faults(export_of(ledger, tmp_path), ledger, tmp_path)


def test_a_kept_checkpoint_under_another_name_is_detected(export: bytes, honest: MemoryWorld, tmp_path: Path) -> None:
    """The name of a kept checkpoint says its size."""
    raw = repacked(export, lambda members: members.update({"checkpoints/6": members["checkpoints/5"]}))
    assert _faults(raw, honest, tmp_path) == {("bad-checkpoint", None)}


def test_a_ledger_without_a_genesis_has_no_keys(export: bytes, honest: MemoryWorld, tmp_path: Path) -> None:
    """An export that begins with another event is judged no further than its hashes."""

    def change(members: Members) -> None:
        entries, lines = _entries(members), _lines(members)
        members[BUNDLE] = format_entry_bundle([*entries[1:], entries[0]])
        events = [format_event_line(at, honest.events[(at + 1) % 17]) for at in range(17)]
        assert len(lines) == len(events)
        members["events.jsonl"] = b"".join(events)

    faults = _faults(repacked(export, change), honest, tmp_path)
    assert {("no-genesis", 0), ("unknown-issuer", 0), ("wrong-root", None), ("wrong-tile", 0)} <= faults
    assert {code for code, entry in faults if entry not in (0, None)} == set()
