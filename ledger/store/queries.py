"""Reading rows in chunks: the few query shapes that all tables share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Select,
    Text,
    and_,
    any_,
    func,
    literal,
    or_,
    select,
)

from ledger.materials.state import codec
from ledger.materials.state.cited_names import CITED_NAME, number_of
from ledger.materials.state.credit_months import AccountMonth, SiteMonth
from ledger.materials.state.kind import Kind
from ledger.materials.state.kinds import MaterialState
from ledger.materials.state.log_rows import FINDING, FINDING_LOT
from ledger.materials.state.products import PRODUCT, Span
from ledger.materials.state.records import Lot
from ledger.materials.state.row_text import write_text
from ledger.store import tables as t
from schemas.findings import Finding
from schemas.ids import LotId, PartyId

Key = TypeVar("Key")
Value = TypeVar("Value")

CHUNK = 500
"""Names in one query; both databases take far more."""


def column(row: type[Any], name: str) -> ColumnElement[Any]:
    """Return a column of a table for Core queries."""
    return row.__table__.c[name]  # type: ignore[no-any-return]


def chunks(items: Iterable[Value], size: int = CHUNK) -> Iterator[list[Value]]:
    """Yield lists of at most ``size`` items."""
    chunk: list[Value] = []
    for item in items:
        chunk.append(item)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def among(connection: Connection, column: ColumnElement[str], names: Sequence[str]) -> ColumnElement[bool]:
    """Return the condition that a text is one of ``names``, which travel as one parameter.

    A parameter a name cost SQLAlchemy four times what the database took to find the row.
    """
    if connection.dialect.name == "sqlite":
        return column.in_(select(func.json_each(write_text(names)).table_valued("value").c.value))
    return column == any_(literal(names, ARRAY(Text)))


def values_of(connection: Connection, kind: Kind[Key, Value], keys: Iterable[Key]) -> dict[Key, Value]:
    """Return the values of one kind that have these keys."""
    if kind.members is not None:
        return _values_by_members(connection, kind, keys)
    found: dict[Key, Value] = {}
    table = t.table_of(kind)
    name = table.c[kind.keys.column]
    for chunk in chunks(keys):
        texts = {kind.keys.write(key): key for key in chunk}
        for text, body in connection.execute(select(name, table.c.body).where(among(connection, name, list(texts)))):
            found[texts[text]] = kind.read(body)
    return found


def _values_by_members(connection: Connection, kind: Kind[Any, Value], keys: Iterable[Any]) -> dict[Any, Value]:
    """Return the values of all keys that begin like one of these, of which a kind with members has few."""
    table, key = t.table_of(kind), kind.layouts[0].key
    first, place = table.c[key[0]], len(key)
    query = select(table).where(first.in_({members[0] for members in keys}))
    return {tuple(row[:place]): kind.read(row[place:]) for row in connection.execute(query)}


def streamed(connection: Connection, query: Select[Any], size: int = 1000) -> Iterator[Any]:
    """Yield the rows of a query without holding them all."""
    # Options of the query, not of the connection: that would keep them for every later statement.
    with connection.execute(query.execution_options(stream_results=True, yield_per=size)) as rows:
        # Whoever stops early leaves no cursor open.
        yield from rows


def latest(connection: Connection) -> tuple[int, str, bytes, str] | None:
    """Return size, time, note and facts of the ledger, or ``None`` where it is empty."""
    table = t.LatestRow.__table__  # type: ignore[attr-defined]
    row = connection.execute(select(table.c.size, table.c.time, table.c.note, table.c.facts)).first()
    return (row[0], row[1], row[2], row[3]) if row else None


def entries_of(connection: Connection, issuer: PartyId, first: int, stop: int) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield index, entry and event of a party's entries from ``first`` to before ``stop``."""
    entry, event = t.EntryRow.__table__, t.EventRow.__table__  # type: ignore[attr-defined]
    query = (
        select(entry.c["index"], entry.c.body, event.c.body)
        .join(event, event.c["index"] == entry.c["index"])
        .where(entry.c.issuer == issuer, entry.c["index"] >= first, entry.c["index"] < stop)
        .order_by(entry.c["index"])
    )
    for chunk in chunks(connection.execute(query)):
        yield from ((index, bytes(body), bytes(said)) for index, body, said in chunk)


def findings_of(connection: Connection, index: int) -> tuple[Finding, ...]:
    """Return the findings that judging an entry gave, in order."""
    finding = t.table_at(FINDING)
    query = select(finding.c.body).where(finding.c["index"] == index, finding.c.ended.is_(None))
    query = query.order_by(finding.c.number)
    return tuple(codec.read_finding(row[0]) for row in connection.execute(query))


def findings_on(
    connection: Connection, lots: Iterable[LotId], at: int | None = None, *, weighty: bool = False
) -> list[Finding]:
    """Return the findings on one of the lots, each once, by entry, now or as they were at a tree size.

    Those of severity ``low`` are left out where only ``weighty`` ones are wanted: most are, and few ask for them.
    """
    finding, shown = t.table_at(FINDING), t.table_at(FINDING_LOT)
    names = ("index", "judged", "number")
    is_same = and_(*(shown.c[name] == finding.c[name] for name in names))
    query = select(*(finding.c[name] for name in names), finding.c.body).join(shown, is_same)
    if at is None:
        query = query.where(finding.c.ended.is_(None))
    else:
        query = query.where(finding.c.judged < at, or_(finding.c.ended.is_(None), finding.c.ended >= at))
    if weighty:
        # The database leaves out most; what only mentions such a word is left out below.
        query = query.where(or_(*(finding.c.body.like(f'["%","{severity}",%') for severity in ("medium", "high"))))
    found: dict[tuple[int, int, int], str] = {}
    for chunk in chunks(dict.fromkeys(lots)):
        for row in connection.execute(query.where(among(connection, shown.c.lot, chunk))):
            if not weighty or codec.severity_of(row[3]) != "low":
                found[row[0], row[2], row[1]] = row[3]
    return [codec.read_finding(found[place]) for place in sorted(found)]


def account_of(connection: Connection, site: PartyId) -> Iterator[tuple[SiteMonth, AccountMonth]]:
    """Yield the months of a site's mass-balance account, in their order."""
    kind = MaterialState.accounts
    table = t.table_of(kind)
    # Between the site with a space behind it, and with the character after that.
    query = (
        select(table.c.id, table.c.body).where(table.c.id > f"{site} ", table.c.id < f"{site}!").order_by(table.c.id)
    )
    for text, body in connection.execute(query):
        yield kind.keys.read(text), kind.read(body)


def stock_of(connection: Connection, kind: Kind[Any, Value], holder: PartyId) -> list[Value]:
    """Return the values of a kind that a party has in stock, by key."""
    table = t.table_of(kind)
    query = select(table.c.body).where(table.c.stock == holder).order_by(table.c[kind.keys.column])
    return [kind.read(row[0]) for row in connection.execute(query)]


def named_by(connection: Connection, kind: Kind[LotId, Lot], party: PartyId) -> list[Lot]:
    """Return the lots whose ids begin with a party's, which are those that it named, by id."""
    table = t.table_of(kind)
    # Between the party with a stroke behind it, and with the character after that.
    query = select(table.c.body).where(table.c.id > f"{party}-", table.c.id < f"{party}.").order_by(table.c.id)
    return [kind.read(row[0]) for row in connection.execute(query)]


def products_like(connection: Connection, spans: Iterable[Span], before: int) -> list[LotId]:
    """Return the lots that entries before an index stated as products within one of the spans, by id."""
    product = t.table_at(PRODUCT)
    found: set[LotId] = set()
    for span in spans:
        query = select(product.c.lot).where(
            product.c.metal == span.metal,
            product.c.net.between(*span.net),
            product.c.held.between(*span.held),
            product.c["index"] < before,
        )
        found.update(LotId(row[0]) for row in connection.execute(query))
    return sorted(found)


def entries_naming(connection: Connection, name: str, before: int) -> list[int]:
    """Return the indexes below a size of the entries that may name a document, file or supplier, ascending."""
    cited = t.table_at(CITED_NAME)
    query = select(cited.c["index"]).where(cited.c.name == number_of(name), cited.c["index"] < before)
    return [row[0] for row in connection.execute(query.order_by(cited.c["index"]))]
