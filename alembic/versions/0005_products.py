"""Products that runs made become rows, by metal and mass.

Revision ID: 0005
Revises: 0004

What was made before is not filled in: folding the ledger again does that.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    bytewise = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.create_table(
        "product",
        sa.Column("metal", bytewise, primary_key=True, nullable=False),
        sa.Column("net", sa.BigInteger(), primary_key=True, autoincrement=False, nullable=False),
        sa.Column("index", sa.BigInteger(), primary_key=True, autoincrement=False, nullable=False),
        sa.Column("lot", bytewise, primary_key=True, nullable=False),
        sa.Column("held", sa.BigInteger(), nullable=False),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Refuse: metal that one site sold and another takes in would not be found any more."""
    raise RuntimeError("products cannot be forgotten; restore the backup that was made before")
