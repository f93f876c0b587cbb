"""What repeats where nothing should: weights, outputs, units."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from ledger.materials.mass.months import month_of
from ledger.materials.plausibility.reference.bounds import bound_of
from ledger.materials.plausibility.site.record import Said, Site
from ledger.materials.state.findings import NO_BOUND, find
from schemas.catalogue.figures import Figures
from schemas.catalogue.findings.codes import FindingCode
from schemas.codes import HANDLING_PROCESSES
from schemas.findings import Finding
from schemas.ids import LotId
from schemas.intake import Intake
from schemas.limits import Limits

_CHANCE = 20
"""A weight that a twentieth of a month's deliveries have is no chance any more."""

_CAST = HANDLING_PROCESSES | {"casting"}
"""Processes that make bags and bundles of one weight."""


def find_repetitions(site: Site, limits: Limits) -> Iterator[Finding]:
    """Yield weights that were copied, outputs that are too much alike, units cited twice."""
    rows = list(_rows(site, limits))
    yield from rows
    yield from _months(site, limits, {lot for finding in rows for lot in finding.lots})
    yield from _outputs(site, limits)
    yield from _units(site)


def _rows(site: Site, limits: Limits) -> Iterator[Finding]:
    row: list[tuple[Said, Intake]] = []
    for said, event in (*site.intakes(), (None, None)):
        if row and (event is None or event.net_kg != row[0][1].net_kg):
            if len(row) >= limits.identical_weights:
                yield _identical(site, row, None, limits)
            row = []
        if said is not None and event is not None:
            row.append((said, event))


def _months(site: Site, limits: Limits, in_row: set[str]) -> Iterator[Finding]:
    """The same weight again and again in one month, with others between; ``in_row`` are lots of a row."""
    months: dict[str, list[tuple[Said, Intake]]] = defaultdict(list)
    for said, event in site.intakes():
        months[month_of(site.party, said.logged.occurred_at, site.rules)].append((said, event))
    for month, rows in months.items():
        for net, count in Counter(event.net_kg for _, event in rows).items():
            if count >= limits.identical_in_month and count * _CHANCE >= len(rows):
                same = [row for row in rows if row[1].net_kg == net]
                if all(event.lot in in_row for _, event in same):
                    continue
                yield _identical(site, same, month, limits)


def _identical(site: Site, row: list[tuple[Said, Intake]], month: str | None, limits: Limits) -> Finding:
    """Return what is said of deliveries of one weight: in a month, or in a row where none is given."""
    figures: Figures = (("count", len(row)), ("net_mg", row[0][1].net_kg))
    return find(
        FindingCode.IDENTICAL_WEIGHTS, "medium", figures if month is None else (*figures, ("month", month)),
        bound_of(limits, "identical_weights" if month is None else "identical_in_month"),
        row[-1][0].speaker(site), lots=[intake.lot for _, intake in row],
        case="in_a_row" if month is None else "in_a_month", about=(("site", site.party.id),),
    )  # fmt: skip


def _outputs(site: Site, limits: Limits) -> Iterator[Finding]:
    """Products that runs of a month made of one weight and one content, as no process does."""
    made: dict[tuple[str, str, int, str], list[tuple[Said, LotId]]] = defaultdict(list)
    for said, event in site.transformations():
        if event.process in _CAST:
            continue
        month = month_of(site.party, event.started_at, site.rules)
        for output in event.outputs:
            if output.content_kg:
                content = ",".join(f"{metal}{mass}" for metal, mass in sorted(output.content_kg.items()))
                made[month, output.material, output.net_kg, content].append((said, output.lot))
    for (month, material, net, _), rows in made.items():
        if len(rows) >= limits.identical_in_month:
            yield find(
                FindingCode.IDENTICAL_OUTPUTS, "low",
                (("count", len(rows)), ("net_mg", net), ("material", material), ("month", month)),
                bound_of(limits, "identical_in_month"), rows[-1][0].speaker(site), lots=[lot for _, lot in rows],
                about=(("site", site.party.id),),
            )  # fmt: skip


def _units(site: Site) -> Iterator[Finding]:
    """A bundle is cast once; packing and blending only hand it on."""
    known: dict[str, LotId] = {}
    for said, event in site.transformations():
        if event.process in HANDLING_PROCESSES:
            continue
        for output in event.outputs:
            for name in Counter(unit.id for unit in output.units):
                lot = known.setdefault(name, output.lot)
                if lot != output.lot:
                    yield find(
                        FindingCode.UNIT_TWICE, "medium", (("unit", name),), NO_BOUND,
                        said.speaker(site), lots=(output.lot, lot), about=(("lot", output.lot), ("other_lot", lot)),
                    )  # fmt: skip
