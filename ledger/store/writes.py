"""Writing rows: many at once, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, starmap
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Insert, Table, delete, insert, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import SQLModel

from ledger.materials.state.kind import Kind
from ledger.materials.state.log import Log
from ledger.materials.state.log_rows import FINDING, FINDING_LOT
from ledger.materials.state.row_text import write_text
from ledger.store import tables as t
from ledger.store.finding_log import Judged


def upsert_values(connection: Connection, kind: Kind[Any, Any], values: Mapping[Any, Any]) -> None:
    """Write values of one kind of state."""
    if not values:
        return
    if kind.members is not None:
        names, key = [column.name for column in kind.members], kind.layouts[0].key
        members = ((*at, *kind.write(value)) for at, value in values.items())
        _upsert(connection, t.table_of(kind), key, [dict(zip(names, row, strict=True)) for row in members])
        return
    column, write_key, write, stock = kind.keys.column, kind.keys.write, kind.write, kind.stock
    rows: list[dict[str, Any]] = [{column: write_key(key), "body": write(value)} for key, value in values.items()]
    if stock is not None:
        for row, value in zip(rows, values.values(), strict=True):
            row["stock"] = stock(value)
    _upsert(connection, t.table_of(kind), (column,), rows)


def write_latest(connection: Connection, size: int, time: str, note: bytes, facts: str) -> None:
    """Write the one row of the ledger's state."""
    _upsert(connection, t.LatestRow, ("id",), [{"id": 1, "size": size, "time": time, "note": note, "facts": facts}])


def write_log(connection: Connection, log: Log[Any], added: Iterable[tuple[int, Sequence[Any]]]) -> None:
    """Write what entries, each by its index, added to a log."""
    if log.rows is not None:
        write_rows(connection, t.table_of(log), chain.from_iterable(starmap(log.rows, added)))


def write_findings(connection: Connection, found: Sequence[Judged], anew: Mapping[int, int]) -> None:
    """Write the findings on entries; ``anew`` says which correction ended what is stored of an entry.

    Nothing is deleted: what was answered at an earlier size stays an answer.
    """
    table = t.table_at(FINDING)
    for index, by in anew.items():
        connection.execute(update(table).where(table.c["index"] == index, table.c.ended.is_(None)).values(ended=by))
    rows = [(part, number, finding) for part in found for number, finding in enumerate(part.findings)]
    bodies = (
        {
            "index": part.index, "judged": part.judged, "number": number, "ended": part.ended,
            "body": write_text(finding),
        }
        for part, number, finding in rows
    )  # fmt: skip
    write_rows(connection, table, bodies)
    shown = (
        {"lot": lot, "index": part.index, "judged": part.judged, "number": number}
        for part, number, finding in rows
        for lot in dict.fromkeys(finding.lots)
    )
    write_rows(connection, t.table_at(FINDING_LOT), shown)


def write_rows(connection: Connection, row: type[Any] | Table, rows: Iterable[dict[str, Any]]) -> None:
    """Append rows to a table that only grows."""
    values = list(rows)
    if values:
        execute_many(connection, insert(row), values)


def write_disclosures(connection: Connection, disclosures: Sequence[tuple[str, str, str]]) -> None:
    """Add sealed facts as (statement, digest, text); what is there, or was erased, stays."""
    if not disclosures:
        return
    build = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = build(t.DisclosureRow).on_conflict_do_nothing()
    rows = [{"statement_id": name, "digest": digest, "text": text} for name, digest, text in disclosures]
    connection.execute(statement, rows)


def drop_projections(connection: Connection) -> None:
    """Empty every projection; the entries stay."""
    metadata = SQLModel.metadata
    for name in t.PROJECTIONS:
        connection.execute(delete(metadata.tables[name]))


def _upsert(connection: Connection, row: type[Any] | Table, key: tuple[str, ...], rows: list[dict[str, Any]]) -> None:
    build = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = build(row)
    changed = {name: statement.excluded[name] for name in rows[0] if name not in key}
    execute_many(connection, statement.on_conflict_do_update(index_elements=list(key), set_=changed), rows)


def execute_many(connection: Connection, statement: Insert, rows: list[dict[str, Any]]) -> None:
    """Run one statement for many rows without SQLAlchemy's work per row.

    The statement is compiled by SQLAlchemy and the rows go to the driver as they are:
    texts, integers and bytes need no conversion. Measured on SQLite, 512 statements a
    transaction: 7 microseconds a row less, a fifth of the whole write path.
    """
    compiled = statement.compile(dialect=connection.dialect, column_keys=list(rows[0]))
    names = compiled.positiontup
    parameters: Any = rows
    if names:
        # A getter of one name gives a bare value, not a tuple.
        parameters = list(map(itemgetter(*names), rows)) if len(names) > 1 else [(row[names[0]],) for row in rows]
    connection.exec_driver_sql(str(compiled), parameters)
