"""Intakes that did not occur become rows, by who entered them and the month.

Revision ID: 0004
Revises: 0003

What did not occur before is not filled in: folding the ledger again does that.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    bytewise = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.create_table(
        "withdrawn_intake",
        sa.Column("id", bytewise, primary_key=True, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Refuse: a batch that comes in again would not be known any more."""
    raise RuntimeError("withdrawn intakes cannot be forgotten; restore the backup that was made before")
