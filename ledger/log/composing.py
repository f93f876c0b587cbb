"""Composing a statement on the signer's side: header, hash of the event, signatures."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from ledger.log.envelopes import Envelope, sign_payload
from ledger.log.signers import Signer
from ledger.log.statements import Header, format_header
from schemas.ids import PartyId, StatementId


def compose(
    ledger: str,
    issuer: PartyId,
    chain: str,
    link: tuple[int, StatementId],
    occurred_at: str,
    event: bytes,
    signers: Iterable[Signer],
) -> Envelope:
    """Return a signed statement about an event document.

    Args:
        ledger: the log's origin.
        issuer: who says it.
        chain: which of the issuer's devices signs.
        link: ``(sequence, previous)`` as :func:`ledger.log.chains.next_link` gives it.
        occurred_at: when it happened, ``YYYY-MM-DDTHH:MM:SSZ``.
        event: the bytes of the event document; only their hash is signed.
        signers: the keys to sign with, each of another algorithm.

    Raises:
        MalformedError: if a field is not of its form.
    """
    digest = hashlib.sha256(event).hexdigest()
    header = Header(
        ledger=ledger,
        issuer=issuer,
        chain=chain,
        sequence=link[0],
        previous=link[1],
        occurred_at=occurred_at,
        event=digest,
    )
    return sign_payload(format_header(header), signers)
