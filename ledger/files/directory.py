"""The strict reader of an archive: its directory, its layout, its members' bytes.

Invariants: no size that a header declares is believed before it was compared with the
file's own size; members that overlap are never read; nothing is unpacked to a disk
and nothing decompressed, so an archive cannot grow; every byte outside the members'
contents is compared with what :mod:`ledger.files.archive` would have written.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Final, NamedTuple

from ledger.files import archive
from ledger.files.archive import Member
from ledger.files.report import Findings
from schemas.catalogue.faults import FaultCode
from schemas.errors import MalformedError

MAX_DIRECTORY_BYTES: Final = 1 << 28
_CHUNK: Final = 1 << 20
_NAME: Final = re.compile(rb"[A-Za-z0-9_][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_][A-Za-z0-9_.-]*)*")
_ENCRYPTED_FLAGS: Final = 0x2041


class _Line(NamedTuple):
    """A line of the central directory as it stands in the file."""

    member: Member
    raw: bytes
    stored: int
    method: int
    flags: int


class Archive:
    """The members of an archive that may be read; at most one per name."""

    def __init__(self, file: BinaryIO, places: dict[str, tuple[Member, int]]) -> None:
        """Keep each member with the offset at which its content begins."""
        self._file = file
        self._places = places

    def __contains__(self, name: str) -> bool:
        return name in self._places

    @property
    def names(self) -> list[str]:
        """The names in the order of the directory."""
        return list(self._places)

    def size(self, name: str) -> int:
        """Return the bytes of a member."""
        return self._places[name][0].size

    def chunks(self, name: str) -> Iterator[bytes]:
        """Yield the content of a member in chunks of at most 1 MiB."""
        member, start = self._places[name]
        for at in range(start, start + member.size, _CHUNK):
            self._file.seek(at)
            yield self._file.read(min(_CHUNK, start + member.size - at))

    def read(self, name: str, most: int) -> bytes:
        """Return the content of a member of at most ``most`` bytes.

        Raises:
            MalformedError: if there is none, or it is larger.
        """
        if name not in self._places:
            raise MalformedError(f"expected a member {name}, got none")
        if self.size(name) > most:
            raise MalformedError(f"expected at most {most:,} bytes in {name}, got {self.size(name):,}")
        return b"".join(self.chunks(name))

    def digest(self, name: str) -> tuple[str, bool]:
        """Return a member's hex SHA-256 and whether its CRC-32 is the one declared."""
        digest, crc = hashlib.sha256(), 0
        for chunk in self.chunks(name):
            digest.update(chunk)
            crc = zlib.crc32(chunk, crc)
        return digest.hexdigest(), crc == self._places[name][0].crc


def read_archive(file: BinaryIO, found: Findings) -> Archive | None:
    """Return the archive of a file, or ``None`` where it has no directory to go by.

    Plan: (1) the end records lie at the end and agree with the file's size, (2) the
    directory is read line by line, (3) each line names a stored, readable member, once,
    by a harmless name, (4) no two members overlap, (5) every byte outside the contents
    is what the writer would have put there.
    """
    # (1) A comment or anything after the end would be bytes that nobody checks.
    total = file.seek(0, 2)
    end = _find_end(file, total)
    if end is None:
        found.add(
            FaultCode.BAD_ARCHIVE, "expected a zip archive that ends with its own end record, found a different end"
        )
        return None
    count, size, start = end
    if size > MAX_DIRECTORY_BYTES or start + size > total or count * archive.CENTRAL.size > size:
        found.add(
            FaultCode.BAD_ARCHIVE, f"expected a directory of {count} members inside the file, got one that is not"
        )
        return None
    # (2) The directory, line by line.
    file.seek(start)
    lines = _parse_lines(file.read(size), count, found)
    if lines is None:
        return None
    # (3) Each member by itself.
    places = _places(file, lines, start, found)
    # (4) Reading overlapping members could cost far more than the file's size.
    if not _lie_apart(places, found):
        return None
    # (5) The bytes between the contents.
    _compare_frame(file, lines, start, total, found)
    return Archive(file, places)


def _find_end(file: BinaryIO, total: int) -> tuple[int, int, int] | None:
    """Return count, size and start of the directory."""
    if total < archive.END.size:
        return None
    raw = _read_at(file, total - archive.END.size, archive.END.size)
    magic, _, _, _, count, size, start, comment = archive.END.unpack(raw)
    if magic != archive.END_MAGIC or comment:
        return None
    if archive.MAX16 not in {count} and archive.MAX32 not in {size, start}:
        return count, size, start
    wide = archive.END64.size + archive.LOCATOR.size
    at = total - archive.END.size - wide
    if at < 0:
        return None
    record = archive.END64.unpack(_read_at(file, at, archive.END64.size))
    return (record[7], record[8], record[9]) if record[0] == archive.END64_MAGIC else None


def _parse_lines(raw: bytes, count: int, found: Findings) -> list[_Line] | None:
    lines = []
    at = 0
    for number in range(count):
        head = raw[at : at + archive.CENTRAL.size]
        fields = archive.CENTRAL.unpack(head) if len(head) == archive.CENTRAL.size else (b"",)
        if fields[0] != archive.CENTRAL_MAGIC:
            found.add(FaultCode.BAD_ARCHIVE, f"expected {count} lines in the directory, got {number}")
            return None
        _, _, _, flags, method, _, _, crc, stored, size, name_size, extra_size, comment_size, _, _, _, offset = fields
        at += archive.CENTRAL.size
        name = raw[at : at + name_size].decode("latin-1")
        wide = _wide_values(raw[at + name_size : at + name_size + extra_size])
        size, stored, offset = (
            wide.pop(0) if value == archive.MAX32 and wide else value for value in (size, stored, offset)
        )
        at += name_size + extra_size + comment_size
        line = raw[at - archive.CENTRAL.size - name_size - extra_size - comment_size : at]
        lines.append(_Line(Member(name, offset, size, crc), line, stored, method, flags))
    return lines


def _wide_values(extra: bytes) -> list[int]:
    """Return the 8-byte values of a Zip64 field, if that is what stands first."""
    if len(extra) < 4 or int.from_bytes(extra[:2], "little") != archive.ZIP64_FIELD:
        return []
    body = extra[4 : 4 + int.from_bytes(extra[2:4], "little")]
    return [int.from_bytes(body[at : at + 8], "little") for at in range(0, len(body) - 7, 8)]


def _places(file: BinaryIO, lines: list[_Line], limit: int, found: Findings) -> dict[str, tuple[Member, int]]:
    places: dict[str, tuple[Member, int]] = {}
    for line in lines:
        member = line.member
        shown = repr(member.name[:80])
        if not _NAME.fullmatch(member.name.encode("latin-1")):
            found.add(FaultCode.UNSAFE_NAME, f"expected a relative name without '..' and odd characters, got {shown}")
        elif member.name in places:
            found.add(FaultCode.REPEATED_MEMBER, f"expected each member once, got {shown} again")
        elif line.flags & _ENCRYPTED_FLAGS:
            found.add(FaultCode.ENCRYPTED_MEMBER, f"expected members in clear, got {shown} encrypted")
        elif line.method:
            found.add(FaultCode.COMPRESSED_MEMBER, f"expected members stored, got {shown} by method {line.method}")
        elif (begin := _content_start(file, line, limit)) is None:
            found.add(
                FaultCode.BAD_MEMBER,
                f"expected {shown} to lie inside the archive behind its own header, found a different place",
            )
        else:
            places[member.name] = (member, begin)
    return places


def _content_start(file: BinaryIO, line: _Line, limit: int) -> int | None:
    member = line.member
    if line.stored != member.size or member.offset + archive.LOCAL.size + member.size > limit:
        return None
    head = archive.LOCAL.unpack(_read_at(file, member.offset, archive.LOCAL.size))
    begin = member.offset + archive.LOCAL.size + int(head[9]) + int(head[10])
    return begin if head[0] == archive.LOCAL_MAGIC and begin + member.size <= limit else None


def _lie_apart(places: dict[str, tuple[Member, int]], found: Findings) -> bool:
    free, apart = 0, True
    for member, begin in sorted(places.values(), key=lambda place: (place[0].offset, place[1])):
        if member.offset < free:
            found.add(
                FaultCode.OVERLAPPING_MEMBERS, f"expected members one after the other, got {member.name} inside another"
            )
            apart = False
        free = max(free, begin + member.size)
    return apart


def _compare_frame(file: BinaryIO, lines: list[_Line], start: int, total: int, found: Findings) -> None:
    """Compare headers, order and end with what the writer would have written."""
    at, previous = 0, ""
    for line in lines:
        member = line.member
        if not member.name.isascii():
            continue
        header = archive.local_header(member)
        if member.offset != at or member.name <= previous:
            found.add(
                FaultCode.NOT_CANONICAL, f"expected members by name without gaps, got {member.name[:80]!r} out of place"
            )
        elif _read_at(file, at, len(header)) != header:
            found.add(
                FaultCode.NOT_CANONICAL, f"expected the plain header of {member.name[:80]!r}, found a different one"
            )
        if archive.central_header(member) != line.raw:
            found.add(
                FaultCode.NOT_CANONICAL,
                f"expected the plain directory line of {member.name[:80]!r}, found a different one",
            )
        at = member.offset + len(header) + member.size
        previous = member.name
    size = sum(len(line.raw) for line in lines)
    tail = archive.end_of_archive(len(lines), at, size)
    if start != at or _read_at(file, at + size, total) != tail:
        found.add(
            FaultCode.NOT_CANONICAL,
            "expected the directory right after the members and a plain end record, found a different one",
        )


def _read_at(file: BinaryIO, offset: int, size: int) -> bytes:
    file.seek(offset)
    return file.read(size)
