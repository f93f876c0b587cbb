"""What the catalogue holds of a refusal: what its code means, and its sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from schemas.catalogue.refusals.codes import RefusalCode

ONLY = ""
"""The case that needs no name: the only one of its code, or the plain one."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """One code: what it means to whoever meets it, where its rule stands, and a sentence for each case.

    ``cases`` are templates by case, with figures as :func:`schemas.catalogue.figures.render`
    reads them. A case is stable as a code is; its sentence may be mended at any time.
    """

    code: RefusalCode
    meaning: str
    source: str
    cases: Mapping[str, str]


def refusal(code: RefusalCode, meaning: str, source: str, only: str | None = None, **cases: str) -> Refusal:
    """Return an entry of the catalogue.

    Args:
        code: its code.
        meaning: one sentence for its reader: when it comes, and what helps.
        source: where the rule is written.
        only: the sentence of a code that needs no cases, or of the one that needs no name.
        cases: its other cases by name.
    """
    return Refusal(code, meaning, source, MappingProxyType(cases if only is None else {ONLY: only, **cases}))
