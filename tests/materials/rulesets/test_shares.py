"""Recycled shares: which origins count, and never more than there is (contract, section 5)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ledger.materials.rulesets import recycled_shares
from schemas.codes import METALS, ORIGINS, Metal
from schemas.versions import VERSION_1

EACH = (1, 2, 4, 8, 16, 32, 64)
"""Milligrams per origin whose sums say which origins were counted; 127 in all."""


@pytest.mark.parametrize("metal", METALS)
def test_which_origins_count(metal: Metal) -> None:
    """Co, Li and Ni: 1 + 2 of 127; Pb: 1 + 2 + 4 + 8; others have no quota. ISO: 1 + 4 and 2 + 8. Rounded down."""
    assert ORIGINS[4:] == ("internal", "primary", "unknown")
    shares = recycled_shares({metal: EACH}, VERSION_1)
    eu = {"Pb": "0.118110", "Co": "0.023622", "Li": "0.023622", "Ni": "0.023622"}
    assert shares["eu-2023-1542"] == ({metal: eu[metal]} if metal in eu else {})
    assert shares["iso-14021"] == {metal: {"post_consumer": "0.039370", "pre_consumer": "0.078740"}}


@pytest.mark.parametrize(
    ("counted", "rest", "share"),
    [(2, 1, "0.666666"), (1, 0, "1.000000"), (0, 1, "0.000000"), (999_999_999, 1, "0.999999"), (1, 10**6, "0.000000")],
)
def test_shares_are_rounded_down(counted: int, rest: int, share: str) -> None:
    """A share is never reported higher than it is, so 1 is said only of the whole."""
    assert recycled_shares({"Pb": (counted, 0, 0, 0, 0, rest, 0)}, VERSION_1)["eu-2023-1542"] == {"Pb": share}


def test_a_version_counts_by_its_own_rule_sets() -> None:
    """Under rules that do not name a standard, nobody is shown a share by it."""
    rules = replace(VERSION_1, rule_sets=("iso-14021",))
    assert list(recycled_shares({"Pb": EACH}, VERSION_1)) == ["eu-2023-1542", "iso-14021"]
    assert list(recycled_shares({"Pb": EACH}, rules)) == ["iso-14021"]
