"""The command line: ``battery-ledger`` (contract, section 6).

Invariants: with ``--json``, stdout holds one JSON document (``lots``: JSON Lines) and
all else goes to stderr; exit 0 done, 1 the answer is no, 2 wrong usage.
"""

from __future__ import annotations

import os
import sys

import typer

from api.commands import accounting, asking, making, proving, serving
from ledger.journal.garbage_collection import relax_collector
from schemas.errors import LedgerError

app = typer.Typer(
    name="battery-ledger",
    help="The ledger of battery batches: from intake through recycling to the metal lot.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for room in (making, asking, accounting, proving, serving):
    room.add_to(app)


def main() -> None:
    """Run the command line; every error of the ledger becomes one sentence."""
    relax_collector()
    # What a ledger folder holds is for its owner; the checkpoint is published apart.
    os.umask(0o077)
    try:
        app()
    except LedgerError as error:
        sys.stderr.write(f"battery-ledger: {error}\n")
        sys.exit(1)


if __name__ == "__main__":
    main()
