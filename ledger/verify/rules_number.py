"""The number of the rules that a file names, held against what the software knows and what its entries say."""

from __future__ import annotations

from ledger.admission.book import Facts
from ledger.files.report import Findings
from schemas.catalogue.faults import FaultCode
from schemas.codes import RULES_VERSION


def knows_rules(stated: int | None, found: Findings) -> bool:
    """Say whether the software has the rules that a file names; note it where it has not.

    ``None`` stands for a number that could not be read, which is a fault already.
    """
    if stated is None or stated <= RULES_VERSION:
        return True
    found.add(
        FaultCode.NEWER_VERSION,
        f"expected rules version {RULES_VERSION} at most, got {stated}: "
        "a newer version of this software is needed to judge the file",
    )
    return False


def check_rules(stated: int | None, facts: Facts | None, found: Findings) -> None:
    """Demand that a file names the highest rules version of its entries, which only rises."""
    if stated is not None and facts is not None and facts.rules != stated:
        found.add(FaultCode.WRONG_RULES, f"expected the file to name rules version {facts.rules}, got {stated}")
