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
from schemas.events import Event, parse_event


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement as it was signed and sent, and what was read from it."""

    id: str
    header: Header
    envelope: Envelope
    entry: bytes
    event: Event
    event_bytes: bytes
    keys: Mapping[str, PublicKey]
    """The keys that the event brings, by keyid; their proofs are not judged yet."""
    disclosures: tuple[tuple[str, str], ...] = ()
    """Pairs of digest and disclosure text."""


def read_statement(envelope: Envelope, event_bytes: bytes, disclosures: Iterable[str] = ()) -> Statement:
    """Read a statement, its event and its disclosures.

    Raises:
        MalformedError: if one of them is not what the contract says, the event does not
            match its hash, or a disclosure does not belong to the event.
    """
    header = parse_header(envelope.payload)
    digest = hashlib.sha256(event_bytes).hexdigest()
    if digest != header.event:
        raise MalformedError(f"expected an event with SHA-256 {header.event}, got {digest}", "event")
    event = parse_event(event_bytes, header.issuer)
    return Statement(
        statement_id(envelope.payload),
        header,
        envelope,
        format_entry(envelope),
        event,
        event_bytes,
        new_keys(event),
        tuple(_disclose(text, event.sealed) for text in disclosures),
    )


def _disclose(text: str, sealed: tuple[str, ...]) -> tuple[str, str]:
    parse_disclosure(text)
    digest = digest_of(text)
    if digest not in sealed:
        raise MalformedError('expected a disclosure whose digest stands in "sealed", got another', "disclosures")
    return digest, text
