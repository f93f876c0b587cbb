"""The number of the rules that a file names, held against what the software knows and what its entries say."""

from __future__ import annotations

from ledger.admission.state import Facts
from ledger.files.report import Findings
from schemas.catalogue.faults import FaultCode
from schemas.errors import NewerVersionError
from schemas.versions import newest


def demand_known(stated: int | None) -> None:
    """Demand that the software has the rules that a file names.

    ``None`` stands for a number that could not be read, which is a fault already.

    Raises:
        NewerVersionError: if it has not; the file may be sound, but cannot be judged.
    """
    known = newest().number
    if stated is not None and stated > known:
        raise NewerVersionError(stated, known)


def check_rules(stated: int | None, facts: Facts | None, found: Findings) -> None:
    """Demand that a file names the highest rules version of its entries, which only rises."""
    if stated is not None and facts is not None and facts.rules.latest != stated:
        found.add(FaultCode.WRONG_RULES, f"expected the file to name rules version {facts.rules.latest}, got {stated}")
