"""Recycled share of a lot under named, versioned rule sets (contract, section 5).

``eu-2023-1542``: Regulation (EU) 2023/1542, Art. 8: Co, Li and Ni from battery
manufacturing waste or post-consumer waste; Pb from any waste. ``iso-14021``: the two
post-consumer and the two pre-consumer origins. ``internal`` never counts.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from ledger.materials.mass.mix import NO_MASS, Mix, Split, mass_of
from schemas.codes import BATTERY_ORIGINS, CLAIMABLE_ORIGINS, METALS, CustodyModel, Metal, Origin
from schemas.rules.version import Rules

_EU: dict[Metal, tuple[Origin, ...]] = {
    "Pb": CLAIMABLE_ORIGINS,
    "Li": BATTERY_ORIGINS,
    "Ni": BATTERY_ORIGINS,
    "Co": BATTERY_ORIGINS,
}
_POST_CONSUMER: tuple[Origin, ...] = ("battery_post_consumer", "other_post_consumer")
_PRE_CONSUMER: tuple[Origin, ...] = ("battery_manufacturing", "other_pre_consumer")
_DECIMALS = 10**6

Shares = dict[str, dict[str, str | dict[str, str]]]

ShareBasis = Literal["physical", "mass_balance"]
"""On what a share rests: metal that is there, or a model of custody under which it need not be."""

Masses = dict[Metal, tuple[int, Split]]
"""Of each metal all that is there, and what of it may be claimed by origin, in mg."""


def recycled_shares(mix: Mix, rules: Rules, base: Mix | None = None) -> Shares:
    """Return the shares per rule set and metal, as texts rounded down to 6 decimals.

    Args:
        mix: the metal that is there, in mg per origin.
        rules: the version that names the rule sets; one that counts no share of a lot is absent.
        base: what may be claimed of it, where that is not its own mix: credits.
    """
    held = mix if base is None else base
    masses = {metal: (sum(mix[metal]), held.get(metal, NO_MASS)) for metal in METALS if metal in mix}
    return {name: _COUNTING[name](masses) for name in rules.rule_sets if name in _COUNTING}


def shown_shares(mix: Mix, rules: Rules, custody: CustodyModel | None, credit: Mix | None = None) -> dict[str, Any]:
    """Return the members that show the shares of metal: one that may be claimed, and on what it rests.

    ``recycled_share`` is what the credit covers where an account has the claims, else the mix;
    ``share_basis`` is ``mass_balance`` or ``physical``; ``physical_share``, the mix, stands
    beside a share of credit.

    Args:
        mix: the metal that is there, in mg per origin.
        rules: the version that names the rule sets.
        custody: the model of custody, ``None`` of nothing.
        credit: what was drawn, in mg, where an account has the claims on the metal.
    """
    members = {"recycled_share": recycled_shares(mix, rules, credit), "share_basis": share_basis(custody)}
    return members if credit is None else members | {"physical_share": recycled_shares(mix, rules)}


def share_basis(custody: CustodyModel | None) -> ShareBasis:
    """Return on what a share under a model of custody rests."""
    return "mass_balance" if custody == "mass_balance" else "physical"


def _eu_shares(masses: Masses) -> dict[str, str | dict[str, str]]:
    return {metal: _share(split, _EU[metal], total) for metal, (total, split) in masses.items() if metal in _EU}


def _iso_shares(masses: Masses) -> dict[str, str | dict[str, str]]:
    return {
        metal: {
            "post_consumer": _share(split, _POST_CONSUMER, total),
            "pre_consumer": _share(split, _PRE_CONSUMER, total),
        }
        for metal, (total, split) in masses.items()
    }


_COUNTING: dict[str, Callable[[Masses], dict[str, str | dict[str, str]]]] = {
    "eu-2023-1542": _eu_shares,
    "iso-14021": _iso_shares,
}


def _share(split: Split, counted: tuple[Origin, ...], total: int) -> str:
    mass = mass_of(split, counted)
    whole, rest = divmod(mass * _DECIMALS // total, _DECIMALS)
    return f"{whole}.{rest:06d}"


def counted_in_eu(metal: Metal, split: Split) -> int | None:
    """Return the milligrams of a metal that count under Art. 8, ``None`` where it has no rule."""
    if metal not in _EU:
        return None
    return mass_of(split, _EU[metal])
