"""The ledger: entries, events, tiles, checkpoints, and what is projected from them.

Revision ID: 0001
Revises:

The triggers make the first four tables append-only in the database itself, whoever
is connected: UPDATE, DELETE, REPLACE (SQLite) and TRUNCATE (PostgreSQL) are refused.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Each table with its keys, as conditions on a new row.
APPEND_ONLY = {
    "entry": (
        '"index" = NEW."index"',
        "statement_id = NEW.statement_id",
        "issuer = NEW.issuer AND chain = NEW.chain AND sequence = NEW.sequence",
    ),
    "event": ('"index" = NEW."index"',),
    "tile": ("level = NEW.level AND number = NEW.number",),
    "kept_checkpoint": ("size = NEW.size",),
}
BODIES = (
    "run", "shipment", "citation", "cited_file", "agreement", "attested", "standing", "closed_period",
    "credit_account",
)  # fmt: skip
MESSAGE = "append-only: entries, events, tiles and kept checkpoints are never changed"


def _text(name: str, *, nullable: bool = False) -> sa.Column:
    bytewise = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    return sa.Column(name, bytewise, nullable=nullable)


def _number(name: str) -> sa.Column:
    return sa.Column(name, sa.BigInteger(), autoincrement=False, nullable=False)


def _bytes(name: str) -> sa.Column:
    return sa.Column(name, sa.LargeBinary(), nullable=False)


def _json(name: str) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=False)


def _what_is_true() -> None:
    op.create_table(
        "entry",
        _number("index"),
        _text("statement_id"),
        _text("issuer"),
        _text("chain"),
        _number("sequence"),
        _bytes("body"),
        sa.PrimaryKeyConstraint("index"),
        sa.UniqueConstraint("issuer", "chain", "sequence", name="uq_entry_chain"),
        sa.UniqueConstraint("statement_id", name="uq_entry_statement"),
    )
    op.create_table("event", _number("index"), _bytes("body"), sa.PrimaryKeyConstraint("index"))
    op.create_table(
        "tile",
        sa.Column("level", sa.Integer(), nullable=False),
        _number("number"),
        _bytes("root"),
        _bytes("hashes"),
        sa.PrimaryKeyConstraint("level", "number"),
    )
    op.create_table("kept_checkpoint", _number("size"), _text("time"), _bytes("note"), sa.PrimaryKeyConstraint("size"))
    op.create_table(
        "disclosure",
        _text("statement_id"),
        _text("digest"),
        sa.Column("text", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("statement_id", "digest"),
    )


def _what_is_projected() -> None:
    op.create_table(
        "latest",
        sa.Column("id", sa.Integer(), nullable=False),
        _number("size"),
        _text("time"),
        _bytes("note"),
        _json("facts"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "chain_head",
        _text("issuer"),
        _text("chain"),
        _number("sequence"),
        _text("statement_id"),
        sa.PrimaryKeyConstraint("issuer", "chain"),
    )
    op.create_table("party", _text("id"), _json("body"), sa.PrimaryKeyConstraint("id"))
    op.create_table("signing_key", _text("keyid"), _json("body"), sa.PrimaryKeyConstraint("keyid"))
    for name in BODIES:
        op.create_table(name, _text("id"), _json("body"), sa.PrimaryKeyConstraint("id"), sqlite_with_rowid=False)
    op.create_table("party_entry", _number("index"), sa.PrimaryKeyConstraint("index"))
    op.create_table(
        "mention", _text("lot"), _number("index"), sa.PrimaryKeyConstraint("lot", "index"), sqlite_with_rowid=False
    )


def _accounting() -> None:
    op.create_table(
        "lot",
        _text("id"),
        _text("stock", nullable=True),
        _json("body"),
        sa.PrimaryKeyConstraint("id"),
        sqlite_with_rowid=False,
    )
    has_stock = sa.text("stock IS NOT NULL")
    op.create_index("ix_lot_stock", "lot", ["stock", "id"], sqlite_where=has_stock, postgresql_where=has_stock)
    op.create_table(
        "finding",
        _number("index"),
        _number("judged"),
        _number("number"),
        sa.Column("ended", sa.BigInteger(), nullable=True),
        _json("body"),
        sa.PrimaryKeyConstraint("index", "judged", "number"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "finding_lot",
        _text("lot"),
        _number("index"),
        _number("judged"),
        _number("number"),
        sa.PrimaryKeyConstraint("lot", "index", "judged", "number"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "posting",
        _text("site"),
        _number("index"),
        _json("body"),
        sa.PrimaryKeyConstraint("site", "index"),
        sqlite_with_rowid=False,
    )


def _guards() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $$"
        )
        for table in APPEND_ONLY:
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )
        return
    for table, keys in APPEND_ONLY.items():
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            )
        # REPLACE deletes without asking the trigger above unless the connection set
        # recursive_triggers, so it is met before it comes to that.
        taken = " OR ".join(f"EXISTS (SELECT 1 FROM {table} WHERE {key})" for key in keys)  # noqa: S608
        op.execute(
            f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {taken} "
            f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        )


def upgrade() -> None:
    """Make all tables and their guards."""
    _what_is_true()
    _what_is_projected()
    _accounting()
    _guards()


def downgrade() -> None:
    """Refuse: a ledger is left, not unmade."""
    raise RuntimeError("the first version of the tables cannot be undone; entries are kept for ever")
