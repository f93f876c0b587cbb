"""How random seasons are asked for: any seed, and how many lines."""

from __future__ import annotations

from hypothesis import strategies as st

SEEDS = st.integers(min_value=0, max_value=2**64)
LONG = st.integers(min_value=1, max_value=70)
