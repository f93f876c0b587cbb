"""Sums of postings become rows: a tile for each 256 rows of a site, and one for each 256 of those.

Revision ID: 0005
Revises: 0004

What was posted before is summed when its site next posts.
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
        "posting_sum",
        sa.Column("site", bytewise, primary_key=True, nullable=False),
        sa.Column("level", sa.BigInteger(), primary_key=True, autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), primary_key=True, autoincrement=False, nullable=False),
        sa.Column("stop", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Drop it: it is made of the postings."""
    op.drop_table("posting_sum")
