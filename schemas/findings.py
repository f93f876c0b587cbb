"""Findings: what was taken, but is odd (contract, section 7).

Invariant: a finding is data; its sentence is rendered from the catalogue where it is
read, and is never stored, compared or exported.
"""

from __future__ import annotations

import json
from typing import Final, NamedTuple, get_args

from schemas.catalogue.figures import Figures
from schemas.catalogue.findings.codes import FindingCode
from schemas.codes import Severity
from schemas.ids import LotId, StatementId

_RANK: Final = {severity: rank for rank, severity in enumerate(get_args(Severity))}

_ROUNDED = {"_ppm": 100, "_millionths": 10_000}
"""To so much a share, or a ratio, counts as the same: a hundredth of a percent, a hundredth."""


class Finding(NamedTuple):
    """One oddity; a projection that is recomputed, never stored as truth.

    ``figures`` are what was found, and by them a word on a finding knows it again;
    ``limit`` is what they are held against, and ``source`` the code of its authority.
    ``index`` and ``statement`` name the entry that it concerns, ``lots`` those on which it
    shows. ``about`` is what the sentence names besides; ``case`` distinguishes the sentences of a
    code. ``withdrawn_by`` is the later statement that took away, or softened, what it was found
    by: it stays, so that nobody makes the past look better unseen.
    """

    code: FindingCode
    severity: Severity
    figures: Figures
    limit: Figures
    source: str
    index: int  # type: ignore[assignment]
    statement: StatementId
    lots: tuple[LotId, ...] = ()
    case: str = ""
    about: Figures = ()
    withdrawn_by: StatementId | None = None


def severest(first: Finding, other: Finding) -> Finding:
    """Return the finding that weighs more, the first where they weigh the same."""
    return max(first, other, key=lambda finding: _RANK[finding.severity])


def mark_of(figures: Figures) -> str:
    """Return the text by which a word on a finding knows it again: its figures, rounded as they are shown.

    A finding whose figures are folded anew to the same hundredth of a percent is the one
    that was looked into.
    """
    return figures_text(tuple((name, _rounded(name, value)) for name, value in figures))


def figures_text(figures: Figures) -> str:
    """Return named figures as one compact JSON object, its members in the order of the figures."""
    return json.dumps(dict(figures), ensure_ascii=False, separators=(",", ":"))


def _rounded(name: str, value: int | str) -> int | str:
    if isinstance(value, int):
        for unit, step in _ROUNDED.items():
            if name.endswith(unit):
                return value // step * step
    return value
