"""Balances: every figure drills down to its movements, and the past stays what it was."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ledger.materials.mass.months import preceding
from ledger.materials.moves.balance import KINDS, NAMES, balance_of, balance_report, movement
from ledger.materials.state.posting_sums import sums_of
from schemas.ids import PartyId
from tests.materials.yard import Yard
from tests.season.court import Court
from tests.season.dice import SEEDS, seasons
from tests.season.every_event import EverySeason
from tests.season.random_seasons import PARKS
from tests.world.events import KG, line, output, run
from tests.world.folding import Fold

JANUARY, FEBRUARY = "2026-01-20T06:00:00Z", "2026-02-10T06:00:00Z"


def report(fold: Fold, site: str, period: str, at: int | None = None) -> dict[str, Any]:
    """Return a balance as it is answered."""
    name = PartyId(site)
    rows = [row for row in fold.postings_of(name) if at is None or row.index < at]
    past = None if at is None else sums_of(rows)
    balance = balance_of(name, period, fold.sums_of(name), fold.open_lots(name), past=past)
    moved = [movement(row) for row in rows if row.kind in NAMES and row.period == period]
    return {**balance_report(balance, fold.index if at is None else at), "movements": moved}


def milligrams(text: str) -> int:
    """Return a mass with a sign in milligrams."""
    whole, _, rest = text.removeprefix("-").partition(".")
    mass = int(whole) * KG + int(rest.ljust(6, "0"))
    return -mass if text.startswith("-") else mass


def drilled(rows: list[dict[str, Any]]) -> Counter[tuple[str, str]]:
    """Return the sum of movements by line."""
    total: Counter[tuple[str, str]] = Counter()
    for row in rows:
        total["net", ""] += milligrams(row["net_kg"])
        total["dry", ""] += milligrams(row["dry_kg"])
        for metal, split in row["origin_kg"].items():
            for origin, mass in split.items():
                total[metal, origin] += milligrams(mass)
    return total


def kinds_of(kind: str, reported: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the movements of a kind."""
    return [row for row in reported["movements"] if row["kind"] == kind]


def check_drill(reported: dict[str, Any]) -> None:
    """Demand that the movements of each kind add up to its figure in each line."""
    sums = {kind: drilled(kinds_of(kind, reported)) for kind in NAMES.values()}
    for figures in reported["lines"]:
        name = (figures["metal"], figures["origin"]) if "metal" in figures else (figures["figure"], "")
        for kind, text in figures.items():
            if kind not in ("figure", "metal", "origin", "opening", "closing", "unexplained"):
                assert milligrams(text) == sums.get(kind, Counter())[name], (kind, name)


def test_each_figure_drills_down_to_its_statements() -> None:
    """By kind and line: which entry, which lot or run, how many kilograms."""
    yard = Yard()
    yard.intake("MUN-B-1", 1000 * KG, {"Pb": 600 * KG})
    yard.intake("MUN-B-2", 500 * KG, {"Pb": 200 * KG}, origin="other_pre_consumer")
    inputs = [line("MUN-B-1", 1000 * KG), line("MUN-B-2", 500 * KG)]
    yard.say("MUN", run("MUN-R-1", inputs, [output("MUN-L-1", 782 * KG, {"Pb": 780 * KG})]))
    reported = report(yard, "MUN", "2026-01")
    receipts = [(row["index"], row["record"], row["net_kg"]) for row in kinds_of("receipts", reported)]
    assert receipts == [(0, "MUN-B-1", "1000"), (1, "MUN-B-2", "500")]
    (loss,) = kinds_of("losses", reported)
    assert (loss["record"], loss["origin_kg"]) == (
        "MUN-R-1",
        {"Pb": {"battery_post_consumer": "15", "other_pre_consumer": "5"}},
    )
    check_drill(reported)


def test_a_row_of_a_closed_month_says_so() -> None:
    """What happened in January and stands in February names January."""
    court = Court()
    court.batch("MUN-B-1", 1000)
    court.close("MUN", "2026-01", FEBRUARY)
    court.batch("MUN-B-2", 500, at=JANUARY)
    court.batch("MUN-B-3", 700, at=FEBRUARY)
    rows = kinds_of("receipts", report(court, "MUN", "2026-02"))
    assert [(row["record"], row.get("happened")) for row in rows] == [("MUN-B-2", "2026-01"), ("MUN-B-3", None)]


def test_the_opening_is_the_closing_of_the_month_before() -> None:
    """Also over the turn of a year, and where a month was corrected after its close."""
    court = Court()
    court.batch("MUN-B-1", 1000, at="2025-12-20T06:00:00Z")
    court.batch("MUN-B-2", 500, at=JANUARY)
    court.close("MUN", "2025-12", FEBRUARY)
    fix = {"type": "correction", "statement": f"{0:064x}", "kind": "did_not_occur", "reason": "twice"}
    court.say("MUN", fix, FEBRUARY)
    for period in ("2026-01", "2026-02"):
        reported, before = report(court, "MUN", period), report(court, "MUN", preceding(period))
        assert reported["opening_from"] == preceding(period)
        closing = {str(row.get("metal")) + row["figure"]: row["closing"] for row in before["lines"]}
        for row in reported["lines"]:
            assert row["opening"] == closing.get(str(row.get("metal")) + row["figure"], "0")


@seasons(25)
@given(SEEDS, st.integers(min_value=1, max_value=60))
def test_a_balance_at_a_size_never_changes(seed: int, count: int) -> None:
    """What was answered at size n is answered for n ever after, and every figure drills down."""
    season = EverySeason(seed)
    fold = season.fold
    said: list[tuple[int, str, str, dict[str, Any]]] = []
    for _ in season.steps(count):
        asked = [(site, period) for site in (*PARKS, "GLENCORE") for period in ("2026-01", "2026-02")]
        said.extend((fold.index, site, period, report(fold, site, period)) for site, period in asked)
    for size, site, period, reported in said:
        check_drill(reported)
        assert report(fold, site, period, size) == reported


@seasons(15)
@given(SEEDS, st.integers(min_value=1, max_value=80))
def test_months_add_up_to_their_range(seed: int, count: int) -> None:
    """Figure by figure: all that moved is the sum, the opening is the first month's, the closing the last one's."""
    fold = EverySeason(seed).play(count)
    months = ("2025-12", "2026-01", "2026-02", "2026-03")
    for site in map(PartyId, (*PARKS, "GLENCORE")):
        sums, lots = fold.sums_of(site), fold.open_lots(site)
        whole = balance_of(site, months[0], sums, lots, until=months[-1])
        each = [balance_of(site, month, sums, lots) for month in months]
        for figure in {figure for balance in (whole, *each) for figure in balance.lines()}:
            assert whole.opening.get(figure, 0) == each[0].opening.get(figure, 0)
            assert (whole.computed(figure), whole.closing(figure)) == (
                each[-1].computed(figure),
                each[-1].closing(figure),
            )
            for kind in KINDS:
                moved = sum(balance.moved.get(kind, {}).get(figure, 0) for balance in each)
                assert whole.moved.get(kind, {}).get(figure, 0) == moved, (site, kind, figure)
            for before, after in pairwise(each):
                assert after.opening.get(figure, 0) == before.computed(figure)


class _LateSeason(EverySeason):
    often_late = ("stock_count", "hold", "dispatch", "acceptance", "assay", "intake")


@seasons(25)
@given(SEEDS, st.integers(min_value=1, max_value=120))
def test_no_month_ends_below_nothing_unseen(seed: int, count: int) -> None:
    """Whoever gives away before it got is found, at the entry that did it."""
    fold = _LateSeason(seed).play(count, corrections=False)
    before_it_came = {finding.index for finding in fold.findings if finding.code == "before-it-came-in"}
    for site in map(PartyId, (*PARKS, "GLENCORE")):
        rows = fold.postings_of(PartyId(site))
        for period in {row.period for row in rows}:
            balance = balance_of(PartyId(site), period, fold.sums_of(PartyId(site)), fold.open_lots(PartyId(site)))
            if any(balance.closing(figure) < 0 for figure in balance.lines()):
                assert before_it_came & {row.index for row in rows if row.period <= period}, (site, period)
