"""Sums of postings become rows, and under which models of custody a site has lots.

There is a tile for each 256 rows of a site, and one for each 256 of those.

Revision ID: 0006
Revises: 0005

What was posted before is summed when its site next posts. Of what a site has nothing is filled in: folding the
ledger again does that.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    bytewise = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.create_table(
        "posting_sum",
        sa.Column("site", bytewise, primary_key=True, nullable=False),
        sa.Column("level", sa.BigInteger(), primary_key=True, autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), primary_key=True, autoincrement=False, nullable=False),
        sa.Column("stop", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "site_stock",
        sa.Column("id", bytewise, primary_key=True, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "site_custody",
        sa.Column("site", bytewise, primary_key=True, nullable=False),
        sa.Column("index", sa.BigInteger(), primary_key=True, autoincrement=False, nullable=False),
        sa.Column("model", bytewise, nullable=False),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Drop them: they are made of the entries."""
    for name in ("posting_sum", "site_stock", "site_custody"):
        op.drop_table(name)
