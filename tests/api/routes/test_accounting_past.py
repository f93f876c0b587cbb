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
