"""The pages of lots that are a part of another."""

from __future__ import annotations

from fastapi.testclient import TestClient

from tests.api.plant import Plant, intake


def test_a_part_that_came_back_has_a_page(plant: Plant, client: TestClient) -> None:
    """It says whose lot it was a part of, and counts no run that was none."""
    plant.say("MUN", intake("MUN-B-1"))
    sent = {"type": "dispatch", "shipment": "MUN-H-1", "to": "GLENCORE", "lots": [{"lot": "MUN-B-1"}], "documents": []}
    plant.say("MUN", sent)
    part = {"lot": "GLENCORE-X-1", "net_kg": "9000"}
    kept = {"lot": "MUN-B-1", "decision": "accepted", "net_kg": "12450", "rejected": part}
    plant.say("GLENCORE", {"type": "acceptance", "shipment": "MUN-H-1", "lots": [kept]})
    page = client.get("/lots/GLENCORE-X-1").text
    assert "Part of a lot of" in page
    assert "0 processing runs" in page
