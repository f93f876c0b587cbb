"""Yields of campaigns, and of all else that a line made in a month, judged as if it were one.

What is passed on from run to run counts once, so that a little too much in every run adds
up, and a heel that was taken too low in one run is made good in the next.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from ledger.materials.mass.mix import Mix
from ledger.materials.mass.months import month_of
from ledger.materials.moves.taking import uncertainty_of
from ledger.materials.plausibility.entry.runs import LOSS_LIMITS, NOT_RECOVERED
from ledger.materials.plausibility.reference.bounds import MILLION, bound_of, ppm_of
from ledger.materials.plausibility.reference.chemistry import FORMULAS, LITHIUM_ION
from ledger.materials.plausibility.site.record import Said, Site, Ware
from ledger.materials.state.findings import find
from ledger.materials.state.records import Run, Taken
from schemas.catalogue.figures import Figures
from schemas.catalogue.findings.codes import FindingCode
from schemas.codes import Metal
from schemas.findings import Finding
from schemas.ids import LotId
from schemas.limits import Limits
from schemas.transformation import Transformation

_Row = tuple[Said, Transformation, Run]
_Key = tuple[str, ...]
_SALTS = frozenset(FORMULAS) | {"nickel_metal", "cobalt_metal"}
_OUT_WARN: dict[Metal, str] = {
    "Li": "lithium_out_warn_ppm",
    "Ni": "nickel_cobalt_out_warn_ppm",
    "Co": "nickel_cobalt_out_warn_ppm",
}


class Balance(NamedTuple):
    """Metal of several runs in mg: what came in from outside, what left, and of it in products and half-products."""

    into: dict[Metal, int]
    out: dict[Metal, int]
    recovered: dict[Metal, int]
    halfway: dict[Metal, int]
    entered: tuple[Taken, ...]

    def share(self, metal: Metal) -> int:
        """Return what left of a metal in ppm of what came in, 0 where nothing did."""
        return ppm_of(self.out.get(metal, 0), self.into.get(metal, 0))


class _Group(NamedTuple):
    """A campaign, or the runs of a line in a month that belong to none; ``named`` says which."""

    named: Figures
    is_campaign: bool
    rows: list[_Row]
    balance: Balance

    @property
    def last(self) -> _Row:
        """Its last run."""
        return self.rows[-1]


def find_in_campaigns(site: Site, limits: Limits) -> Iterator[Finding]:
    """Yield where campaigns and months of a line put out more, or less, than went in can give."""
    wares = site.wares()
    groups = _groups(site, wares)
    tabled = _tabled(site)
    for key, group in groups.items():
        before = [groups[name] for name in _before(key, groups, wares)]
        for metal in LOSS_LIMITS:
            if group.balance.into.get(metal):
                yield from _gain(site, group, metal, before, tabled, limits=limits)
                yield from _loss(site, group, metal, limits)
                yield from _too_well(site, group, metal, wares, limits)
        yield from _ratio(site, group, limits)


def _groups(site: Site, wares: dict[LotId, Ware]) -> dict[_Key, _Group]:
    rows: dict[_Key, list[_Row]] = defaultdict(list)
    for said, event in site.transformations():
        run = site.run(event.run)
        if run is not None:
            month = month_of(site.party, event.started_at, site.rules)
            rows[(event.campaign,) if event.campaign is not None else (event.line or "", month)].append(
                (said, event, run)
            )
    return {
        key: _Group(
            _named(key, site), len(key) == 1, found, balance_of([run for _, _, run in found], wares),
        )
        for key, found in rows.items()
    }  # fmt: skip


def _named(key: _Key, site: Site) -> Figures:
    if len(key) == 1:
        return (("campaign", key[0]), ("site", site.party.id))
    month: Figures = (("month", key[1]), ("site", site.party.id))
    return (("line", key[0]), *month) if key[0] else month


def balance_of(runs: Iterable[Run], wares: dict[LotId, Ware]) -> Balance:
    """Return the metal that came into the runs from outside them, and that left them."""
    own = list(runs)
    within = {made.lot for run in own for made in run.outputs}
    entered = tuple(taken for run in own for taken in run.inputs if taken.lot not in within)
    into = _sums(taken.mix for taken in entered)
    for metal, mass in (row for run in own for addition in run.additions for row in addition.items()):
        into[metal] += mass
    made = [(row.lot, row.mix) for run in own for row in run.outputs]
    passed = [(row.lot, row.mix) for run in own for row in run.inputs if row.lot in within]

    def left(keep: Callable[[LotId], bool]) -> dict[Metal, int]:
        """Return what the runs made of the lots to keep, less what they took back in, in milligrams by metal."""
        out = _sums(mix for lot, mix in made if keep(lot))
        for metal, mass in _sums(mix for lot, mix in passed if keep(lot)).items():
            out[metal] -= mass
        return out

    def is_recovered(lot: LotId) -> bool:
        """Say whether a lot counts as recovered; one that nothing is known of does."""
        return lot not in wares or wares[lot].role not in NOT_RECOVERED

    def is_halfway(lot: LotId) -> bool:
        """Say whether a lot is recovered, but no salt yet."""
        return is_recovered(lot) and (lot not in wares or wares[lot].material not in _SALTS)

    return Balance(into, left(lambda _: True), left(is_recovered), left(is_halfway), entered)


def _sums(mixes: Iterable[Mix]) -> dict[Metal, int]:
    total: dict[Metal, int] = defaultdict(int)
    for mix in mixes:
        for metal, split in mix.items():
            total[metal] += sum(split)
    return total


def _before(key: _Key, groups: dict[_Key, _Group], wares: dict[LotId, Ware]) -> list[_Key]:
    """Return the groups whose heel this one took over."""
    taken = {part.lot for part in groups[key].balance.entered}
    heels = {lot for lot in taken if lot in wares and wares[lot].role == "wip"}
    return [
        name for name, group in groups.items()
        if name != key and any(made.lot in heels for _, _, run in group.rows for made in run.outputs)
    ]  # fmt: skip


def _tabled(site: Site) -> set[str]:
    """Return the lots whose stated content goes back to a table."""
    tabled: set[str] = set()
    for said in site.said:
        made = said.event.stated_lots()
        if said.batch is not None:
            tabled.update(lot.lot for lot in made if lot.basis == "table")
        elif not tabled.isdisjoint(said.event.input_lots()):
            tabled.update(lot.lot for lot in made if lot.basis not in ("assay", "declared"))
    return tabled


def _gain(
    site: Site, group: _Group, metal: Metal, before: list[_Group], tabled: set[str], limits: Limits
) -> Iterator[Finding]:
    high = "lead_out_high_ppm" if metal == "Pb" else "metal_out_high_ppm"
    warn = "lead_out_warn_ppm" if metal == "Pb" else high
    balance, share = group.balance, group.balance.share(metal)
    gain = balance.out[metal] - balance.into[metal]
    if share <= getattr(limits, warn) or gain <= uncertainty_of(balance.entered, metal, limits.uncertainty_cap_ppm):
        return
    is_high = share > getattr(limits, high)
    if is_high and before:
        # What this one found in the heel, the one before it had lost.
        runs = [run for one in (*before, group) for _, _, run in one.rows]
        is_high = balance_of(runs, site.wares()).share(metal) > getattr(limits, high)
    if is_high and share <= limits.explained_out_high_ppm:
        said = {event.gain_reason for _, event, run in group.rows if run.gain().get(metal)}
        is_high = said != {"table_understated"} or not any(part.lot in tabled for part in balance.entered)
    yield _find(
        site, group, FindingCode.CAMPAIGN_YIELD_ABOVE_CONTAINED, metal, limits, name=high if is_high else warn,
        is_high=is_high,
    )  # fmt: skip


def _loss(site: Site, group: _Group, metal: Metal, limits: Limits) -> Iterator[Finding]:
    """What runs without a heel lost was said of each; a heel of a month without campaign is judged here."""
    has_heel = any(output.role == "wip" for _, event, _ in group.rows for output in event.outputs)
    lost = MILLION - ppm_of(group.balance.recovered[metal], group.balance.into[metal])
    if (group.is_campaign or has_heel) and lost > getattr(limits, LOSS_LIMITS[metal]) and group.balance.out:
        yield _find(site, group, FindingCode.CAMPAIGN_LOSS_UNUSUAL, metal, limits, name=LOSS_LIMITS[metal])


def _too_well(site: Site, group: _Group, metal: Metal, wares: dict[LotId, Ware], limits: Limits) -> Iterator[Finding]:
    """From cells and black mass to salts something always stays behind."""
    balance = group.balance
    held = [part.lot for part in balance.entered if metal in part.mix]
    is_raw = all(lot in wares and wares[lot].material in LITHIUM_ION for lot in held)
    is_done = balance.halfway[metal] * MILLION <= balance.into[metal] * limits.heel_warn_ppm
    name = _OUT_WARN.get(metal)
    if name is None or not is_raw or not is_done or balance.share(metal) > limits.metal_out_high_ppm:
        return
    if ppm_of(balance.recovered[metal], balance.into[metal]) > getattr(limits, name):
        yield _find(site, group, FindingCode.RECOVERY_TOO_GOOD, metal, limits, name=name)


def _find(
    site: Site, group: _Group, code: FindingCode, metal: Metal, limits: Limits, name: str, *, is_high: bool = False
) -> Finding:
    said, event, _ = group.last
    balance = group.balance
    is_all = code == FindingCode.CAMPAIGN_YIELD_ABOVE_CONTAINED
    mass, into = (balance.out if is_all else balance.recovered)[metal], balance.into[metal]
    return find(
        code, "high" if is_high else "medium", (("share_ppm", ppm_of(mass, into)), ("metal", metal)),
        bound_of(limits, name), said.speaker(site), lots=[output.lot for output in event.outputs],
        about=(*group.named, ("out_mg", mass), ("into_mg", into)),
    )  # fmt: skip


def _ratio(site: Site, group: _Group, limits: Limits) -> Iterator[Finding]:
    """Nickel to cobalt of all that came out against all that went in: the blend knows no chemistry."""
    into, out = group.balance.into, group.balance.out
    if min(into.get("Ni", 0), into.get("Co", 0), out.get("Ni", 0), out.get("Co", 0)) <= 0:
        return
    expected, found = into["Ni"] * MILLION // into["Co"], out["Ni"] * MILLION // out["Co"]
    off = abs(found - expected) * MILLION // max(expected, 1)
    if off <= limits.nickel_cobalt_ratio_warn_ppm:
        return
    is_high = off > limits.nickel_cobalt_ratio_high_ppm
    name = "nickel_cobalt_ratio_high_ppm" if is_high else "nickel_cobalt_ratio_warn_ppm"
    said, event, _ = group.last
    yield find(
        FindingCode.PRODUCT_RATIO, "high" if is_high else "medium", (("ni_per_co_millionths", found),),
        bound_of(limits, name, ("into_millionths", expected)),
        said.speaker(site), lots=[output.lot for output in event.outputs], about=group.named,
    )  # fmt: skip
