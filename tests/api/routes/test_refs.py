"""Finding a record by the id that its plant's own system has for it."""

from __future__ import annotations

from fastapi.testclient import TestClient

from api.responses import LotsAnswer
from tests.api.plant import Plant, fitting, intake
from tests.world.events import dispatch, line, output, run

JSON = {"content-type": "application/json"}


def test_a_ref_finds_its_lots_run_and_shipment(plant: Plant, client: TestClient) -> None:
    """Each statement that has it, with the lots that it makes, or names."""
    plant.say("MUN", intake("MUN-B-1", ref="7"))
    smelted = plant.say("MUN", run("MUN-R-1", [line("MUN-B-1", "100")], [output("MUN-P-1", "50")], ref="7"))
    plant.say("MUN", dispatch("MUN-H-1", "MUN-B-1", ref="7"))
    answer = fitting(client, "/v1/lots?ref=7", LotsAnswer)
    rows = {row["type"]: row for row in answer["statements"]}
    assert set(rows) == {"intake", "transformation", "dispatch"}
    assert rows["intake"]["lots"] == rows["dispatch"]["lots"] == ["MUN-B-1"]
    assert (rows["transformation"]["run"], rows["transformation"]["lots"]) == ("MUN-R-1", ["MUN-P-1"])
    assert rows["transformation"]["statement"] == smelted.id
    assert rows["dispatch"]["shipment"] == "MUN-H-1"
    assert [lot["lot"] for lot in answer["lots"]] == ["MUN-B-1", "MUN-P-1"]


def test_a_ref_that_nobody_uses_finds_nothing(plant: Plant, client: TestClient) -> None:
    """Also one that a record which did not occur had."""
    first = plant.say("MUN", intake("MUN-B-1", ref="7"))
    withdrawn = {"type": "correction", "statement": first.id, "kind": "did_not_occur", "reason": "entered twice"}
    plant.say("MUN", withdrawn)
    for ref in ("7", "8"):
        answer = fitting(client, f"/v1/lots?ref={ref}", LotsAnswer)
        assert (answer["statements"], answer["lots"]) == ([], [])


def test_a_record_that_exists_is_a_conflict_of_its_own_code(plant: Plant, client: TestClient) -> None:
    """Who submits without the client sees which statement has it."""
    first = plant.say("MUN", intake("MUN-B-1", ref="7"))
    answer = client.post("/v1/statements", content=plant.body("MUN", intake("MUN-B-1", ref="7")), headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (409, "ref-exists")
    assert first.id in answer.json()["detail"]
