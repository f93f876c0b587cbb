"""The tables, without behaviour.

Two kinds: what is true (``entry``, ``event``, ``tile``, ``kept_checkpoint``,
``disclosure``) and what is projected from it (all others), of which those of the list of
state are made from it. Milligrams and values with parts stand as JSON text in ``body``;
text is ordered by bytes on both databases.
"""

from typing import Any, ClassVar

from sqlalchemy import BigInteger, Column, Index, LargeBinary, MetaData, Table, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from ledger.admission.state import STATE
from ledger.materials.state.kind import Kind
from schemas.ids import LotId

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


class HeadRow(SQLModel, table=True):
    """The last statement of a chain."""

    __tablename__ = "chain_head"
    issuer: str = Field(sa_column=Column(BYTEWISE, primary_key=True))
    chain: str = Field(sa_column=Column(BYTEWISE, primary_key=True))
    sequence: int = Field(sa_column=Column(BigInteger, nullable=False))
    statement_id: str = Field(sa_column=Column(BYTEWISE, nullable=False))


class MentionRow(SQLModel, table=True):
    """Which entries name which lots."""

    __tablename__ = "mention"
    __table_args__: ClassVar[dict[str, object]] = {"sqlite_with_rowid": False}
    lot: LotId = Field(sa_column=Column(BYTEWISE, primary_key=True))
    index: int = Field(sa_column=Column("index", BigInteger, primary_key=True, autoincrement=False))


class PartyEntryRow(SQLModel, table=True):
    """Which entries are about parties: genesis, participant, key, rules."""

    __tablename__ = "party_entry"
    index: int = Field(sa_column=Column("index", BigInteger, primary_key=True, autoincrement=False))


class FindingRow(SQLModel, table=True):
    """A finding on an entry: ``judged`` with that entry, or anew with a later correction, which ``ended`` the first."""

    __tablename__ = "finding"
    __table_args__: ClassVar[dict[str, object]] = {"sqlite_with_rowid": False}
    index: int = Field(sa_column=Column("index", BigInteger, primary_key=True, autoincrement=False))
    judged: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    number: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    ended: int | None = Field(default=None, sa_column=Column(BigInteger, nullable=True))
    body: str = Field(sa_column=Column(Text, nullable=False))


class FindingLotRow(SQLModel, table=True):
    """On which lots a finding shows."""

    __tablename__ = "finding_lot"
    __table_args__: ClassVar[dict[str, object]] = {"sqlite_with_rowid": False}
    lot: LotId = Field(sa_column=Column(BYTEWISE, primary_key=True))
    index: int = Field(sa_column=Column("index", BigInteger, primary_key=True, autoincrement=False))
    judged: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    number: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))


class PostingRow(SQLModel, table=True):
    """What an entry moved into or out of a site's stock."""

    __tablename__ = "posting"
    __table_args__: ClassVar[dict[str, object]] = {"sqlite_with_rowid": False}
    site: str = Field(sa_column=Column(BYTEWISE, primary_key=True))
    index: int = Field(sa_column=Column("index", BigInteger, primary_key=True, autoincrement=False))
    body: str = Field(sa_column=Column(Text, nullable=False))


def define(kind: Kind[Any, Any], metadata: MetaData) -> Table:
    """Return the table of a kind of state: its key, its ``body``, and who has it in stock where that is asked."""
    columns: list[Column[Any] | Index] = [Column(kind.keys.column, BYTEWISE, primary_key=True)]
    if kind.stock is not None:
        columns.append(Column("stock", BYTEWISE, nullable=True))
        columns.append(Index(f"ix_{kind.table}_stock", "stock", kind.keys.column, **_ONLY_STOCK))
    return Table(kind.table, metadata, *columns, Column("body", Text, nullable=False), sqlite_with_rowid=False)


_KINDS = {kind.table: define(kind, SQLModel.metadata) for kind in STATE}


def table_of(kind: Kind[Any, Any]) -> Table:
    """Return the table of a kind that the list of state has."""
    return _KINDS[kind.table]


APPEND_ONLY = ("entry", "event", "tile", "kept_checkpoint")
PROJECTIONS = ("posting", "finding_lot", "finding", "mention", "party_entry", "chain_head", *_KINDS)
"""What is projected from the entries, and dropped before they are folded anew."""
