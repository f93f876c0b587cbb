"""Findings about claims and the credit of mass balance."""

from __future__ import annotations

from typing import Final

from schemas.catalogue.findings.codes import FindingCode
from schemas.catalogue.findings.sources import Source
from schemas.catalogue.findings.words import FindingText, Words, always, one_case

_OWN = (Source.OWN_ENTRIES,)
_CLAIMED = "{claimed_mg} claimed as {kind}, {there_mg} there"
_THERE = "what is claimed is there, {limit} more or less"
_LEFT_LESS = "the {cause} left less of {lots} than was claimed of it"

CLAIMS: Final[dict[FindingCode, FindingText]] = {
    FindingCode.CLAIM_UNCOVERED: FindingText(
        "More was claimed of a lot than is in it, or than was in what it is made of; nothing more may be claimed.",
        *always("high"),
        (Source.OWN_ENTRIES, "handover_warn_ppm"),
        {
            "lost": Words(_LEFT_LESS + ": nothing more may be claimed of it", _CLAIMED, _THERE),
            "inherited": Words(
                "nothing more may be claimed of {lots}: more was claimed of what it is made of than was there",
                "made of a lot with a claim that is not covered", "every claim covered",
            ),
            "corrected": Words(
                "a correction left less of {lots} than claim {number} of {scheme} used: nothing more may be claimed "
                "of it",
                "{claimed_mg} claimed", "{free_mg} left to claim",
            ),
        },
    ),
    FindingCode.CLAIM_EXCEEDS_ACCEPTED: one_case(
        "A little more was claimed of a lot than is in it, no more than two scales differ by; the claim stands.",
        always("low"), ("handover_warn_ppm",),
        _LEFT_LESS + ": no more than two scales differ by; the claim stands", _CLAIMED, limit=_THERE,
    ),
    FindingCode.CLAIM_BEFORE_RECYCLING: one_case(
        "The recycling of batteries is claimed that no run has taken yet.",
        always("medium"), _OWN,
        "{number} of {scheme} claims the recycling of {lots}, which no run has taken yet",
        "{material}", limit="metal that a run recovered",
    ),
    FindingCode.CLAIM_ON_DEPARTED: one_case(
        "Recycled content is claimed of a lot that left for no use.",
        always("medium"), _OWN,
        "{number} of {scheme} claims recycled content of {lots}, which left as {disposition}",
        "left as {disposition}", limit="metal that is used again",
    ),
    FindingCode.CLAIM_ON_HELD: one_case(
        "Recycled content is claimed of a lot that is held.",
        always("medium"), _OWN,
        "{number} of {scheme} claims recycled content of {lots}, which is held", "held", limit="a lot without a hold",
    ),
    FindingCode.CREDIT_OVERDRAWN: one_case(
        "The mass-balance account of a site had given more credit than it has earned, as it stands now.",
        (("low", "high"), "low where it is no more than two scales differ by, else high"), _OWN,
        "the mass-balance account of {site} had given more credit than it has earned, as it stands now; the newest "
        "draws count no more: {draws}",
        "{undone_mg} drawn without cover", limit="every draw covered",
    ),
}  # fmt: skip
