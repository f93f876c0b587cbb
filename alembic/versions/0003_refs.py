"""Refs of plants' own systems become rows: by ref, issuer and type of event.

Revision ID: 0003
Revises: 0002

Entries of before have no refs, so that there is nothing to fill in.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def _text(name: str) -> sa.Column:
    bytewise = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    return sa.Column(name, bytewise, nullable=False)


def upgrade() -> None:
    """Make the table."""
    key = ("ref", "issuer", "type")
    columns = (*key, "statement_id", "first", "standing")
    op.create_table("plant_ref", *(_text(name) for name in columns), sa.PrimaryKeyConstraint(*key))


def downgrade() -> None:
    """Refuse: refs that were used up would be free again."""
    raise RuntimeError("refs cannot be forgotten; restore the backup that was made before")
