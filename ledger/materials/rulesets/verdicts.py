"""Figures judged by the rule sets: what passes, what fails and by how much, today and later.

Shares are ppm, rounded down, so that a figure never passes by rounding. A verdict says
the status of its rule: law, not yet law, or a default without a source.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from ledger.materials.apportioning import NO_MASS, Mix
from ledger.materials.rulesets.data import RuleSet, rule_set, share_text
from ledger.materials.rulesets.shares import counted_in_eu
from schemas.codes import METALS, Metal

MILLION = 1_000_000
CLASSES = ("lead_acid", "lithium", "nickel_cadmium", "other")

_UNTOLD = frozenset({"mixed", "unknown"})
_OF_LEAD = frozenset({"desulphurised_paste", "refined_lead", "primary_lead"})
"""Materials of lead-acid batteries beside those whose name begins with ``lead``."""

_OF_LITHIUM = frozenset(
    {
        "lithium_ion_battery", "electrode_scrap", "black_mass", "mixed_hydroxide", "graphite", "manganese_sulfate",
        "lithium_carbonate", "crude_lithium_carbonate", "lithium_hydroxide", "lithium_phosphate", "lithium_sulfate",
        "nickel_sulfate", "nickel_metal", "cobalt_sulfate", "cobalt_hydroxide", "cobalt_metal", "nickel_cobalt_alloy",
    }
)  # fmt: skip
"""Materials that a line fed with lithium batteries makes; the other feed there is, lead-acid, makes none of them."""


class Verdict(NamedTuple):
    """A share against a minimum that holds from a day on; ``margin`` below zero is what is missing, in ppm."""

    rule_set: str
    version: str
    kind: str
    of: str
    share: int
    minimum: int
    since: str
    status: str
    in_force: bool

    @property
    def margin(self) -> int:
        """How far the share is above the minimum, in ppm."""
        return self.share - self.minimum

    def as_json(self) -> dict[str, Any]:
        """Return the verdict with shares as texts."""
        sign = "-" if self.margin < 0 else ""
        return {
            "rule_set": self.rule_set,
            "version": self.version,
            "kind": self.kind,
            "of": self.of,
            "share": share_text(self.share),
            "minimum": share_text(self.minimum),
            "from": self.since,
            "status": self.status,
            "in_force": self.in_force,
            "passes": self.margin >= 0,
            "margin": sign + share_text(abs(self.margin)),
        }


class Recovery(NamedTuple):
    """A year of a site and chemistry class: dry masses and contained metal put in and got out, in mg.

    ``output`` is what replaces primary material, without reagents, water and air.
    """

    input: int
    output: int
    metals_in: dict[Metal, int]
    metals_out: dict[Metal, int]


def class_of(chemistry: str, material: str = "") -> str:
    """Return the class of Annex XII, Part B, that a chemistry belongs to: one of :data:`CLASSES`.

    Args:
        chemistry: a code of :data:`schemas.codes.Chemistry`.
        material: a code of :data:`schemas.codes.Material`. What was pooled from several
            chemistries is ``mixed``, and would else leave the class that its inputs are in;
            then the material tells, and where it cannot (copper, steel), the class is ``other``.
    """
    if chemistry == "lead_acid" or material.startswith("lead"):
        return "lead_acid"
    if chemistry == "NiCd":
        return "nickel_cadmium"
    if chemistry in _UNTOLD:
        if material in _OF_LEAD:
            return "lead_acid"
        return "lithium" if material in _OF_LITHIUM else "other"
    return "other" if chemistry in ("NiMH", "sodium_ion") and material != "lithium_ion_battery" else "lithium"


def judge_lot(mix: Mix, day: str) -> list[Verdict]:
    """Return the verdicts on the recycled shares of a lot (Art. 8), for ``day`` and every later date.

    A metal without mass or without a rule has no verdict. In the order of
    :data:`schemas.codes.METALS`, oldest rule first.

    Args:
        mix: milligrams per metal and origin.
        day: ``YYYY-MM-DD``, checked by the caller: dates are compared as texts.
    """
    rules = rule_set("eu-2023-1542")
    verdicts: list[Verdict] = []
    for metal in METALS:
        split = mix.get(metal, NO_MASS)
        counted = counted_in_eu(metal, split)
        if counted is not None and (total := sum(split)):
            verdicts += _against(rules, "minimum_share", metal, counted * MILLION // total, day)
    return verdicts


def judge_recovery(kind: str, figures: Recovery, day: str) -> list[Verdict]:
    """Return the verdicts on a site's year: efficiency of a class, recovery of each metal.

    Source: Annex XII, Parts B and C; beside it India's recovery of dry weight. Nothing put
    in, of the class or of a metal, is no verdict: no share can be told.

    Args:
        kind: one of :data:`CLASSES`.
        figures: of that class, in mg.
        day: ``YYYY-MM-DD``, checked by the caller: the last day of the year.
    """
    rules = rule_set("eu-2023-1542-annex-xii")
    verdicts: list[Verdict] = []
    if figures.input:
        share = figures.output * MILLION // figures.input
        verdicts += _against(rules, "efficiency", kind, share, day)
        verdicts += _against(rule_set("in-bwmr-2022"), "recovery_of_dry_weight", kind, share, day)
    for metal in METALS:
        if taken := figures.metals_in.get(metal, 0):
            share = figures.metals_out.get(metal, 0) * MILLION // taken
            verdicts += _against(rules, "recovery", metal, share, day)
    return verdicts


def judge_domestic(domestic: int, total: int, kind: str, day: str) -> list[Verdict]:
    """Return the verdicts on domestically recycled dry mass of all dry mass (India); none where there is none.

    Args:
        domestic: mg recycled in India; what was recycled elsewhere and imported is left out by the caller.
        total: mg of dry mass.
        kind: one of :data:`CLASSES`.
        day: ``YYYY-MM-DD``, checked by the caller; fiscal years begin on 1 April.
    """
    if not total:
        return []
    return list(_against(rule_set("in-bwmr-2022"), "domestic_use", kind, domestic * MILLION // total, day))


def _against(rules: RuleSet, kind: str, of: str, share: int, day: str) -> Iterable[Verdict]:
    known = rules.of_kind(kind, of)
    past = [rule for rule in known if rule.since <= day]
    # Of the rules that have begun only the last one counts; the others were replaced by it.
    for rule in (*past[-1:], *(rule for rule in known if rule.since > day)):
        yield Verdict(
            rules.id, rules.version, kind, of, share, rule.minimum(of) or 0, rule.since, rule.status, rule.since <= day
        )
