"""The registers of an export, compared line by line while the entries are folded.

Invariants: nothing is kept but a line a register; each register has at most one fault,
its first line that differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from ledger.files import layout
from ledger.files.csv_text import Row, format_rows
from ledger.files.directory import Archive
from ledger.files.export import Register
from ledger.files.report import Findings
from ledger.files.stream import read_text_lines
from ledger.materials.state.book import LoggedEvent
from schemas.catalogue.faults import FaultCode


class RegisterCheck:
    """Holds the registers of an archive against the entries that it is given, in their order."""

    def __init__(self, registers: Mapping[str, Register], archive: Archive, found: Findings) -> None:
        """Compare the headers."""
        self._registers = registers
        self._found = found
        self._lines: dict[str, Iterator[bytes]] = {}
        self._numbers = dict.fromkeys(registers, 0)
        for name, register in registers.items():
            member = layout.table_member(name)
            # A register that is not there was named where the members were listed.
            if member in archive:
                self._lines[name] = read_text_lines(archive.chunks(member))
                self._compare(name, [register.header])

    def take(self, logged: LoggedEvent) -> None:
        """Compare the rows of an entry."""
        for name in list(self._lines):
            if rows := list(self._registers[name].rows(logged)):
                self._compare(name, rows)

    def finish(self) -> None:
        """Demand that no register goes on behind the last entry."""
        for name, lines in self._lines.items():
            self._numbers[name] += 1
            # Behind the last newline there is an empty rest, and nothing else.
            if list(islice(lines, 2)) != [b""]:
                self._differs(name)
        self._lines = {}

    def _compare(self, name: str, rows: Iterable[Row]) -> None:
        for line in format_rows(rows).removesuffix(b"\n").split(b"\n"):
            self._numbers[name] += 1
            if next(self._lines[name], None) != line:
                self._differs(name)
                del self._lines[name]
                return

    def _differs(self, name: str) -> None:
        member, number = layout.table_member(name), self._numbers[name]
        self._found.add(FaultCode.WRONG_TABLE, f"expected {member} as the entries give it, line {number} differs")
