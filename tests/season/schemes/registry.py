"""The schemes that were tried, each with the code that must stop or show it."""

from __future__ import annotations

from collections.abc import Callable

from tests.season.court import Court

Scheme = Callable[[Court], object]
SCHEMES: dict[str, tuple[str, Scheme]] = {}


def scheme(code: str) -> Callable[[Scheme], Scheme]:
    """Name the code that must stop or show a scheme."""

    def note(act: Scheme) -> Scheme:
        SCHEMES[act.__name__.removeprefix("_").replace("_", " ")] = (code, act)
        return act

    return note
