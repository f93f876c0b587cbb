"""Recalls in a fold: what lots and additions reached."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from ledger.materials.answers.recall.recall import Recall, recall
from ledger.materials.answers.recall.report import recall_report
from ledger.materials.answers.recall.shares import Seeds
from ledger.materials.history.closure import gather
from schemas.ids import LotId, RunId
from tests.world.folding import Fold


def reached(fold: Fold, *lots: str, additions: tuple[tuple[str, int], ...] = ()) -> Recall:
    """Recall lots, and additions by run and number."""
    seeds = Seeds(tuple(map(LotId, lots)), tuple((RunId(run), number) for run, number in additions))
    made = [made.lot for run, _ in seeds.additions for made in fold.runs[run].outputs]
    closure = gather((*seeds.lots, *made), fold.history, fold.index, onward=True)
    return recall(seeds, closure, fold, fold.index)


def report_of(fold: Fold, *lots: str, additions: tuple[tuple[str, int], ...] = ()) -> dict[str, Any]:
    """Return the answer about a recall."""
    return recall_report(reached(fold, *lots, additions=additions), (), fold.index)


class NetShares:
    """Which part of each lot's mass comes from some lots, exactly: backwards, run by run, as far as it is asked."""

    def __init__(self, fold: Fold, seeds: set[str]) -> None:
        self._fold = fold
        self._known = dict.fromkeys(seeds, Fraction(1))

    def of(self, name: str) -> Fraction:
        """Return the share of one lot."""
        if name not in self._known:
            made_by = self._fold.lots[LotId(name)].run
            run = self._fold.runs.get(made_by) if made_by is not None else None
            self._known[name] = Fraction(0)
            if run is not None:
                part = sum((taken.booked * self.of(taken.lot) for taken in run.inputs), Fraction(0))
                whole = sum(taken.booked + taken.short for taken in run.inputs) + sum(run.added)
                self._known[name] = part / whole
        return self._known[name]
