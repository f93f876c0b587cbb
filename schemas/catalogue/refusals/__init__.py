"""The catalogue of refusals: every code once, with its meaning, its source and its sentences.

Purpose: what the rules refuse is a code, a case of it and named figures; its sentence is
rendered from here where it is read. How a statement refuses stands in the rooms that judge
it; how it is worded stands here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from schemas.catalogue.figures import Figures, render
from schemas.catalogue.refusals.accounting import OF_ACCOUNTING
from schemas.catalogue.refusals.codes import RefusalCode
from schemas.catalogue.refusals.entitled import NOT_ENTITLED
from schemas.catalogue.refusals.materials import OF_MATERIALS
from schemas.catalogue.refusals.parties import OF_PARTIES
from schemas.catalogue.refusals.refusal import ONLY, Refusal
from schemas.catalogue.refusals.statements import OF_STATEMENTS

__all__ = ["ONLY", "REFUSALS", "Refusal", "RefusalCode", "sentence"]

REFUSALS: Final[Mapping[RefusalCode, Refusal]] = MappingProxyType(
    {entry.code: entry for entry in (*OF_STATEMENTS, NOT_ENTITLED, *OF_PARTIES, *OF_MATERIALS, *OF_ACCOUNTING)}
)
"""Every refusal by its code."""


def sentence(code: RefusalCode, case: str, figures: Figures) -> str:
    """Return what a refusal says to a person.

    Raises:
        KeyError: where the catalogue has no such case, or its sentence names a figure that
            is not there; both are faults of the program.
    """
    return render(REFUSALS[code].cases[case], dict(figures))
