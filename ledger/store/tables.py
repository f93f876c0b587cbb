"""The tables, without behaviour.

Two kinds: what is true (``entry``, ``event``, ``tile``, ``kept_checkpoint``,
``disclosure``) and what is projected from it, which is made from the list of state;
``latest`` has one row of both. Milligrams and values with parts stand as JSON text in ``body``;
text is ordered by bytes on both databases.
"""

from typing import Any

from sqlalchemy import BigInteger, Column, Index, LargeBinary, MetaData, Table, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from ledger.admission.state import LOGS, STATE
from ledger.materials.state.kind import Kind
from ledger.materials.state.layout import Layout
from ledger.materials.state.log import Log

# PostgreSQL would order text by the language of the system, SQLite by bytes.
BYTEWISE = Text().with_variant(Text(collation="C"), "postgresql")
_ONLY_STOCK: dict[str, Any] = {
    "sqlite_where": text("stock IS NOT NULL"),
    "postgresql_where": text("stock IS NOT NULL"),
}


class EntryRow(SQLModel, table=True):
    """The bytes in the tree; unique per statement and per place in a chain."""

    __tablename__ = "entry"
    __table_args__ = (
        UniqueConstraint("statement_id", name="uq_entry_statement"),
        UniqueConstraint("issuer", "chain", "sequence", name="uq_entry_chain"),
    )
    index: int = Field(sa_column=Column("index", BigInteger, primary_key=True, autoincrement=False))
    statement_id: str = Field(sa_column=Column(BYTEWISE, nullable=False))
    issuer: str = Field(sa_column=Column(BYTEWISE, nullable=False))
    chain: str = Field(sa_column=Column(BYTEWISE, nullable=False))
    sequence: int = Field(sa_column=Column(BigInteger, nullable=False))
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class EventRow(SQLModel, table=True):
    """The event document beside an entry, as received."""

    __tablename__ = "event"
    index: int = Field(sa_column=Column("index", BigInteger, primary_key=True, autoincrement=False))
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class TileRow(SQLModel, table=True):
    """A full hash tile (256 hashes) with the root of its subtree."""

    __tablename__ = "tile"
    level: int = Field(primary_key=True)
    number: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    root: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    hashes: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class KeptCheckpointRow(SQLModel, table=True):
    """The first checkpoint of a minute in which the tree grew, kept for ever."""

    __tablename__ = "kept_checkpoint"
    size: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    time: str = Field(sa_column=Column(BYTEWISE, nullable=False))
    note: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class DisclosureRow(SQLModel, table=True):
    """A sealed fact; ``text`` is null once it was erased, so that it cannot come back."""

    __tablename__ = "disclosure"
    statement_id: str = Field(sa_column=Column(BYTEWISE, primary_key=True))
    digest: str = Field(sa_column=Column(BYTEWISE, primary_key=True))
    text: str | None = Field(default=None, sa_column=Column(Text, nullable=True))


class LatestRow(SQLModel, table=True):
    """The one row of the ledger's state: its size, its checkpoint, its facts."""

    __tablename__ = "latest"
    id: int = Field(primary_key=True)
    size: int = Field(sa_column=Column(BigInteger, nullable=False))
    time: str = Field(sa_column=Column(BYTEWISE, nullable=False))
    note: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    facts: str = Field(sa_column=Column(Text, nullable=False))


_TYPES: dict[str, Any] = {"id": BYTEWISE, "number": BigInteger, "text": Text}


def define(layout: Layout, metadata: MetaData) -> Table:
    """Return the table of a kind of state or of a log, with the index by which stock is found where it has one."""
    columns: list[Column[Any] | Index] = [
        Column(part.name, _TYPES[part.holds], primary_key=part.is_key, nullable=part.may_lack, autoincrement=False)
        for part in layout.columns
    ]
    if any(part.name == "stock" for part in layout.columns):
        columns.append(Index(f"ix_{layout.table}_stock", "stock", *layout.key, **_ONLY_STOCK))
    return Table(layout.table, metadata, *columns, sqlite_with_rowid=not layout.is_by_key)


_LISTED: tuple[Kind[Any, Any] | Log[Any], ...] = (*LOGS, *STATE)
_TABLES = {layout.table: define(layout, SQLModel.metadata) for part in _LISTED for layout in part.layouts}


def table_at(layout: Layout) -> Table:
    """Return the table of this layout."""
    return _TABLES[layout.table]


def table_of(part: Kind[Any, Any] | Log[Any]) -> Table:
    """Return the table of a kind that the list of state has, the first of a log."""
    return _TABLES[part.layouts[0].table]


APPEND_ONLY = ("entry", "event", "tile", "kept_checkpoint")
PROJECTIONS = tuple(_TABLES)
"""What is projected from the entries, and dropped before they are folded anew, in the order of the list of state."""
