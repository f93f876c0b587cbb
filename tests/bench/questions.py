"""The questions that ``make bench`` asks of ledgers of several sizes.

Each is asked in a process of its own (:mod:`tests.bench.ask`), so that nothing is known from before.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from ledger.audit import bundle_bytes, write_export
from ledger.questions.history import history_answer
from ledger.questions.lots import lot_answer, provenance_answer
from ledger.questions.recall import Wanted, recall_answer
from ledger.questions.refs import ref_answer
from ledger.questions.rules import rules_answer
from ledger.questions.sites import agreement_answer, site_findings, year_answer
from ledger.store.snapshot import Snapshot
from ledger.verify import verify_file
from schemas.ids import AgreementId, LotId, PartyId, StatementId
from tests.bench.made_plants import balance_answer
from tests.bench.plant_words import AGREEMENT

Marks = dict[str, Any]
"""What is asked for in a ledger, by name: a lot, papers, a supplier, lines to correct."""

SITE = PartyId("TEX")
MONTH, YEAR = "2026-01", 2026


class Asked(NamedTuple):
    """A ledger at one size, its genesis, what is asked for in it, and a folder for files."""

    snapshot: Snapshot
    genesis: StatementId
    marks: Marks
    folder: Path

    @property
    def lot(self) -> LotId:
        """The lot that is asked about."""
        return LotId(self.marks["lot"])

    def recalled(self, **wanted: str) -> object:
        """Return what something reached."""
        return recall_answer(self.snapshot, Wanted(**wanted))  # type: ignore[arg-type]


Question = Callable[[Asked], object]


def _export(asked: Asked) -> None:
    write_export(asked.snapshot, asked.folder / "export.zip")


def _verify(asked: Asked) -> None:
    report = verify_file(asked.folder / "export.zip", asked.genesis)
    assert not report.faults


OF_LEDGERS: dict[str, Question] = {
    "agreement": lambda asked: agreement_answer(asked.snapshot, AgreementId(AGREEMENT)),
    "rules SITE --year": lambda asked: year_answer(asked.snapshot, SITE, YEAR),
    "findings --site": lambda asked: site_findings(asked.snapshot, SITE),
    "balance of a month": lambda asked: balance_answer(asked.snapshot, SITE, MONTH),
    "balance --at half": lambda asked: balance_answer(asked.snapshot, SITE, MONTH, asked.snapshot.size // 2),
    "recall --document": lambda asked: asked.recalled(document=asked.marks["document"]),
    "recall --sha256": lambda asked: asked.recalled(sha256=asked.marks["sha256"]),
    "recall --supplier": lambda asked: asked.recalled(supplier=asked.marks["supplier"]),
    "recall of a batch": lambda asked: asked.recalled(lot=asked.marks["batch"]),
    "ref": lambda asked: ref_answer(asked.snapshot, asked.marks["ref"]),
    "lot": lambda asked: lot_answer(asked.snapshot, asked.lot),
    "provenance": lambda asked: provenance_answer(asked.snapshot, asked.lot),
    "history": lambda asked: history_answer(asked.snapshot, asked.lot),
    "rules of a lot": lambda asked: rules_answer(asked.snapshot, asked.lot),
    "bundle": lambda asked: bundle_bytes(asked.snapshot, asked.lot),
    "export": _export,
    "verify": _verify,
}
"""Of ledgers that the same feed filled to several sizes; the export comes before it is verified."""

AN_ENTRY = frozenset({"export", "verify"})
"""What is judged by its cost an entry."""


def _rows_read_once(asked: Asked) -> None:
    """Read each lot and run of a lot's past once, in whole generations, and nothing else."""
    frontier, seen = {asked.lot}, set[LotId]()
    while frontier:
        seen |= frontier
        runs = {lot.run for lot in asked.snapshot.lots.many(sorted(frontier)).values() if lot.run is not None}
        taken = {line.lot for run in asked.snapshot.runs.many(sorted(runs)).values() for line in run.inputs}
        frontier = taken - seen


OF_A_PAST: dict[str, Question] = {
    "its rows, read once": _rows_read_once,
    "provenance": OF_LEDGERS["provenance"],
    "lot, and how it stands": OF_LEDGERS["lot"],
    "rules of the lot": OF_LEDGERS["rules of a lot"],
    "bundle": OF_LEDGERS["bundle"],
    "recall of a first batch": lambda asked: asked.recalled(lot=asked.marks["first"]),
    "recall of the last batch": lambda asked: asked.recalled(lot=asked.marks["last"]),
}
"""Of a lot with a great past."""

NOTHING: dict[str, Question] = {"nothing": lambda asked: None}
