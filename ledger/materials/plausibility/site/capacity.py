"""Throughput against nameplates, and runs that were in one place at one time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ledger.materials.mass.months import month_of
from ledger.materials.plausibility.entry.lines import POWERED, feed_of
from ledger.materials.plausibility.reference.bounds import Bound, find, ppm_of, share_bound
from ledger.materials.plausibility.site.record import Said, Site
from schemas.catalogue.figures import percent
from schemas.codes import HANDLING_PROCESSES
from schemas.findings import Finding
from schemas.limits import Limits
from schemas.quantity import format_kg
from schemas.transformation import Transformation

_Run = tuple[Said, Transformation]


class _Place(NamedTuple):
    """A line, or all lines for one feed together, with a capacity in mg a year."""

    name: str
    capacity: int


def find_in_capacity(site: Site, limits: Limits) -> Iterator[Finding]:
    """Yield where more went in than the plant can take, or two runs were in one place."""
    runs = list(site.transformations())
    for line in site.party.lines:
        own = [row for row in runs if row[1].line == line.line]
        yield from _throughput(site, _Place(line.line, line.capacity_mg_per_year), own, None, limits)
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
            place = _Place(f"all lines for {feed}", sum(line.capacity_mg_per_year for line in lines))
            yield from _throughput(site, place, counted, {lot for lot, kind in fed.items() if kind == feed}, limits)


def _is_unlined(event: Transformation, feed: str, fed: Mapping[str, str | None]) -> bool:
    return event.line is None and event.process in POWERED and any(fed.get(line.lot) == feed for line in event.inputs)


def _throughput(
    site: Site, place: _Place, runs: list[_Run], feed: set[str] | None, limits: Limits
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
        month = month_of(site.party, event.started_at)
        for lot, booked in site.taken(event):
            if lot not in own and (feed is None or event.line is not None or lot in feed):
                masses[month] += booked
        last[month] = said, event
        if feed is None or event.line is None:
            judged.add(month)
    for month in sorted(judged & masses.keys()):
        yield from _month(site, place, month, masses, last[month], limits)


def _made_within(site: Site, runs: Iterable[Transformation]) -> set[str]:
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
            "throughput-above-nameplate", "high", f"{percent(in_year)} of the nameplate in twelve months to {month}",
            share_bound(limits, "nameplate_year_high_ppm"),
            f"{place.name} took more in twelve months than it can in a year ({format_kg(place.capacity)} kg)",
            said.speaker(site.party), lots,
        )  # fmt: skip
    if in_month > limits.nameplate_month_warn_ppm:
        is_high = in_month > limits.nameplate_month_high_ppm
        name = "nameplate_month_high_ppm" if is_high else "nameplate_month_warn_ppm"
        yield find(
            "throughput-above-nameplate", "high" if is_high else "medium",
            f"{percent(in_month)} of a twelfth of the nameplate in {month}", share_bound(limits, name),
            f"{place.name} took {format_kg(masses[month])} kg in {month}, more than it can",
            said.speaker(site.party), lots,
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
                    "overlapping-runs", "medium" if vessel else "low", f"{event.run} from {event.started_at}",
                    Bound(f"{before} until {busy}"), f"{line} ran {event.run} while it was still busy with {before}",
                    said.speaker(site.party), [output.lot for output in event.outputs],
                )  # fmt: skip
            if event.ended_at > busy:
                busy, before = event.ended_at, event.run
