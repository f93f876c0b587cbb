"""A statement with its event, read once and carried through (no state is needed).

Invariants: ``entry`` are the bytes of the tree and rebuild from the envelope; the
event hashes to what the header says; every disclosure belongs to a digest of the event.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ledger.admission.parties import new_keys
from ledger.log.algorithms import PublicKey
from ledger.log.envelopes import Envelope, format_entry, statement_id
from ledger.log.sealed import digest_of, parse_disclosure
from ledger.log.statements import Header, parse_header
from schemas.errors import MalformedError
from schemas.events import Event, RulesOf, parse_event
from schemas.ids import KeyId, StatementId
from schemas.rules.version import Rules


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement as it was signed and sent, and what was read from it."""

    id: StatementId
    header: Header
    envelope: Envelope
    entry: bytes
    event: Event
    event_bytes: bytes
    keys: Mapping[KeyId, PublicKey]
    """The keys that the event brings, by keyid; their proofs are not judged yet."""
    rules: Rules
    """The version under which the event was read."""
    disclosures: tuple[tuple[str, str], ...] = ()
    """Pairs of digest and disclosure text."""


def read_statement(
    envelope: Envelope,
    event_bytes: bytes,
    rules: Rules,
    disclosures: Iterable[str] = (),
    *,
    replaced: RulesOf | None = None,
) -> Statement:
    """Read a statement, its event and its disclosures.

    Args:
        envelope: the statement as it was signed.
        event_bytes: its event document.
        rules: the version that holds at its entry, or the one that is expected to.
        disclosures: texts of sealed facts.
        replaced: see :func:`schemas.events.parse_event`.

    Raises:
        MalformedError: if one of them is not what the contract says, the event does not
            match its hash, or a disclosure does not belong to the event.
    """
    header = parse_header(envelope.payload)
    digest = hashlib.sha256(event_bytes).hexdigest()
    if digest != header.event:
        raise MalformedError(f"expected an event with SHA-256 {header.event}, got {digest}", "event")
    event = parse_event(event_bytes, header.issuer, rules, replaced)
    return Statement(
        id=statement_id(envelope.payload),
        header=header,
        envelope=envelope,
        entry=format_entry(envelope),
        event=event,
        event_bytes=event_bytes,
        keys=new_keys(event),
        rules=rules,
        disclosures=tuple(_disclose(text, event.sealed, rules) for text in disclosures),
    )


def read_ahead_of(
    envelope: Envelope, event_bytes: bytes, versions: Iterable[Rules], disclosures: Iterable[str] = ()
) -> Statement:
    """Read a statement before its place in the ledger is known, under the first of some versions that takes it.

    :func:`~ledger.admission.judge.admit` reads it again where another version holds at its entry; an entry that is
    there already, and a replacement of one, may be good under an earlier version only.

    Raises:
        MalformedError: what the first version finds wrong, where none takes it.
    """
    texts = tuple(disclosures)
    fault: MalformedError | None = None
    for rules in versions:
        try:
            return read_statement(envelope, event_bytes, rules, texts)
        except MalformedError as error:
            fault = fault or error
    raise fault or MalformedError("expected a version of the rules to read by, got none")


def read_again(statement: Statement, rules: Rules, replaced: RulesOf | None = None) -> Statement:
    """Return a statement as the version reads it that holds at its entry.

    Raises:
        MalformedError: see :func:`read_statement`.
    """
    texts = [text for _, text in statement.disclosures]
    return read_statement(statement.envelope, statement.event_bytes, rules, texts, replaced=replaced)


def _disclose(text: str, sealed: tuple[str, ...], rules: Rules) -> tuple[str, str]:
    parse_disclosure(text, rules.characters)
    digest = digest_of(text)
    if digest not in sealed:
        raise MalformedError(
            'expected a disclosure whose digest stands in "sealed", found a different one', "disclosures"
        )
    return digest, text
