"""Deliveries without the papers that such deliveries have at that site, or without any."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from ledger.materials.plausibility.reference.bounds import MILLION, bound_of
from ledger.materials.plausibility.site.record import Said, Site
from ledger.materials.state.findings import find
from schemas.catalogue.findings.codes import FindingCode
from schemas.findings import Finding
from schemas.intake import Intake
from schemas.limits import Limits
from schemas.quantity import MG_PER_KG

_FEWEST = 10
"""Of fewer deliveries nothing is usual."""


def find_missing_papers(site: Site, limits: Limits) -> Iterator[Finding]:
    """Yield deliveries above a ton with no paper at all, or without a kind that nearly all of that material have."""
    materials: dict[str, list[tuple[Said, Intake]]] = defaultdict(list)
    for said, event in site.intakes():
        if event.reason != "delivery" or event.net_kg <= limits.delivery_papers_kg * MG_PER_KG:
            continue
        materials[event.material].append((said, event))
        if not event.documents:
            yield find(
                FindingCode.PAPERS_MISSING, "high", (("net_mg", event.net_kg),), bound_of(limits, "delivery_papers_kg"),
                said.speaker(site), lots=(event.lot,), case="none", about=(("lot", event.lot),),
            )  # fmt: skip
    for rows in materials.values():
        if len(rows) >= _FEWEST:
            yield from _unusual(site, rows, limits)


def _unusual(site: Site, rows: list[tuple[Said, Intake]], limits: Limits) -> Iterator[Finding]:
    cited = [{str(document.kind) for document in event.documents} for _, event in rows]
    counts = Counter(kind for kinds in cited for kind in kinds)
    usual = {kind for kind, count in counts.items() if count * MILLION >= limits.usual_paper_warn_ppm * len(rows)}
    for (said, event), kinds in zip(rows, cited, strict=True):
        if kinds and (missing := sorted(usual - kinds)):
            yield find(
                FindingCode.PAPERS_MISSING, "medium", (("net_mg", event.net_kg), ("missing", ", ".join(missing))),
                bound_of(limits, "usual_paper_warn_ppm"), said.speaker(site), lots=(event.lot,), case="usual",
                about=(("lot", event.lot), ("material", event.material), ("site", site.party.id)),
            )  # fmt: skip
