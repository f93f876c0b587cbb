"""Rule sets as answered to programs: lots under mass balance, domestic waste, pooled chemistries."""

from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.accounting_responses import RulesAnswer, YearAnswer
from tests.api.plant import Plant, fitting, intake

LEAD = {
    "lot": "MUN-L-1",
    "material": "refined_lead",
    "role": "product",
    "net_kg": "12000",
    "content_kg": {"Pb": "11998"},
}


def test_a_lot_under_mass_balance_is_judged_on_its_credits(plant: Plant, client: TestClient) -> None:
    """9,998.5 of 11,998 kg lead are drawn for it, 0.833347: it fails 85 %, though all of it is recycled."""
    plant.say("MUN", intake("MUN-B-1"))
    times = {"started_at": "2026-01-06T02:00:00Z", "ended_at": "2026-01-06T20:00:00Z"}
    plant.say(
        "MUN",
        {
            "type": "transformation",
            "run": "MUN-R-1",
            "process": "smelting",
            **times,
            "custody": "mass_balance",
            "inputs": [{"lot": "MUN-B-1", "net_kg": "21450"}],
            "outputs": [LEAD],
        },
        at="2026-01-07T00:00:00Z",
    )
    shares = [_judged(client)]
    page = client.get("/lots/MUN-L-1").text
    assert "<strong>0\u00a0%</strong> recycled" in page
    assert "Physical mix</dt><dd>100\u00a0% by EU 2023/1542; 100\u00a0% after use" in page
    credit = {"Pb": {"battery_post_consumer": "9998.5"}}
    plant.say(
        "MUN",
        {
            "type": "dispatch",
            "shipment": "MUN-H-1",
            "to": "GLENCORE",
            "lots": [{"lot": "MUN-L-1", "credit_kg": credit}],
        },
        at="2026-01-08T00:00:00Z",
    )
    assert [*shares, _judged(client)] == [("0.000000", False), ("0.833347", False)]


def _judged(client: TestClient) -> tuple[str, bool]:
    """Return what Article 8 says of the lead, of the lot and of the year alike."""
    lot = fitting(client, "/v1/lots/MUN-L-1/rules", RulesAnswer)
    products = fitting(client, "/v1/participants/MUN/rules?year=2026", YearAnswer)["products"]
    for part in (lot, products):
        assert (part["basis"], part["custody"]) == ("credits", "mass_balance")
        assert part["physical_share"]["eu-2023-1542"] == {"Pb": "1.000000"}
    (row, *_), (same, *_) = lot["verdicts"], products["verdicts"]
    assert (row["share"], row["passes"]) == (same["share"], same["passes"])
    assert lot["recycled_share"] == products["recycled_share"]
    assert lot["recycled_share"]["eu-2023-1542"] == {"Pb": row["share"]}
    return row["share"], row["passes"]


@pytest.mark.parametrize(("country", "share"), [("IN", "1.000000"), ("TH", "0.000000")])
def test_only_waste_of_india_counts_as_domestic(plant: Plant, client: TestClient, country: str, share: str) -> None:
    """What an Indian park recycles of imported batteries does not."""
    plant.say("MUN", intake("MUN-B-1", country=country))
    times = {"started_at": "2026-01-06T02:00:00Z", "ended_at": "2026-01-06T20:00:00Z"}
    plant.say(
        "MUN",
        {
            "type": "transformation",
            "run": "MUN-R-1",
            "process": "smelting",
            **times,
            "inputs": [{"lot": "MUN-B-1", "net_kg": "21450"}],
            "outputs": [LEAD],
        },
        at="2026-01-07T00:00:00Z",
    )
    verdicts = client.get("/v1/lots/MUN-L-1/rules").json()["verdicts"]
    assert {row["share"] for row in verdicts if row["kind"] == "domestic_use"} == {share}


def test_copper_of_two_lithium_chemistries_is_judged_as_of_lithium(plant: Plant, client: TestClient) -> None:
    """Pooled it is `mixed`, which for copper alone would say nothing."""
    cells: dict[str, Any] = {"material": "lithium_ion_battery", "form": "pack", "content_kg": {"Cu": "1500"}}
    for number, chemistry in enumerate(("NMC622", "NMC811"), 1):
        plant.say("MUN", intake(f"MUN-B-{number}", **cells, chemistry=chemistry))
    times = {"started_at": "2026-01-06T02:00:00Z", "ended_at": "2026-01-06T20:00:00Z"}
    inputs = [{"lot": lot, "net_kg": "21450"} for lot in ("MUN-B-1", "MUN-B-2")]
    copper = {"lot": "MUN-U-1", "material": "copper", "role": "product", "net_kg": "2900", "content_kg": {"Cu": "2900"}}
    plant.say(
        "MUN",
        {
            "type": "transformation",
            "run": "MUN-R-1",
            "process": "shredding",
            **times,
            "inputs": inputs,
            "outputs": [copper],
        },
        at="2026-01-07T00:00:00Z",
    )
    verdicts = client.get("/v1/lots/MUN-U-1/rules").json()["verdicts"]
    assert {(row["of"], row["share"]) for row in verdicts} == {("lithium", "1.000000")}
