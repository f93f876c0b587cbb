"""What an audit export of any format is made of, and what the formats differ in.

Every export is one plain zip (:mod:`ledger.files.archive`) with the members of
:mod:`ledger.files.layout`; which tables and registers there are, what stands in them and
how the manifest is spelled is a matter of the number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final, NamedTuple

from ledger.files.csv_text import Row, format_rows
from ledger.files.records import Records
from ledger.materials.state.book import LoggedEvent

_ROWS_AT_ONCE: Final = 500
_BLANK: Final = "0" * 64


class Table(NamedTuple):
    """A table: its rows from the records, the header first.

    ``plain`` where no cell can begin a formula, so that none has to be looked at.
    """

    rows: Callable[[Records], Iterator[Row]]
    plain: bool


class Register(NamedTuple):
    """A register: its columns, and the rows that an entry about materials adds."""

    header: Row
    rows: Callable[[LoggedEvent], Iterable[Row]]


class Manifest(NamedTuple):
    """What the manifest says: the highest rules version of the entries, and each other member's hex SHA-256."""

    rules: int
    digests: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """The format ``battery-ledger-export/<number>``, frozen once it is released.

    ``write_manifest`` returns the bytes of a manifest; ``read_manifest`` what bytes say, or
    raises :class:`~schemas.errors.MalformedError`.
    """

    number: int
    tables: Mapping[str, Table]
    registers: Mapping[str, Register]
    write_manifest: Callable[[Manifest], bytes]
    read_manifest: Callable[[bytes], Manifest]

    def manifest_size(self, rules: int, names: Iterable[str]) -> int:
        """Return the bytes of the manifest of these other members before any digest is known."""
        return len(self.write_manifest(Manifest(rules, dict.fromkeys(names, _BLANK))))


def write_table(table: Table, records: Records) -> Iterator[bytes]:
    """Yield a table in chunks of whole lines."""
    rows = table.rows(records)
    while batch := list(islice(rows, _ROWS_AT_ONCE)):
        yield format_rows(batch, plain=table.plain)
