"""The command line: ``battery-ledger`` (contract, section 6).

Invariants: with ``--json``, stdout holds one JSON document (``lots``: JSON Lines) and
all else goes to stderr; exit 0 done, 1 the answer is no, 2 wrong usage.
"""

from __future__ import annotations

import sys

import click
import typer

from api.commands import asking, making, proving, serving
from ledger.journal.collector import relax_collector
from schemas.errors import LedgerError

app = typer.Typer(
    name="battery-ledger",
    help="The ledger of battery batches: from intake through recycling to the metal lot.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for room in (making, asking, proving, serving):
    room.add_to(app)


def main() -> None:
    """Run the command line; every error of the ledger becomes one sentence."""
    relax_collector()
    try:
        sys.exit(app(standalone_mode=False) or 0)
    except click.exceptions.NoArgsIsHelpError as error:
        error.show()
        sys.exit(2)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except (click.exceptions.Abort, KeyboardInterrupt):
        sys.stderr.write("stopped\n")
        sys.exit(130)
    except LedgerError as error:
        sys.stderr.write(f"battery-ledger: {error}\n")
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(0)


if __name__ == "__main__":
    main()
