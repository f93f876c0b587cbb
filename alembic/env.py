"""Run migrations over the connection that the caller hands in, or over a URL."""

import os

from alembic import context
from sqlalchemy import Connection
from sqlmodel import SQLModel

from ledger.store import tables
from ledger.store.engines import open_engine

target_metadata = SQLModel.metadata
assert tables.APPEND_ONLY  # noqa: S101  (the import fills the metadata)


def _run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=target_metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


handed_in = context.config.attributes.get("connection")
if handed_in is not None:
    _run(handed_in)
else:
    url = os.environ.get("BATTERY_LEDGER_DATABASE", "sqlite:///ledger.db")
    with open_engine(url).connect() as opened:
        _run(opened)
        opened.commit()
