"""Findings: what was taken, but is odd (contract, section 7)."""

from __future__ import annotations

from typing import NamedTuple

from schemas.codes import Severity

OWN_ENTRIES = "the ledger's own entries"
"""The source of a limit that is another figure of the same ledger."""


class Finding(NamedTuple):
    """One oddity; a projection that is recomputed, never stored as truth.

    ``figure`` and ``limit`` are texts with their unit, ``source`` says on whose authority
    the limit stands, ``index`` is the entry it concerns, ``lots`` those on which it shows.
    """

    code: str
    severity: Severity
    figure: str
    limit: str
    message: str
    index: int  # type: ignore[assignment]
    statement: str
    lots: tuple[str, ...] = ()
    source: str = OWN_ENTRIES
