"""Findings: what was taken, but is odd (contract, section 7)."""

from __future__ import annotations

from typing import NamedTuple

from schemas.codes import Severity


class Finding(NamedTuple):
    """One oddity; a projection that is recomputed, never stored as truth.

    ``figure`` and ``limit`` are texts with their unit, ``index`` the entry it
    concerns, ``lots`` the lots on which it shows.
    """

    code: str
    severity: Severity
    figure: str
    limit: str
    message: str
    index: int  # type: ignore[assignment]
    statement: str
    lots: tuple[str, ...] = ()
