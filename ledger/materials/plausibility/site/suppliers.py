"""Suppliers, behind their digests, that deliver more than they ever did, than a newcomer can, or in pounds."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterator, Mapping

from ledger.materials.mass.months import month_of
from ledger.materials.plausibility.reference.bounds import MILLION, bound_of
from ledger.materials.plausibility.site.record import Said, Site
from ledger.materials.state.findings import find
from schemas.catalogue.findings.codes import FindingCode
from schemas.codes import Severity
from schemas.findings import Finding
from schemas.intake import Intake
from schemas.limits import Limits
from schemas.quantity import MG_PER_KG

_Delivery = tuple[Said, Intake]
_LAST = 20
"""Of so many deliveries a supplier's median is known."""


def find_in_suppliers(site: Site, limits: Limits) -> Iterator[Finding]:
    """Yield the months in which a supplier brought far more than before, or very much at once."""
    months: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    last: dict[tuple[str, str], _Delivery] = {}
    first = ""
    for said, event in site.intakes():
        month = month_of(site.party, said.logged.occurred_at, site.rules)
        first = min(first or month, month)
        if event.supplier is not None:
            months[event.supplier][month] += event.net_kg
            last[event.supplier, month] = said, event
    for supplier, masses in months.items():
        begin = min(masses)
        if masses[begin] > limits.supplier_first_month_kg * MG_PER_KG:
            # When the ledger begins, every supplier is new to it.
            severity: Severity = "low" if begin == first else "medium"
            yield _newcomer(site, supplier, begin, masses, last[supplier, begin], limits=limits, severity=severity)
        yield from _spikes(site, supplier, masses, last, limits)
    yield from _pounds(site, limits)


def _newcomer(
    site: Site,
    supplier: str,
    month: str,
    masses: Mapping[str, int],
    last: _Delivery,
    limits: Limits,
    severity: Severity,
) -> Finding:
    said, event = last
    return find(
        FindingCode.SUPPLIER_NEW, severity, (("mass_mg", masses[month]), ("month", month)),
        bound_of(limits, "supplier_first_month_kg"), said.speaker(site), lots=[event.lot],
        about=(("supplier", supplier[:16]),),
    )  # fmt: skip


def _spikes(
    site: Site,
    supplier: str,
    masses: Mapping[str, int],
    last: Mapping[tuple[str, str], _Delivery],
    limits: Limits,
) -> Iterator[Finding]:
    names = sorted(masses)
    for at, month in enumerate(names[1:], 1):
        before = [masses[name] for name in names[:at]]
        mean = sum(before) // len(before)
        if masses[month] < limits.supplier_spike_kg * MG_PER_KG:
            continue
        if masses[month] * MILLION > mean * limits.supplier_spike_ppm:
            said, event = last[supplier, month]
            yield find(
                FindingCode.SUPPLIER_SPIKE, "medium", (("mass_mg", masses[month]), ("month", month)),
                bound_of(limits, "supplier_spike_ppm", ("mean_mg", mean)), said.speaker(site), lots=[event.lot],
                about=(("supplier", supplier[:16]),),
            )  # fmt: skip


def _pounds(site: Site, limits: Limits) -> Iterator[Finding]:
    """Yield deliveries that weigh as pounds what the supplier's deliveries weigh in kilograms."""
    before: dict[str, deque[int]] = defaultdict(lambda: deque(maxlen=_LAST))
    for said, event in site.intakes():
        if event.supplier is None or event.reason != "delivery":
            continue
        masses = before[event.supplier]
        if len(masses) == _LAST:
            median = _median(masses)
            low, high = limits.supplier_median_warn_ppm, limits.supplier_median_high_ppm
            if low * median <= event.net_kg * MILLION <= high * median:
                yield find(
                    FindingCode.DELIVERY_IN_POUNDS, "medium", (("net_mg", event.net_kg),),
                    bound_of(limits, "supplier_median_warn_ppm", ("median_mg", median)), said.speaker(site),
                    lots=[event.lot], about=(("supplier", event.supplier[:16]), ("count", _LAST)),
                )  # fmt: skip
        masses.append(event.net_kg)


def _median(masses: Collection[int]) -> int:
    """Return the middle of an even number of masses, in mg."""
    ordered = sorted(masses)
    half = len(ordered) // 2
    return (ordered[half - 1] + ordered[half]) // 2
