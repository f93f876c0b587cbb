"""The order in which a statement is looked at before what it says is judged; once for the ledger and for a bundle.

The ledger stops at the first step that refuses. The verifier of a bundle notes what a
step refuses and goes on, so that a fault in one step does not hide those of the next;
it shows a part of each chain, so that only links between neighbours are checked there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from ledger.admission.book import Book
from ledger.admission.closing import tree_root
from ledger.admission.parties import check_proofs, judge_party_event
from ledger.admission.signatures import check_signatures
from ledger.admission.statements import Statement
from ledger.log.chains import MAX_CHAINS, check_link
from ledger.materials.judging import judge_material
from ledger.materials.state.book import Effects, Speaker
from schemas.catalogue.refusals import RefusalCode
from schemas.events import speaks_of_materials
from schemas.ids import KeyId, LotId
from schemas.party import Party
from schemas.refusal import RefusedError


@dataclass(frozen=True, slots=True)
class Prechecked:
    """What the parallel stage found out: keyids whose signatures hold, and do not.

    A signature by a key that this stage did not know is in neither set; the sequencer
    checks it itself.
    """

    good: frozenset[KeyId] = frozenset()
    bad: frozenset[KeyId] = frozenset()


@dataclass(slots=True)
class Case:
    """A statement on its way through the steps, and what they found out.

    Attributes:
        statement: what is looked at.
        book: the state before it.
        prechecked: the results of the parallel stage.
        is_partial: whether the book knows a part of each chain only.
        party: the issuer, once that is known to be registered.
        known: the index of the entry that the statement is already.
        gaps: stretches of chains that are not there, for people, where a part is looked at.
    """

    statement: Statement
    book: Book
    prechecked: Prechecked
    is_partial: bool = False
    party: Party | None = None
    known: int | None = None
    gaps: list[str] = field(default_factory=list)

    @property
    def is_decided(self) -> bool:
        """Whether no later step can be taken: nobody known says it, or it is there already."""
        return self.party is None or self.known is not None

    @property
    def issuer(self) -> Party:
        """The issuer, behind the step that found it."""
        if self.party is None:
            raise LookupError("expected to be asked behind the step that finds the issuer, got asked before it")
        return self.party


def check_ledger(case: Case) -> None:
    """Demand a statement for this ledger.

    Raises:
        RefusedError: ``wrong-ledger``.
    """
    facts, ledger = case.book.facts, case.statement.header.ledger
    if facts is not None and ledger != facts.origin:
        raise RefusedError(RefusalCode.WRONG_LEDGER, origin=facts.origin, ledger=ledger)


def find_issuer(case: Case) -> None:
    """Demand a registered issuer, and find out whether the statement is there already.

    Raises:
        RefusedError: ``unknown-issuer``.
    """
    case.party = case.book.parties.get(case.statement.header.issuer)
    if case.party is None:
        raise RefusedError(RefusalCode.UNKNOWN_ISSUER, issuer=case.statement.header.issuer)
    case.known = case.book.statements.get(case.statement.id)


def check_chain(case: Case) -> None:
    """Demand the next statement of its chain; of a part of a chain only what is linked to the one before.

    Raises:
        RefusedError: ``chain-conflict``.
    """
    header, party = case.statement.header, case.issuer
    head = case.book.heads.get((party.id, header.chain))
    if head is None and case.book.chain_count(party.id) >= MAX_CHAINS:
        raise RefusedError(RefusalCode.CHAIN_CONFLICT, "too_many", most=MAX_CHAINS, issuer=party.id, chain=header.chain)
    before = head.sequence if head is not None else 0
    is_apart = header.sequence > before + 1 and (head is None or header.previous != head.id)
    if case.is_partial and is_apart:
        case.gaps.append(f"{party.id}/{header.chain} {before + 1} to {header.sequence - 1}")
        return
    check_link(header, head, party.registration)


def check_signed(case: Case) -> None:
    """Demand that every signature counts, and that new keys are proven.

    Raises:
        RefusedError: ``bad-signature``, ``revoked-key``.
        MalformedError: where a proof is none.
    """
    statement, found = case.statement, case.prechecked
    try:
        check_signatures(statement.envelope, case.issuer, case.book.keys, good=found.good, bad=found.bad)
    except RefusedError as refusal:
        # A failed proof is a bad signature, which comes before a revoked key.
        if refusal.code == RefusalCode.REVOKED_KEY:
            check_proofs(statement.event, statement.keys, statement.header.ledger)
        raise
    check_proofs(statement.event, statement.keys, statement.header.ledger)


STEPS: tuple[Callable[[Case], None], ...] = (check_ledger, find_issuer, check_chain, check_signed)
"""In the order of contract section 7; behind them comes :func:`judge_event`."""


def judge_event(statement: Statement, speaker: Speaker, book: Book, lots: Collection[LotId] | None = None) -> Effects:
    """Return what the event of a statement changes.

    Args:
        statement: with the event, and the keys that it brings.
        speaker: who says it.
        book: the state before it.
        lots: where given, the only lots that are known.

    Raises:
        RefusedError: what its kind demands.
        MalformedError: for a genesis that is not entry 0.
    """
    event = statement.event
    if speaks_of_materials(event):
        return judge_material(event, speaker, book, lots, tree_root if lots is None else None)
    return judge_party_event(event, statement.keys, speaker, book)
