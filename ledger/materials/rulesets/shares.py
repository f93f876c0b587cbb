"""Recycled share of a lot under named, versioned rule sets (contract, section 5).

``eu-2023-1542``: Regulation (EU) 2023/1542, Art. 8: Co, Li and Ni from battery
manufacturing waste or post-consumer waste; Pb from any waste. ``iso-14021``: the two
post-consumer and the two pre-consumer origins. ``internal`` never counts.
"""

from __future__ import annotations

from ledger.materials.apportioning import Mix, Split
from schemas.codes import METALS, ORIGINS, Metal, Origin

_BATTERY: tuple[Origin, ...] = ("battery_post_consumer", "battery_manufacturing")
_ANY_WASTE: tuple[Origin, ...] = (*_BATTERY, "other_post_consumer", "other_pre_consumer")
_EU: dict[Metal, tuple[Origin, ...]] = {"Pb": _ANY_WASTE, "Li": _BATTERY, "Ni": _BATTERY, "Co": _BATTERY}
_POST_CONSUMER: tuple[Origin, ...] = ("battery_post_consumer", "other_post_consumer")
_PRE_CONSUMER: tuple[Origin, ...] = ("battery_manufacturing", "other_pre_consumer")
_DECIMALS = 10**6

Shares = dict[str, dict[str, str | dict[str, str]]]


def recycled_shares(mix: Mix) -> Shares:
    """Return the shares per rule set and metal, as texts rounded down to 6 decimals."""
    eu: dict[str, str | dict[str, str]] = {
        metal: _share(mix[metal], _EU[metal]) for metal in METALS if metal in mix and metal in _EU
    }
    iso: dict[str, str | dict[str, str]] = {
        metal: {
            "post_consumer": _share(mix[metal], _POST_CONSUMER),
            "pre_consumer": _share(mix[metal], _PRE_CONSUMER),
        }
        for metal in METALS
        if metal in mix
    }
    return {"eu-2023-1542": eu, "iso-14021": iso}


def _share(split: Split, counted: tuple[Origin, ...]) -> str:
    mass = sum(split[ORIGINS.index(origin)] for origin in counted)
    whole, rest = divmod(mass * _DECIMALS // sum(split), _DECIMALS)
    return f"{whole}.{rest:06d}"


def counted_in_eu(metal: Metal, split: Split) -> int | None:
    """Return the milligrams of a metal that count under Art. 8, ``None`` where it has no rule."""
    if metal not in _EU:
        return None
    return sum(split[ORIGINS.index(origin)] for origin in _EU[metal])
