"""The replay of a bundle: signatures, keys, chains and the fold of one lot's closure.

Invariants: parties, keys and materials are judged by the code that admitted them; of
an entry that also concerns other lots only the part about the closure is replayed; a
fault in one check does not hide the faults of the next.

A bundle shows a part of each chain, so links are checked between the neighbours that
are there; :attr:`Replay.gaps` says what is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from ledger.admission.book import MemoryBook
from ledger.admission.judge import Accepted, admit, by_its_rules, enter, note
from ledger.admission.statements import Statement
from ledger.admission.steps import STEPS, Case, check_chain, check_signed, judge_event
from ledger.files.report import Findings
from ledger.log.chains import Head
from ledger.materials.state.book import Speaker
from ledger.materials.state.stamping import UPCOMING
from ledger.verify.ahead import Read
from ledger.verify.closure import LotClosure, Part, part_of
from schemas.catalogue.faults import FaultCode
from schemas.catalogue.refusals import RefusalCode
from schemas.errors import LedgerError, MalformedError
from schemas.quantity import format_kg, parse_kg, parse_positive_kg
from schemas.refusal import RefusedError
from schemas.strict_json import dump_json

_BEHIND_THE_ISSUER = (check_chain, check_signed)
_NOT_THERE = {RefusalCode.UNKNOWN_LOT, RefusalCode.UNKNOWN_SHIPMENT}


class Replay:
    """Folds the entries of a bundle, ascending by index, into a book of its closure."""

    def __init__(self, closure: LotClosure, found: Findings) -> None:
        """Begin with an empty book."""
        self.book = MemoryBook()
        self.gaps: list[str] = []
        """Stretches of chains that are not in the bundle, for people."""
        self._closure = closure
        self._found = found
        # Lots that are not in the book though entries name them; a fault has said why.
        self._unmade = {lot for lot, _ in closure.missing}

    def take(self, read: Read) -> None:
        """Judge one entry.

        Plan: (1) the genesis as a whole, or the steps of admission, each noted,
        (2) the chain goes on behind it, (3) the entry belongs to the closure, (4) what it
        says is allowed and enters the book.
        """
        statement = read.statement
        if statement is None:
            return
        index, book = read.raw.index, self.book
        book.size = index
        try:
            statement = by_its_rules(statement, book)
        except MalformedError as error:
            self._found.add_error(error, index)
            return
        if index == 0:
            self._begin(statement)
            return
        case = Case(statement, book, read.prechecked, is_partial=True, gaps=self.gaps)
        refusing = [step for step in STEPS if not self._passes(step, case)]
        if case.known is not None:
            self._found.add(
                FaultCode.REPEATED_STATEMENT,
                f"expected each statement once, got that of entry {case.known} again",
                index,
            )
        if case.is_decided:
            return
        self._follow(case, index)
        header = statement.header
        speaker = Speaker(case.issuer, header.occurred_at, UPCOMING, statement.id, statement.rules)
        self._enter(statement, speaker, is_signed=check_signed not in refusing)

    def _passes(self, step: Callable[[Case], None], case: Case) -> bool:
        """Take a step, unless nothing can be found by it any more, and note what it refuses."""
        if case.is_decided and step in _BEHIND_THE_ISSUER:
            return True
        try:
            step(case)
        except LedgerError as error:
            self._found.add_error(error, case.book.size)
            return False
        return True

    def _follow(self, case: Case, index: int) -> None:
        """Let the chain go on behind an entry, whether it may be there or not."""
        header, book = case.statement.header, self.book
        head = book.heads.get((header.issuer, header.chain))
        if head is None or header.sequence > head.sequence:
            book.heads[header.issuer, header.chain] = Head(header.sequence, case.statement.id)
        book.statements[case.statement.id] = index

    def _begin(self, statement: Statement) -> None:
        try:
            verdict = admit(statement, self.book)
        except LedgerError as error:
            self._found.add_error(error, 0)
            return
        if isinstance(verdict, Accepted):
            enter(verdict, self.book)

    def _enter(self, statement: Statement, speaker: Speaker, *, is_signed: bool) -> None:
        index = self.book.size
        part = part_of(index, statement.event, self._closure)
        if part is Part.NONE:
            self._found.add(
                FaultCode.EXTRA_ENTRY,
                "expected only entries that name the lot or an ancestor; this one names neither",
                index,
            )
            return
        # Keys that came in unsigned must not vouch for what follows.
        if part is Part.PARTY and not is_signed:
            return
        try:
            effects = judge_event(statement, speaker, self.book, self._closure.lots)
        except LedgerError as error:
            self._refuse(statement, index, error)
            return
        self.book.apply(effects, index)
        note(statement, index, effects, self.book)

    def _refuse(self, statement: Statement, index: int, error: LedgerError) -> None:
        """Note why an entry did not enter, once for everything that follows from it."""
        is_absent = isinstance(error, RefusedError) and error.code in _NOT_THERE
        if not is_absent:
            self._found.add_error(error, index)
        elif self._unmade.isdisjoint(statement.event.named_lots()):
            self._found.add_error(error, index, code=FaultCode.MISSING_ENTRY)
        self._unmade.update(statement.event.created_lots())


_ID: Final = re.compile("[0-9a-f]{64}")


def differing_members(claimed: Mapping[str, object], computed: Mapping[str, object]) -> list[tuple[str, str, str]]:
    """Return path, computed and claimed value of each member of two JSON objects that differs."""
    differing: list[tuple[str, str, str]] = []
    waiting: list[tuple[str, object, object]] = [("", claimed, computed)]
    while waiting:
        path, left, right = waiting.pop()
        if isinstance(left, dict) and isinstance(right, dict):
            waiting.extend(
                (f"{path}.{name}" if path else name, left.get(name), right.get(name))
                for name in sorted({*left, *right}, reverse=True)
            )
        elif isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
            rows = enumerate(zip(left, right, strict=True))
            waiting.extend(reversed([(f"{path}[{number}]", *pair) for number, pair in rows]))
        elif type(left) is not type(right) or left != right:
            differing.append((path, _plain(right), _plain(left)))
    return differing


def _plain(value: object) -> str:
    """Return a value of JSON as a reader of the file sees it, the first of it."""
    if value is None:
        return "none"
    return (value if isinstance(value, str) else dump_json(value).decode())[:80]


def holds_no_more(shown: object, computed: object) -> bool:
    """Say whether masses that are shown are nowhere above those computed; of a list of ids, whether none is missing."""
    if isinstance(computed, dict):
        return isinstance(shown, dict) and all(
            name in computed and holds_no_more(mass, computed[name]) for name, mass in shown.items()
        )
    if isinstance(computed, list):
        ids = isinstance(shown, list) and all(isinstance(name, str) and _ID.fullmatch(name) for name in shown)
        return ids and all(name in shown for name in computed)  # type: ignore[operator]
    try:
        mass = parse_positive_kg(shown)
    except MalformedError:
        return False
    return format_kg(mass) == shown and mass <= parse_kg(computed)
