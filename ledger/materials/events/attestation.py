"""Attestations, and how a finding reads with the words on it.

Invariants: a finding is never changed or deleted; that it was settled, upheld or
confirmed, by whom, stands beside it, and counts only while the finding says what it
said then.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ledger.materials.events.documents import check_documents
from ledger.materials.events.kind import Kind, Supply
from ledger.materials.events.vouching import check_supplier, vouch
from ledger.materials.moves.customer_return import lift_return
from ledger.materials.moves.preconditions import check_role
from ledger.materials.plausibility.site.codes import FREE_CODES
from ledger.materials.state.book import MaterialBook, Speaker
from ledger.materials.state.ground import Ground
from ledger.materials.state.layer import Layer
from ledger.materials.state.records import Attested
from schemas.attestation import Attestation
from schemas.catalogue.refusals import RefusalCode
from schemas.findings import Finding, mark_of
from schemas.ids import PartyId
from schemas.refusal import RefusedError


class AttestedFinding(NamedTuple):
    """A finding as it weighs now, with the last word that counts for it and who confirmed it, if anybody did."""

    finding: Finding
    word: Attested | None
    confirmed_by: PartyId | None = None


def as_attested(finding: Finding, words: Iterable[Attested]) -> AttestedFinding:
    """Return a finding with what was said of it.

    Args:
        finding: as judging its entry gave it.
        words: all that was said of its statement, oldest first.

    A second party's confirmation makes a medium finding low; what is high stays so until
    a certifier has looked, and is then high with a verdict beside it.
    """
    counting = [word for word in words if _counts(word, finding)]
    confirmed = next((word for word in reversed(counting) if word.verdict == "confirmed"), None)
    if confirmed is not None:
        severity = "low" if finding.severity == "medium" else finding.severity
        finding = finding._replace(severity=severity)
    return AttestedFinding(
        finding, counting[-1] if counting else None, confirmed.issuer if confirmed is not None else None
    )


def _counts(word: Attested, finding: Finding) -> bool:
    if finding.code not in word.codes or word.until:
        return False
    return finding.code in FREE_CODES or (finding.code, mark_of(finding.figures)) in word.figures


class AttestationKind(Kind[Attestation]):
    """A certifier's word on findings of a statement."""

    schema = Attestation

    def check(self, event: Attestation, speaker: Speaker, ground: Ground) -> None:
        """Demand a certifier's word on findings that there are.

        Raises:
            RefusedError: ``not-entitled``, ``unknown-statement``, ``unknown-finding`` (a code
                that no finding on the statement has, or none that a supplier's waste has of
                itself), ``duplicate-document``.
        """
        check_role(speaker.party, ("certifier",), event.type)
        codes = dict.fromkeys(code for code, _ in _found(event, ground.book))
        if event.supplier is not None:
            check_supplier(event, ground.book)
        # In a part of the ledger not every finding on the statement is known.
        for code in event.codes if ground.layer.scope is None else ():
            if code not in codes and code not in FREE_CODES:
                raise _unknown(code, codes, event)
        check_documents(event.documents, speaker, ground.layer)

    def apply(self, event: Attestation, speaker: Speaker, layer: Layer, supply: Supply) -> None:
        """Let what came back from a customer be claimed, where the word settles that."""
        if event.lifts_return():
            lift_return(event.statement, speaker, layer)

    def record(self, event: Attestation, speaker: Speaker, layer: Layer) -> None:
        """Let the word stand beside the findings, as they are now; use the documents up."""
        book = layer.book
        figures = tuple(dict.fromkeys(row for row in _found(event, book) if row[0] in event.codes))
        word = Attested(
            statement=speaker.statement,
            issuer=speaker.party.id,
            codes=tuple(event.codes),
            verdict=event.verdict,
            figures=figures,
            index=speaker.index,
        )
        layer.effects.attested[event.statement] = (*(book.attested.get(event.statement) or ()), word)
        vouch(event, word, layer)
        super().record(event, speaker, layer)


def _found(event: Attestation, book: MaterialBook) -> list[tuple[str, str]]:
    """Return the findings on the statement, each by its code and the mark by which it is known again."""
    logged = book.history.logged_of(event.statement)
    if logged is None:
        raise RefusedError(RefusalCode.UNKNOWN_STATEMENT, statement=event.statement)
    return [(finding.code, mark_of(finding.figures)) for finding in book.findings_of(logged.index)]


def _unknown(code: str, codes: Iterable[str], event: Attestation) -> RefusedError:
    there, given = ", ".join(codes), code[:40]
    if not there:
        return RefusedError(RefusalCode.UNKNOWN_FINDING, "none", given=given, collides_with=event.statement)
    return RefusedError(RefusalCode.UNKNOWN_FINDING, codes=there, given=given, collides_with=event.statement)


ATTESTATION = AttestationKind()
