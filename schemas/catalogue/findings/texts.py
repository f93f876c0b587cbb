"""All findings by code, and a finding as a person reads it."""

from __future__ import annotations

from typing import Final, NamedTuple

from schemas.catalogue.figures import Figure, show
from schemas.catalogue.findings.claims import CLAIMS
from schemas.catalogue.findings.codes import FindingCode
from schemas.catalogue.findings.contents import CONTENTS
from schemas.catalogue.findings.intakes import INTAKES
from schemas.catalogue.findings.movements import MOVEMENTS
from schemas.catalogue.findings.over_time import OVER_TIME
from schemas.catalogue.findings.papers import PAPERS
from schemas.catalogue.findings.record import RECORD
from schemas.catalogue.findings.runs import RUNS
from schemas.catalogue.findings.sources import source_in_words
from schemas.catalogue.findings.words import FindingText, Words, fill
from schemas.findings import Finding
from schemas.limits import Limits

TEXTS: Final[dict[FindingCode, FindingText]] = {
    **INTAKES, **PAPERS, **CONTENTS, **RUNS, **MOVEMENTS, **CLAIMS, **RECORD, **OVER_TIME
}  # fmt: skip

CONFIRMED: Final = "{sentence} (confirmed by {confirmed_by})"
"""What is said of a finding that a second party's word made lighter."""

_SHOWN_LOTS = 3
_LIMITS = frozenset(Limits._fields)


class Said(NamedTuple):
    """A finding in words."""

    message: str
    figure: str
    limit: str
    source: str


def say(finding: Finding, confirmed_by: str | None = None) -> Said:
    """Return a finding in words, ``confirmed_by`` a second party where one vouched for it."""
    words, figures = words_of(finding), _named(finding)
    message = fill(words.sentence, figures)
    if confirmed_by is not None:
        message = fill(CONFIRMED, {"sentence": message, "confirmed_by": confirmed_by})
    return Said(message, fill(words.figure, figures), fill(words.limit, figures), source_in_words(finding.source))


def words_of(finding: Finding) -> Words:
    """Return the templates of a finding, by its code and case.

    Raises:
        KeyError: for a case that is not in the catalogue, a fault of the program.
    """
    return TEXTS[finding.code].cases[finding.case]


def _named(finding: Finding) -> dict[str, Figure]:
    named = dict((*finding.about, *finding.limit, *finding.figures))
    named["index"], named["lots"] = finding.index, _in_short(finding.lots)
    for name, value in finding.limit[:1]:
        if name in _LIMITS:
            # Shown in its own unit, whatever the limit is called.
            named["limit"] = show(name, value)
    return named


def _in_short(lots: tuple[str, ...]) -> str:
    more = len(lots) - _SHOWN_LOTS
    return ", ".join(lots[:_SHOWN_LOTS]) + (f" and {more} more" if more > 0 else "")
