"""The schemes that were tried, each with the code that must stop or show it, and by which check."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from tests.season.court import Court

Act = Callable[[Court], object]


class Scheme(NamedTuple):
    """What is tried, the code that must stop or show it, and by which check that does, in words."""

    code: str
    by: str
    act: Act


SCHEMES: dict[str, Scheme] = {}


def scheme(code: str, *, by: str) -> Callable[[Act], Act]:
    """Name the code that must stop or show a scheme, and the check that does."""

    def note(act: Act) -> Act:
        SCHEMES[act.__name__.removeprefix("_").replace("_", " ")] = Scheme(code, by, act)
        return act

    return note
