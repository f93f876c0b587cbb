"""Random seasons with every event, signed and taken by a real ledger on both databases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ledger.audit import bundle_bytes, write_export
from ledger.journal.answers import Taken
from ledger.materials.state import sum_tiles
from ledger.materials.state.posting_sums import sums_of
from ledger.materials.state.records import Lot
from ledger.questions.balances import balance_answer
from ledger.questions.lots import lot_answer, provenance_answer
from ledger.questions.recall import Wanted, recall_answer
from ledger.questions.sites import site_findings, year_answer
from ledger.store.book import StoreBook
from ledger.store.snapshot import Snapshot
from ledger.verify.verifying import verify_file
from schemas.errors import NotFoundError
from schemas.ids import LotId, PartyId, StatementId
from schemas.months import Months
from tests.journal.rebuilding import rebuilt
from tests.season.every_event import EverySeason
from tests.season.repair_season import RepairSeason
from tests.world.events import intake
from tests.world.opened import NOON, OpenWorld

PARTIES = {
    "GZB": "park", "THA": "park", "LAB": "laboratory", "CERT": "certifier",
}  # fmt: skip
DAYS = 120 * 86_400
SITES = ("MUN", "TEX", "GLENCORE")


class Played:
    """A season that a yard took, statement by statement, with the fold beside it."""

    def __init__(self, yard: OpenWorld, season: EverySeason, count: int) -> None:
        self.yard = yard
        self.season = season
        self.names: dict[str, str] = {}
        self.answers: dict[int, dict[str, dict[str, Any]]] = {}
        self.balances: dict[tuple[int, str, str], dict[str, Any]] = {}
        yard.clock.seconds = NOON + DAYS
        for party, role in PARTIES.items():
            yard.enrol(party, role)
        for line in self.season.steps(count):
            self._take(line)

    def _take(self, line: dict[str, Any]) -> None:
        # The fold names statements by their place; the ledger by their hash.
        text = json.dumps(line["event"])
        for place, name in self.names.items():
            text = text.replace(place, name)
        submission = self.yard.sign(line["issuer"], json.loads(text), at=line["occurred_at"])
        (answer,) = self.yard.home.journal.submit([submission])
        assert isinstance(answer, Taken), (line, answer)
        self.yard.follow(submission)
        self.names[f"{self.season.fold.index - 1:064x}"] = answer.id
        with self.yard.home.store.reading() as snapshot:
            if snapshot.size % 7 == 0:
                self.answers[snapshot.size] = {lot.id: _reported(snapshot, lot.id) for lot in snapshot.lots.all()}
                for site in SITES:
                    for month in ("2025-12", "2026-01", "2026-02"):
                        report = balance_answer(snapshot, PartyId(site), month)
                        self.balances[snapshot.size, site, month] = report


def _reported(snapshot: Snapshot, lot: str, at: int | None = None) -> dict[str, Any]:
    """Return all that is answered about a lot, now or at a size."""
    return {
        "lot": lot_answer(snapshot, LotId(lot), at),
        "provenance": provenance_answer(snapshot, LotId(lot), at),
        "findings": snapshot.findings(LotId(lot), at),
    }


@pytest.fixture
def played(yard: OpenWorld, request: pytest.FixtureRequest) -> Played:
    """A season of the seed that the test names; below zero, one in which several statements are corrected at once."""
    seed: int = request.param
    return Played(yard, RepairSeason(-seed) if seed < 0 else EverySeason(seed), 90)


def _plain(lot: Lot) -> Lot:
    """Return a lot without what names entries and statements, which the two sides name otherwise."""
    return lot._replace(
        created=0, holds=(), corrections=(), shortfalls=(), refill=None,
        marks=tuple(mark._replace(statement=StatementId("")) for mark in lot.marks),
    )  # fmt: skip


@pytest.mark.parametrize("played", [3, 11, 2026, -11], indirect=True)
def test_a_real_ledger_takes_what_the_fold_takes(played: Played) -> None:
    """Its lots are the fold's, the oracle agrees, and a rebuild gives the same to the byte."""
    yard, fold = played.yard, played.season.fold
    with yard.home.store.reading() as snapshot:
        assert {lot.id: _plain(lot) for lot in snapshot.lots.all()} == {
            name: _plain(lot) for name, lot in fold.lots.items()
        }
    rebuilt(yard)


@pytest.mark.parametrize("played", [11, 77, -12], indirect=True)
def test_a_recall_says_of_lots_what_the_ledger_holds(played: Played) -> None:
    """It folds their closure anew, corrections and all, and comes to the same lots."""
    with played.yard.home.store.reading() as snapshot:
        for lot in snapshot.lots.all():
            report = recall_answer(snapshot, Wanted(lot=lot.id))
            for row in report["lots"]:
                there = lot_answer(snapshot, row["lot"])
                reported = (row["net"]["of_kg"], row["status"], row["holder"], row["held"])
                assert reported == (there["net_kg"], there["status"], there["holder"], there["held"])
                content = {metal: figure["of_kg"] for metal, figure in row["content"].items()}
                assert content.items() <= there["content_kg"].items()


@pytest.mark.parametrize("played", [5, 42, -5], indirect=True)
def test_answers_of_the_past_stay_as_they_were(played: Played) -> None:
    """``at`` a size gives, member by member, what was answered when the tree had it."""
    with played.yard.home.store.reading() as snapshot:
        for size, answers in played.answers.items():
            for name, answer in answers.items():
                assert _reported(snapshot, name, size) == answer


@pytest.mark.parametrize("played", [9, 42], indirect=True)
def test_balances_of_the_past_stay_as_they_were(played: Played) -> None:
    """Member by member, the model of custody too; only the root over the open lots is not answered at a size."""
    models = set()
    with played.yard.home.store.reading() as snapshot:
        for (size, site, month), then in played.balances.items():
            past = balance_answer(snapshot, PartyId(site), month, size)
            assert past == {name: value for name, value in then.items() if name != "lots_root"}, (size, site, month)
            models.add((site, then["custody"]))
    # Else the models could be those of any size.
    assert len(models) > len(SITES)


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tiles of three rows, so that a short season has many of both levels."""
    monkeypatch.setattr(sum_tiles, "WIDTH", 3)


@pytest.mark.usefixtures("narrow")
@pytest.mark.parametrize("played", [9], indirect=True)
def test_sums_at_every_size_are_those_of_the_postings(played: Played) -> None:
    """From tiles and rows, of a site that has many and of one that has few; a writer that begins anew goes on."""
    yard, months = played.yard, [Months("2026-01", "2026-01"), Months("2025-12", "2026-02")]
    with yard.home.store.reading() as snapshot:
        for site in map(PartyId, SITES):
            rows = list(snapshot.postings_of(site))
            for size in range(1, snapshot.size + 1, 3):
                assert snapshot.sums_of(site, size) == sums_of(row for row in rows if row.index < size)
                for span in months:
                    found = list(snapshot.postings_in(site, span, since=size // 2, until=size))
                    known = [row for row in rows if size // 2 <= row.index < size]
                    assert found == [row for row in known if span.first <= row.period <= span.last]
        whole = {site: snapshot.sums_of(PartyId(site)) for site in SITES}
    with yard.home.store.writing() as writer:
        book = StoreBook()
        book.begin(writer.connection)
        assert {site: book.sums_of(PartyId(site)) for site in SITES} == whole
    tiles = yard.database.table("posting_sum")
    assert {row[1] for row in tiles if row[0] == "MUN"} == {1, 2}
    # What a ledger from before there were tiles lacks is made when a site next posts.
    yard.database.run("DELETE FROM posting_sum")
    with yard.home.store.writing() as writer:
        assert {site: Snapshot(writer.connection).sums_of(PartyId(site)) for site in SITES} == whole
        book = StoreBook()
        book.begin(writer.connection)
        for party in (*SITES, *PARTIES):
            book.sums_of(PartyId(party))
        book.flush()
    assert yard.database.table("posting_sum") == tiles
    rebuilt(yard)


def check_standings(played: Played, out: Path) -> None:
    """Demand that an export answers how lots stand as the ledger does."""
    with played.yard.home.store.reading() as snapshot:
        lots = [lot.id for lot in snapshot.lots.all()]
        for name in lots[:: max(len(lots) // 2, 1)]:
            said = lot_answer(snapshot, name)["standing"]
            lines = verify_file(out, played.yard.genesis, lot=name).checked
            found = [line for line in lines if line.startswith(f"standing of {name}: ")]
            assert found[0] == f"standing of {name}: reported {said['reported']}, proven {said['proven']}"
            rows = [f"{row['code']} ({row['severity']}), {row['share']}" for row in said["reasons"] if row["reported"]]
            assert [line.removeprefix(f"standing of {name}: ").split(" of its ")[0].split(" the lot")[0]
                    for line in found[1:]] == rows  # fmt: skip


@pytest.mark.parametrize("played", [7, 77, -7, -42], indirect=True)
def test_bundles_and_exports_of_such_a_ledger_verify(played: Played) -> None:
    """Offline, from their bytes alone, corrections and all."""
    genesis = played.yard.home.genesis
    with played.yard.home.store.reading() as snapshot:
        names = [lot.id for lot in snapshot.lots.all()]
        out = played.yard.directory / "all.zip"
        write_export(snapshot, out)
        bundles = {name: bundle_bytes(snapshot, name) for name in names}
    for name, raw in bundles.items():
        file = played.yard.directory / f"{name}.json"
        file.write_bytes(raw)
        report = verify_file(file, genesis)
        assert report.ok, (name, report.faults[:3])
    check_standings(played, out)
    report = verify_file(out, genesis)
    assert report.ok, report.faults[:3]


def test_questions_are_answered_alike_on_both_databases(yard: OpenWorld) -> None:
    """A recall from a document's number reads the events themselves; balances, rules and findings their tables."""
    document = {"kind": "packing_list", "issuer": "MUN", "number": "PL-77"}
    yard.say("MUN", {**intake("MUN-B-1"), "documents": [document], "supplier": "cd" * 32})
    with yard.home.store.reading() as snapshot:
        for wanted in (Wanted(document="PL-77"), Wanted(supplier="cd" * 32), Wanted(lot=LotId("MUN-B-1"))):
            report = recall_answer(snapshot, wanted)
            assert [row["lot"] for row in report["lots"]] == ["MUN-B-1"]
        with pytest.raises(NotFoundError):
            recall_answer(snapshot, Wanted(document="PL-7"))
        balance = balance_answer(snapshot, PartyId("MUN"), "2026-01")
        assert {line["unexplained"] for line in balance["lines"]} == {"0"}
        assert year_answer(snapshot, PartyId("MUN"), 2026)["year"] == 2026
        assert site_findings(snapshot, PartyId("MUN")) == []
