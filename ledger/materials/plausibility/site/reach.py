"""Which lots a finding on a site over time is about: all that the runs of its month or campaign made.

Such a finding names the lots of the last statement that it rests on; what it says is true of
every run, or delivery, that it was worked out from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ledger.materials.mass.months import month_of
from ledger.materials.plausibility.site.bias import quarter_of
from ledger.materials.plausibility.site.findings import find_in_site
from ledger.materials.plausibility.site.record import Site
from schemas.catalogue.findings.codes import FindingCode
from schemas.findings import Finding
from schemas.ids import LotId
from schemas.intake import Intake
from schemas.transformation import Transformation


class SiteFinding(NamedTuple):
    """A finding on a site over time, with all lots that it is about."""

    finding: Finding
    lots: tuple[LotId, ...]


def findings_with_reach(site: Site) -> list[SiteFinding]:
    """Return what is odd about a site over time, in the order of its entries, each with the lots that it is about."""
    reach = _Reach(site)
    return [SiteFinding(finding, reach.of(finding)) for finding in find_in_site(site)]


_OF_PLACES = frozenset(
    {FindingCode.THROUGHPUT_ABOVE_NAMEPLATE, FindingCode.MONTH_WITHOUT_POWER, FindingCode.POWER_NOT_STATED}
)
"""Of all that ran in a place in a month; other findings of a month are of runs that belong to no campaign."""

_OF_SITES = frozenset({FindingCode.YIELD_WITHOUT_LOSS, FindingCode.QUARTER_BIAS})
"""Of all that a site made in a month or a quarter, in whatever line or campaign."""


class _Reach:
    def __init__(self, site: Site) -> None:
        self._runs = [(event, _month(site, event.started_at)) for _, event in site.transformations()]
        self._batches = [(event, _month(site, said.logged.occurred_at)) for said, event in site.intakes()]
        self._made = frozenset(output.lot for event, _ in self._runs for output in event.outputs)
        self._feeds = {line.line: line.feed for line in site.party.lines}

    def of(self, finding: Finding) -> tuple[LotId, ...]:
        """Return the lots that a finding names, and those of the campaign, or of the month, that it is about."""
        about = {name: str(value) for name, value in (*finding.figures, *finding.about)}
        return tuple(dict.fromkeys((*finding.lots, *self._named(about, finding))))

    def _named(self, about: dict[str, str], finding: Finding) -> Iterator[LotId]:
        if "campaign" in about:
            yield from _made_by(event for event, _ in self._runs if event.campaign == about["campaign"])
        elif finding.code in _OF_SITES:
            named = about.get("month") or about.get("quarter")
            yield from _made_by(event for event, month in self._runs if named in (month, quarter_of(month)))
        elif "month" in about and not self._made.isdisjoint(finding.lots):
            in_month = (event for event, month in self._runs if month == about["month"])
            in_group = (event for event in in_month if finding.code in _OF_PLACES or event.campaign is None)
            yield from _made_by(event for event in in_group if self._is_there(event, about))
        elif "month" in about and "supplier" in about:
            yield from (event.lot for event, month in self._batches if _came(event, month, about))

    def _is_there(self, event: Transformation, about: dict[str, str]) -> bool:
        """Say whether a run was where a finding is about: with neither line nor feed, it is of runs without a line."""
        if (feed := about.get("feed")) is not None:
            return event.line is None or self._feeds.get(event.line) == feed
        return event.line == about.get("line")


def _month(site: Site, at: str) -> str:
    return month_of(site.party, at, site.rules)


def _made_by(runs: Iterable[Transformation]) -> Iterator[LotId]:
    return (output.lot for event in runs for output in event.outputs)


def _came(event: Intake, month: str, about: dict[str, str]) -> bool:
    """Say whether a batch came in a month from a supplier, who is named by the first characters of a digest."""
    return month == about["month"] and event.supplier is not None and event.supplier.startswith(about["supplier"])
