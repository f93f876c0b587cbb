"""What was said of a lot, findings of the past, and parameters that are none, as reported to programs."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from api.finding_responses import FindingsAnswer
from api.responses import HistoryAnswer
from tests.api.plant import Plant, fitting, intake


def test_the_statements_of_a_lot_are_listed(plant: Plant, client: TestClient) -> None:
    """Each with its id, which is what a correction or a release has to name; what was corrected says by which."""
    batch = intake("MUN-B-1")
    first = plant.say("MUN", batch)
    hold = plant.say("MUN", {"type": "hold", "lots": ["MUN-B-1"], "reason": "to be looked at"})
    correction = {"type": "correction", "statement": first.id, "kind": "incorrect_data", "reason": "a slip of the pen"}
    second = plant.say("MUN", {**correction, "replacement": {**batch, "net_kg": "21000"}})
    rows = fitting(client, "/v1/lots/MUN-B-1/history", HistoryAnswer)["entries"]
    assert [(row["type"], row["statement"]) for row in rows] == [
        ("intake", first.id), ("hold", hold.id), ("correction", second.id),
    ]  # fmt: skip
    assert (rows[0]["corrected_by"], rows[2]["corrects"]) == (second.id, [first.id])
    assert client.get("/v1/lots/MUN-B-9/history").status_code == 404


def test_findings_are_stated_as_they_were(plant: Plant, client: TestClient) -> None:
    """Before the correction the batch held too much lead; after it that is withdrawn, and by which statement."""
    batch = intake("MUN-B-1", content_kg={"Pb": "17000"})
    first = plant.say("MUN", batch)
    correction = {"type": "correction", "statement": first.id, "kind": "incorrect_data", "reason": "a slip of the pen"}
    second = plant.say("MUN", {**correction, "replacement": {**batch, "content_kg": {"Pb": "12655.5"}}})
    now = fitting(client, "/v1/lots/MUN-B-1/findings", FindingsAnswer)
    then = fitting(client, f"/v1/lots/MUN-B-1/findings?at={now['tree_size'] - 1}", FindingsAnswer)
    assert ("lead-content", None) in {(row["code"], row.get("withdrawn_by")) for row in then["findings"]}
    assert ("lead-content", second.id) in {(row["code"], row.get("withdrawn_by")) for row in now["findings"]}
    assert ("lead-content", None) not in {(row["code"], row.get("withdrawn_by")) for row in now["findings"]}
    assert then["tree_size"] == now["tree_size"] - 1


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/v1/lots/MUN-B-1?at=abc", "at: expected a tree size, a whole number from 1, got 'abc'"),
        (
            "/v1/participants/MUN/balance?period=2026-1",
            (
                "expected a month such as 2026-01, a quarter such as 2026-Q1, a year such as 2026 or a range such as "
                '2026-01..2026-05, got "2026-1"'
            ),
        ),
        (
            "/v1/participants/MUN/balance",
            (
                "period: expected a month, quarter, year or range such as "
                "2026-01, 2026-Q1, 2026 or 2026-01..2026-05, got none"
            ),
        ),
        ("/v1/participants/MUN/rules?year=1999", "year: expected a year from 2000 to 2099, got '1999'"),
        ("/v1/lots/MUN-B-1/rules?day=2026-02-30", "expected a day that the calendar has, got '2026-02-30'"),
        ("/v1/recall?sha256=AB", "sha256: expected 64 hexadecimal digits in lower case, got 'AB'"),
    ],
)
def test_a_parameter_that_is_none_is_named_in_words(plant: Plant, client: TestClient, path: str, said: str) -> None:
    """What was expected and what was got, and no word of a library."""
    plant.say("MUN", intake("MUN-B-1"))
    answer = client.get(path)
    assert (answer.status_code, answer.json()["detail"]) == (422, said)
