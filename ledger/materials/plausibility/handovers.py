"""What is odd about a hand-over: the receiver's own weight and analysis against the book."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.materials.book import Speaker
from ledger.materials.plausibility.saying import find, limits_of, percent, ppm_of, share_bound
from ledger.materials.records import Lot
from schemas.findings import Finding
from schemas.handover import AcceptedLot
from schemas.quantity import format_kg


def find_in_handover(line: AcceptedLot, lot: Lot, speaker: Speaker) -> Iterator[Finding]:
    """Yield where the receiver's word on a lot differs from the book.

    Args:
        line: the word of the receiver.
        lot: the lot as the book has it.
        speaker: the receiver.
    """
    limits = limits_of(speaker.party)
    figures = [("mass", line.net_kg, lot.net, "handover")]
    for metal, mass in (line.content_kg or {}).items():
        figures.append((metal, mass, sum(lot.mix.get(metal, ())), "handover_content"))
    for what, received, booked, kind in figures:
        found = ppm_of(abs(received - booked), booked)
        if not booked or found <= getattr(limits, f"{kind}_warn_ppm"):
            continue
        # Who disputes or rejects says himself that it does not fit.
        is_high = found > getattr(limits, f"{kind}_high_ppm") and line.decision == "accepted"
        name = f"{kind}_high_ppm" if is_high else f"{kind}_warn_ppm"
        less = "less" if received < booked else "more"
        yield find(
            "handover-difference", "high" if is_high else "medium",
            f"{format_kg(received)} kg received ({percent(found)} {less})",
            share_bound(limits, name, f"{format_kg(booked)} kg in the book, {{}} apart"),
            f"{speaker.party.id} has another {what} of {lot.id} than its sender", speaker, (lot.id,),
        )  # fmt: skip
