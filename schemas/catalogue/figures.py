"""Figures of findings and refusals: named integers and texts, and how a sentence shows them.

Invariant: the unit of an integer stands at the end of its name, so that a figure says what
it is without its sentence: ``_mg`` milligrams, ``_kg`` kilograms, ``_ppm`` and ``_ppb``
parts of a whole, ``_millionths`` a ratio, ``_days``, ``_kwh``, ``_kwh_per_t``. A name
without a unit is a count, or a text that is shown as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter

from schemas.fraction import format_fraction
from schemas.quantity import format_kg

Figure = int | str
"""An integer in the unit that its name ends with, or a text."""

Figures = tuple[tuple[str, Figure], ...]
"""Named figures in the order in which they are said; hashable and comparable as a whole."""

_UNITS = {"_kwh_per_t": "kWh per t", "_kwh": "kWh", "_kg": "kg", "_days": "days"}


def percent(ppm: int) -> str:
    """Return parts per million as a percentage with two decimals, rounded down."""
    return f"{ppm // 10_000}.{ppm % 10_000 // 100:02d} %"


def show(name: str, value: Figure) -> str:
    """Return a figure as a person reads it, in the unit that its name ends with."""
    if isinstance(value, str):
        return value
    if name.endswith("_mg"):
        return f"{format_kg(value)} kg"
    if name.endswith("_ppm"):
        return percent(value)
    if name.endswith("_ppb"):
        return format_fraction(value)
    if name.endswith("_millionths"):
        return f"{value // 1_000_000}.{value % 1_000_000 // 10_000:02d}"
    unit = next((words for end, words in _UNITS.items() if name.endswith(end)), "")
    return f"{value:,} {unit}" if unit else str(value)


def render(template: str, figures: Mapping[str, Figure]) -> str:
    """Return a sentence with its figures put in, each in its unit.

    Args:
        template: a text with ``{name}`` where a figure goes; no other form of field is read.
        figures: at least those that the text names.

    Raises:
        KeyError: where the text names a figure that is not there, which is a fault of the program.
    """
    parts: list[str] = []
    for text, name, _, _ in Formatter().parse(template):
        parts.append(text)
        if name is not None:
            parts.append(show(name, figures[name]))
    return "".join(parts)
