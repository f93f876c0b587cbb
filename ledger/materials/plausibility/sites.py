"""What is odd about a site over time: capacity, overlaps, repetitions, spikes, campaigns.

Everything here is computed from what the site said, as it stands, whenever somebody
asks; nothing of it is stored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from ledger.materials.book import Deed, Speaker
from ledger.materials.months import month_of
from ledger.materials.plausibility.saying import MILLION, Bound, bound_of, find, limits_of, percent, ppm_of, share_bound
from ledger.materials.records import Run
from ledger.materials.story import last_versions
from schemas.codes import METALS, Severity
from schemas.correction import Correction
from schemas.findings import Finding
from schemas.intake import Intake
from schemas.limits import Limits
from schemas.party import Party, PlantLine
from schemas.quantity import MG_PER_KG, format_kg
from schemas.transformation import Transformation


class Said(NamedTuple):
    """One thing that a site said, as it stands."""

    deed: Deed
    event: Intake | Transformation

    def speaker(self, party: Party) -> Speaker:
        """Return who said it."""
        return Speaker(party, self.deed.occurred_at, self.deed.index, self.deed.statement)


class Site(NamedTuple):
    """A site with all that it said, in the order of the ledger; ``runs`` finds a run by its id."""

    party: Party
    said: tuple[Said, ...]
    run: Callable[[str], Run | None]
    is_lot: Callable[[str], bool]

    def intakes(self) -> Iterator[tuple[Said, Intake]]:
        """Yield the batches that came in."""
        return ((said, said.event) for said in self.said if isinstance(said.event, Intake))

    def transformations(self) -> Iterator[tuple[Said, Transformation]]:
        """Yield the runs."""
        return ((said, said.event) for said in self.said if isinstance(said.event, Transformation))


def as_it_stands(deeds: Iterable[Deed]) -> tuple[Said, ...]:
    """Return intakes and runs of one party as its own corrections left them, in the order of the ledger."""
    own = list(deeds)
    corrected = last_versions(own)
    said: list[Said] = []
    for deed in own:
        event = corrected.get(deed.statement, deed.event)
        if isinstance(event, Intake | Transformation) and not isinstance(deed.event, Correction):
            said.append(Said(deed, event))
    return tuple(said)


def find_in_site(site: Site) -> list[Finding]:
    """Return what is odd about a site over time, in the order of its entries."""
    limits = limits_of(site.party)
    checks = (_throughput, _overlaps, _identical, _spikes, _campaigns, _returning)
    found = [finding for check in checks for finding in check(site, limits)]
    return sorted(found, key=lambda finding: (finding.index, finding.code, finding.lots))


def _throughput(site: Site, limits: Limits) -> Iterator[Finding]:
    """Input of each line against its nameplate, by month and over twelve months.

    What one stage of a line hands to the next has entered it once.
    """
    own: dict[str, set[str]] = defaultdict(set)
    for _, event in site.transformations():
        own[event.line or ""].update(output.lot for output in event.outputs)
    months: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    last: dict[tuple[str, str], tuple[Said, Transformation]] = {}
    for said, event in site.transformations():
        if event.line is not None:
            month = month_of(site.party, event.started_at)
            months[event.line][month] += sum(line.net_kg for line in event.inputs if line.lot not in own[event.line])
            last[event.line, month] = said, event
    for line in site.party.lines:
        masses = months.get(line.line, {})
        for month in sorted(masses):
            yield from _month(site, line, month, masses, last[line.line, month], limits)


def _month(
    site: Site, line: PlantLine, month: str, masses: dict[str, int], last: tuple[Said, Transformation], limits: Limits
) -> Iterator[Finding]:
    said, event = last
    lots = [output.lot for output in event.outputs]
    in_month = ppm_of(12 * masses[month], line.capacity_mg_per_year)
    in_year = ppm_of(sum(masses.get(name, 0) for name in _twelve(month)), line.capacity_mg_per_year)
    if in_year > limits.nameplate_year_high_ppm:
        yield find(
            "throughput-above-nameplate", "high", f"{percent(in_year)} of the nameplate in twelve months to {month}",
            share_bound(limits, "nameplate_year_high_ppm"),
            f"{line.line} took more in twelve months than it can in a year ({format_kg(line.capacity_mg_per_year)} kg)",
            said.speaker(site.party), lots,
        )  # fmt: skip
    if in_month > limits.nameplate_month_warn_ppm:
        is_high = in_month > limits.nameplate_month_high_ppm
        name = "nameplate_month_high_ppm" if is_high else "nameplate_month_warn_ppm"
        yield find(
            "throughput-above-nameplate", "high" if is_high else "medium",
            f"{percent(in_month)} of a twelfth of the nameplate in {month}", share_bound(limits, name),
            f"{line.line} took {format_kg(masses[month])} kg in {month}, more than it can",
            said.speaker(site.party), lots,
        )  # fmt: skip


def _twelve(month: str) -> list[str]:
    count = int(month[:4]) * 12 + int(month[5:]) - 1
    return [f"{at // 12:04d}-{at % 12 + 1:02d}" for at in range(count - 11, count + 1)]


def _overlaps(site: Site, limits: Limits) -> Iterator[Finding]:  # noqa: ARG001
    """Two runs of one process in one vessel (in one line, where none is named) at one time."""
    places: dict[tuple[str, str, str], list[tuple[Said, Transformation]]] = defaultdict(list)
    for said, event in site.transformations():
        if event.line is not None:
            places[event.line, event.process, event.vessel or ""].append((said, event))
    for (line, _, vessel), runs in places.items():
        busy, before = "", ""
        for said, event in sorted(runs, key=lambda row: (row[1].started_at, row[1].ended_at)):
            if event.started_at < busy:
                yield find(
                    "overlapping-runs", "medium" if vessel else "low", f"{event.run} from {event.started_at}",
                    Bound(f"{before} until {busy}"), f"{line} ran {event.run} while it was still busy with {before}",
                    said.speaker(site.party), [output.lot for output in event.outputs],
                )  # fmt: skip
            if event.ended_at > busy:
                busy, before = event.ended_at, event.run


def _identical(site: Site, limits: Limits) -> Iterator[Finding]:
    row: list[tuple[Said, Intake]] = []
    for said, event in (*site.intakes(), (None, None)):
        if row and (event is None or event.net_kg != row[0][1].net_kg):
            if len(row) >= limits.identical_weights:
                yield find(
                    "identical-weights", "medium", f"{len(row)} times {format_kg(row[0][1].net_kg)} kg in a row",
                    bound_of(limits, "identical_weights", f"fewer than {limits.identical_weights}"),
                    f"{site.party.id} weighed the same to the milligram again and again: copied, not weighed?",
                    row[-1][0].speaker(site.party), [intake.lot for _, intake in row],
                )  # fmt: skip
            row = []
        if said is not None and event is not None:
            row.append((said, event))


def _spikes(site: Site, limits: Limits) -> Iterator[Finding]:
    months: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    last: dict[tuple[str, str], tuple[Said, Intake]] = {}
    for said, event in site.intakes():
        if event.supplier is not None:
            month = month_of(site.party, said.deed.occurred_at)
            months[event.supplier][month] += event.net_kg
            last[event.supplier, month] = said, event
    for supplier, masses in months.items():
        names = sorted(masses)
        for at, month in enumerate(names):
            before = [masses[name] for name in names[:at]]
            if len(before) < 2 or masses[month] < limits.supplier_spike_kg * MG_PER_KG:
                continue
            mean = sum(before) // len(before)
            if masses[month] * MILLION > mean * limits.supplier_spike_ppm:
                said, event = last[supplier, month]
                yield find(
                    "supplier-spike", "medium", f"{format_kg(masses[month])} kg in {month}",
                    share_bound(limits, "supplier_spike_ppm", f"{{}} of the {format_kg(mean)} kg of a month before"),
                    f"the supplier with digest {supplier[:16]}... delivered far more than ever before",
                    said.speaker(site.party), [event.lot],
                )  # fmt: skip


def _campaigns(site: Site, limits: Limits) -> Iterator[Finding]:
    """Yield of whole campaigns: what is passed on from run to run counts once."""
    campaigns: dict[str, list[tuple[Said, Run]]] = defaultdict(list)
    for said, event in site.transformations():
        run = site.run(event.run) if event.campaign is not None else None
        if run is not None:
            campaigns[event.campaign or ""].append((said, run))
    for name, runs in campaigns.items():
        into, out = _campaign_masses([run for _, run in runs])
        for metal in METALS:
            taken, made = into.get(metal, 0), out.get(metal, 0)
            limit = "lead_out_high_ppm" if metal == "Pb" else "metal_out_high_ppm"
            loss = {
                "Pb": "lead_loss_warn_ppm",
                "Ni": "nickel_cobalt_loss_warn_ppm",
                "Co": "nickel_cobalt_loss_warn_ppm",
            }
            share = ppm_of(made, taken)
            severity: Severity = "high"
            if taken and share > getattr(limits, limit):
                code, said_limit = "campaign-yield-above-contained", share_bound(limits, limit)
            elif taken and MILLION - share > getattr(limits, loss.get(metal, "lithium_loss_warn_ppm")):
                code, severity = "campaign-loss-unusual", "medium"
                said_limit = share_bound(limits, loss.get(metal, "lithium_loss_warn_ppm"), "losses up to {}")
            else:
                continue
            if metal not in ("Pb", "Li", "Ni", "Co"):
                continue
            yield find(
                code, severity, f"{percent(share)} of the {metal} put in", said_limit,
                f"campaign {name} of {site.party.id} put out {format_kg(made)} kg {metal} of {format_kg(taken)} kg",
                runs[-1][0].speaker(site.party), [made.lot for made in runs[-1][1].outputs],
            )  # fmt: skip


def _campaign_masses(runs: Iterable[Run]) -> tuple[dict[str, int], dict[str, int]]:
    """Return metal that came into the runs from outside them, and that left them."""
    own = list(runs)
    within = {made.lot for run in own for made in run.outputs}
    into: dict[str, int] = defaultdict(int)
    out: dict[str, int] = defaultdict(int)
    for run in own:
        for taken in run.inputs:
            for metal, split in taken.mix.items():
                into[metal] += 0 if taken.lot in within else sum(split)
                out[metal] -= sum(split) if taken.lot in within else 0
        for addition in run.additions:
            for metal, mass in addition.items():
                into[metal] += mass
        for made in run.outputs:
            for metal, split in made.mix.items():
                out[metal] += sum(split)
    return into, out


def _returning(site: Site, limits: Limits) -> Iterator[Finding]:  # noqa: ARG001
    """A lot of the ledger whose id stands on the papers of new waste."""
    for said, event in site.intakes():
        if event.reason == "customer_return":
            continue
        for document in event.documents:
            number = document.number.strip().upper()
            if site.is_lot(number):
                yield find(
                    "lot-comes-back-as-waste", "high", number, Bound("waste that is no lot of this ledger"),
                    f"{event.lot} came in with a {document.kind} that names {number}, a lot of this ledger: "
                    "the same metal would count twice", said.speaker(site.party), (event.lot, number),
                )  # fmt: skip
