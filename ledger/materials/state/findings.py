"""How a finding is put together: what was found on an entry, and what that is held against."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ledger.materials.state.book import Speaker
from schemas.catalogue.figures import Figures
from schemas.catalogue.findings.codes import FindingCode
from schemas.catalogue.findings.sources import Source
from schemas.codes import Severity
from schemas.findings import Finding
from schemas.ids import LotId
from schemas.rules.version import Rules


class Bound(NamedTuple):
    """What figures are held against, and the code of its source: a figure of this ledger where none is given."""

    figures: Figures = ()
    source: str = Source.OWN_ENTRIES


NO_BOUND = Bound()
"""Where the catalogue says in words what was expected."""


def find(  # noqa: PLR0913 - what a finding is made of
    code: FindingCode,
    severity: Severity,
    figures: Figures,
    bound: Bound,
    speaker: Speaker,
    lots: Iterable[LotId],
    *,
    case: str = "",
    about: Figures = (),
) -> Finding:
    """Return a finding on an entry.

    Args:
        code: what is odd.
        severity: how it weighs.
        figures: what was found, named with its units.
        bound: what that is held against.
        speaker: whose entry it is.
        lots: on which it shows.
        case: which of the sentences of the code it is, where there are several.
        about: what that sentence names besides.
    """
    source = _source(bound, speaker) if speaker.party.limits else bound.source
    return Finding(
        code=code,
        severity=severity,
        figures=figures,
        limit=bound.figures,
        source=source,
        index=speaker.index,
        statement=speaker.statement,
        lots=tuple(lots),
        case=case,
        about=about,
    )


def in_force(found: Iterable[Finding], rules: Rules) -> list[Finding]:
    """Return the findings whose codes the version of the rules knows; the one place where others are dropped."""
    return [finding for finding in found if finding.code in rules.findings]


def _source(bound: Bound, speaker: Speaker) -> str:
    """Return the code of the source of a bound: ``site`` for a limit that the authority set for the site."""
    own = dict(speaker.party.limits).get(bound.source)
    if own is None or own == getattr(speaker.rules.limits, bound.source):
        return bound.source
    # Some limits hold for every site as the rules have them.
    return Source.SITE if dict(bound.figures).get(bound.source) == own else bound.source
