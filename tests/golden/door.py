"""The one way from these tests to the ledger: what was recorded goes in, answers come out.

Every name of the ledger that a replay needs is imported here and nowhere else, so that a
module that moves costs one edit. What comes out is plain JSON without wording: codes,
figures, names and texts that the contract fixes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

from ledger.audit import bundle_bytes, write_export
from ledger.journal.answers import Answer, Refused, Taken
from ledger.journal.journal import Journal
from ledger.journal.publishing import Publisher
from ledger.journal.sequencer import Sequencer
from ledger.log.checkpoint import LogSigner
from ledger.log.signers import FileSigner
from ledger.materials.moves.balance import NAMES
from ledger.questions.balances import Page, balance_answer, movements_answer
from ledger.questions.findings import finding_rows
from ledger.questions.lots import lot_answer, provenance_answer
from ledger.questions.recall import Wanted, recall_answer
from ledger.questions.rules import rules_answer
from ledger.questions.sites import agreement_answer, credits_answer, site_findings, year_answer
from ledger.store.snapshot import Snapshot
from ledger.store.store import Store
from ledger.submission import read_submission
from ledger.verify import verify_file
from schemas.errors import NotFoundError
from schemas.ids import LotId, PartyId

Json = Any
_MOST_SOURCES = 12
_WORDS = ("text", "reason", "rule_sets", "message", "figure", "limit", "source")
"""Members of verdicts, duties and findings that are sentences or are written from figures: they are not compared."""


class FixedClock:
    """A clock that stands."""

    def __init__(self, seconds: int) -> None:
        self._seconds = seconds

    def now(self) -> int:
        return self._seconds


def throwaway_signer(algorithm: str, name: str) -> FileSigner:
    """Return a key pair that anybody can make from a name: for recordings, and worth nothing elsewhere."""
    seed = hashlib.sha256(f"a throwaway key of tests/golden for {name}".encode()).digest()
    match algorithm:
        case "ed25519":
            return FileSigner(Ed25519PrivateKey.from_private_bytes(seed))
        case "ml-dsa-44":
            return FileSigner(MLDSA44PrivateKey.from_seed_bytes(seed))
        case _:
            return FileSigner(ec.derive_private_key(int.from_bytes(seed[1:]), ec.SECP256R1()))


def log_signer(origin: str) -> LogSigner:
    """Return the signer of the checkpoints of every recorded ledger."""
    return LogSigner(origin, throwaway_signer("ed25519", "the log"), throwaway_signer("ml-dsa-44", "the log"))


class Door:
    """A new ledger behind the real journal and store, with a clock that stands."""

    def __init__(self, folder: Path, database: str, origin: str, seconds: int) -> None:
        self._store = Store.open(database)
        signer = log_signer(origin)
        sequencer = Sequencer(self._store, signer, FixedClock(seconds))
        self._journal = Journal(self._store, sequencer, Publisher((folder / "checkpoint",), signer.keys))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._journal.close()
        self._store.close()

    def submit(self, wires: Sequence[bytes]) -> list[Json]:
        """Hand in submissions in their wire form, in order; return what became of each."""
        return _plain([_became(answer) for answer in self._journal.submit(list(map(read_submission, wires)))])

    def ask(self, questions: Iterable[Sequence[Json]]) -> list[Json]:
        """Answer questions, each a name with its arguments, all from one snapshot."""
        with self._store.reading() as snapshot:
            return _plain([_answer(snapshot, name, arguments) for name, *arguments in questions])

    def agreements(self) -> list[str]:
        """Return the ids of all agreements."""
        with self._store.reading() as snapshot:
            return sorted(terms.id for terms in snapshot.agreements.all())

    def was_there(self, lot: str, at: int) -> bool:
        """Say whether a lot was there when the tree had a size."""
        with self._store.reading() as snapshot:
            found = snapshot.lots.get(LotId(lot))
        return found is not None and found.created < at

    def faults(self, genesis: str, folder: Path, lots: Iterable[str]) -> list[str]:
        """Write the export and bundles of some lots, verify them offline, and return the faults."""
        with self._store.reading() as snapshot:
            write_export(snapshot, folder / "export.zip")
            for lot in lots:
                (folder / f"bundle-{lot}.json").write_bytes(bundle_bytes(snapshot, LotId(lot)))
        files = [folder / "export.zip", *sorted(folder.glob("bundle-*.json"))]
        return [f"{file.name}: {fault}" for file in files for fault in verify_file(file, genesis).faults]


def _plain(values: list[Json]) -> list[Json]:
    """Return what reading the values back from JSON gives."""
    plain: list[Json] = json.loads(json.dumps(values))
    return plain


def _answer(snapshot: Snapshot, name: str, arguments: list[Json]) -> Json:
    try:
        return _QUESTIONS[name](snapshot, *arguments)
    except NotFoundError:
        return {"not_found": arguments[0]}


def _became(answer: Answer | None) -> Json:
    match answer:
        case Taken():
            return {"index": answer.index, "new": answer.is_new}
        case Refused():
            return {"refused": answer.code, "collides_with": getattr(answer.error, "collides_with", None)}
        case None:
            raise AssertionError("every statement of a recording is judged")


def _lots(snapshot: Snapshot) -> Json:
    return sorted(lot.id for lot in snapshot.lots.all())


def _contributions(snapshot: Snapshot, lot: str, at: int | None = None) -> Json:
    """Return the share of each source; the ancestors and runs, and the tail of long lists, as a hash."""
    report = provenance_answer(snapshot, LotId(lot), at)
    runs = [
        [run["run"], *([[line["lot"], line["net_kg"]] for line in run[side]] for side in ("inputs", "outputs"))]
        for run in report["runs"]
    ]
    found = {
        metal: _cut([[row["source"], row["share"]] for row in rows]) for metal, rows in report["contributions"].items()
    }
    return {"metals": found, "ancestry": _hash([[row["lot"] for row in report["lots"]], runs])}


def _cut(rows: list[Json]) -> list[Json]:
    if len(rows) <= _MOST_SOURCES:
        return rows
    return [*rows[:_MOST_SOURCES], [f"and {len(rows) - _MOST_SOURCES} more", _hash(rows)]]


def _hash(value: Json) -> str:
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:32]


def _findings(snapshot: Snapshot) -> Json:
    return _found(finding_rows(snapshot, snapshot.all_findings()))


def _lot_findings(snapshot: Snapshot, lot: str, at: int) -> Json:
    return _found(finding_rows(snapshot, snapshot.findings(LotId(lot), at), at))


def _site_findings(snapshot: Snapshot, site: str) -> Json:
    return _found(finding_rows(snapshot, site_findings(snapshot, PartyId(site))))


def _found(rows: Iterable[Json]) -> Json:
    """Return findings by entry, code and statement, without sentence and figures, in no order that counts.

    Those that a later statement took away stand apart: recordings from before they stayed have none.
    """
    found: dict[str, dict[str, list[Json]]] = {"found": {}, "taken_away": {}}
    for row in rows:
        one = {name: row[name] for name in ("severity", "lots", "attested", "withdrawn_by") if name in row}
        rest = found["taken_away" if "withdrawn_by" in one else "found"]
        rest.setdefault(f"{row['index']} {row['code']} {row['statement'][:16]}", []).append(one)
    return {
        kind: {name: sorted(several, key=json.dumps) for name, several in rest.items()} for kind, rest in found.items()
    }


def _balance(snapshot: Snapshot, site: str, period: str, at: int | None = None) -> Json:
    """Return a balance with all its movements by kind, page after page."""
    report = balance_answer(snapshot, PartyId(site), period, at)
    movements: dict[str, list[Json]] = {}
    after: int | None = -1
    while after is not None:
        found = movements_answer(snapshot, PartyId(site), period, Page(after, limit=500), at)
        after = found.next
        for row in found.report["movements"]:
            movements.setdefault(row.pop("kind"), []).append(row)
    return {**report, "statements": {name: movements[name] for name in NAMES.values() if name in movements}}


def _recall(snapshot: Snapshot, lot: str) -> Json:
    return recall_answer(snapshot, Wanted(lot=LotId(lot)))


def _rules(snapshot: Snapshot, lot: str) -> Json:
    return _wordless(rules_answer(snapshot, LotId(lot)))


def _year(snapshot: Snapshot, site: str, year: int) -> Json:
    return _wordless(year_answer(snapshot, PartyId(site), year))


def _wordless(value: Json) -> Json:
    """Return JSON without the members that are wording."""
    if isinstance(value, dict):
        return {name: _wordless(part) for name, part in value.items() if name not in _WORDS}
    return [_wordless(part) for part in value] if isinstance(value, list | tuple) else value


_QUESTIONS: dict[str, Callable[..., Json]] = {
    "lots": _lots,
    "lot": lot_answer,
    "contributions": _contributions,
    "findings": _findings,
    "lot-findings": _lot_findings,
    "site-findings": _site_findings,
    "balance": _balance,
    "credits": credits_answer,
    "agreement": agreement_answer,
    "recall": _recall,
    "rules": _rules,
    "year": _year,
}
