"""The replay of a bundle: signatures, keys, chains and the fold of one lot's story.

Invariants: parties, keys and materials are judged by the code that admitted them; of
an entry that also concerns other lots only the part about the closure is replayed; a
fault in one check does not hide the faults of the next.

A bundle shows a part of each chain, so links are checked between the neighbours that
are there; :attr:`Replay.gaps` says what is not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from ledger.admission.book import MemoryBook
from ledger.admission.judge import Accepted, admit, by_its_rules, enter, note
from ledger.admission.parties import check_proofs, judge_party_event
from ledger.admission.signatures import check_signatures
from ledger.admission.statements import Statement
from ledger.files.report import Findings
from ledger.log.chains import MAX_CHAINS, Head, check_link
from ledger.materials.judging import judge_material
from ledger.materials.state.book import Effects, Speaker
from ledger.verify.ahead import Read
from ledger.verify.closure import Closure, Part, part_of
from schemas.catalogue.faults import FaultCode
from schemas.catalogue.refusals import RefusalCode
from schemas.errors import LedgerError, MalformedError
from schemas.parties import Genesis, KeyAddition, KeyRevocation, Participant, RulesChange
from schemas.party import Party
from schemas.quantity import format_kg, parse_kg, parse_positive_kg
from schemas.refusal import RefusedError

_NOT_THERE = {RefusalCode.UNKNOWN_LOT, RefusalCode.UNKNOWN_SHIPMENT}


class Replay:
    """Folds the entries of a bundle, ascending by index, into a book of its closure."""

    def __init__(self, closure: Closure, found: Findings) -> None:
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

        Plan: (1) the genesis as a whole, (2) the log's origin, (3) the issuer is
        registered, (4) the statement is new, (5) its chain, (6) every signature under
        keys active at this index, and proofs of new keys, (7) the entry belongs to the
        closure, (8) what it says is allowed and enters the book.
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
        header = statement.header
        if index == 0 and isinstance(statement.event, Genesis):
            self._begin(statement)
            return
        # (2) The log's origin.
        if book.facts is not None and header.ledger != book.facts.origin:
            other = RefusedError(RefusalCode.WRONG_LEDGER, origin=book.facts.origin, ledger=header.ledger)
            self._found.add_error(other, index)
        # (3) A registered issuer.
        party = book.parties.get(header.issuer)
        if party is None:
            self._found.add_error(RefusedError(RefusalCode.UNKNOWN_ISSUER, issuer=header.issuer), index)
            return
        # (4) A new statement.
        if statement.id in book.statements:
            first = book.statements[statement.id]
            self._found.add(
                FaultCode.REPEATED_STATEMENT, f"expected each statement once, got that of entry {first} again", index
            )
            return
        book.statements[statement.id] = index
        # (5) The links that are here.
        self._check_chain(statement, party, index)
        # (6) Signatures and proofs.
        is_signed = self._check_signed(read, statement, party)
        # (7) and (8) What it says.
        self._enter(
            statement, Speaker(party, header.occurred_at, index, statement.id, statement.rules), is_signed=is_signed
        )

    def _begin(self, statement: Statement) -> None:
        # (1) The genesis, judged as when it was written.
        try:
            verdict = admit(statement, self.book)
        except LedgerError as error:
            self._found.add_error(error, 0)
            return
        if isinstance(verdict, Accepted):
            enter(verdict, self.book)

    def _check_chain(self, statement: Statement, party: Party, index: int) -> None:
        header, book = statement.header, self.book
        head = book.heads.get((party.id, header.chain))
        if head is None and book.chain_count(party.id) >= MAX_CHAINS:
            more = RefusedError(
                RefusalCode.CHAIN_CONFLICT, "too_many", most=MAX_CHAINS, issuer=party.id, chain=header.chain
            )
            self._found.add_error(more, index)
        before = head.sequence if head else 0
        is_next = header.sequence <= before + 1
        try:
            if is_next or (head is not None and header.previous == head.id):
                check_link(header, head, party.registration)
            else:
                self.gaps.append(f"{party.id}/{header.chain} {before + 1} to {header.sequence - 1}")
        except RefusedError as error:
            self._found.add_error(error, index)
        if header.sequence > before:
            book.heads[party.id, header.chain] = Head(header.sequence, statement.id)

    def _check_signed(self, read: Read, statement: Statement, party: Party) -> bool:
        known = read.prechecked
        try:
            check_signatures(statement.envelope, party, self.book.keys, good=known.good, bad=known.bad)
            check_proofs(statement.event, statement.keys, statement.header.ledger)
        except LedgerError as error:
            self._found.add_error(error, read.raw.index)
            return False
        return True

    def _enter(self, statement: Statement, speaker: Speaker, *, is_signed: bool) -> None:
        part = part_of(speaker.index, statement.event, self._closure)
        if part is Part.NONE:
            self._found.add(
                FaultCode.EXTRA_ENTRY,
                "expected only entries that name the lot or an ancestor, got another",
                speaker.index,
            )
            return
        # Keys that came in unsigned must not vouch for what follows.
        if part is Part.PARTY and not is_signed:
            return
        try:
            effects = self._judge(statement, speaker)
        except LedgerError as error:
            self._refuse(statement, speaker.index, error)
            return
        self.book.apply(effects, speaker.index)
        note(statement, speaker.index, effects, self.book)

    def _refuse(self, statement: Statement, index: int, error: LedgerError) -> None:
        """Note why an entry did not enter, once for everything that follows from it."""
        is_absent = isinstance(error, RefusedError) and error.code in _NOT_THERE
        if not is_absent:
            self._found.add_error(error, index)
        elif self._unmade.isdisjoint(statement.event.named_lots()):
            self._found.add_error(error, index, code=FaultCode.MISSING_ENTRY)
        self._unmade.update(statement.event.created_lots())

    def _judge(self, statement: Statement, speaker: Speaker) -> Effects:
        event, book = statement.event, self.book
        match event:
            case Genesis():
                raise MalformedError("expected the genesis as entry 0 only, got another one", "type")
            case Participant() | KeyAddition() | KeyRevocation() | RulesChange():
                return judge_party_event(event, statement.keys, speaker, book)
            case _:
                return judge_material(event, speaker, book, self._closure.lots)


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
        elif type(left) is not type(right) or left != right:
            differing.append((path, str(right)[:80], str(left)[:80]))
    return differing


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
