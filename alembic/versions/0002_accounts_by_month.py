"""Mass-balance accounts become rows by month, each with what it began with.

Revision ID: 0002
Revises: 0001
"""

import json

import sqlalchemy as sa
from alembic import op

from ledger.materials.state.credit_account import Account
from ledger.materials.state.credit_months import in_months, read_voids, write_account_month, write_site_month
from ledger.materials.state.row_text import mix_of

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Write each account anew, a row a month."""
    connection = op.get_bind()
    table = sa.table("credit_account", sa.column("id", sa.Text), sa.column("body", sa.Text))
    rows = connection.execute(sa.select(table.c.id, table.c.body)).all()
    connection.execute(sa.delete(table))
    months = [
        {"id": write_site_month(key), "body": write_account_month(month)}
        for site, body in rows
        for key, month in in_months(site, _account(body)).items()
    ]
    if months:
        connection.execute(sa.insert(table), months)


def _account(body: str) -> Account:
    earned, drawn, made, voided = json.loads(body)
    return Account(
        {day: mix_of(mix) for day, mix in earned.items()},
        {day: mix_of(mix) for day, mix in drawn.items()},
        made,
        read_voids(voided),
    )


def downgrade() -> None:
    """Refuse: the software before this one is left, not gone back to."""
    raise RuntimeError("accounts by month cannot be undone; restore the backup that was made before")
