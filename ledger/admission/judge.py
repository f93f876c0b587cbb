"""The judgement of one statement against a book, in the order of the contract.

:func:`admit` is pure: it raises the first refusal that applies, or returns what to do.
:func:`enter` lets an accepted statement into a :class:`MemoryBook`.
"""

from __future__ import annotations

from dataclasses import dataclass

from ledger.admission.book import Book, MemoryBook, SignedEntry
from ledger.admission.clock_tolerance import check_clock
from ledger.admission.parties import judge_genesis
from ledger.admission.signatures import check_signatures
from ledger.admission.statements import Statement, read_again, read_ahead_of
from ledger.admission.steps import STEPS, Case, Prechecked, judge_event
from ledger.log.chains import Head
from ledger.log.envelopes import Envelope
from ledger.log.statements import ZERO_ID
from ledger.materials.state.book import Effects, LoggedEvent, Speaker
from ledger.materials.state.stamping import UPCOMING
from schemas.catalogue.refusals import RefusalCode
from schemas.events import speaks_of_materials
from schemas.ids import StatementId
from schemas.parties import Genesis
from schemas.refusal import RefusedError
from schemas.rules.version import Rules
from schemas.versions import rules_of_genesis


@dataclass(frozen=True, slots=True)
class Accepted:
    """A statement that may enter, and what it changes; which entry it becomes shows only then."""

    statement: Statement
    effects: Effects


@dataclass(frozen=True, slots=True)
class Entered:
    """A statement that became the entry ``index``, and what it changed."""

    statement: Statement
    index: int
    effects: Effects


@dataclass(frozen=True, slots=True)
class AlreadyThere:
    """A statement that is the entry ``index`` already."""

    statement: Statement
    index: int


def admit(
    statement: Statement, book: Book, *, latest: str | None = None, prechecked: Prechecked | None = None
) -> Accepted | AlreadyThere:
    """Judge a statement that was read without fault.

    Args:
        statement: what was submitted, or what an entry holds.
        book: the state before it.
        latest: the last time that is not ahead of the clock; ``None`` when an entry is
            judged again, where the clock no longer counts.
        prechecked: the results of the parallel stage, if there was one.

    Raises:
        RefusedError: the first refusal of contract section 7 that applies.
        MalformedError: for what only the ledger's state shows to be malformed.
    """
    statement = by_its_rules(statement, book)
    if book.facts is None:
        return _admit_genesis(statement, latest)
    case = Case(statement, book, prechecked or Prechecked())
    for step in STEPS:
        step(case)
        if case.known is not None:
            return AlreadyThere(statement, case.known)
    header = statement.header
    speaker = Speaker(case.issuer, header.occurred_at, UPCOMING, statement.id, statement.rules)
    effects = judge_event(statement, speaker, book)
    check_clock((header.occurred_at, *statement.event.stated_times()), latest)
    return Accepted(statement, effects)


def read_next(envelope: Envelope, event: bytes, book: Book) -> Statement:
    """Read what becomes the next entry of a book, or is to be judged as that.

    Raises:
        MalformedError: if no version of the rules that ever held takes it.
        NewerVersionError: if it is a genesis of a version that this software does not know.
    """
    versions = book.facts.rules.versions if book.facts is not None else (rules_of_genesis(event),)
    return read_ahead_of(envelope, event, versions)


def by_its_rules(statement: Statement, book: Book) -> Statement:
    """Return a statement as the version reads it that holds at the next entry.

    It was read before its place was known; a replacement is read as the version of the statement reads it that it
    replaces. What is an entry already stays as it is.

    Raises:
        MalformedError: if that version does not take it.
    """
    if book.facts is None:
        rules = rules_of_genesis(statement.event_bytes)
        return statement if statement.rules is rules else read_again(statement, rules)
    history = book.facts.rules
    rules = history.at(book.size)
    is_read = statement.rules is rules and not (history.has_changed and statement.event.corrects())
    if is_read or book.statements.get(statement.id) is not None:
        return statement

    def replaced(target: StatementId) -> Rules | None:
        """Return the rules of the statement to be replaced; ``None`` where the ledger has no such one."""
        index = book.statements.get(target)
        return None if index is None else history.at(index)

    return read_again(statement, rules, replaced)


def enter(accepted: Accepted, book: MemoryBook) -> Entered:
    """Let an accepted statement into a book in memory, as its next entry."""
    statement, index = accepted.statement, book.size
    entered = Entered(statement, index, accepted.effects.entered_at(index))
    book.let_in(entered.effects, index)
    book.heads[statement.header.issuer, statement.header.chain] = Head(statement.header.sequence, statement.id)
    book.statements[statement.id] = index
    note(statement, index, entered.effects, book)
    book.size = index + 1
    return entered


def note(statement: Statement, index: int, effects: Effects, book: MemoryBook) -> None:
    """Remember who signed an entry, and what it says of which lots."""
    lots = statement.event.named_lots()
    entry = SignedEntry(index, statement.id, lots)
    book.note_signatures((signature.keyid for signature in statement.envelope.signatures), entry)
    if speaks_of_materials(statement.event):
        header = statement.header
        logged = LoggedEvent(
            index=index,
            statement=statement.id,
            issuer=header.issuer,
            occurred_at=header.occurred_at,
            event=statement.event,
            rules=statement.rules,
        )
        book.past.note(logged, statement.event_bytes, dict.fromkeys((*lots, *effects.mentions)))


def _admit_genesis(statement: Statement, latest: str | None) -> Accepted:
    header, event = statement.header, statement.event
    if not isinstance(event, Genesis):
        raise RefusedError(RefusalCode.UNKNOWN_ISSUER, "no_genesis")
    if event.origin != header.ledger:
        raise RefusedError(RefusalCode.WRONG_LEDGER, "genesis", ledger=header.ledger, origin=event.origin)
    if event.authority.id != header.issuer:
        raise RefusedError(
            RefusalCode.UNKNOWN_ISSUER, "not_authority", authority=event.authority.id, issuer=header.issuer
        )
    if (header.sequence, header.previous) != (1, ZERO_ID):
        raise RefusedError(RefusalCode.CHAIN_CONFLICT, "first", head=(0, ZERO_ID))
    effects = judge_genesis(event, statement.keys, statement.id)
    check_signatures(statement.envelope, effects.parties[header.issuer], effects.keys)
    check_clock((header.occurred_at,), latest)
    return Accepted(statement, effects)
