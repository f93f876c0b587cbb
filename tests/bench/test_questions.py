"""What questions cost as a ledger grows: ``make bench ARGS="-k questions"``.

Seconds are those of the processor, each in a fresh process; memory is what that process held above one that opened an
empty ledger. ``BENCH_SIZES`` are the sizes, ``BENCH_FEED`` is ``long`` or ``dense``, ``BENCH_KEEP`` a folder in which
made ledgers are kept for the next time, ``BENCH_ANCESTORS`` and ``BENCH_TAPS`` the greatest histories.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.bench.handing_in import AT_A_ROOT, HANDED_IN
from tests.bench.kept import empty, great, heels, kept, years
from tests.bench.questions import AN_ENTRY, OF_A_PAST, OF_LEDGERS

pytestmark = pytest.mark.bench

ROOT = Path(__file__).resolve().parents[2]
SIZES = [int(size) for size in os.environ.get("BENCH_SIZES", "2000,10000").split(",")]
FEED = os.environ.get("BENCH_FEED", "long")
ANCESTORS = int(os.environ.get("BENCH_ANCESTORS", "10000"))
TAPS = int(os.environ.get("BENCH_TAPS", "500"))
SHORT = 2.0
LEVEL = {"balance of a month", "balance --at half", "ref", "provenance", "history", "bundle"}
"""What costs the same however large the ledger is: at most three times as much, and what a process differs by."""
NOISE = 0.05


class Cost(NamedTuple):
    """Processor seconds, and the most kilobytes of memory."""

    seconds: float
    peak_kb: int


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where ledgers are made."""
    given = os.environ.get("BENCH_KEEP")
    return Path(given) if given else tmp_path_factory.mktemp("kept")


@pytest.fixture(scope="module")
def nothing(place: Path) -> int:
    """The kilobytes of a process that opened an empty ledger."""
    return ask(kept(place / "empty", empty), "nothing", "nothing").peak_kb


def ask(folder: Path, room: str, name: str) -> Cost:
    """Return what a question costs; the lesser of two processes where it is short."""
    costs: list[Cost] = []
    while len(costs) < 2 and not (costs and costs[0].seconds > SHORT):
        command = [sys.executable, "-m", "tests.bench.ask", str(folder), room, name]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        costs.append(Cost(**json.loads(done.stdout)))
    return min(costs)


def show(name: str, figures: Iterable[str]) -> None:
    """Print one row of the table."""
    print(f"  {name:<36}" + "".join(f"{figure:>12}" for figure in figures), flush=True)


@pytest.mark.parametrize(("room", "names"), [("ledgers", [*OF_LEDGERS]), ("written", [*HANDED_IN])])
def test_questions_of_growing_ledgers(room: str, names: list[str], place: Path, nothing: int) -> None:
    """Seconds at each size, the last over the first, and memory at the last."""
    folders = [kept(place / f"{FEED}-{size}", years(size, FEED)) for size in SIZES]
    show(f"{FEED}: {room}", [*(f"{size:,}" for size in SIZES), "ratio", "MB"])
    for name in names:
        costs = [ask(folder, room, name) for folder in folders]
        shown = [cost.seconds for cost in costs]
        if name in AN_ENTRY:
            shown = [seconds / size for seconds, size in zip(shown, SIZES, strict=True)]
        assert name not in LEVEL or shown[-1] < 3 * shown[0] + NOISE, (name, shown)
        figures = [f"{one * 1e6:,.0f} us" if name in AN_ENTRY else f"{one:.4f} s" for one in shown]
        show(name, [*figures, f"{shown[-1] / shown[0]:.2f}", f"{(costs[-1].peak_kb - nothing) / 1024:,.0f}"])


def test_questions_of_a_lot_of_many(place: Path, nothing: int) -> None:
    """Over reading the rows of its past once."""
    folder = kept(place / f"great-{ANCESTORS}", great(ANCESTORS))
    assert _over_rows(f"a lot of {ANCESTORS:,} batches", folder, nothing)["provenance"] < 8


def test_questions_of_a_chain_of_heels(place: Path, nothing: int) -> None:
    """Over reading the rows of the last tap's past once; and a correction at its root, with who waits beside it."""
    folder = kept(place / f"heels-{TAPS}", heels(TAPS))
    assert _over_rows(f"a chain of {TAPS:,} taps", folder, nothing)["provenance"] < 8
    for name in AT_A_ROOT:
        cost = ask(folder, "root", name)
        show(name, [f"{cost.seconds:.4f} s", "", f"{(cost.peak_kb - nothing) / 1024:,.0f}"])


def _over_rows(title: str, folder: Path, nothing: int) -> dict[str, float]:
    """Return what each question costs over reading the rows of a past once."""
    show(title, ["seconds", "ratio", "MB"])
    rows, ratios = 0.0, dict[str, float]()
    for name in OF_A_PAST:
        cost = ask(folder, "past", name)
        rows = rows or cost.seconds
        ratios[name] = cost.seconds / rows
        show(name, [f"{cost.seconds:.4f} s", f"{ratios[name]:.2f}", f"{(cost.peak_kb - nothing) / 1024:,.0f}"])
    return ratios
