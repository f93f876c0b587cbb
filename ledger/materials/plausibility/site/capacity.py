"""Throughput against nameplates, and runs that were in one place at one time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ledger.materials.mass.months import month_of
from ledger.materials.plausibility.entry.lines import POWERED, feed_of
from ledger.materials.plausibility.reference.bounds import bound_of, ppm_of
from ledger.materials.plausibility.site.record import Said, Site
from ledger.materials.state.findings import Bound, find
from schemas.catalogue.findings.codes import FindingCode
from schemas.codes import HANDLING_PROCESSES
from schemas.findings import Finding
from schemas.ids import LotId
from schemas.limits import Limits
from schemas.transformation import Transformation

_Run = tuple[Said, Transformation]


class _Place(NamedTuple):
    """A ``line``, or all lines for one ``feed`` together, with a capacity in mg a year."""

    named: tuple[str, str]
    capacity: int


def find_in_capacity(site: Site, limits: Limits) -> Iterator[Finding]:
    """Yield where more went in than the plant can take, or two runs were in one place."""
    runs = list(site.transformations())
    for line in site.party.lines:
        own = [row for row in runs if row[1].line == line.line]
        yield from _throughput(site, _Place(("line", line.line), line.capacity_mg_per_year), own, None, limits)
    yield from _feeds(site, runs, limits)
    yield from _overlaps(site, runs)


def _feeds(site: Site, runs: list[_Run], limits: Limits) -> Iterator[Finding]:
    """Runs that name no line count against all lines for what they took, together with those that do."""
    wares = site.wares()
    fed = {lot: feed_of(ware.material, ware.chemistry) for lot, ware in wares.items()}
    for feed in sorted({line.feed for line in site.party.lines}):
        lines = [line for line in site.party.lines if line.feed == feed]
        names = {line.line for line in lines}
        counted = [row for row in runs if row[1].line in names or _is_unlined(row[1], feed, fed)]
        if any(row[1].line is None for row in counted):
            place = _Place(("feed", feed), sum(line.capacity_mg_per_year for line in lines))
            yield from _throughput(site, place, counted, {lot for lot, kind in fed.items() if kind == feed}, limits)


def _is_unlined(event: Transformation, feed: str, fed: Mapping[LotId, str | None]) -> bool:
    return event.line is None and event.process in POWERED and any(fed.get(line.lot) == feed for line in event.inputs)


def _throughput(
    site: Site, place: _Place, runs: list[_Run], feed: set[LotId] | None, limits: Limits
) -> Iterator[Finding]:
    """What was booked into a place, by month; what one stage of it hands to the next has entered once.

    Where ``feed`` is given, only these lots count of a run that names no line, and only
    months in which there is such a run.
    """
    own = _made_within(site, [event for _, event in runs])
    masses: dict[str, int] = defaultdict(int)
    last: dict[str, _Run] = {}
    judged: set[str] = set()
    for said, event in runs:
        month = month_of(site.party, event.started_at, site.rules)
        for lot, booked in site.taken(event):
            if lot not in own and (feed is None or event.line is not None or lot in feed):
                masses[month] += booked
        last[month] = said, event
        if feed is None or event.line is None:
            judged.add(month)
    for month in sorted(judged & masses.keys()):
        yield from _month(site, place, month, masses, last[month], limits=limits)


def _made_within(site: Site, runs: Iterable[Transformation]) -> set[LotId]:
    """Return the lots that these runs made, and what was only handled of them since."""
    own = {output.lot for event in runs for output in event.outputs}
    for _, event in site.transformations():
        if event.process in HANDLING_PROCESSES and all(line.lot in own for line in event.inputs):
            own.update(output.lot for output in event.outputs)
    return own


def _month(
    site: Site, place: _Place, month: str, masses: Mapping[str, int], last: _Run, limits: Limits
) -> Iterator[Finding]:
    said, event = last
    lots = [output.lot for output in event.outputs]
    in_month = ppm_of(12 * masses[month], place.capacity)
    in_year = ppm_of(sum(masses.get(name, 0) for name in _twelve(month)), place.capacity)
    if in_year > limits.nameplate_year_high_ppm:
        yield find(
            FindingCode.THROUGHPUT_ABOVE_NAMEPLATE, "high", (("year_ppm", in_year), ("month", month)),
            bound_of(limits, "nameplate_year_high_ppm"), said.speaker(site), lots=lots,
            case="year", about=(place.named, ("capacity_mg", place.capacity)),
        )  # fmt: skip
    if in_month > limits.nameplate_month_warn_ppm:
        is_high = in_month > limits.nameplate_month_high_ppm
        name = "nameplate_month_high_ppm" if is_high else "nameplate_month_warn_ppm"
        yield find(
            FindingCode.THROUGHPUT_ABOVE_NAMEPLATE, "high" if is_high else "medium",
            (("month_ppm", in_month), ("month", month)), bound_of(limits, name), said.speaker(site), lots=lots,
            case="month", about=(place.named, ("taken_mg", masses[month])),
        )  # fmt: skip


def _twelve(month: str) -> list[str]:
    count = int(month[:4]) * 12 + int(month[5:]) - 1
    return [f"{at // 12:04d}-{at % 12 + 1:02d}" for at in range(count - 11, count + 1)]


def _overlaps(site: Site, runs: list[_Run]) -> Iterator[Finding]:
    """Two runs in one vessel (in one line, where none is named) at one time, whatever they did."""
    places: dict[tuple[str, str], list[_Run]] = defaultdict(list)
    for said, event in runs:
        if event.line is not None:
            places[event.line, event.vessel or ""].append((said, event))
    for (line, vessel), held in places.items():
        busy, before = "", ""
        for said, event in sorted(held, key=lambda row: (row[1].started_at, row[1].ended_at)):
            if event.started_at < busy:
                yield find(
                    FindingCode.OVERLAPPING_RUNS, "medium" if vessel else "low",
                    (("run", event.run), ("started_at", event.started_at)),
                    Bound((("other_run", before), ("busy_until", busy))),
                    said.speaker(site), lots=[output.lot for output in event.outputs], about=(("line", line),),
                )  # fmt: skip
            if event.ended_at > busy:
                busy, before = event.ended_at, event.run
