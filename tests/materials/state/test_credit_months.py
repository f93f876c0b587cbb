"""Accounts by month: a draw looks at the months that credit lives, and finds what the whole account says."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.materials.mass.mix import Mix
from ledger.materials.state.credit_account import left, uncovered
from ledger.materials.state.credit_months import (
    AccountMonth,
    SiteMonth,
    in_months,
    left_in,
    month_of,
    post_all,
    uncovered_since,
    whole,
)
from ledger.materials.state.kind import Rows
from ledger.materials.state.records import Posting, PostingKind
from schemas.ids import PartyId, StatementId

DAYS = st.builds(lambda month, day: f"2026-{month:02d}-{day:02d}", st.integers(1, 9), st.integers(1, 28))
KINDS: st.SearchStrategy[PostingKind] = st.sampled_from(["credit_earned", "credit_drawn", "credit_made"])
MUN = PartyId("MUN")
MASSES = st.integers(-50, 200)


def _row(kind: PostingKind, day: str, lead: int, cobalt: int = 0) -> Posting:
    mix: Mix = {"Pb": (lead, 0, 0, 0, 0, 0, 0), "Co": (0, cobalt, 0, 0, 0, 0, 0)}
    return Posting(MUN, kind, "MUN-L-1", "refined_lead", 0, 0, mix, 7, StatementId("ab"), day)


ROWS = st.builds(_row, KINDS, DAYS, MASSES, MASSES)


@settings(deadline=None)
@given(st.lists(st.lists(ROWS, min_size=1, max_size=4), max_size=12), DAYS, ROWS)
def test_months_say_what_the_whole_account_says(entries: list[list[Posting]], day: str, draw: Posting) -> None:
    """Posted in any order, each month began with what those before left; a draw lacks what it lacks of the whole."""
    known: Rows[SiteMonth, AccountMonth] = Rows()
    for rows in entries:
        months: dict[SiteMonth, AccountMonth] = {}
        post_all(months, rows, known)
        known.update(months)
    account = whole(known.by_key())
    assert in_months(MUN, account) == known
    key = SiteMonth(MUN, day[:7])
    assert left_in(month_of(key, {}, known), day) == left(account, day)[0]
    key = SiteMonth(MUN, draw.day[:7])
    changed: dict[SiteMonth, AccountMonth] = {}
    post_all(changed, (draw,), known)
    after = _lacks(uncovered(whole(changed.items(), account)), uncovered(account))
    assert _lacks(_sum(uncovered_since(key, changed, known)), _sum(uncovered_since(key, {}, known))) == after


def test_a_draw_looks_at_no_month_before_those_that_live() -> None:
    """However long the account has lived, at most five months are asked for: the two before and behind, and its own."""
    known: Rows[SiteMonth, AccountMonth] = Rows()
    for year in range(2020, 2026):
        for month in range(1, 13):
            post_all(known, (_row("credit_earned", f"{year}-{month:02d}-05", 100),), known)
    asked: set[str] = set()

    class Asked:
        def get(self, key: SiteMonth, /) -> AccountMonth | None:
            asked.add(key.month)
            return known.get(key)

    post_all({}, (_row("credit_drawn", "2025-12-20", 250),), Asked())
    assert sum(map(sum, _sum(uncovered_since(SiteMonth(MUN, "2025-12"), {}, Asked())).values())) == 0
    assert asked <= {"2025-10", "2025-11", "2025-12", "2026-01", "2026-02"}


def _sum(parts: object) -> Mix:
    total: dict[str, list[int]] = {}
    for mix in parts:  # type: ignore[attr-defined]
        for metal, split in mix.items():
            total[metal] = [a + b for a, b in zip(total.get(metal, [0] * 7), split, strict=True)]
    return {metal: tuple(split) for metal, split in total.items()}  # type: ignore[misc]


def _lacks(after: Mix, before: Mix) -> dict[object, tuple[int, ...]]:
    nothing = (0,) * 7
    found = {
        metal: tuple(a - b for a, b in zip(after.get(metal, nothing), before.get(metal, nothing), strict=True))
        for metal in {*after, *before}
    }
    return {metal: split for metal, split in found.items() if any(split)}
