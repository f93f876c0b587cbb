"""The database itself refuses to change entries, events, tiles and kept checkpoints."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from ledger.store.engines import transaction
from ledger.store.tables import APPEND_ONLY
from tests.oracle import check_ledger
from tests.world.events import intakes
from tests.world.furnished import furnish
from tests.world.opened import OpenWorld

KEYS = {"entry": '"index"', "event": '"index"', "tile": "number", "kept_checkpoint": "size"}
ATTACKS = {
    "update": "UPDATE {table} SET {key} = {key}",
    "update of one column": "UPDATE {table} SET {bytes} = {bytes} WHERE {key} = (SELECT min({key}) FROM {table})",
    "delete": "DELETE FROM {table}",
    "delete of the last": "DELETE FROM {table} WHERE {key} = (SELECT max({key}) FROM {table})",
    "upsert": "INSERT INTO {table} SELECT * FROM {table} WHERE true "
    "ON CONFLICT ({conflict}) DO UPDATE SET {bytes} = excluded.{bytes}",
}
SQLITE_ATTACKS = {
    "replace": "REPLACE INTO {table} SELECT * FROM {table}",
    "insert or replace": "INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1",
    "update or replace": "UPDATE OR REPLACE {table} SET {key} = {key} + 1",
}
POSTGRESQL_ATTACKS = {
    "truncate": "TRUNCATE {table}",
    "merge": "MERGE INTO {table} AS t USING {table} AS s ON t.{key} = s.{key} WHEN MATCHED THEN DELETE",
    "delete in a subquery": "WITH gone AS (DELETE FROM {table} RETURNING *) SELECT count(*) FROM gone",
}


@pytest.fixture
def filled(yard: OpenWorld) -> OpenWorld:
    """A ledger with rows in all four tables."""
    furnish(yard)
    yard.submit(yard.line_up("TEX", *intakes("TEX", 100, 256)))
    return yard


def names_of(table: str) -> dict[str, str]:
    """Return what the attacks call the parts of a table."""
    return {
        "table": table,
        "key": KEYS[table],
        "bytes": "hashes" if table == "tile" else "note" if table == "kept_checkpoint" else "body",
        "conflict": "level, number" if table == "tile" else KEYS[table],
    }


def attacked(yard: OpenWorld, table: str, attack: str) -> str:
    """Run an attack over the ledger's own connection; return what the database says."""
    with yard.home.store._engine.connect() as connection:
        connection.execution_options(writing=True)
        with pytest.raises(DBAPIError) as caught, connection.begin():
            connection.execute(text(attack.format(**names_of(table))))
    return str(caught.value.orig)


@pytest.mark.slow
def test_no_statement_changes_what_is_true(filled: OpenWorld) -> None:
    """UPDATE, DELETE, upsert, REPLACE, TRUNCATE and MERGE are refused on each table, and not a byte is another."""
    before = {table: filled.database.table(table) for table in APPEND_ONLY}
    assert all(before.values())
    attacks = ATTACKS | (SQLITE_ATTACKS if filled.database.is_sqlite else POSTGRESQL_ATTACKS)
    said = {(table, name): attacked(filled, table, attack) for table in APPEND_ONLY for name, attack in attacks.items()}
    assert {where for where, message in said.items() if "append-only" not in message} == set()
    assert {table: filled.database.table(table) for table in APPEND_ONLY} == before
    check_ledger(filled.home)


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_an_unprepared_connection_is_refused_too(yard: OpenWorld, table: str) -> None:
    """The triggers belong to the database, not to the ledger's connections: none needs recursive triggers on."""
    furnish(yard)
    if table == "tile":
        yard.database.run("INSERT INTO tile VALUES (0, 0, :root, :hashes)", root=b"r", hashes=b"h")
    before = yard.database.table(table)
    attacks = ATTACKS | (SQLITE_ATTACKS if yard.database.is_sqlite else POSTGRESQL_ATTACKS)
    for attack in attacks.values():
        with pytest.raises(DBAPIError, match="append-only"):
            yard.database.run(attack.format(**names_of(table)))
    assert yard.database.table(table) == before


def test_every_connection_of_the_ledger_has_what_the_guards_need(yard: OpenWorld) -> None:
    """Commits wait for the disk, and SQLite's REPLACE fires the triggers of what it deletes."""
    engine = yard.home.store._engine
    for writing in (True, False):
        with transaction(engine, writing=writing) as connection:
            if yard.database.is_sqlite:
                pragmas = ("recursive_triggers", "synchronous", "journal_mode", "foreign_keys")
                found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in pragmas]
                assert found == [1, 2, "wal", 1]
            else:
                found = [connection.exec_driver_sql(f"SHOW {name}").scalar() for name in ("transaction_isolation",)]
                assert found == ["read committed" if writing else "repeatable read"]


def test_a_server_that_answers_before_the_disk_is_not_believed(yard: OpenWorld) -> None:
    """PostgreSQL with synchronous_commit off: writing transactions turn it on for themselves."""
    if yard.database.is_sqlite:
        pytest.skip("a setting of PostgreSQL")
    yard.home.close()
    yard.database.run(f"ALTER DATABASE {yard.database.name} SET synchronous_commit = off")
    yard.reopen()
    for writing, expected in ((True, "on"), (False, "off")):
        with transaction(yard.home.store._engine, writing=writing) as connection:
            assert connection.exec_driver_sql("SHOW synchronous_commit").scalar() == expected


@pytest.mark.parametrize(
    "row",
    [
        "INSERT INTO entry SELECT 99, statement_id, 'X', chain, sequence, body FROM entry WHERE \"index\" = 1",
        "INSERT INTO entry SELECT 99, 'other', issuer, chain, sequence, body FROM entry WHERE \"index\" = 1",
        "INSERT INTO entry SELECT \"index\", 'other', 'X', chain, sequence, body FROM entry WHERE \"index\" = 1",
        'INSERT INTO event SELECT * FROM event WHERE "index" = 1',
        "INSERT INTO kept_checkpoint SELECT * FROM kept_checkpoint",
    ],
    ids=["statement", "place in a chain", "index", "event", "checkpoint"],
)
def test_a_second_row_of_the_same_is_refused(yard: OpenWorld, row: str) -> None:
    """Statement id, place in a chain and index are unique in the database as the last guard."""
    with pytest.raises(DBAPIError, match=r"(?i)unique|append-only"):
        yard.database.run(row)
