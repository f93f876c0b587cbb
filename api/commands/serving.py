"""Commands that serve: serve, demo."""

from __future__ import annotations

import socket
import tempfile
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from api.app import create_app
from api.commands.console import HomeOption, open_home, say
from api.demo.furnishing import furnish
from api.settings import Settings
from ledger.home.opening import Home
from schemas.errors import LedgerStateError

PortOption = Annotated[int | None, typer.Option(help="The port to listen on.", min=1, max=65535)]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    for command in (serve, demo):
        app.command()(command)


def serve(
    home: HomeOption,
    port: PortOption = None,
    host: Annotated[str | None, typer.Option(help="The address to listen on.")] = None,
) -> None:
    """Serve the API and the pages, on 127.0.0.1 by default."""
    settings = _settings(host, port)
    with open_home(home, writable=True) as opened:
        _check_free(settings)
        say(f"serving {opened.origin} at {settings.address}")
        _serve(opened, settings)


def demo(
    port: PortOption = None,
    home: Annotated[Path | None, typer.Option("--home", help="Where to make it; default: a throw-away folder.")] = None,
) -> None:
    """Make a furnished ledger of the four parks, check a lot offline, then serve it."""
    settings = _settings(None, port)
    _check_free(settings)
    with tempfile.TemporaryDirectory(prefix="battery-ledger-demo-") as throw_away:
        directory = home or Path(throw_away)
        directory.mkdir(parents=True, exist_ok=True)
        lot = furnish(directory, say)
        with Home.open(directory) as opened:
            say("")
            say("Scan the code on the page, or open it here (Ctrl-C ends the demo):")
            say(f"{settings.address}/lots/{lot}")
            _serve(opened, settings)


def _settings(host: str | None, port: int | None) -> Settings:
    given = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    return Settings.read().model_copy(update=given)


def _check_free(settings: Settings) -> None:
    """Say that a port is taken before anything is made or printed."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise LedgerStateError(
                f"expected port {settings.port} of {settings.host} to be free, got: {error.strerror}. "
                "Choose another with --port"
            ) from error


def _serve(home: Home, settings: Settings) -> None:
    app = create_app(home, public_url=settings.address)
    uvicorn.run(app, host=settings.host, port=settings.port, log_level="warning", access_log=False)
