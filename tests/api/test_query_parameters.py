"""Query parameters that a call does not know."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from tests.api.plant import Plant


@pytest.mark.parametrize(
    ("path", "known"),
    [
        ("/v1/lots/MUN-L-1?att=3", "at, as_of"),
        ("/v1/lots?at_most=3", "after, limit, ref"),
        ("/v1/recall?lots=MUN-L-1", "lot, run, document, sha256, supplier, issuer, kind, min_share"),
        ("/v1/participants/MUN/balance?period=2026-01&month=2026-01", "period, at, as_of"),
        ("/lots/MUN-L-1?at=3", ""),
        ("/healthz?x=1", ""),
        ("/checkpoint?size=3", ""),
        ("/01/09506000134352/10/MUN-L-1?as_of=2026-03-31", ""),
    ],
)
def test_an_unknown_parameter_is_malformed_and_those_known_are_named(reader: TestClient, path: str, known: str) -> None:
    """A parameter that is mistyped is no question about something else; hidden parameters are not named."""
    answer = reader.get(path)
    expected = f"expected one of the query parameters {known}, got" if known else "expected no query parameters, got"
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed")
    assert expected in answer.json()["detail"]


def test_a_statement_with_an_unknown_parameter_is_not_taken(plant: Plant, client: TestClient) -> None:
    """Before anything is judged: `on_refuse=stop` must not go on past a refusal."""
    before = plant.size
    answer = client.post("/v1/statements?on_refuse=stop", content=b"{}", headers={"content-type": "application/jsonl"})
    assert (answer.status_code, plant.size) == (422, before)
    assert "on_refusal" in answer.json()["detail"]


@pytest.mark.parametrize("query", ["3103=000189", "17=261231", "linkType=gs1:pip", "context=de"])
def test_what_a_scanner_adds_to_a_digital_link_passes(reader: TestClient, query: str) -> None:
    """The link hands it on, and the page and the data that it leads to answer."""
    for accept in ("text/html", "application/json"):
        answer = reader.get(f"/01/09506000134352/10/MUN-L-1?{query}", headers={"accept": accept})
        assert answer.status_code == 307
        assert reader.get(answer.headers["location"]).status_code == 200


@pytest.mark.parametrize("query", ["fbclid=x", "utm_source=mail&utm_medium=y", "lang=en"])
@pytest.mark.parametrize("path", ["/lots/MUN-L-1", "/", "/01/09506000134352/10/MUN-L-1"])
def test_what_a_messenger_adds_to_a_link_does_not_break_the_page(reader: TestClient, path: str, query: str) -> None:
    """Who taps a link that was passed on sees the page, not a fault in JSON."""
    answer = reader.get(f"{path}?{query}", headers={"accept": "text/html"}, follow_redirects=True)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")


def test_every_operation_is_described_with_the_answer_for_it(reader: TestClient) -> None:
    """The description says that any call may be malformed so."""
    description = reader.get("/openapi.json").json()
    assert "query parameter" in description["info"]["description"]
    for methods in description["paths"].values():
        for operation in methods.values():
            assert "Problem" in str(operation["responses"]["422"])
