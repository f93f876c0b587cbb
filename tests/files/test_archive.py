"""Zip files made to deceive, to escape or to explode."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.files import archive, layout
from ledger.files.archive import Member
from ledger.log.checkpoint import Checkpoint
from ledger.verify import Report
from tests.verify.plant import codes, members_of, packed, repacked, verified
from tests.world.memory import MemoryWorld


def _codes(raw: bytes, ledger: MemoryWorld, folder: Path) -> set[str]:
    return {code for code, _ in codes(verified(raw, ledger.genesis, folder))}


def _rezipped(export: bytes, change: Callable[[zipfile.ZipFile, dict[str, bytes]], None]) -> bytes:
    """Pack the members with the common library, as a forger would."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as file:
        members = members_of(export)
        change(file, members)
        for name, content in members.items():
            file.writestr(name, content)
    return sink.getvalue()


def test_the_same_members_packed_otherwise_are_not_canonical(
    export: bytes, honest: MemoryWorld, tmp_path: Path
) -> None:
    """Another program's headers around the same contents are a fault, and the only one."""
    assert _codes(_rezipped(export, lambda file, members: None), honest, tmp_path) == {"not-canonical"}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("../escape", "unsafe-name"),
        ("tile/../../escape", "unsafe-name"),
        ("/etc/passwd", "unsafe-name"),
        ("C:\\escape", "unsafe-name"),
        ("tables/", "unsafe-name"),
        ("tables//x", "unsafe-name"),
        ("r\u00e9sum\u00e9", "unsafe-name"),
        ("zzz", "extra-member"),
        ("tile/0/001", "extra-member"),
        ("tile/0/000", "extra-member"),
        ("checkpoints/18", "extra-member"),
        ("checkpoints/05", "extra-member"),
        ("checkpoints/0", "extra-member"),
    ],
)
def test_a_member_that_does_not_belong_is_named(
    export: bytes, honest: MemoryWorld, tmp_path: Path, name: str, code: str
) -> None:
    """The list of members follows from the size; no name may leave the folder it is unpacked to."""
    report = verified(_rezipped(export, lambda file, members: file.writestr(name, b"x")), honest.genesis, tmp_path)
    assert code in {fault.code for fault in report.faults}
    if code == "extra-member":
        assert any(repr(name) in fault.message for fault in report.faults if fault.code == code)


@pytest.mark.parametrize(
    "name",
    ["checkpoints/1", "events.jsonl", "manifest.json", "tables/lots.csv", "tile/0/000.p/17", "tile/entries/000.p/17"],
)
def test_a_missing_member_is_named(export: bytes, honest: MemoryWorld, tmp_path: Path, name: str) -> None:
    """What the size demands must be there; a kept checkpoint is missed by the manifest only."""
    raw = repacked(export, lambda members: members.pop(name), digests=False)
    report = verified(raw, honest.genesis, tmp_path)
    code = "manifest-mismatch" if name.startswith("checkpoints/") else "missing-member"
    assert any(fault.code == code and name in fault.message for fault in report.faults)


def test_without_a_checkpoint_nothing_can_be_replayed(export: bytes, honest: MemoryWorld, tmp_path: Path) -> None:
    """The fault is named and the report says what was left undone."""
    report = verified(repacked(export, lambda members: members.pop("checkpoint")), honest.genesis, tmp_path)
    assert codes(report) == {("bad-checkpoint", None)}
    assert any("without a readable checkpoint" in line for line in report.not_checked)


@pytest.mark.parametrize("size", [0, 2**40, 2**62])
def test_a_made_up_size_does_not_keep_the_verifier_busy(
    export: bytes, honest: MemoryWorld, tmp_path: Path, size: int
) -> None:
    """A checkpoint over more entries than the file can hold is refused before they are listed."""
    root = bytes.fromhex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    note = honest.log.sign(Checkpoint(honest.origin, size, root), 1)
    raw = repacked(export, lambda members: members.update({"checkpoint": note}))
    assert _codes(raw, honest, tmp_path) == {"missing-member" if size else "bad-checkpoint"}


def test_a_compressed_member_is_refused(export: bytes, honest: MemoryWorld, tmp_path: Path) -> None:
    """Nothing is decompressed, so nothing can explode."""

    def change(file: zipfile.ZipFile, members: dict[str, bytes]) -> None:
        del members["tables/lots.csv"]
        file.writestr("tables/lots.csv", bytes(10_000_000), zipfile.ZIP_DEFLATED)

    assert {"compressed-member", "missing-member"} <= _codes(_rezipped(export, change), honest, tmp_path)


def test_a_member_twice_is_refused(export: bytes, honest: MemoryWorld, tmp_path: Path) -> None:
    """Two readers must not be able to see two contents under one name."""

    def change(file: zipfile.ZipFile, members: dict[str, bytes]) -> None:
        with warnings.catch_warnings(action="ignore"):
            file.writestr("tables/lots.csv", b"x")

    with warnings.catch_warnings(action="ignore"):
        raw = _rezipped(export, change)
    assert "repeated-member" in _codes(raw, honest, tmp_path)


def test_an_encrypted_member_is_refused(export: bytes, honest: MemoryWorld, tmp_path: Path) -> None:
    """A member that says it is encrypted is not read."""
    raw = bytearray(export)
    raw[raw.index(archive.CENTRAL_MAGIC) + 8] = 1
    assert {"encrypted-member", "not-canonical"} <= _codes(bytes(raw), honest, tmp_path)


def _central(export: bytes, name: str, **changes: int) -> bytes:
    """Rewrite fields of one line of the directory."""
    raw = bytearray(export)
    at = raw.rindex(name.encode()) - archive.CENTRAL.size
    fields = list(archive.CENTRAL.unpack_from(raw, at))
    for field, value in changes.items():
        fields[{"stored": 8, "size": 9, "offset": 16}[field]] = value
    archive.CENTRAL.pack_into(raw, at, *fields)
    return bytes(raw)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"size": 2**32 - 2, "stored": 2**32 - 2}, "bad-member"),
        ({"size": 5}, "bad-member"),
        ({"offset": 2**31}, "bad-member"),
        ({"offset": 1}, "bad-member"),
        ({"offset": 0}, "overlapping-members"),
        ({"size": 2**32 - 1, "stored": 2**32 - 1}, "bad-member"),
    ],
)
def test_a_declared_size_or_place_is_checked_before_it_is_read(
    export: bytes, honest: MemoryWorld, tmp_path: Path, changes: dict[str, int], code: str
) -> None:
    """Sizes are compared with the file, and members that overlap are not read at all."""
    assert code in _codes(_central(export, "tables/lots.csv", **changes), honest, tmp_path)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda raw: raw + b"\0", "bad-archive"),
        (lambda raw: raw[:-1], "bad-archive"),
        (lambda raw: raw[: len(raw) // 2], "bad-archive"),
        (lambda raw: b"PK", "bad-archive"),
        (lambda raw: b"PK" + raw, "bad-archive"),
        (lambda raw: raw[:-2] + b"\1\0", "bad-archive"),
        (lambda raw: raw[:-22] + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 0, 0, 0, 0, 0), "not-canonical"),
        (lambda raw: raw[:-22] + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 65535, 65535, 0, 0, 0), "bad-archive"),
        (lambda raw: struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 65535, 65535, 0, 0, 0), "bad-archive"),
        (lambda raw: raw[:-22] + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 9, 9, 999, 0, 0), "bad-archive"),
        (lambda raw: raw[:-22] + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 9, 9, 0, 2**31, 0), "bad-archive"),
    ],
    ids=[
        "trailing byte", "byte missing", "half", "nothing", "prefix", "comment", "empty", "zip64 elsewhere",
        "zip64 nowhere", "directory too small", "directory outside",
    ],
)  # fmt: skip
def test_an_archive_must_end_with_its_own_end(
    export: bytes, honest: MemoryWorld, tmp_path: Path, spoil: Callable[[bytes], bytes], code: str
) -> None:
    """Nothing stands behind the end record, and it agrees with the file."""
    assert code in _codes(spoil(export), honest, tmp_path)


def test_bytes_between_members_are_detected(export: bytes, honest: MemoryWorld, tmp_path: Path) -> None:
    """There is no room to hide in between the members."""
    sink = io.BytesIO()
    sink.write(b"PK hidden")
    sink.write(export)
    start = int.from_bytes(export[-6:-2], "little")
    raw = bytearray(sink.getvalue())
    raw[-6:-2] = (start + 9).to_bytes(4, "little")
    at = start + 9
    while raw[at : at + 4] == archive.CENTRAL_MAGIC:
        fields = list(archive.CENTRAL.unpack_from(raw, at))
        fields[16] += 9
        archive.CENTRAL.pack_into(raw, at, *fields)
        at += archive.CENTRAL.size + fields[10]
    report = verified(bytes(raw), honest.genesis, tmp_path)
    assert codes(report) == {("not-canonical", None)}
    assert "'checkpoint' out of place" in report.faults[0].message


@pytest.mark.parametrize(
    "spoil",
    [lambda raw: raw.replace(b'":"', b'": "', 1), lambda raw: raw.replace(b"0", b"1", 1), lambda raw: b"[]"],
    ids=["spaced", "digit", "array"],
)
def test_a_manifest_that_does_not_fit_is_detected(
    export: bytes, honest: MemoryWorld, tmp_path: Path, spoil: Callable[[bytes], bytes]
) -> None:
    """The manifest is the writer's text with every digest right."""

    def change(members: dict[str, bytes]) -> None:
        members["manifest.json"] = spoil(members["manifest.json"])

    assert codes(verified(repacked(export, change, digests=False), honest.genesis, tmp_path)) == {
        ("manifest-mismatch", None)
    }


def test_the_manifest_names_the_member_that_changed(export: bytes, honest: MemoryWorld, tmp_path: Path) -> None:
    """Who repairs a file learns which member to fetch again."""

    def change(members: dict[str, bytes]) -> None:
        members["tables/lots.csv"] += b"x"

    report: Report = verified(repacked(export, change, digests=False), honest.genesis, tmp_path)
    assert [fault.code for fault in report.faults] == ["manifest-mismatch", "wrong-table"]
    assert "tables/lots.csv" in report.faults[0].message


def test_a_large_archive_has_zip64_records() -> None:
    """Sizes and counts above the old limits are written as APPNOTE 4.3.14 and 4.5.3 say."""
    small, large = Member("a", 0, 7, 1), Member("a", 2**33, 2**34, 1)
    assert len(archive.central_header(large)) == len(archive.central_header(small)) + 28
    assert len(archive.local_header(large)) == len(archive.local_header(small))
    assert len(archive.end_of_archive(1, 5, 5)) == 22
    for tail in (archive.end_of_archive(65_535, 5, 5), archive.end_of_archive(1, 2**32, 5)):
        assert tail.startswith(archive.END64_MAGIC)
        assert len(tail) == 22 + 56 + 20


def test_an_archive_of_many_members_is_read_back(honest: MemoryWorld, tmp_path: Path) -> None:
    """Beyond 65,535 members the reader goes by the Zip64 records."""
    many = {f"m{number:05d}": b"" for number in range(65_600)}
    raw = packed(many)
    assert len(zipfile.ZipFile(io.BytesIO(raw)).namelist()) == len(many)
    report = verified(raw, honest.genesis, tmp_path)
    assert {fault.code for fault in report.faults} == {"bad-checkpoint", "manifest-mismatch"}
    assert layout.MANIFEST not in many
