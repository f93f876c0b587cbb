"""The judgement of one statement against a book, in the order of the contract.

:func:`admit` is pure: it raises the first refusal that applies, or returns what to do.
:func:`enter` lets an accepted statement into a :class:`MemoryBook`.
"""

from __future__ import annotations

from dataclasses import dataclass

from ledger.admission.book import Book, MemoryBook, SignedEntry
from ledger.admission.parties import check_proofs, judge_genesis, judge_party_event
from ledger.admission.signatures import check_signatures
from ledger.admission.statements import Statement
from ledger.log.chains import MAX_CHAINS, Head, check_link
from ledger.log.statements import ZERO_ID
from ledger.materials.handover import judge_acceptance, judge_dispatch, judge_intake
from ledger.materials.records import Effects, Speaker
from ledger.materials.transformation import judge_transformation
from schemas.errors import MalformedError, RefusedError
from schemas.events import event_times, named_lots
from schemas.handover import Acceptance, Dispatch
from schemas.intake import Intake
from schemas.parties import Genesis
from schemas.party import Party
from schemas.transformation import Transformation


@dataclass(frozen=True, slots=True)
class Prechecked:
    """What the parallel stage found out: keyids whose signatures hold, and do not.

    A signature by a key that this stage did not know is in neither set; the sequencer
    checks it itself.
    """

    good: frozenset[str] = frozenset()
    bad: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Accepted:
    """A statement that becomes the entry ``index``, and what it changes."""

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
    header, event = statement.header, statement.event
    facts = book.facts
    if facts is not None and header.ledger != facts.origin:
        raise RefusedError("wrong-ledger", f"expected a statement for {facts.origin}, got one for {header.ledger}")
    if facts is None:
        return _admit_genesis(statement, latest)
    party = book.parties.get(header.issuer)
    if party is None:
        raise RefusedError("unknown-issuer", f"expected a registered participant as issuer, got {header.issuer}")
    known = book.statements.get(statement.id)
    if known is not None:
        return AlreadyThere(statement, known)
    _check_chain(statement, party, book)
    found = prechecked or Prechecked()
    try:
        check_signatures(statement.envelope, party, book.keys, good=found.good, bad=found.bad)
    except RefusedError as refusal:
        # A failed proof is a bad signature, which comes before a revoked key.
        if refusal.code == "revoked-key":
            check_proofs(event, statement.keys, header.ledger)
        raise
    check_proofs(event, statement.keys, header.ledger)
    speaker = Speaker(party, header.occurred_at, book.size, statement.id)
    effects = _judge(statement, speaker, book)
    _check_clock((header.occurred_at, *event_times(event)), latest)
    return Accepted(statement, book.size, effects)


def enter(accepted: Accepted, book: MemoryBook) -> None:
    """Let an accepted statement into a book in memory."""
    header = accepted.statement.header
    book.apply(accepted.effects)
    book.heads[header.issuer, header.chain] = Head(header.sequence, accepted.statement.id)
    book.statements[accepted.statement.id] = accepted.index
    entry = SignedEntry(accepted.index, accepted.statement.id, named_lots(accepted.statement.event))
    book.note_signatures((signature.keyid for signature in accepted.statement.envelope.signatures), entry)
    book.size = accepted.index + 1


def _judge(statement: Statement, speaker: Speaker, book: Book) -> Effects:
    event = statement.event
    match event:
        case Intake():
            return judge_intake(event, speaker, book)
        case Transformation():
            return judge_transformation(event, speaker, book)
        case Dispatch():
            return judge_dispatch(event, speaker, book)
        case Acceptance():
            return judge_acceptance(event, speaker, book)
        case Genesis():
            raise MalformedError("expected the genesis as entry 0 only, got another one", "type")
        case _:
            return judge_party_event(event, statement.keys, speaker, book)


def _admit_genesis(statement: Statement, latest: str | None) -> Accepted:
    header, event = statement.header, statement.event
    if not isinstance(event, Genesis):
        raise RefusedError("unknown-issuer", "expected a genesis as the first statement of a ledger, got another event")
    if event.origin != header.ledger:
        raise RefusedError("wrong-ledger", f"expected a genesis of {header.ledger}, got one of {event.origin}")
    if event.authority.id != header.issuer:
        raise RefusedError(
            "unknown-issuer", f"expected the authority {event.authority.id} as issuer, got {header.issuer}"
        )
    if (header.sequence, header.previous) != (1, ZERO_ID):
        raise RefusedError("chain-conflict", "expected sequence 1 after 64 zeros, got another link", head=(0, ZERO_ID))
    effects = judge_genesis(event, statement.keys, statement.id)
    check_signatures(statement.envelope, effects.parties[header.issuer], effects.keys)
    _check_clock((header.occurred_at,), latest)
    return Accepted(statement, 0, effects)


def _check_chain(statement: Statement, party: Party, book: Book) -> None:
    header = statement.header
    head = book.heads.get((header.issuer, header.chain))
    if head is None and book.chain_count(header.issuer) >= MAX_CHAINS:
        raise RefusedError(
            "chain-conflict", f"expected at most {MAX_CHAINS} chains of {header.issuer}, got one more: {header.chain}"
        )
    check_link(header, head, party.registration)


def _check_clock(times: tuple[str, ...], latest: str | None) -> None:
    ahead = max(times)
    if latest is not None and ahead > latest:
        raise RefusedError(
            "time-order", f"expected no time after {latest} (ten minutes ahead of the ledger's clock), got {ahead}"
        )
