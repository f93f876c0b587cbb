"""Commands that serve: serve, demo."""

from __future__ import annotations

import typer


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    for command in (serve, demo):
        app.command()(command)


def serve() -> None: ...


def demo() -> None: ...
