"""What entries name of documents, files and suppliers becomes rows.

Revision ID: 0007
Revises: 0006

What was named before is not filled in: folding the ledger again does that.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "cited_name",
        sa.Column("name", sa.BigInteger(), primary_key=True, autoincrement=False, nullable=False),
        sa.Column("index", sa.BigInteger(), primary_key=True, autoincrement=False, nullable=False),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Drop it: it is made of the entries."""
    op.drop_table("cited_name")
