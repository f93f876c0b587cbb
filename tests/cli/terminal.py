"""The command line as a person or a script meets it: arguments in, exit code and two streams out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import pytest

from api import cli

ORIGIN = "ledger.example.com/ace"
SEASON = Path(__file__).parent.parent / "data" / "season"


class Result(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on stdout, and nothing beside it."""
        assert self.out.endswith("\n")
        assert self.out.count("\n") == 1
        return json.loads(self.out)


class Terminal:
    """Runs commands in this process, which is fast; :func:`run_apart` starts a new one."""

    def __init__(self, capture: pytest.CaptureFixture[bytes]) -> None:
        self._capture = capture

    def run(self, *arguments: object) -> Result:
        """Run a command."""
        self._capture.readouterr()
        with (
            patch.object(sys, "argv", ["battery-ledger", *map(str, arguments)]),
            patch.object(cli, "relax_collector"),
            pytest.raises(SystemExit) as caught,
        ):
            cli.main()
        out, err = self._capture.readouterr()
        return Result(int(caught.value.code or 0), out.decode(), err.decode())

    def done(self, *arguments: object) -> Result:
        """Run a command that must succeed."""
        result = self.run(*arguments)
        assert result.code == 0, result
        return result


def run_apart(*arguments: object, **environment: str) -> Result:
    """Run a command in a process of its own, with pipes for streams."""
    done = subprocess.run(
        [sys.executable, "-m", "api.cli", *map(str, arguments)],
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
        timeout=120,
    )
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


def write_lines(path: Path, *lines: Any) -> Path:
    """Write a JSON Lines file."""
    path.write_bytes(b"".join(line if isinstance(line, bytes) else json.dumps(line).encode() + b"\n" for line in lines))
    return path
