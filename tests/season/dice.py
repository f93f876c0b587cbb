"""How random seasons are asked for: any seed, how many lines, and how many seasons are played."""

from __future__ import annotations

import os
from typing import Final

from hypothesis import settings
from hypothesis import strategies as st

SEEDS = st.integers(min_value=0, max_value=2**64)
LONG = st.integers(min_value=1, max_value=70)

FULL: Final = os.environ.get("SEARCH") == "full"
"""Whether the seasons are played in full, as by ``make search``; ``make test`` plays a third of them."""


def seasons(count: int) -> settings:
    """Return the settings of a test that plays so many random seasons in full."""
    return settings(max_examples=count if FULL else max(count // 3, 5), deadline=None)
