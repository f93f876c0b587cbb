"""Accounting as answered to programs: the past, balances, recalls, rules, agreements, credits, findings."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine, event

from api.accounting_responses import (
    AgreementAnswer,
    AssaysAnswer,
    BalanceAnswer,
    CreditsAnswer,
    MovementsAnswer,
    RulesAnswer,
    YearAnswer,
)
from api.finding_responses import FindingsAnswer, SiteFindingsAnswer
from api.recall_responses import RecallAnswer
from api.responses import LotAnswer
from tests.api.plant import Plant, fitting, intake
from tests.world.events import acceptance, correction, dispatch, lead_run

LEAD = {
    "lot": "MUN-L-1",
    "material": "refined_lead",
    "role": "product",
    "net_kg": "12000",
    "content_kg": {"Pb": "11998"},
}
TERMS: dict[str, Any] = {
    "type": "agreement", "agreement": "MUN-A-1", "seller": "MUN", "buyer": "GLENCORE", "parks": ["MUN"],
    "starts_on": "2022-12-05", "ends_on": "2037-12-04", "tolerance": "0.05",
    "quantities": [{"metal": "Pb", "quantity_kg": "12000", "year": 2026, "park": "MUN"}], "share": "1",
}  # fmt: skip


@pytest.fixture
def trade(plant: Plant) -> Plant:
    """Batteries, lead made of them, an agreement, and a delivery under it."""
    plant.say("MUN", intake("MUN-B-1", supplier="cd" * 32))
    offer = plant.say("MUN", TERMS)
    plant.say("GLENCORE", {**TERMS, "confirms": offer.id})
    plant.say("MUN", lead_run("MUN-R-1", {"MUN-B-1": "21450"}, {}, outputs=[LEAD]), at="2026-01-07T00:00:00Z")
    plant.say("MUN", dispatch("MUN-H-1", "MUN-L-1", agreement="MUN-A-1"), at="2026-01-08T00:00:00Z")
    plant.say("GLENCORE", acceptance("MUN-H-1", "MUN-L-1", net="11990"), at="2026-01-20T00:00:00Z")
    return plant


def test_the_past_is_answered_to_the_byte_as_it_was(trade: Plant, client: TestClient) -> None:
    """A correction changes what is answered now, and nothing that was answered before."""
    paths = ("/v1/lots/MUN-L-1", "/v1/lots/MUN-L-1/provenance", "/v1/lots/MUN-B-1")
    before = {path: client.get(path).content for path in paths}
    size = client.get("/v1/lots/MUN-B-1").json()["tree_size"]
    wrong = client.get("/v1/lots/MUN-B-1/proof").json()["entries"][0]["id"]
    trade.say("MUN", correction(wrong, reason="entered twice"))
    now = fitting(client, paths[0], LotAnswer)
    assert now["origin_kg"] == {"Pb": {"unknown": "11998"}}
    assert len(now["corrections"]) == 1
    for path in paths:
        assert client.get(f"{path}?at={size}").content == before[path]
    sources = client.get(paths[1]).json()["contributions"]["Pb"]
    assert [row["source"].partition(":")[0] for row in sources] == ["shortfall"]
    codes = {row["code"] for row in client.get("/v1/lots/MUN-L-1/findings").json()["findings"]}
    assert {"shortfall", "corrected-after-dispatch"} <= codes


def test_a_size_that_the_tree_never_had_is_named(trade: Plant, client: TestClient) -> None:
    """Too large and zero are malformed; a lot that was not there yet is not found."""
    size = client.get("/v1/lots/MUN-B-1").json()["tree_size"]
    for at in (0, size + 1):
        assert client.get(f"/v1/lots/MUN-B-1?at={at}").status_code == 422
    answer = client.get("/v1/lots/MUN-L-1?at=3")
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
    assert f"from 1 to {size}, got {size + 1}" in client.get(f"/v1/lots/MUN-B-1?at={size + 1}").json()["detail"]


def test_a_month_balances_and_closes(trade: Plant, client: TestClient) -> None:
    """Nothing is unexplained, each figure names its statements, and the park can sign the totals."""
    report = fitting(client, "/v1/participants/MUN/balance?period=2026-01", BalanceAnswer)
    lines = {(row["figure"], row.get("metal"), row.get("origin")): row for row in report["lines"]}
    lead = lines["content", "Pb", "battery_post_consumer"]
    assert (lead["receipts"], lead["losses"], lead["dispatches"], lead["closing"]) == ("12655.5", "657.5", "11998", "0")
    assert {row["unexplained"] for row in report["lines"]} == {"0"}
    path = "/v1/participants/MUN/balance/movements?period=2026-01"
    (receipt,) = fitting(client, f"{path}&kind=receipts", MovementsAnswer)["movements"]
    assert (receipt["record"], receipt["origin_kg"]) == ("MUN-B-1", {"Pb": {"battery_post_consumer": "12655.5"}})
    trade.say(
        "MUN",
        {"type": "period_close", "period": "2026-01", "totals": report["totals"], "lots_root": report["lots_root"]},
        at="2026-02-01T00:00:01Z",
    )
    trade.say("MUN", intake("MUN-B-2"))
    assert fitting(client, "/v1/participants/MUN/balance?period=2026-01", BalanceAnswer)["totals"] == report["totals"]
    late = client.get("/v1/lots/MUN-B-2/findings").json()["findings"]
    assert "prior-period-adjustment" in {row["code"] for row in late}
    size = report["tree_size"]
    past = fitting(client, f"/v1/participants/MUN/balance?period=2026-01&at={size}", BalanceAnswer)
    assert past == {name: value for name, value in report.items() if name != "lots_root"}
    assert client.get(f"/v1/participants/MUN/balance?period=2026-01&at={size + 99}").status_code == 422
    assert client.get("/v1/participants/NOBODY/balance?period=2026-01").status_code == 404
    assert client.get("/v1/participants/MUN/balance?period=2026-13").status_code == 422


@pytest.mark.parametrize("question", ["lot=MUN-B-1", "document=WB-MUN-B-1", "supplier=" + "cd" * 32, "run=MUN-R-1"])
def test_a_recall_finds_lots_and_recipients(trade: Plant, client: TestClient, question: str) -> None:
    """From a batch, a document, a supplier or a run: all that it reached, and who has it."""
    report = fitting(client, f"/v1/recall?{question}", RecallAnswer)
    (lead,) = [row for row in report["lots"] if row["lot"] == "MUN-L-1"]
    assert (lead["holder"], lead["content"]["Pb"]["kg"], lead["net"]["share"]) == ("GLENCORE", "11998", "1.000000000")
    whole = {"share": "1.000000000", "kg": "12000", "of_kg": "12000"}
    assert lead["made"]["net"] == whole
    (row,) = report["recipients"]
    assert (row["recipient"], row["lots"], row["net"]) == ("GLENCORE", ["MUN-L-1"], whole)
    (sent,) = report["shipments"]
    assert (sent["decision"], sent["withdrawn"], sent["content"]["Pb"]["kg"]) == ("accepted", False, "11998")


def test_a_recall_keeps_documents_apart(trade: Plant, client: TestClient) -> None:
    """By issuer and kind, which belong to a document only; what was meant is listed."""
    question = "/v1/recall?document=WB-MUN-B-1"
    (row,) = fitting(client, f"{question}&issuer=MUN&kind=weighbridge_slip", RecallAnswer)["documents"]
    assert (row["issuer"], row["kind"], row["number"]) == ("MUN", "weighbridge_slip", "WB-MUN-B-1")
    assert client.get(f"/v1/statements/{row['statement']}").status_code == 200
    assert client.get(f"{question}&issuer=TEX").status_code == 404
    assert client.get(f"{question}&kind=photo").status_code == 404
    for wrong in (f"{question}&kind=slip", "/v1/recall?lot=MUN-B-1&issuer=MUN", "/v1/recall?run=MUN-R-1&kind=photo"):
        assert client.get(wrong).status_code == 422
    assert fitting(client, "/v1/recall?lot=MUN-B-1", RecallAnswer)["documents"] == []


@pytest.mark.parametrize(
    "path", ["recall?lot=MUN-B-1", "lots/MUN-B-1/history", "lots", "participants/MUN/findings", "agreements/MUN-A-1"]
)
def test_a_question_without_a_past_refuses_a_size(trade: Plant, client: TestClient, path: str) -> None:
    """Rather than to answer as of now what was asked as of then."""
    assert client.get(f"/v1/{path}").status_code == 200
    answer = client.get(f"/v1/{path}{'&' if '?' in path else '?'}at=3")
    assert (answer.status_code, "for the newest tree only" in answer.json()["detail"]) == (422, True)


def test_who_holds_a_lot_is_answered(trade: Plant, client: TestClient) -> None:
    """By which statement, and since when."""
    assert "holds" not in client.get("/v1/lots/MUN-L-1").json()
    hold = trade.say("MUN", {"type": "hold", "lots": ["MUN-L-1"], "reason": "in doubt"}, at="2026-01-21T00:00:00Z")
    reported = fitting(client, "/v1/lots/MUN-L-1", LotAnswer)
    assert reported["holds"] == [{"statement": hold.id, "issuer": "MUN", "since": "2026-01-21T00:00:00Z"}]
    assert "on hold by" in client.get("/lots/MUN-L-1").text


def test_a_confirmed_count_is_reported_so_everywhere(trade: Plant, client: TestClient) -> None:
    """Its finding weighs less, on the page and in the data, with who confirmed it."""
    trade.say("MUN", intake("MUN-B-7"))
    said = {"counted_kg": "21000", "method": "weighed", "reason": "month end", "adjust": True}
    count = trade.say("MUN", {"type": "stock_count", "lots": ["MUN-B-7"], **said}, at="2026-01-21T00:00:00Z")
    trade.say("TEX", {"type": "stock_count", "lots": ["MUN-B-7"], "confirms": count.id}, at="2026-01-22T00:00:00Z")
    rows = fitting(client, "/v1/lots/MUN-B-7/findings", FindingsAnswer)["findings"]
    (row,) = [row for row in rows if row["code"] == "stock-adjusted"]
    assert (row["severity"], row["attested"]["verdict"], row["attested"]["issuer"]) == ("low", "confirmed", "TEX")
    assert "Confirmed by ACE Texas (TEX, US)." in client.get("/lots/MUN-B-7").text


def test_a_recall_of_nothing_or_of_two_things_is_refused(trade: Plant, client: TestClient) -> None:
    """One question at a time, about something that is there."""
    assert client.get("/v1/recall").status_code == 422
    assert client.get("/v1/recall?lot=MUN-B-1&run=MUN-R-1").status_code == 422
    assert client.get("/v1/recall?lot=MUN-B-9").status_code == 404
    assert client.get("/v1/recall?document=none").status_code == 404


def test_an_agreement_says_what_was_delivered(trade: Plant, client: TestClient) -> None:
    """Produced, dispatched and accepted against what was agreed, in every year up to this one."""
    report = fitting(client, "/v1/agreements/MUN-A-1", AgreementAnswer)
    assert report["effective"] is True
    row, both = (row for row in report["years"] if row["year"] == 2026)
    assert (row["park"], row["metal"], both["park"], "agreed_kg" in both) == ("MUN", "Pb", None, False)
    assert (row["produced_kg"], row["dispatched_kg"], row["accepted_kg"], row["disputed_kg"]) == (
        "11998", "11998", "11988.001666", "0",
    )  # fmt: skip
    assert (row["fulfilled"], row["accepted_of_produced"], row["least_kg"]) == (True, "0.999166", "11400")
    assert (row["within_share"], row["custody"]) == (True, "controlled_blending")
    assert sorted({row["year"] for row in report["years"]}) == [2022, 2023, 2024, 2025, 2026]
    assert client.get("/v1/agreements/MUN-A-9").status_code == 404


def test_an_agreement_is_stated_as_corrected(trade: Plant, client: TestClient) -> None:
    """Batch and acceptance are corrected after the sale: the figures are those that stand, none is a difference."""
    accepted = client.get("/v1/lots/MUN-L-1/proof").json()["entries"][-1]["id"]
    batch = client.get("/v1/lots/MUN-B-1/proof").json()["entries"][0]["id"]
    trade.say("MUN", correction(batch, reason="entered twice"))
    half = acceptance("MUN-H-1", "MUN-L-1", net="6000")
    trade.say("GLENCORE", correction(accepted, half, reason="half of it"))
    (total,) = [row for row in client.get("/v1/agreements/MUN-A-1").json()["totals"] if row["park"] == "MUN"]
    assert (total["produced_kg"], total["dispatched_kg"], total["accepted_kg"]) == ("11998", "11998", "5999")


def test_an_agreement_takes_as_many_queries_however_many_lots(trade: Plant, client: TestClient) -> None:
    """Nothing is asked lot by lot, run by run or shipment by shipment."""
    before = _queries(client, "/v1/agreements/MUN-A-1")
    for number in range(2, 8):
        trade.say("MUN", intake(f"MUN-B-{number}"))
        made = [{**LEAD, "lot": f"MUN-L-{number}"}]
        smelted = lead_run(f"MUN-R-{number}", {f"MUN-B-{number}": "21450"}, {}, outputs=made)
        trade.say("MUN", smelted, at="2026-01-07T00:00:00Z")
        trade.say("MUN", dispatch(f"MUN-H-{number}", f"MUN-L-{number}", agreement="MUN-A-1"), at="2026-01-08T00:00:00Z")
        accepted = acceptance(f"MUN-H-{number}", f"MUN-L-{number}", net="12000")
        trade.say("GLENCORE", accepted, at="2026-01-20T00:00:00Z")
    assert 0 < _queries(client, "/v1/agreements/MUN-A-1") == before
    (total,) = [row for row in client.get("/v1/agreements/MUN-A-1").json()["totals"] if row["park"] is None]
    assert total["dispatched_kg"] == str(7 * 11998)


def _queries(client: TestClient, path: str) -> int:
    """Return how many queries an answer takes."""
    asked: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        assert client.get(path).status_code == 200
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return len(asked)


def test_rules_credits_and_findings_of_a_site(trade: Plant, client: TestClient) -> None:
    """A lot's shares, a year's recovery, accounts and oddities, each in its described shape."""
    lot = fitting(client, "/v1/lots/MUN-L-1/rules?day=2026-06-01", RulesAnswer)
    assert [(row["of"], row["passes"], row["in_force"]) for row in lot["verdicts"][:2]] == [
        ("Pb", True, False), ("Pb", True, False),
    ]  # fmt: skip
    year = fitting(client, "/v1/participants/MUN/rules?year=2026", YearAnswer)
    (lead,) = year["classes"]
    assert (lead["class"], lead["input_dry_kg"], lead["output_kg"]) == ("lead_acid", "21450", "11998")
    recovery = next(row for row in lead["verdicts"] if row["kind"] == "recovery")
    assert (recovery["share"], recovery["passes"], recovery["status"]) == ("0.948046", True, "law")
    assert {lead["custody"], year["custody"], lot["custody"]} == {"controlled_blending"}
    assert year["products"]["content_kg"] == {"Pb": "11998"}
    for part in (lot, year["products"]):
        assert part["basis"] == "physical"
        assert [(row["of"], row["status"]) for row in part["duties"]] == [
            ("Pb", "not yet law"), ("Pb", "default, unsourced"), ("Pb", "standard"),
        ]  # fmt: skip
    assert fitting(client, "/v1/participants/MUN/credits?month=2026-01", CreditsAnswer)["accounts"] == []
    found = fitting(client, "/v1/participants/MUN/findings", SiteFindingsAnswer)["findings"]
    assert [(one["code"], one["severity"]) for one in found] == [("power-not-stated", "low")]


def test_assays_show_who_speaks(trade: Plant, client: TestClient) -> None:
    """The park's own, Glencore's as the holder, and a certifier's control."""
    trade.enrol("CERT", "certifier")
    results = {"Pb": {"fraction": "0.9998", "uncertainty": "0.0001"}}
    found: dict[str, Any] = {
        "type": "assay",
        "lots": ["MUN-L-1"],
        "stage": "final",
        "basis": "wet",
        "method": "OES",
        "sample": "1",
    }
    for party in ("MUN", "GLENCORE", "CERT"):
        trade.say(party, {**found, "results": results})
    rows = fitting(client, "/v1/lots/MUN-L-1/assays", AssaysAnswer)["assays"]
    assert [(row["issuer"], row["voice"]) for row in rows] == [
        ("MUN", "park"), ("GLENCORE", "holder"), ("CERT", "certifier"),
    ]  # fmt: skip
    assert rows[0]["results"] == {"Pb": {"fraction": "0.9998", "uncertainty": "0.0001"}}


def test_too_many_large_questions_are_pushed_back(trade: Plant, client: TestClient) -> None:
    """Nobody can keep the server busy with recalls of everything."""
    desk = client.app.state.desk  # type: ignore[attr-defined]
    while desk.inquiring.acquire(blocking=False):
        pass
    answer = client.get("/v1/recall?lot=MUN-B-1")
    assert (answer.status_code, answer.json()["code"]) == (503, "queue-full")


def test_a_recall_leaves_out_what_is_reached_too_little(reader: TestClient) -> None:
    """The answer names the share and counts what it leaves out; a percentage is malformed."""
    path = "/v1/recall?lot=MUN-B-3&min_share="
    report = fitting(reader, f"{path}0.5", RecallAnswer)
    assert ([row["lot"] for row in report["lots"]], report["min_share"]) == (["MUN-B-3"], "0.5")
    assert report["left_out"]["lots"] > 0
    assert reader.get(f"{path}5").status_code == 422
