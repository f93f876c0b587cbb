"""Runs the verifiers that others wrote: Go modules, and npm's @noble/post-quantum.

A tool that is missing skips the test with what to install; a tool that is there
and refuses fails it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

HERE = Path(__file__).parent
_SECONDS = 600


@dataclass(frozen=True)
class Verifier:
    """A program that takes a tree directory, a file of claims and the log's two vkeys."""

    command: tuple[str, ...]

    def run(self, directory: Path, claims: Path, vkeys: Sequence[str]) -> subprocess.CompletedProcess[str]:
        """Return the finished run; exit code 0 means that everything verified."""
        return _run([*self.command, str(directory), str(claims), *vkeys], directory)


def build_go_verifier(folder: Path) -> Verifier:
    """Compile ``go/`` against the modules that its go.sum pins."""
    go = shutil.which("go") or shutil.which("go", path="/usr/local/go/bin")
    if go is None:
        pytest.skip("FOREIGN VERIFIER NOT RUN: install Go 1.26 or later (https://go.dev/dl) and put `go` on the PATH")
    program = folder / "verify"
    _fetch([go, "mod", "download"], HERE / "go", "the Go modules of tests/conformance/go (`go mod download` there)")
    built = _run([go, "build", "-mod=readonly", "-o", str(program), "."], HERE / "go")
    assert built.returncode == 0, built.stderr
    return Verifier((str(program),))


def install_node_verifier(folder: Path) -> Verifier:
    """Install what ``node/package-lock.json`` pins into a folder outside the repository."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("FOREIGN VERIFIER NOT RUN: install Node.js 20.19 or later with npm (https://nodejs.org)")
    for source in (HERE / "node").iterdir():
        if source.is_file():
            shutil.copy(source, folder)
    # Without resolved addresses in the lock file, npm uses the registry that is set.
    _fetch([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], folder, "the npm package @noble/post-quantum")
    return Verifier((node, str(folder / "verify.mjs")))


def _fetch(command: Sequence[str], folder: Path, what: str) -> None:
    fetched = _run(command, folder)
    if fetched.returncode == 0:
        return
    # A pinned hash that no longer fits is a finding, not a missing network.
    assert "EINTEGRITY" not in fetched.stderr, fetched.stderr
    assert "checksum mismatch" not in fetched.stderr, fetched.stderr
    pytest.skip(f"FOREIGN VERIFIER NOT RUN: could not get {what}: {' '.join(fetched.stderr.split())[:300]}")


def _run(command: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=folder,
        env=os.environ.copy(),
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
    )
