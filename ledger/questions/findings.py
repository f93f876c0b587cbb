"""A finding as it is answered: in words, as data, and with the words of others on it."""

from __future__ import annotations

from typing import Any

from ledger.materials.events.attestation import AttestedFinding, as_attested
from ledger.store.snapshot import Snapshot
from schemas.catalogue.findings.texts import say
from schemas.findings import Finding


def finding_row(snapshot: Snapshot, finding: Finding, at: int | None = None) -> dict[str, Any]:
    """Return a finding as JSON, as it weighs now, with the last word on it, if there is one.

    With ``at``, no word from that tree size on counts.
    """
    words = snapshot.attested.get(finding.statement) or ()
    attested = as_attested(finding, words if at is None else [word for word in words if word.index < at])
    row = _in_words(attested)
    if (word := attested.word) is not None:
        said = {"statement": word.statement, "issuer": word.issuer, "codes": list(word.codes), "verdict": word.verdict}
        row["attested"] = said
    return row


def _in_words(attested: AttestedFinding) -> dict[str, Any]:
    """Return a finding as data, and as a person reads it."""
    finding, said = attested.finding, say(attested.finding, attested.confirmed_by)
    row: dict[str, Any] = {
        "code": finding.code,
        "severity": finding.severity,
        **said._asdict(),
        "index": finding.index,
        "statement": finding.statement,
        "lots": list(finding.lots),
        "case": finding.case,
        "figures": dict(finding.figures),
        "limit_figures": dict(finding.limit),
        "source_code": finding.source,
        "about": dict(finding.about),
    }
    return row if attested.confirmed_by is None else row | {"confirmed_by": attested.confirmed_by}
