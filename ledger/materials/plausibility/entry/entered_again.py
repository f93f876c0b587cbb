"""Findings of a batch that is entered again, after the one that was entered first did not occur."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ledger.materials.plausibility.reference.bounds import bound_of, limits_of, ppm_of
from ledger.materials.state.book import Speaker
from ledger.materials.state.findings import find
from schemas.catalogue.findings.codes import FindingCode
from schemas.codes import Severity
from schemas.findings import Finding, severest
from schemas.ids import PartyId
from schemas.intake import Intake


def find_entered_again(
    event: Intake,
    first: Intake,
    speaker: Speaker,
    found: Iterable[Finding],
    *,
    days: int,
    shares: str,
    held_by: PartyId | None,
) -> Iterator[Finding]:
    """Yield a finding where a batch that did not occur comes in again under a hold, after a finding, or by its mass.

    Args:
        event: the batch that comes in.
        first: what was said at first of one that did not occur.
        speaker: who enters it.
        found: what was found on that; nothing where only the mass agrees.
        days: between the two.
        shares: what they have in common: a ``paper``, the ``supplier`` or the ``mass``.
        held_by: who holds the first, if somebody does.
    """
    worst: Finding | None = None
    for finding in found:
        worst = finding if worst is None else severest(worst, finding)
    case, severity, code = "", "medium", ""
    if held_by is not None:
        case, severity = "held", "high"
    elif shares != "mass":
        if worst is None or worst.severity == "low":
            return
        # As in a correction: words that change leave what was found as it weighed, figures that are mended do not.
        is_mended = event.stated_words() == first.stated_words()
        case, severity, code = "found", "low" if is_mended else worst.severity, worst.code
    weighs: Severity = severity  # type: ignore[assignment]
    limits = limits_of(speaker)
    off = ppm_of(abs(event.net_kg - first.net_kg), first.net_kg)
    yield find(
        FindingCode.ENTERED_AGAIN, weighs, (("net_mg", event.net_kg), ("off_ppm", off), ("lay_days", days)),
        bound_of(limits, "out_and_in_warn_ppm", ("most_days", limits.entered_anew_warn_days)), speaker,
        lots=(event.lot,), case=case,
        about=(
            ("batch", event.lot), ("lot", first.lot), ("site", speaker.party.id), ("shares", shares),
            *((("holder", held_by),) if held_by is not None else ()), *((("code", code),) if code else ()),
        ),
    )  # fmt: skip
