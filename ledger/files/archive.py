"""The one zip form of an audit export, so plain that it can be rebuilt byte for byte.

Invariants:

* Members are stored, dated 1980-01-01 00:00, made on system 3 (Unix) with mode 0644,
  names are ASCII, no comment, no extra field but Zip64 (PKWARE APPNOTE.TXT 6.3.10,
  sections 4.3.7, 4.3.12, 4.3.14 to 4.3.16, 4.5.3).
* Every local header carries a Zip64 field, so that a member's header has its length
  before its size is known and a stream needs no second pass.
* What :class:`ArchiveWriter` writes depends on names and contents alone, not on the
  Python version, the machine or the clock.

It does not decide which members an export has; :mod:`ledger.files.layout` does.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterable
from typing import BinaryIO, Final, NamedTuple

LOCAL: Final = struct.Struct("<4s5H3I2H")
CENTRAL: Final = struct.Struct("<4s6H3I5H2I")
END: Final = struct.Struct("<4s4H2IH")
END64: Final = struct.Struct("<4sQ2H2I4Q")
LOCATOR: Final = struct.Struct("<4sIQI")
LOCAL_MAGIC: Final = b"PK\x03\x04"
CENTRAL_MAGIC: Final = b"PK\x01\x02"
END_MAGIC: Final = b"PK\x05\x06"
END64_MAGIC: Final = b"PK\x06\x06"
LOCATOR_MAGIC: Final = b"PK\x06\x07"
MAX16: Final = 0xFFFF
MAX32: Final = 0xFFFFFFFF
ZIP64_FIELD: Final = 0x0001

_VERSION: Final = 45
_MADE_BY: Final = 3 << 8 | _VERSION
# 1980-01-01: year 0 from 1980, month 1, day 1 (section 4.4.6).
_DATE: Final = 1 << 5 | 1
_MODE: Final = 0o100644 << 16
_ZEROS: Final = bytes(1 << 16)


class Member(NamedTuple):
    """A stored member: its name, the offset of its header, its size in bytes, its CRC-32."""

    name: str
    offset: int
    size: int
    crc: int


def local_header(member: Member) -> bytes:
    """Return the header that stands before a member's bytes."""
    name = member.name.encode("ascii")
    extra = struct.pack("<2H2Q", ZIP64_FIELD, 16, member.size, member.size)
    head = LOCAL.pack(LOCAL_MAGIC, _VERSION, 0, 0, 0, _DATE, member.crc, MAX32, MAX32, len(name), len(extra))
    return head + name + extra


def central_header(member: Member) -> bytes:
    """Return a member's line in the central directory."""
    name = member.name.encode("ascii")
    wide = [value for value in (member.size, member.size, member.offset) if value >= MAX32]
    extra = struct.pack(f"<2H{len(wide)}Q", ZIP64_FIELD, 8 * len(wide), *wide) if wide else b""
    size, offset = min(member.size, MAX32), min(member.offset, MAX32)
    head = CENTRAL.pack(
        CENTRAL_MAGIC, _MADE_BY, _VERSION, 0, 0, 0, _DATE, member.crc, size, size,
        len(name), len(extra), 0, 0, 0, _MODE, offset,
    )  # fmt: skip
    return head + name + extra


def end_of_archive(count: int, start: int, size: int) -> bytes:
    """Return what follows the central directory of ``size`` bytes that begins at ``start``."""
    tail = b""
    if count >= MAX16 or start >= MAX32 or size >= MAX32:
        tail = END64.pack(END64_MAGIC, END64.size - 12, _MADE_BY, _VERSION, 0, 0, count, count, size, start)
        tail += LOCATOR.pack(LOCATOR_MAGIC, 0, start + size, 1)
    short = min(count, MAX16)
    return tail + END.pack(END_MAGIC, 0, 0, short, short, min(size, MAX32), min(start, MAX32), 0)


class ArchiveWriter:
    """Writes members one after the other into a seekable file; the caller sorts them."""

    def __init__(self, sink: BinaryIO) -> None:
        """Begin at the start of ``sink``, which must be empty and seekable."""
        self._sink = sink
        self._members: list[Member] = []
        self._at = 0
        self.digests: dict[str, str] = {}
        """Hex SHA-256 of each member that was added."""

    def add(self, name: str, chunks: Iterable[bytes]) -> None:
        """Write a member from a stream of chunks."""
        start = self._at
        blank = local_header(Member(name, start, 0, 0))
        self._sink.write(blank)
        digest = hashlib.sha256()
        size = crc = 0
        for chunk in chunks:
            self._sink.write(chunk)
            digest.update(chunk)
            crc = zlib.crc32(chunk, crc)
            size += len(chunk)
        member = Member(name, start, size, crc)
        self._at = start + len(blank) + size
        self._overwrite(start, local_header(member))
        self._members.append(member)
        self.digests[name] = digest.hexdigest()

    def reserve(self, name: str, size: int) -> None:
        """Leave room for a member of known size whose bytes follow by :meth:`fill`."""
        member = Member(name, self._at, size, 0)
        header = local_header(member)
        self._sink.write(header)
        for begin in range(0, size, len(_ZEROS)):
            self._sink.write(_ZEROS[: size - begin])
        self._at += len(header) + size
        self._members.append(member)

    def fill(self, name: str, content: bytes) -> None:
        """Write the bytes of a reserved member.

        Raises:
            RuntimeError: if they are not of the size that was reserved.
        """
        number = next(at for at, member in enumerate(self._members) if member.name == name)
        member = self._members[number]
        if len(content) != member.size:
            raise RuntimeError(f"expected {member.size} bytes for {name}, got {len(content)}")
        self._members[number] = member._replace(crc=zlib.crc32(content))
        self._overwrite(member.offset, local_header(self._members[number]) + content)

    def close(self) -> None:
        """Write the central directory and the end of the archive."""
        start = self._at
        for member in self._members:
            line = central_header(member)
            self._sink.write(line)
            self._at += len(line)
        self._sink.write(end_of_archive(len(self._members), start, self._at - start))

    def _overwrite(self, offset: int, content: bytes) -> None:
        self._sink.seek(offset)
        self._sink.write(content)
        self._sink.seek(self._at)
