"""Whether a finding is said in whole: what it is made of is what the catalogue names."""

from __future__ import annotations

from schemas.catalogue.findings.sources import Source
from schemas.catalogue.findings.texts import TEXTS, say, words_of
from schemas.catalogue.findings.words import names_in, optional_in
from schemas.findings import Finding
from schemas.limits import Limits

_GIVEN = {"lots", "index", "limit"}


def demand_whole(finding: Finding) -> None:
    """Demand that a finding has each figure that its sentence names, and no other, once, and weighs as its code can."""
    text, words = TEXTS[finding.code], words_of(finding)
    pairs = [name for name, _ in (*finding.figures, *finding.limit, *finding.about)]
    names = set(pairs)
    assert len(names) == len(pairs), finding
    assert {name for template in words for name in names_in(template) - optional_in(template)} - _GIVEN <= names, (
        finding
    )
    assert names - set(Limits._fields) <= {name for template in words for name in names_in(template)}, finding
    # What a figure that came within its limit leaves behind is low, whatever its code weighs.
    assert finding.severity in text.severities or (finding.withdrawn_by and finding.severity == "low"), finding
    assert finding.source == Source.SITE or finding.source in text.sources, finding
    assert all(say(finding)), finding
