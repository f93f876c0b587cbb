"""Engines: SQLite in one file, or PostgreSQL, set up to the same promises.

SQLite: WAL, ``synchronous=FULL`` (a commit that returned survives a power cut),
``recursive_triggers=ON`` (else ``INSERT OR REPLACE`` deletes past the triggers),
``BEGIN IMMEDIATE`` for writers. PostgreSQL: one advisory lock a writing transaction,
taken before the head is read, and a commit that waits for the disk whatever the server's
default; readers in ``REPEATABLE READ``.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.exc import SQLAlchemyError

from schemas.errors import LedgerStateError

_APPEND_LOCK = 7_263_548_911
_BUSY_MS = 30_000
_TAKE_TURN = text(
    "SELECT pg_advisory_xact_lock(:key), CASE current_setting('synchronous_commit') "
    "WHEN 'off' THEN set_config('synchronous_commit', 'on', true) END"
)


def open_engine(url: str) -> Engine:
    """Return an engine for ``sqlite:///FILE`` or ``postgresql+psycopg://...``.

    Raises:
        LedgerStateError: for another kind of database, or a missing driver.
    """
    try:
        if url.startswith("sqlite:"):
            engine = create_engine(url, pool_size=20, max_overflow=20)
            event.listen(engine, "connect", _prepare_sqlite)
        elif url.startswith("postgresql+psycopg:"):
            # A connection that a restart of the server broke is noticed before it is used.
            engine = create_engine(
                url, pool_size=20, max_overflow=20, pool_pre_ping=True, isolation_level="REPEATABLE READ"
            )
        else:
            raise LedgerStateError("expected a database URL of sqlite: or postgresql+psycopg:, found a different kind")
    except (SQLAlchemyError, ImportError) as error:
        raise LedgerStateError(f"expected a usable database, got: {error}") from error
    event.listen(engine, "begin", _begin)
    return engine


def sqlite_url(file: Path) -> str:
    """Return the URL of a SQLite file.

    The path is not pasted into a text: "?" and "#" in a folder's name would end it.
    """
    return URL.create("sqlite", database=str(file)).render_as_string(hide_password=False)


@contextmanager
def transaction(engine: Engine, *, writing: bool) -> Iterator[Connection]:
    """Open one transaction; a writer waits until it is the only one.

    Raises:
        LedgerStateError: if the database fails; nothing is half-written then.
    """
    try:
        with engine.connect() as connection:
            connection.execution_options(writing=writing)
            if writing and engine.dialect.name == "postgresql":
                # The head must be read after the lock, so the snapshot may not be older.
                connection.execution_options(isolation_level="READ COMMITTED")
            with connection.begin():
                if writing and engine.dialect.name == "postgresql":
                    connection.execute(_TAKE_TURN, {"key": _APPEND_LOCK})
                yield connection
    except SQLAlchemyError as error:
        raise LedgerStateError(f"expected the database to answer, got: {_short(error)}") from error


def migrate(engine: Engine) -> None:
    """Bring the tables to the newest version, from a checkout or an installed wheel.

    Tables that are up to date are only looked at, so a reader never waits for a writer;
    two processes that open a new database take turns.

    Raises:
        LedgerStateError: if the migration fails, or newer software made the tables.
    """
    config = Config()
    config.set_main_option("script_location", str(_migrations()))
    newest = ScriptDirectory.from_config(config).get_current_head()
    with transaction(engine, writing=False) as connection:
        if MigrationContext.configure(connection).get_current_revision() == newest:
            return
    try:
        with transaction(engine, writing=True) as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except CommandError as error:
        raise LedgerStateError(
            f"expected tables of version {newest} or older, got: {error}. Use the software that made them"
        ) from error


def _migrations() -> Path:
    """Find the migrations: inside the wheel, else at the top of the checkout."""
    inside = Path(str(resources.files("ledger.store"))) / "migrations"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "alembic"


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401
    # The driver's own transaction handling begins late and commits early; ours is explicit.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        f"busy_timeout={_BUSY_MS}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "recursive_triggers=ON",
        "foreign_keys=ON",
        "cache_size=-16384",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        writing = connection.get_execution_options().get("writing", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _short(error: SQLAlchemyError) -> str:
    return str(getattr(error, "orig", None) or error).splitlines()[0][:300]
