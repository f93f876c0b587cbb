"""The description of the interface, and what operators ask for."""

from __future__ import annotations

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pydantic import ValidationError

from api import accounting_responses as accounting_answers
from api import examples, finding_responses, recall_responses
from api import responses as answers
from api.settings import Settings
from ledger.admission.statements import read_statement
from ledger.log.envelopes import statement_id
from ledger.log.proofs import parse_proof
from ledger.materials.moves.balance import NAMES
from ledger.submission import read_submission
from schemas.errors import MalformedError
from schemas.fields import WireModel
from schemas.strict_json import dump_json
from schemas.versions import VERSION_1
from tests.api.plant import Plant, intake

SHAPES = (answers, accounting_answers, finding_responses, recall_responses)
MODELS = [
    model
    for model in {name: value for shapes in SHAPES for name, value in vars(shapes).items()}.values()
    if isinstance(model, type) and issubclass(model, WireModel) and model is not WireModel
]


def test_the_description_is_openapi_31_with_its_own_names(reader: TestClient) -> None:
    """Every operation has an id of its own and a summary, and every reference leads somewhere."""
    description = reader.get("/openapi.json").json()
    assert description["openapi"].startswith("3.1")
    assert (description["info"]["title"], description["info"]["version"]) == ("Battery ledger", "0.1.0")
    operations = [operation for methods in description["paths"].values() for operation in methods.values()]
    names = [operation["operationId"] for operation in operations]
    assert len(set(names)) == len(names)
    assert all(operation["summary"] for operation in operations)
    for reference in references(description):
        found = description
        for part in reference.removeprefix("#/").split("/"):
            found = found[part]


def references(value: Any) -> list[str]:
    """Return all references inside a description."""
    if isinstance(value, dict):
        own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
        return own + [found for member in value.values() for found in references(member)]
    return [found for member in value for found in references(member)] if isinstance(value, list) else []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_an_example_has_the_shape_that_it_illustrates(model: type[WireModel]) -> None:
    """Examples of requests and answers are read by the models beside them."""
    extra = model.model_config.get("json_schema_extra")
    if isinstance(extra, dict):
        for example in extra["examples"]:  # type: ignore[union-attr]
            assert isinstance(model.model_validate_json(json.dumps(example)), model)


def test_models_refuse_other_shapes() -> None:
    """A member too many would be noticed by the tests that use the models."""
    with pytest.raises(ValidationError):
        answers.Receipt.model_validate({**examples.RECEIPT, "more": 1})


def test_the_examples_are_published_as_they_are_described(reader: TestClient) -> None:
    """What the description of the interface shows fits the shapes that it shows it for."""
    shown = 0
    for name, schema in reader.get("/openapi.json").json()["components"]["schemas"].items():
        model = next((known for known in MODELS if known.__name__ == name), None)
        for example in schema.get("examples", ()):
            assert model is not None, name
            assert isinstance(model.model_validate_json(json.dumps(example)), model)
            shown += 1
    assert shown > 8
    (line,) = examples.BALANCE["lines"]
    assert set(line) >= {*NAMES.values(), "opening", "closing", "unexplained"}


def test_the_example_of_a_statement_is_one() -> None:
    """The example reads as a statement with its event, down to the hash and the id."""
    submission = read_submission(dump_json(examples.SUBMISSION))
    statement = read_statement(submission.envelope, submission.event, VERSION_1)
    assert statement.id == examples.RECEIPT["id"] == statement_id(submission.envelope.payload)
    assert parse_proof(examples.RECEIPT["proof"]).index == examples.RECEIPT["index"]


def test_every_problem_is_described_by_an_example() -> None:
    """The examples of errors are problem documents with the status that they stand under."""
    for status, example in examples.PROBLEMS.items():
        assert answers.Problem.model_validate_json(json.dumps(example)).status == status
    lines = [json.loads(line) for line in examples.line_examples().splitlines()]
    assert [line["status"] for line in lines] == [201, 200, 409, "not-judged"]


def test_health_and_readiness(furnished: Plant, reader: TestClient) -> None:
    """A server that serves is alive, and ready at a tree size."""
    assert reader.get("/healthz").json() == {"status": "ok"}
    assert reader.get("/readyz").json() == {"status": "ready", "tree_size": furnished.size}


def test_the_metrics_count_what_became_of_statements(plant: Plant, client: TestClient) -> None:
    """Tree size, queue length and every outcome are there for Prometheus."""
    headers = {"content-type": "application/json"}
    for body in (plant.body("MUN", intake("MUN-B-1")), plant.body("TEX", intake("MUN-B-2")), b"{"):
        client.post("/v1/statements", content=body, headers=headers)
    lines = client.get("/metrics").text.splitlines()
    figures = dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    assert figures["battery_ledger_tree_size"] == str(plant.size)
    assert figures["battery_ledger_queue_length"] == "0"
    for outcome in ("new", "refused", "malformed"):
        assert figures[f'battery_ledger_statements_total{{outcome="{outcome}"}}'] == "1"


@pytest.mark.parametrize("path", ["/healthz", "/checkpoint", "/v1/lots", "/lots/MUN-L-1", "/v1/lots/MUN-L-1/bundle"])
def test_headers_can_be_asked_for_alone(reader: TestClient, path: str) -> None:
    """HEAD is answered with the headers of GET and no body."""
    head, get = reader.head(path), reader.get(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == get.headers["content-type"]


def test_two_applications_share_nothing(plant: Plant, client: TestClient, reader: TestClient) -> None:
    """Each application answers from the ledger that it was given."""
    assert client.get("/v1/lots").json()["lots"] == []
    assert reader.get("/v1/lots").json()["lots"] != []


def test_settings_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Host, port and public address are read; what cannot be read is named."""
    monkeypatch.delenv("BATTERY_LEDGER_PUBLIC_URL", raising=False)
    monkeypatch.setenv("BATTERY_LEDGER_PORT", "8100")
    assert Settings.read().address == "http://127.0.0.1:8100"
    monkeypatch.setenv("BATTERY_LEDGER_PUBLIC_URL", "https://ledger.example.com")
    assert Settings.read().address == "https://ledger.example.com"
    monkeypatch.setenv("BATTERY_LEDGER_PORT", "many")
    with pytest.raises(MalformedError, match="BATTERY_LEDGER_PORT"):
        Settings.read()
