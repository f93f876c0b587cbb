"""A finding as it is answered: in words, as data, and with the words of others on it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ledger.materials.events.attestation import AttestedFinding, as_attested
from ledger.materials.state.records import Attested
from ledger.store.snapshot import Snapshot
from schemas.catalogue.findings.texts import say
from schemas.findings import Finding


def finding_rows(snapshot: Snapshot, findings: Iterable[Finding], at: int | None = None) -> list[dict[str, Any]]:
    """Return findings as JSON, as they weigh now, each with the last word on it, if there is one.

    With ``at``, no word from that tree size on counts.
    """
    found = list(findings)
    words = snapshot.attested.many({finding.statement for finding in found})
    return [_row(finding, words.get(finding.statement, ()), at) for finding in found]


def _row(finding: Finding, words: Iterable[Attested], at: int | None) -> dict[str, Any]:
    attested = as_attested(finding, words if at is None else [word for word in words if word.index < at])
    row = finding_row(attested)
    if (word := attested.word) is not None:
        said = {"statement": word.statement, "issuer": word.issuer, "codes": list(word.codes), "verdict": word.verdict}
        row["attested"] = said
    return row


def finding_row(attested: AttestedFinding) -> dict[str, Any]:
    """Return a finding as data, and as a person reads it; who settled it is not in it."""
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
    if finding.withdrawn_by is not None:
        row["withdrawn_by"] = finding.withdrawn_by
    return row if attested.confirmed_by is None else row | {"confirmed_by": attested.confirmed_by}
