"""Folders of ledgers to be asked: made once, and found again where they are kept.

In a folder are the ledger, what is asked for in it (``marks.json``, written last), and the files that questions make.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from api.demo.figures import JsonObject
from tests.bench.feeds import great_lot
from tests.bench.great_histories import ROOT, heel_chain
from tests.bench.made_plants import Plants, all_lines
from tests.bench.plant_years import A_MONTH, plant_years

_AFTER_ALL = "2026-12-31T10:00:00Z"


def kept(folder: Path, make: Callable[[Path], dict[str, Any]]) -> Path:
    """Return a folder with a ledger in it, which is made if it is not there."""
    marks = folder / "marks.json"
    if not marks.exists():
        marks_of_it = make(folder / "ledger")
        marks.write_text(json.dumps(marks_of_it), encoding="utf-8")
    return folder


def empty(ledger: Path) -> dict[str, Any]:
    """Make a ledger in which nobody said anything yet."""
    Plants.made(ledger).home.close()
    return {}


def years(count: int, kind: str) -> Callable[[Path], dict[str, Any]]:
    """Return the maker of a ledger of *long* or *dense*; what is asked for in it was said half-way."""
    a_month = count if kind == "dense" else A_MONTH

    def make(ledger: Path) -> dict[str, Any]:
        plants = Plants.made(ledger)
        with plants.home:
            plants.take_months(plant_years(count, a_month=a_month))
        *_, last = plant_years(count, a_month=a_month)
        lines = all_lines(plant_years(count, a_month=a_month))
        # Of the first day: later ones have the little that was left undrawn before.
        balanced = next(line for line in lines if line["event"].get("custody") == "mass_balance")
        marks = _half_way(islice(all_lines(plant_years(count, a_month=a_month)), count // 2, None))
        return {**marks, "balanced": balanced, "month": last.period, "closed_at": last.closed_at}

    return make


def great(ancestors: int) -> Callable[[Path], dict[str, Any]]:
    """Return the maker of a ledger with a lot of so many batches."""

    def make(ledger: Path) -> dict[str, Any]:
        _fill(ledger, great_lot(ancestors, 100))
        return {"lot": "MUN-L-0", "first": "MUN-B-1", "last": f"MUN-B-{ancestors}"}

    return make


def heels(taps: int) -> Callable[[Path], dict[str, Any]]:
    """Return the maker of a ledger with a chain of so many taps."""

    def make(ledger: Path) -> dict[str, Any]:
        lines = heel_chain(taps)
        root = next(lines)
        _fill(ledger, heel_chain(taps))
        marks = {"lot": f"MUN-L-{taps}", "first": ROOT, "last": f"MUN-B-{taps}"}
        return {**marks, "line": root, "closed_at": _AFTER_ALL}

    return make


def _fill(ledger: Path, lines: Iterator[JsonObject]) -> None:
    plants = Plants.made(ledger)
    with plants.home:
        plants.take_lines(lines)


def _half_way(lines: Iterator[JsonObject]) -> dict[str, Any]:
    """Return what is asked for: a batch and its papers, a guest's digest, an ingot lot."""
    marks: dict[str, Any] = {}
    for line in lines:
        event = line["event"]
        if event["type"] == "intake" and line["issuer"] == "MUN":
            slip = event["documents"][0]
            marks.setdefault("line", line)
            marks.setdefault("batch", event["lot"])
            marks.setdefault("document", slip["number"])
            marks.setdefault("sha256", slip["sha256"])
            if line["private"]["supplier"].startswith("guest"):
                marks.setdefault("supplier", event["supplier"])
        elif event.get("process") == "smelting" and line["issuer"] == "MUN":
            marks.setdefault("lot", event["outputs"][0]["lot"])
            marks.setdefault("ref", event["ref"])
        if {"line", "supplier", "lot"} <= marks.keys():
            break
    return marks
