"""Balances at an earlier tree size, as answered to programs."""

from __future__ import annotations

from typing import Any

from fastapi.testclient import TestClient

from api.accounting_responses import BalanceAnswer
from tests.api.plant import Plant, fitting, intake


def test_a_balance_of_the_past_keeps_its_model(plant: Plant, client: TestClient) -> None:
    """What a site made under a weaker model later, and what it no longer has, are not reported of an earlier size."""
    past: dict[int, Any] = {}

    def ask(at: int) -> Any:
        answer = fitting(client, f"/v1/participants/MUN/balance?period=2026-01&at={at}", BalanceAnswer)
        return answer["custody"]

    steps: list[dict[str, Any]] = [intake("MUN-B-1"), _melt("mass_balance"), _send("MUN-L-1")]
    for hour, step in enumerate(steps, 6):
        plant.say("MUN", step, at=f"2026-01-05T{hour:02}:00:00Z")
        past[plant.size] = ask(plant.size)
    plant.say(
        "GLENCORE",
        {
            "type": "acceptance",
            "shipment": "MUN-H-1",
            "lots": [{"lot": "MUN-L-1", "decision": "accepted", "net_kg": "12000"}],
        },
        at="2026-01-06T06:00:00Z",
    )
    past[plant.size] = ask(plant.size)
    assert list(past.values()) == ["controlled_blending", "mass_balance", "mass_balance", "controlled_blending"]
    assert {size: ask(size) for size in past} == past


def test_a_day_is_answered_wherever_a_size_is(reader: TestClient, furnished: Plant) -> None:
    """The day of the newest checkpoint is that of the newest tree; before the first one nothing was known."""
    for path in (
        "/v1/lots/MUN-L-1", "/v1/lots/MUN-L-1/findings", "/v1/lots/MUN-L-1/provenance",
        "/v1/participants/MUN/balance?period=2026-01",
    ):  # fmt: skip
        joint = "&" if "?" in path else "?"
        at = reader.get(f"{path}{joint}at={furnished.size}").json()
        assert reader.get(f"{path}{joint}as_of=2026-02-01").json() == at
        assert at["tree_size"] == furnished.size
        early = reader.get(f"{path}{joint}as_of=2026-01-31")
        assert (early.status_code, "first checkpoint" in early.json()["detail"]) == (422, True)
        assert reader.get(f"{path}{joint}as_of=2026-02-01&at=3").status_code == 422
    refused = reader.get("/v1/recall?lot=MUN-L-1&as_of=2026-02-01")
    assert (refused.status_code, "newest tree only" in refused.json()["detail"]) == (422, True)


def test_a_balance_of_a_year_fits_its_description(reader: TestClient) -> None:
    """Without the hashes of a close."""
    year = fitting(reader, "/v1/participants/MUN/balance?period=2026", BalanceAnswer)
    assert year["months"] == ["2026-01", "2026-12"]
    assert reader.get("/v1/participants/MUN/balance?period=2026-Q5").status_code == 422


def _melt(custody: str) -> dict[str, Any]:
    return {
        "type": "transformation", "run": "MUN-R-1", "process": "smelting", "custody": custody,
        "started_at": "2026-01-05T06:30:00Z", "ended_at": "2026-01-05T07:00:00Z",
        "inputs": [{"lot": "MUN-B-1", "net_kg": "21450"}],
        "outputs": [
            {"lot": "MUN-L-1", "material": "refined_lead", "role": "product", "net_kg": "12000",
             "content_kg": {"Pb": "11998"}},
        ],
        "additions": [], "documents": [],
    }  # fmt: skip


def _send(lot: str) -> dict[str, Any]:
    return {"type": "dispatch", "shipment": "MUN-H-1", "to": "GLENCORE", "lots": [{"lot": lot}], "documents": []}


def test_a_balance_of_the_past_holds_a_part_that_came_back(plant: Plant, client: TestClient) -> None:
    """Its receiver named it, and nobody else did."""
    plant.say("MUN", intake("MUN-B-1", custody="segregated"))
    plant.say("MUN", _send("MUN-B-1"))
    part = {"lot": "GLENCORE-X-1", "net_kg": "9000"}
    kept = {"lot": "MUN-B-1", "decision": "accepted", "net_kg": "12450", "rejected": part}
    plant.say("GLENCORE", {"type": "acceptance", "shipment": "MUN-H-1", "lots": [kept]})
    size = plant.size
    plant.say("MUN", intake("MUN-B-2"))
    past = fitting(client, f"/v1/participants/MUN/balance?period=2026-01&at={size}", BalanceAnswer)
    assert past["custody"] == "segregated"
    assert fitting(client, "/v1/participants/MUN/balance?period=2026-01", BalanceAnswer)["custody"] != "segregated"
