"""The judge of attestations: a certifier's word on findings.

Invariant: a finding is never deleted; that it was settled, by whom and why, stands
beside it.
"""

from __future__ import annotations

from ledger.materials.book import Effects, MaterialBook, Speaker
from ledger.materials.checks import check_role, cite
from ledger.materials.records import Attested
from schemas.attestation import Attestation
from schemas.errors import RefusedError


def judge_attestation(event: Attestation, speaker: Speaker, book: MaterialBook) -> Effects:
    """Record what a certifier found out about findings on a statement.

    Raises:
        RefusedError: ``not-entitled``, ``unknown-statement``, ``duplicate-document``.
    """
    check_role(speaker.party, ("certifier",), "an attestation")
    deed = book.history.deed_of(event.statement)
    if deed is None:
        raise RefusedError(
            "unknown-statement",
            f"expected a statement of this ledger about materials, got {event.statement[:16]}...",
        )
    said = Attested(speaker.statement, speaker.party.id, tuple(event.codes), event.verdict)
    effects = Effects()
    effects.attested[event.statement] = (*(book.attested.get(event.statement) or ()), said)
    cite(event.documents, speaker, book, (), effects)
    return effects
