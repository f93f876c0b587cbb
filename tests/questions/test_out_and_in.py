"""Metal that one park sold and another takes in as scrap, found in the database, at earlier sizes and in an export."""

from __future__ import annotations

import pytest

from ledger.audit import write_export
from ledger.journal.rebuild import rebuild
from ledger.questions.site_months import findings_of_sites
from ledger.questions.sites import site_findings
from ledger.verify.verifying import verify_file
from schemas.ids import LotId, PartyId
from tests.world.events import claim, correction, dispatch, intake, lead_run
from tests.world.opened import OpenWorld

TEX = PartyId("TEX")


def found(yard: OpenWorld, at: int | None = None) -> list[str]:
    """Return the batches of TEX that are metal which had left, now or at a size."""
    with yard.home.store.reading() as snapshot:
        if at is None:
            findings = site_findings(snapshot, TEX)
        else:
            findings = [row.finding for row in findings_of_sites(snapshot, [TEX], at)]
    return [lot for finding in findings if finding.code == "out-and-in" for lot in finding.lots]


@pytest.fixture
def sold(yard: OpenWorld) -> OpenWorld:
    """MUN claims lead and sends it; a month later TEX takes in scrap of that mass and purity."""
    yard.say("MUN", intake("MUN-B-1", "20000", lead="12000"), at="2026-01-05T06:00:00Z")
    yard.say("MUN", lead_run("MUN-R-1", {"MUN-B-1": "20000"}, {"MUN-L-1": ("11902", "11900")}))
    yard.say("MUN", claim("MUN-L-1", "5000"), at="2026-01-09T06:00:00Z")
    yard.say("MUN", dispatch("MUN-H-1", "MUN-L-1"), at="2026-01-10T06:00:00Z")
    scrap = intake("TEX-B-1", "11905", lead="11903", origin="other_post_consumer", material="lead_scrap", form="scrap")
    yard.say("TEX", scrap, at="2026-01-28T06:00:00Z")
    return yard


def test_as_the_ledger_answers_now_and_then(sold: OpenWorld) -> None:
    """It is found from the entry on by which the scrap came, and folding anew finds the same."""
    assert found(sold) == ["TEX-B-1"]
    assert found(sold, sold.size) == ["TEX-B-1"]
    assert found(sold, sold.size - 1) == []
    size = sold.size
    sold.say("GLENCORE", {"type": "acceptance", "shipment": "MUN-H-1", "lots": [
        {"lot": "MUN-L-1", "decision": "accepted", "net_kg": "11902"},
    ]}, at="2026-01-29T06:00:00Z")  # fmt: skip
    assert found(sold, size) == found(sold) == ["TEX-B-1"]
    rebuild(sold.home.store)
    assert found(sold) == ["TEX-B-1"]


def test_by_what_the_run_says_now(sold: OpenWorld) -> None:
    """A run that is corrected to another mass takes the finding along, which an earlier size keeps."""
    size = sold.size
    with sold.home.store.reading() as snapshot:
        first = snapshot.history.logged_events(snapshot.history.naming([LotId("MUN-L-1")]))[0]
    better = lead_run("MUN-R-1", {"MUN-B-1": "20000"}, {"MUN-L-1": ("11802", "11800")})
    sold.say("MUN", correction(first.statement, better), at="2026-01-30T06:00:00Z")
    assert found(sold) == []
    assert found(sold, size) == ["TEX-B-1"]
    back = lead_run("MUN-R-1", {"MUN-B-1": "20000"}, {"MUN-L-1": ("11903", "11901")})
    sold.say("MUN", correction(first.statement, back), at="2026-01-31T06:00:00Z")
    assert found(sold) == ["TEX-B-1"]


def test_a_lot_of_the_scrap_says_so_in_an_export(sold: OpenWorld) -> None:
    """What is made of it shows the finding, from the ledger's tables and from a fold of all entries alike."""
    day = "2026-01-30T06:00:00Z"
    made = {"TEX-L-1": ("11800", "11798")}
    sold.say("TEX", lead_run("TEX-R-1", {"TEX-B-1": "11905"}, made, started_at=day, ended_at=day), at=day)
    path = sold.directory / "x.zip"
    with sold.home.store.reading() as snapshot:
        write_export(snapshot, path)
    report = verify_file(path, sold.genesis, lot=LotId("TEX-L-1"))
    assert report.ok
    assert any("out-and-in (medium), 1.000000 of its Pb: look, reported" in line for line in report.checked)
