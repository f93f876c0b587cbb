"""A terminal, and a ledger into which the given season was submitted."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.cli.terminal import ORIGIN, SEASON, Result, Terminal, run_apart


@pytest.fixture
def terminal(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Commands run here; no passphrase is set unless a test sets one."""
    monkeypatch.delenv("BATTERY_LEDGER_PASSPHRASE", raising=False)
    return Terminal(capfdbinary)


class Month(NamedTuple):
    """A ledger with a season in it, and what the commands said."""

    home: Path
    init: Result
    enrol: Result
    submit: Result

    @property
    def genesis(self) -> Any:
        """The id to pin."""
        return self.init.document["genesis"]


@pytest.fixture(scope="session")
def month(tmp_path_factory: pytest.TempPathFactory) -> Month:
    """``init``, ``enrol`` and ``submit`` of ``tests/data/season``, each in its own process; for reading only."""
    home = tmp_path_factory.mktemp("season") / "home"
    return Month(
        home,
        run_apart("init", home, "--origin", ORIGIN, "--json"),
        run_apart("enrol", SEASON / "participants.jsonl", "--home", home, "--json"),
        run_apart("submit", SEASON / "feed.jsonl", "--home", home, "--json"),
    )


@pytest.fixture
def home(tmp_path: Path, terminal: Terminal) -> Path:
    """An empty ledger."""
    terminal.done("init", tmp_path / "home", "--origin", ORIGIN)
    return tmp_path / "home"
