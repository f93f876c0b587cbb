"""Agreements: what their quantities may name."""

from __future__ import annotations

from typing import Any

import pytest

from schemas.errors import MalformedError
from tests.materials.yard import Yard
from tests.world.events import agreement


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"park": "TEX"}, 'of one of the "parks" MUN, got TEX'),
        ({"year": 2025}, "between 2026-01-01 and 2040-12-31, got 2025"),
        ({"year": 2041}, "between 2026-01-01 and 2040-12-31, got 2041"),
    ],
)
def test_a_quantity_outside_its_agreement_is_malformed(line: dict[str, Any], said: str) -> None:
    """A park that is not in it, a year outside the term."""
    with pytest.raises(MalformedError, match=said):
        Yard().say("MUN", {**agreement(), "quantities": [{"metal": "Pb", "quantity_kg": "1", **line}]})
    for good in ({"park": "MUN"}, {"year": 2026}, {"year": 2040}):
        Yard().say("MUN", {**agreement(), "quantities": [{"metal": "Pb", "quantity_kg": "1", **good}]})
