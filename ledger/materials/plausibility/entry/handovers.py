"""What is odd about a hand-over: the receiver's own weight and analysis against the book."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.materials.plausibility.entry.analysed_content import find_in_analysis
from ledger.materials.plausibility.reference.bounds import bound_of, limits_of, ppm_of
from ledger.materials.state.book import Speaker
from ledger.materials.state.findings import find
from ledger.materials.state.records import Lot
from schemas.catalogue.findings.codes import FindingCode
from schemas.codes import Metal
from schemas.findings import Finding
from schemas.handover import AcceptedLot


def find_in_handover(line: AcceptedLot, lot: Lot, speaker: Speaker) -> Iterator[Finding]:
    """Yield where the receiver's word on a lot differs from the book.

    Args:
        line: the word of the receiver.
        lot: the lot as the book has it.
        speaker: the receiver.
    """
    limits = limits_of(speaker)
    figures = [("mass", line.net_kg, lot.net, "handover")]
    for metal, mass in (line.content_kg or {}).items():
        figures.append((metal, mass, sum(lot.mix.get(metal, ())), "handover_content"))
    if line.content_kg:
        yield from _content(line, line.content_kg, lot, speaker)
    for what, received, booked, kind in figures:
        found = ppm_of(abs(received - booked), booked)
        if not booked or found <= getattr(limits, f"{kind}_warn_ppm"):
            continue
        # Who disputes or rejects says himself that it does not fit.
        is_high = found > getattr(limits, f"{kind}_high_ppm") and line.decision == "accepted"
        name = f"{kind}_high_ppm" if is_high else f"{kind}_warn_ppm"
        is_less = received < booked
        yield find(
            FindingCode.HANDOVER_DIFFERENCE, "high" if is_high else "medium",
            (("received_mg", received), ("less_ppm", found) if is_less else ("more_ppm", found)),
            bound_of(limits, name, ("booked_mg", booked)), speaker, lots=(lot.id,), case="less" if is_less else "more",
            about=(("site", speaker.party.id), ("what", what)),
        )  # fmt: skip


def _content(line: AcceptedLot, content: dict[Metal, int], lot: Lot, speaker: Speaker) -> Iterator[Finding]:
    """What the receiver found is judged like any analysis; a metal that the book has none of is odd as well."""
    limits, net = limits_of(speaker), line.net_kg
    dry = net * lot.dry // lot.net if lot.dry is not None and lot.net else net
    yield from find_in_analysis(lot, content, (net, dry), speaker)
    for metal, received in content.items():
        found = ppm_of(received, net)
        if metal not in lot.mix and found > limits.foreign_metal_warn_ppm // 10:
            yield find(
                FindingCode.HANDOVER_DIFFERENCE, "medium" if found > limits.foreign_metal_warn_ppm else "low",
                (("received_mg", received), ("metal", metal)), bound_of(limits, "foreign_metal_warn_ppm"),
                speaker, lots=(lot.id,), case="unstated", about=(("site", speaker.party.id),),
            )  # fmt: skip
