"""How a member of a file that differs from what is computed is named."""

from __future__ import annotations

from ledger.verify.replay import differing_members


def test_a_member_that_differs_is_named_to_its_place() -> None:
    """In a list of the same length by its number, a list of another length as JSON."""
    row = {"code": "shortfall", "share": "0.1"}
    other = [{**row, "share": "0.2"}]
    assert differing_members({"reasons": [row]}, {"reasons": other}) == [("reasons[0].share", "0.2", "0.1")]
    assert differing_members({"reasons": []}, {"reasons": [{"code": "x"}]}) == [("reasons", '[{"code":"x"}]', "[]")]
    assert differing_members({"holds": "a"}, {}) == [("holds", "none", "a")]
