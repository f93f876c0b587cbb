"""What all commands share: options, passphrases, output, progress."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from ledger.home.opening import Home
from ledger.journal.clock import SystemClock
from ledger.questions.as_of import size_of
from ledger.store.snapshot import Snapshot
from schemas.errors import KeyFileError, LedgerStateError, MalformedError
from schemas.instants import format_time
from schemas.strict_json import dump_json

HomeOption = Annotated[Path, typer.Option("--home", help="The folder of the ledger.", file_okay=False)]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
AtOption = Annotated[int | None, typer.Option("--at", metavar="SIZE", help="Answer as at this tree size.")]
Text = TypeVar("Text", bound=str)
AsOfOption = Annotated[
    str | None, typer.Option("--as-of", metavar="YYYY-MM-DD", help="Answer what was known by the end of this day, UTC.")
]
PASSPHRASE = "BATTERY_LEDGER_PASSPHRASE"  # noqa: S105  (the name of a variable, not a secret)


def passphrase() -> bytes | None:
    """Return the passphrase of the private keys from the environment, if one is set."""
    found = os.environ.get(PASSPHRASE)
    return found.encode() if found else None


def with_passphrase(use: Callable[[bytes | None], Any]) -> Any:  # noqa: ANN401
    """Use the passphrase of the environment, or ask for it on a terminal when it is needed."""
    try:
        return use(passphrase())
    except KeyFileError as error:
        if passphrase() is not None or "passphrase" not in str(error) or not sys.stdin.isatty():
            raise
        typed: str = typer.prompt("Passphrase of the private keys", hide_input=True, err=True)
        os.environ[PASSPHRASE] = typed
        return use(typed.encode())


def usable(check: Callable[[str], Text], value: str) -> Text:
    """Return the value of an option; one that is malformed is wrong usage."""
    try:
        return check(value)
    except MalformedError as error:
        raise typer.BadParameter(str(error)) from error


@contextmanager
def wrong_usage() -> Iterator[None]:
    """Let a question that cannot be asked so be wrong usage."""
    try:
        yield
    except MalformedError as error:
        raise typer.BadParameter(str(error)) from error


def size_asked(snapshot: Snapshot, at: int | None, as_of: str | None) -> int | None:
    """Return the tree size that ``--at`` or ``--as-of`` asks about, ``None`` for the newest."""
    with wrong_usage():
        return size_of(snapshot, at, as_of, format_time(SystemClock().now()))


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Say in a sentence why a file cannot be written."""
    try:
        yield
    except OSError as error:
        raise LedgerStateError(f"expected to write {path}, got: {error.strerror or error}") from error


def open_home(directory: Path, *, writable: bool) -> Home:
    """Open a ledger, asking for the passphrase where its keys are encrypted."""
    home: Home = with_passphrase(lambda phrase: Home.open(directory, writable=writable, passphrase=phrase))
    return home


@contextmanager
def reading(directory: Path) -> Iterator[Snapshot]:
    """Read a ledger at its newest size."""
    with open_home(directory, writable=False) as home, home.store.reading() as snapshot:
        yield snapshot


def say(text: str) -> None:
    """Print a line for people."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def warn(text: str) -> None:
    """Say what is done all the same, but may be a mistake, beside what is printed."""
    sys.stderr.write(f"battery-ledger: warning: {text}\n")


def say_json(value: Any) -> None:  # noqa: ANN401
    """Print one JSON document."""
    sys.stdout.buffer.write(dump_json(value) + b"\n")
    sys.stdout.flush()


@contextmanager
def progress(label: str, total: int | None) -> Iterator[Callable[[int], None]]:
    """Show a bar on a terminal and nothing in a pipe; yields what to call with each step."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with typer.progressbar(length=total or 1, label=label, file=sys.stderr) as bar:
        yield bar.update
