"""The worked example of the documentation: its tables reckoned anew, its events folded, its answers compared.

Nothing here knows the example's masses. They stand on the page, as rules, as figures and in
events, and must agree; only what the sources published stands here a second time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from ledger.materials.answers.lot_report import lot_report
from ledger.materials.answers.provenance import provenance_report, trace
from schemas.codes import METALS, ORIGINS, Metal
from schemas.ids import LotId
from schemas.quantity import format_kg, parse_kg
from schemas.versions import VERSION_1
from tests.world.folding import Fold

PAGE = Path(__file__).parents[2] / "docs" / "worked-example.md"
PARKS = {"1": "GZB", "2": "MUN"}  # by chapter
RULES = ("by", "net by", "metals by", "arithmetic")

# What the sources published, a second time: an edit of both columns of a comparison would else go unseen.
PUBLISHED = {
    "1": "27.8; 16.8; 7.26; 11.95; 19.4; 2.04; 10.09; 3.38; 3.15; 439; 0.44; 20.4; 17.0; 100.9; 93.9; 33.8; 31.4; "
    "90.5; 421; 150; 18.785; 22.33; 20.97; 93.1; 93.1; 82 to 83.7; 95; 98; 98; 98; 90; 90; 90; 90.0; 90.5; "
    "60.4; 36.6; 1.04; 0.67; 4.32; 21.9; 7.34; 6.84; 60.4; 36.6; 1.04; 0.67; 4.32; 21.9; 7.34; 6.84",
    "2": "68.33; 86.62; 92.83; 76.6; 24 to 30; 30 to 40; 11 to 30; 22 to 30; 12; 15 to 25; 5; 3; 8; 56; 65; 65 to "
    "75; 40; 60; 12000; 600; 650; 600; above 99; 46; 53; 59; 100; 60",
}
TARGETS = {"1": {"Ni": "90 95", "Co": "90 95", "Cu": "90 95", "Li": "50 80"}, "2": {"Pb": "90 95"}}
# All numbers of rules: molar masses, compositions, and shares, as the sources give them or the page assumes them.
NUMBERS = """6.94 58.933 58.693 54.938 15.999 30.974 18.998 26.982 12.011 1.008 32.06 63.546 207.2 22.990 0.277732
0.168205 0.005786 0.003433 0.072642 0.119474 0.010624 0.032772 0.026545 0.013657 0.001095 0.001663 0.194255 0.031233
0.008740 0.022305 0.004053 0.455043 0.275591 0.009480 0.005624 0.148343 0.096439 0.6833 0.766 0.8662 0.9283 0.002 0.01
0.03 0.05 0.09 0.2 0.24 0.28 0.4 0.6 0.8 0.9 0.95 0.96 0.98 0.99 0.995 0.997 0.9995 0.99985 3.78541 2 3 4 6 7 10 11 14
22 24 27 30 34 35 37 40 55 59 98 100 106 1000 2500 20000"""
SECTIONS = ["1.", *(f"1.{number}" for number in range(1, 14)), "2.", *(f"2.{number}" for number in range(1, 12))]
LAWS_AND_YEARS = {"1542", "14021", "12659", "12.11", "2012", "2019", "2022", "2023"}
NAMES = "4e429f99a35790d9"
"""Begins the SHA-256 of all words with letters and digits outside events: cells, sources, formulas, rule sets."""

Row = dict[str, str]
Book = dict[str, Row]


class Page(NamedTuple):
    """What the page holds: its text but for events, the rows of tables by section, the lines of JSON, other words."""

    text: str
    tables: list[tuple[str, list[Row]]]
    lines: list[dict[str, Any]]
    words: dict[str, str]

    def rows(self, column: str, section: str = "") -> list[Row]:
        """Return the rows of all tables of a chapter or section that have the column."""
        return [row for place, table in self.tables if place.startswith(section) for row in table if column in row]

    def book(self, chapter: str) -> Book:
        """Return the rows by name that rules of a chapter may refer to."""
        return {row["row"]: row for row in self.rows("row", chapter)}

    def events(self, kind: str, chapter: str) -> list[dict[str, Any]]:
        """Return the events of a type that a chapter's park states."""
        events = [line["event"] for line in self.lines if line.get("issuer") == PARKS[chapter]]
        return [event for event in events if event["type"] == kind]

    def products(self, chapter: str) -> list[str]:
        """Return the lots that a chapter's runs make as products."""
        lines = [line for run in self.events("transformation", chapter) for line in run["outputs"]]
        return [line["lot"] for line in lines if line["role"] == "product"]


@pytest.fixture(scope="module")
def page() -> Page:
    """The page, read."""
    text, fence = PAGE.read_text(), r"```json\n(.*?)```"
    lines = [json.loads(line) for block in re.findall(fence, text, re.DOTALL) for line in block.splitlines()]
    page = Page(re.sub(fence, "", text, flags=re.DOTALL), [], lines, {})
    for part in re.split(r"^#+ ", re.sub("```.*?```", "", page.text, flags=re.DOTALL), flags=re.MULTILINE)[1:]:
        heading, body = part.split("\n", 1)
        section = heading.split()[0]
        page.words[section] = re.sub(r"^\|.*", "", body, flags=re.MULTILINE)
        for table in re.findall(r"(?:^\|.*\n)+", body, re.MULTILINE):
            head, _, *rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines())
            page.tables.append((section, [dict(zip(head, row, strict=True)) for row in rows]))
    return page


@pytest.fixture(scope="module")
def fold(page: Page) -> Fold:
    """The ledger after all lines of the page, balanced after each of them."""
    fold = Fold(line for line in page.lines if "issuer" not in line)
    assert fold.refusals((line for line in page.lines if "issuer" in line), after=fold.check) == []
    return fold


chapters = pytest.mark.parametrize("chapter", PARKS)


def _reckon(rule: str, book: Book, column: str) -> Fraction:
    """Return what a rule gives in a column; an empty cell counts as none."""

    def term(word: str) -> str:
        if word in "()+-x/":
            return word.replace("x", "*")
        row, _, own = word.partition(".")
        return f'Fraction("{word if word[0].isdigit() else book[row].get(own or column) or 0}")'

    words = re.findall(r"[()]|[^\s()]+", rule)
    # The rules are our own page's; Python reads them as an auditor does, products first.
    value: Fraction = eval(" ".join(map(term, words)), {"Fraction": Fraction})
    return value


def _rounded(value: Fraction, places: int) -> Fraction:
    return Fraction((2 * value * 10**places + 1) // 2, 10**places)


def _rounded_like(value: Fraction, text: str) -> bool:
    """Say whether a value rounds to a text, in as many places as it has."""
    return _rounded(value, len(text.partition(".")[2])) == Fraction(text)


def _agrees(value: Fraction, published: str) -> bool:
    if published.startswith("above "):
        return value > Fraction(published.removeprefix("above "))
    low, _, high = published.partition(" to ")
    if not high:
        return _rounded_like(value, low)
    return Fraction(low) <= value <= Fraction(high)


@chapters
def test_every_rule_gives_its_figure(page: Page, chapter: str) -> None:
    """Each figure of the tables is what its rule gives, rounded to the gram (molar masses to four places)."""
    book = page.book(chapter)
    for row in book.values():
        first, places, net = ("g", 4, row["by"]) if "by" in row else ("kg", 3, row["net by"])
        metals = row.get("metals by", "same").replace("same", net)
        assert _rounded(_reckon(net, book, first), places) == Fraction(row[first]), row
        for column in METALS:
            if row.get(column):
                assert _rounded(_reckon(metals, book, column), places) == Fraction(row[column]), (row, column)


@chapters
def test_events_state_what_the_tables_derive(page: Page, chapter: str) -> None:
    """Every mass of every event is derived in a table, and every lot of the tables is stated in an event."""
    book = page.book(chapter)
    stated = page.events("intake", chapter)
    for run in page.events("transformation", chapter):
        stated += [*run["outputs"], *({**line, "lot": line["material"]} for line in run.get("additions", ()))]
        assert all(line["net_kg"] == book[line["lot"]]["kg"] for line in run["inputs"]), run["run"]
    for line in stated:
        row = book[line["lot"]]
        held = {metal: row[metal] for metal in METALS if row.get(metal)}
        assert (line["net_kg"], line["content_kg"]) == (row["kg"], held), line["lot"]
    lots = [name for name in book if name.startswith(PARKS[chapter])]
    assert sorted(lots) == sorted(line["lot"] for line in stated if "role" in line or "form" in line)


@chapters
def test_the_mass_of_each_run_is_accounted_for(page: Page, chapter: str) -> None:
    """What goes into a run comes out as lots, or leaves as the tables derive."""
    book, rows = page.book(chapter), []
    for run in page.events("transformation", chapter):
        sides = (
            [parse_kg(line["net_kg"]) for line in run.get(side, ())] for side in ("inputs", "additions", "outputs")
        )
        into, added, out = map(sum, sides)
        leaves = format_kg(into + added - out)
        assert leaves == book.get(f"gas-{run['run'][-1]}", {}).get("kg", "0")
        rows.append([run["run"], run["process"], format_kg(into), format_kg(added), format_kg(out), leaves])
    assert [list(row.values())[:-1] for row in page.rows("leaves", chapter)] == rows


def test_events_are_stated_when_they_happen(page: Page) -> None:
    """A run is stated as it ends, on a registered line, and papers bear the day of the delivery."""
    parties = [line["event"] for line in page.lines if "issuer" not in line]
    registered = {row["line"]: row["capacity_t_per_year"] for party in parties for row in party["lines"]}
    assert registered == {"GZB-LIB-1": "3000", "MUN-LAB-1": "40000"}
    for line in page.lines:
        event = line["event"]
        assert event.get("ended_at", line["occurred_at"]) == line["occurred_at"]
        assert all(line["occurred_at"].startswith(paper["date"]) for paper in event.get("documents", ()))
        assert "line" not in event or event["line"] in registered


def test_no_metal_comes_from_nowhere(fold: Fold) -> None:
    """No run puts out more of a metal than went in, and the contributions to every lot add up."""
    assert all(not run.gain() for run in fold.runs.values())
    fold.check_contributions()


@chapters
def test_the_ledger_answers_the_lots(page: Page, fold: Fold, chapter: str) -> None:
    """State, content, origins and recycled shares of the products are what the ledger says."""
    answers = []
    for lot in page.products(chapter):
        said = lot_report(fold.lots[LotId(lot)], VERSION_1, fold.index)
        share = said["recycled_share"]
        for metal, mass in said["content_kg"].items():
            origins, iso = said["origin_kg"][metal], share["iso-14021"][metal]
            assert list(origins) == ["battery_post_consumer", "battery_manufacturing"]
            answer = [lot, said["status"], said["net_kg"], metal, mass, *origins.values()]
            answers.append([*answer, share["eu-2023-1542"].get(metal, ""), *iso.values()])
    assert [list(row.values()) for row in page.rows("status", chapter)] == answers


@chapters
def test_the_ledger_answers_the_contributions(page: Page, fold: Fold, chapter: str) -> None:
    """Each delivery's share of each product, to nine decimals."""
    answers = []
    for lot in page.products(chapter):
        ancestry = trace(fold.lots[LotId(lot)], fold)
        for metal, lines in provenance_report(ancestry, fold.index)["contributions"].items():
            answers += [[lot, metal, *line.values()] for line in lines]
    assert [list(row.values()) for row in page.rows("share", chapter)] == answers


def _losses(fold: Fold, chapter: str) -> Iterator[tuple[str, Metal, str, int]]:
    for run in fold.runs.values():
        for metal in METALS:
            for origin, mass in zip(ORIGINS, run.loss.get(metal, ()), strict=False):
                if mass and run.issuer == PARKS[chapter]:
                    yield run.id, metal, origin, mass


@chapters
def test_the_ledger_answers_the_losses(page: Page, fold: Fold, chapter: str) -> None:
    """The losses of each run, per metal and origin."""
    answers = [[run, metal, origin, format_kg(mass)] for run, metal, origin, mass in _losses(fold, chapter)]
    assert [list(row.values()) for row in page.rows("lost kg", chapter)] == answers


@chapters
def test_metal_is_conserved_per_origin(page: Page, fold: Fold, chapter: str) -> None:
    """What came in of each metal and origin is in products, in other lots or lost, to the milligram."""
    products, answers = page.products(chapter), []
    for metal in METALS:
        for number, origin in enumerate(ORIGINS):
            came = [event for event in page.events("intake", chapter) if event["origin"] == origin]
            total = sum(parse_kg(event["content_kg"].get(metal, "0")) for event in came)
            lots = [lot for lot in fold.lots.values() if lot.park == PARKS[chapter] and metal in lot.mix]
            good = sum(lot.mix[metal][number] for lot in lots if lot.id in products)
            other = sum(lot.mix[metal][number] for lot in lots if lot.id not in products)
            lost = sum(line[3] for line in _losses(fold, chapter) if line[1:3] == (metal, origin))
            assert total == good + other + lost
            if total:
                answers.append([metal, origin, *map(format_kg, (total, good, other, lost))])
    assert [list(row.values()) for row in page.rows("came in", chapter)] == answers


@chapters
def test_figures_stand_beside_the_published_ones(page: Page, chapter: str) -> None:
    """Each comparison is reckoned from the tables, quotes what was published and says whether it agrees."""
    book, rows = page.book(chapter), page.rows("published", chapter)
    for row in rows:
        value = _reckon(row["arithmetic"], book, "kg")
        assert _rounded_like(value, row["here"]), row
        assert row["agrees"] == ("yes" if _agrees(value, row["published"]) else "no"), row
    assert [row["published"] for row in rows] == PUBLISHED[chapter].split("; ")


@chapters
def test_recovery_stands_beside_the_targets(page: Page, chapter: str) -> None:
    """Each rate is reckoned from the tables and said to meet or to miss both targets of Annex XII."""
    rows = page.rows("target 2027, %", chapter)
    assert {row["metal"]: f"{row['target 2027, %']} {row['target 2031, %']}" for row in rows} == TARGETS[chapter]
    for row in rows:
        value = _reckon(row["arithmetic"], page.book(chapter), "kg")
        assert _rounded_like(value, row["recovered, %"]), row
        for year in ("2027", "2031"):
            assert row[year] == ("met" if value >= Fraction(row[f"target {year}, %"]) else "missed"), row


def _numbers(texts: Iterable[str]) -> set[str]:
    return {found for text in texts for found in re.findall(r"(?<![\w.-])\d+(?:\.\d+)*", text)}


def test_no_number_stands_alone(page: Page) -> None:
    """Rules use the sources' numbers, words repeat those of the tables, names are as they were, sources are listed."""
    cells = [(column, text) for _, table in page.tables for row in table for column, text in row.items()]
    assert _numbers(text for column, text in cells if column in RULES) == set(NUMBERS.split())
    assert _numbers(page.words.values()) - _numbers(text for _, text in cells) == LAWS_AND_YEARS
    assert [section for section in page.words if section[0].isdigit()] == SECTIONS
    cited = set(re.findall(r"\bS\d+", page.text.partition("## Sources")[0]))
    assert cited == set(re.findall(r"S\d+(?=:)", page.words["Sources"]))
    names = [word for word in page.text.split() if re.search(r"\d", word) and re.search(r"[A-Za-z]", word)]
    assert sha256(" ".join(names).encode()).hexdigest()[:16] == NAMES
