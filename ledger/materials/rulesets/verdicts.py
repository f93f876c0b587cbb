"""Figures judged by the rule sets: what passes, what fails and by how much, today and later.

Shares are ppm, rounded down, so that a figure never passes by rounding. A verdict says
the status of its rule: law, not yet law, or a default without a source. A rule without
a minimum gives a duty: what is to be declared. A share above one is never a pass.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from ledger.materials.mass.mix import NO_MASS, Mix
from ledger.materials.rulesets.data import rule_set, share_text
from ledger.materials.rulesets.shares import counted_in_eu, recycled_shares
from schemas.codes import METALS, Metal
from schemas.rules.version import Rules

MILLION = 1_000_000
CLASSES = ("lead_acid", "lithium", "nickel_cadmium", "other")

IMPLAUSIBLE = "implausible: more counts than was there"
"""Why a share above one does not pass, whatever the minimum."""

_UNDECIDED = frozenset({"mixed", "unknown"})
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
        """Return the verdict with shares as texts; a share above one fails with a ``reason``."""
        sign = "-" if self.margin < 0 else ""
        is_implausible = self.share > MILLION
        row = {
            "rule_set": self.rule_set,
            "version": self.version,
            "kind": self.kind,
            "of": self.of,
            "share": share_text(self.share),
            "minimum": share_text(self.minimum),
            "from": self.since,
            "status": self.status,
            "in_force": self.in_force,
            "passes": self.margin >= 0 and not is_implausible,
            "margin": sign + share_text(abs(self.margin)),
        }
        return row | {"reason": IMPLAUSIBLE} if is_implausible else row


class Duty(NamedTuple):
    """What a rule without a minimum asks to declare of a metal, with the shares as texts."""

    rule_set: str
    version: str
    kind: str
    of: str
    shares: dict[str, str]
    since: str
    status: str
    in_force: bool
    text: str

    def as_json(self) -> dict[str, Any]:
        """Return the duty."""
        row = self._asdict()
        return {("from" if name == "since" else name): value for name, value in row.items()}


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
            chemistries is ``mixed``, and would otherwise leave the class that its inputs are in;
            then the material decides, and where it cannot (copper, steel), the class is ``other``.
    """
    if chemistry == "lead_acid" or material.startswith("lead"):
        return "lead_acid"
    if chemistry == "NiCd":
        return "nickel_cadmium"
    if chemistry in _UNDECIDED:
        if material in _OF_LEAD:
            return "lead_acid"
        return "lithium" if material in _OF_LITHIUM else "other"
    return "other" if chemistry in ("NiMH", "sodium_ion") else "lithium"


def judge_lot(mix: Mix, day: str, rules: Rules, base: Mix | None = None) -> list[Verdict]:
    """Return the verdicts on the recycled shares of a lot (Art. 8), for ``day`` and every later date.

    A metal without mass or without a rule has no verdict. In the order of
    :data:`schemas.codes.METALS`, oldest rule first.

    Args:
        mix: milligrams per metal and origin.
        day: ``YYYY-MM-DD``, checked by the caller: dates are compared as texts.
        rules: the version of the rules, which says which rule sets apply; others give no verdict.
        base: what may be claimed of it, where that is not its own mix: credits.
    """
    verdicts: list[Verdict] = []
    for metal in METALS:
        total = sum(mix.get(metal, NO_MASS))
        counted = counted_in_eu(metal, (mix if base is None else base).get(metal, NO_MASS))
        if counted is not None and total:
            verdicts += _against("eu-2023-1542", "minimum_share", metal, _ppm(counted, total), day, rules=rules)
    return verdicts


def duties_of(mix: Mix, day: str, rules: Rules, base: Mix | None = None) -> list[Duty]:
    """Return what is to be declared of a lot by the rules without a minimum, now or from a later day on.

    The arguments are those of :func:`judge_lot`; a metal without mass is absent.
    """
    held = {metal: split for metal, split in mix.items() if any(split)}
    return [
        Duty(
            rule_set=known.id,
            version=known.version,
            kind=rule.kind,
            of=metal,
            shares=_named(share),
            since=rule.since,
            status=rule.status,
            in_force=rule.since <= day,
            text=rule.text,
        )
        for name, shares in recycled_shares(held, rules, base).items()
        for known in (rule_set(name),)
        for rule in known.duties()
        for metal, share in shares.items()
    ]


def _named(share: str | dict[str, str]) -> dict[str, str]:
    return {"recycled": share} if isinstance(share, str) else share


def judge_recovery(kind: str, figures: Recovery, day: str, rules: Rules) -> list[Verdict]:
    """Return the verdicts on a site's year: efficiency of a class, recovery of each metal.

    Source: Annex XII, Parts B and C; beside it India's recovery of dry weight. Nothing put
    in, of the class or of a metal, is no verdict: no share can be given.

    Args:
        kind: one of :data:`CLASSES`.
        figures: of that class, in mg.
        day: ``YYYY-MM-DD``, checked by the caller: the last day of the year.
        rules: the version of the rules, which says which rule sets apply; others give no verdict.
    """
    name = "eu-2023-1542-annex-xii"
    verdicts: list[Verdict] = []
    if figures.input > 0:
        share = _ppm(figures.output, figures.input)
        verdicts += _against(name, "efficiency", kind, share, day, rules=rules)
        verdicts += _against("in-bwmr-2022", "recovery_of_dry_weight", kind, share, day, rules=rules)
    for metal in METALS:
        taken = figures.metals_in.get(metal, 0)
        if taken > 0:
            share = _ppm(figures.metals_out.get(metal, 0), taken)
            verdicts += _against(name, "recovery", metal, share, day, rules=rules)
    return verdicts


def judge_domestic(domestic: int, total: int, kind: str, day: str, rules: Rules) -> list[Verdict]:
    """Return the verdicts on domestically recycled dry mass of all dry mass (India); none where there is none.

    Args:
        domestic: mg of dry mass recycled in India from waste of India, as the caller makes it out.
        total: mg of dry mass.
        kind: one of :data:`CLASSES`.
        day: ``YYYY-MM-DD``, checked by the caller; fiscal years begin on 1 April.
        rules: the version of the rules, which says which rule sets apply; others give no verdict.
    """
    if total <= 0:
        return []
    return list(_against("in-bwmr-2022", "domestic_use", kind, _ppm(domestic, total), day, rules=rules))


def _ppm(part: int, whole: int) -> int:
    """Return a share rounded down, never below nothing; one that is above one stays above it."""
    return max(part * MILLION // whole, 0, MILLION + 1 if part > whole else 0)


def _against(name: str, kind: str, of: str, share: int, day: str, rules: Rules) -> Iterable[Verdict]:
    if name not in rules.rule_sets:
        return
    judge = rule_set(name)
    known = judge.of_kind(kind, of)
    past = [rule for rule in known if rule.since <= day]
    # Of the rules that have begun only the last one counts; the others were replaced by it.
    for rule in (*past[-1:], *(rule for rule in known if rule.since > day)):
        yield Verdict(
            rule_set=judge.id,
            version=judge.version,
            kind=kind,
            of=of,
            share=share,
            minimum=rule.minimum(of) or 0,
            since=rule.since,
            status=rule.status,
            in_force=rule.since <= day,
        )
