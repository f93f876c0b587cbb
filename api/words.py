"""Codes and figures in words, for people with a phone in their hand."""

from __future__ import annotations

from typing import Final

from schemas.codes import METALS

NARROW_SPACE: Final = "\u202f"
"""Between groups of three digits: neither comma nor point is read alike everywhere."""

METAL_NAMES: Final[dict[str, str]] = dict(
    zip(
        METALS,
        (
            "Lead", "Lithium", "Nickel", "Cobalt", "Copper", "Manganese", "Aluminium", "Iron", "Antimony", "Tin",
            "Cadmium", "Mercury",
        ),
        strict=True,
    )
)  # fmt: skip
ORIGIN_NAMES: Final = {
    "battery_post_consumer": "used batteries",
    "battery_manufacturing": "waste of battery making",
    "other_post_consumer": "other scrap after use",
    "other_pre_consumer": "other scrap before use",
    "internal": "a process's own run-around scrap (not recycled)",
    "primary": "virgin metal (not recycled)",
    "unknown": "unknown (not counted as recycled)",
}
STATUS_NAMES: Final = {
    "open": "in stock with its holder",
    "in_transit": "on its way",
    "disputed": "delivered, but the receiver disputes it",
    "consumed": "used up: nothing is left of it",
    "left": "has left the ledger",
    "returned": "had left the ledger, and came back",
    "withdrawn": "never was, as a later correction says",
}
DECISION_NAMES: Final = {
    "accepted": "accepted",
    "rejected": "rejected",
    "disputed": "disputed",
    "settled": "accepted after a dispute",
}
SEVERITY_NAMES: Final = {"high": "serious", "medium": "notable", "low": "minor"}

_MICRO: Final = 10**6


def sentence(text: str) -> str:
    """Return a text that begins with a capital; names inside keep theirs."""
    return text[:1].upper() + text[1:]


def material_in_words(material: str) -> str:
    """Return ``refined_lead`` as ``Refined lead``."""
    return in_words(material).capitalize()


def in_words(code: str) -> str:
    """Return a code without its underscores."""
    return code.replace("_", " ").replace("lithium ion", "lithium-ion").replace("lead acid", "lead-acid")


def kilograms(text: str) -> str:
    """Return a mass such as ``12310.5`` as ``12 310.5 kg``."""
    whole, point, decimals = text.partition(".")
    return f"{grouped(int(whole))}{point}{decimals}\u00a0kg"


def grouped(number: int) -> str:
    """Return a number with its digits in groups of three."""
    return f"{number:,}".replace(",", NARROW_SPACE)


def percent(share: str) -> str:
    """Return a share such as ``0.512345`` as ``51.23 %``, rounded down like the share itself."""
    whole, _, decimals = share.partition(".")
    return micro_percent(int(whole) * _MICRO + int(decimals[:6].ljust(6, "0")))


def micro_percent(micro: int) -> str:
    """Return millionths as a percentage, rounded down to two decimals."""
    if 0 < micro < _MICRO // 10_000:
        return "below 0.01\u00a0%"
    whole, rest = divmod(micro // 100, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".") + "\u00a0%"


def moment(time: str) -> str:
    """Return ``2026-01-05T06:12:00Z`` as ``2026-01-05 06:12 UTC``."""
    return f"{time[:10]} {time[11:16]} UTC"


def count_of(number: int, one: str, many: str) -> str:
    """Return ``1 batch`` or ``2 batches``."""
    return f"{grouped(number)} {one if number == 1 else many}"
