"""Figures judged by the rule sets: what passes, what fails and by how much, today and later.

Shares are ppm, rounded down, so that a figure never passes by rounding. A verdict says
the status of its rule: law, not yet law, or a default without a source.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from ledger.materials.apportioning import Mix
from ledger.materials.rulesets.data import RuleSet, rule_set, share_text
from ledger.materials.rulesets.shares import counted_in_eu
from schemas.codes import METALS, Metal

MILLION = 1_000_000
CLASSES = ("lead_acid", "lithium", "nickel_cadmium", "other")


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
    """Return the class of the law that a chemistry belongs to."""
    if chemistry == "lead_acid" or material.startswith("lead"):
        return "lead_acid"
    if chemistry == "NiCd":
        return "nickel_cadmium"
    if chemistry in ("NiMH", "sodium_ion", "unknown", "mixed") and material != "lithium_ion_battery":
        return "other"
    return "lithium"


def judge_lot(mix: Mix, day: str) -> list[Verdict]:
    """Return the verdicts on the recycled shares of a lot (Art. 8), for ``day`` and every later date.

    Args:
        mix: milligrams per metal and origin.
        day: ``YYYY-MM-DD``.
    """
    rules = rule_set("eu-2023-1542")
    verdicts: list[Verdict] = []
    for metal in METALS:
        counted = counted_in_eu(metal, mix[metal]) if metal in mix else None
        if counted is not None:
            verdicts += _against(rules, "minimum_share", metal, counted * MILLION // sum(mix[metal]), day)
    return verdicts


def judge_recovery(kind: str, figures: Recovery, day: str) -> list[Verdict]:
    """Return the verdicts on a site's year (Annex XII): efficiency of a class, recovery of each metal."""
    rules = rule_set("eu-2023-1542-annex-xii")
    verdicts: list[Verdict] = []
    if figures.input:
        verdicts += _against(rules, "efficiency", kind, figures.output * MILLION // figures.input, day)
        india = rule_set("in-bwmr-2022")
        verdicts += _against(india, "recovery_of_dry_weight", kind, figures.output * MILLION // figures.input, day)
    for metal in METALS:
        if taken := figures.metals_in.get(metal, 0):
            share = figures.metals_out.get(metal, 0) * MILLION // taken
            verdicts += _against(rules, "recovery", metal, share, day)
    return verdicts


def judge_domestic(domestic: int, total: int, kind: str, day: str) -> list[Verdict]:
    """Return the verdicts on domestically recycled dry mass of all dry mass, both in mg (India)."""
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
