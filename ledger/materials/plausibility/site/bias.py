"""What a site gets out of its metal over months and quarters, held against the trade and against itself.

Plan, per site and metal:

1. A month, or a quarter, is judged only where its figures can bear it: four fifths of the metal that
   runs took was analysed, and residue was counted.
2. Lead that a month's smelting recovers without the loss that always stays behind.
3. A quarter that recovers another share of a metal than the quarters before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from ledger.materials.mass.months import month_of
from ledger.materials.plausibility.entry.runs import LOSS_LIMITS, NOT_RECOVERED
from ledger.materials.plausibility.reference.bounds import MILLION, bound_of, ppm_of
from ledger.materials.plausibility.site.campaigns import balance_of
from ledger.materials.plausibility.site.record import Said, Site, Ware
from ledger.materials.state.findings import find
from ledger.materials.state.records import Run
from schemas.catalogue.findings.codes import FindingCode
from schemas.codes import HANDLING_PROCESSES, Metal
from schemas.findings import Finding
from schemas.ids import LotId
from schemas.limits import Limits
from schemas.transformation import Transformation

_Row = tuple[Said, Transformation, Run]


class _Time(NamedTuple):
    """A month or a quarter: what ran in it, by metal what runs took from outside it, and what they recovered, in mg."""

    rows: list[_Row]
    into: dict[Metal, int]
    recovered: dict[Metal, int]
    bears: frozenset[Metal]
    """The metals of which enough was analysed, where residue was counted."""

    def share(self, metal: Metal) -> int:
        """Return what was recovered of a metal in ppm of what was taken."""
        return ppm_of(self.recovered.get(metal, 0), self.into.get(metal, 0))


def find_bias(site: Site, limits: Limits) -> Iterator[Finding]:
    """Yield months without loss, and quarters that differ from those before."""
    wares = site.wares()
    analysed = _analysed(site)
    months = _times(site, lambda month: month, wares, analysed, limits)
    for month, time in months.items():
        yield from _without_loss(site, month, time, limits)
    quarters = _times(site, quarter_of, wares, analysed, limits)
    for number, name in enumerate(sorted(quarters)):
        before = [quarters[other] for other in sorted(quarters)[:number]]
        for metal in LOSS_LIMITS:
            yield from _off(site, name, quarters[name], before, metal, limits=limits)


def quarter_of(month: str) -> str:
    """Return the quarter of a month ``YYYY-MM``, as ``2026-Q1``."""
    return f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}"


def _times(
    site: Site, name_of: Callable[[str], str], wares: dict[LotId, Ware], analysed: frozenset[LotId], limits: Limits
) -> dict[str, _Time]:
    rows: dict[str, list[_Row]] = defaultdict(list)
    for said, event in site.transformations():
        run = site.run(event.run)
        if run is not None and event.process not in HANDLING_PROCESSES:
            rows[name_of(month_of(site.party, event.started_at, site.rules))].append((said, event, run))
    residue = {lot for lot, ware in wares.items() if ware.role in NOT_RECOVERED}
    counted = {name_of(month) for lot, month in site.counted if lot in residue}
    return {
        name: _time(found, wares, analysed if name in counted else frozenset(), limits) for name, found in rows.items()
    }


def _time(rows: list[_Row], wares: dict[LotId, Ware], analysed: frozenset[LotId], limits: Limits) -> _Time:
    runs = [run for _, _, run in rows]
    balance = balance_of(runs, wares)
    recovered = dict(balance.recovered)
    for drawn in (one for run in runs for one in run.drawn):
        for metal, split in drawn.mix.items():
            recovered[metal] = recovered.get(metal, 0) + sum(split)
    known: dict[Metal, int] = defaultdict(int)
    taken: dict[Metal, int] = defaultdict(int)
    for part in balance.entered:
        for metal, split in part.mix.items():
            taken[metal] += sum(split)
            known[metal] += sum(split) if part.lot in analysed else 0
    bears = (metal for metal in taken if known[metal] * MILLION >= taken[metal] * limits.bias_analysed_ppm)
    return _Time(rows, balance.into, recovered, frozenset(bears))


def _analysed(site: Site) -> frozenset[LotId]:
    """Return the lots whose content rests on an analysis: one on record, or one that was stated with them."""
    stated = {lot.lot for said in site.said for lot in said.event.stated_lots() if lot.basis == "assay"}
    taken = {line.lot for _, event in site.transformations() for line in event.inputs}
    governed = {name for name, lot in site.lots(sorted(taken - stated)).items() if lot.stage >= 0}
    return frozenset(stated | governed)


def _without_loss(site: Site, month: str, time: _Time, limits: Limits) -> Iterator[Finding]:
    """Lead goes into slag and dust wherever it is smelted; where none is lost, something filled the gap."""
    found = time.share("Pb")
    if "Pb" not in time.bears or found <= limits.lead_recovered_warn_ppm or not _smelts(time.rows):
        return
    said, event, _ = time.rows[-1]
    yield find(
        FindingCode.YIELD_WITHOUT_LOSS, "medium", (("share_ppm", found), ("metal", "Pb")),
        bound_of(limits, "lead_recovered_warn_ppm"), said.speaker(site), lots=[output.lot for output in event.outputs],
        about=(("month", month), ("site", site.party.id), ("out_mg", time.recovered["Pb"]),
               ("into_mg", time.into["Pb"])),
    )  # fmt: skip


def _smelts(rows: Iterable[_Row]) -> bool:
    return any(event.process == "smelting" for _, event, _ in rows)


def _off(site: Site, name: str, time: _Time, before: list[_Time], metal: Metal, limits: Limits) -> Iterator[Finding]:
    """Yield where a quarter recovers another share of a metal than the quarters before that can be judged."""
    known = [other for other in before if metal in other.bears and other.into.get(metal)]
    into = sum(other.into[metal] for other in known)
    if metal not in time.bears or not time.into.get(metal) or not into:
        return
    usual = ppm_of(sum(other.recovered.get(metal, 0) for other in known), into)
    found = time.share(metal)
    if abs(found - usual) * MILLION <= usual * limits.quarter_bias_warn_ppm:
        return
    said, event, _ = time.rows[-1]
    yield find(
        FindingCode.QUARTER_BIAS, "medium", (("share_ppm", found), ("metal", metal)),
        bound_of(limits, "quarter_bias_warn_ppm", ("usual_ppm", usual)), said.speaker(site),
        lots=[output.lot for output in event.outputs],
        about=(("quarter", name), ("site", site.party.id), ("out_mg", time.recovered.get(metal, 0)),
               ("into_mg", time.into[metal])),
    )  # fmt: skip
