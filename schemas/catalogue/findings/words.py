"""What the catalogue knows of a finding, and how a template of it is filled in.

A template names figures in braces. What stands in square brackets is left out where a
figure that it names is not there. ``{limit}`` stands for the limit that was crossed,
whichever of its levels that was, ``{lots}`` for the lots on which the finding shows,
``{index}`` for its entry.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from string import Formatter
from typing import NamedTuple

from schemas.catalogue.figures import Figure, render
from schemas.codes import Severity

_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_SEPARATORS = ",; "


class Words(NamedTuple):
    """How one case of a finding is said: its sentence, what was found, what it is held against."""

    sentence: str
    figure: str
    limit: str


class FindingText(NamedTuple):
    """What the catalogue knows of a code.

    ``severities`` are those that it can have, ``rule`` says which when; ``sources`` are
    the codes of whose limit it is held against; ``cases`` has its words by case.
    """

    meaning: str
    severities: tuple[Severity, ...]
    rule: str
    sources: tuple[str, ...]
    cases: Mapping[str, Words]


def fill(template: str, figures: Mapping[str, Figure]) -> str:
    """Return a template with its figures put in, without the parts whose figures are not there.

    Raises:
        KeyError: where the text outside of brackets names a figure that is not there.
    """
    chosen = _OPTIONAL.sub(lambda part: part[1] if names_in(part[1]) <= figures.keys() else "", template)
    return render(chosen, figures).strip(_SEPARATORS)


def names_in(template: str) -> set[str]:
    """Return the names of all figures that a text names."""
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def optional_in(template: str) -> set[str]:
    """Return the names that a template has only in brackets."""
    return names_in(template) - names_in(_OPTIONAL.sub("", template))


def one_case(
    meaning: str, weight: Weight, sources: tuple[str, ...], sentence: str, figure: str, limit: str
) -> FindingText:
    """Return what is known of a code that is said in one way only."""
    return FindingText(meaning, *weight, sources, {"": Words(sentence, figure, limit)})


Weight = tuple[tuple[Severity, ...], str]
"""The severities that a code can have, and which it has when."""


def always(severity: Severity) -> Weight:
    """Return the weight of a code that always weighs the same."""
    return (severity,), f"always {severity}"


def level(rule: str = "high beyond the `high` limit, else medium") -> Weight:
    """Return the weight of a code that is medium, or high where its rule says so."""
    return ("medium", "high"), rule
