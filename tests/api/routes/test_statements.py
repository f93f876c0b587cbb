"""Handing statements in, and reading them back."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.responses import Problem, Receipt, StatementAnswer
from ledger.log.checkpoint import parse_log_keys
from ledger.log.envelopes import format_entry, statement_id
from ledger.log.proofs import verify_proof
from ledger.submission import Submission, read_submission, write_submission
from schemas.encoding import encode_base64
from schemas.errors import LedgerStateError, QueueFullError
from tests.api.plant import Plant, intake

LINES = {"content-type": "application/jsonl"}


def post(client: TestClient, body: bytes) -> Any:
    """Post one statement as JSON."""
    return client.post("/v1/statements", content=body, headers={"content-type": "application/json"})


def post_lines(client: TestClient, bodies: list[bytes], query: str = "") -> list[dict[str, Any]]:
    """Post JSON Lines and return the answers."""
    answer = client.post(f"/v1/statements{query}", content=b"\n".join(bodies), headers=LINES)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/jsonl")
    return [json.loads(line) for line in answer.text.splitlines()]


def chained(plant: Plant, *events: dict[str, Any]) -> list[Submission]:
    """Sign events one after the other, as if each were taken."""
    signed = []
    for event in events:
        signed.append(plant.sign("MUN", event))
        plant.follow(signed[-1])
    return signed


class TestOneStatement:
    def test_a_new_statement_is_answered_with_a_receipt_that_verifies(self, plant: Plant, client: TestClient) -> None:
        """201 carries id, index and a proof that the log's keys confirm."""
        body = plant.body("MUN", intake("MUN-B-1"))
        answer = post(client, body)
        assert answer.status_code == 201
        receipt = Receipt.model_validate(answer.json())
        envelope = read_submission(body).envelope
        assert receipt.id == statement_id(envelope.payload)
        signed = verify_proof(receipt.proof, format_entry(envelope), parse_log_keys(plant.log_keys))
        assert signed.checkpoint.size == receipt.index + 1 == plant.size

    def test_a_statement_that_is_there_is_answered_again(self, plant: Plant, client: TestClient) -> None:
        """The same bytes twice give 201 and then 200 with the same id and index; nothing is appended."""
        body = plant.body("MUN", intake("MUN-B-1"))
        first, size = post(client, body), plant.size
        again = post(client, body)
        assert (first.status_code, again.status_code) == (201, 200)
        assert {name: again.json()[name] for name in ("id", "index")} == {
            name: first.json()[name] for name in ("id", "index")
        }
        assert plant.size == size

    def test_a_refusal_names_what_stands_in_the_way(self, plant: Plant, client: TestClient) -> None:
        """409 is a problem document whose finding names the lot that exists."""
        plant.say("MUN", intake("MUN-B-1"))
        answer = post(client, plant.body("MUN", intake("MUN-B-1", documents=[])))
        assert (answer.status_code, answer.headers["content-type"]) == (409, "application/problem+json")
        problem = Problem.model_validate(answer.json())
        assert problem.type == "urn:battery-ledger:problem:lot-exists"
        assert [(found.code, found.collides_with) for found in problem.findings] == [("lot-exists", "MUN-B-1")]

    def test_a_chain_conflict_carries_the_head(self, plant: Plant, client: TestClient) -> None:
        """A statement after a gap is refused with the sequence and id that it should have followed."""
        taken = plant.say("MUN", intake("MUN-B-1"))
        stale = plant.sign("MUN", intake("MUN-B-2"))
        plant.follow(stale)
        answer = post(client, plant.body("MUN", intake("MUN-B-3")))
        assert answer.status_code == 409
        assert answer.json()["type"].endswith(":chain-conflict")
        assert answer.json()["head"] == {"sequence": 1, "id": taken.id}

    def test_a_disclosure_that_does_not_belong_is_malformed(self, plant: Plant, client: TestClient) -> None:
        """A sealed fact without its digest in the event gives 422 and nothing is stored."""
        members = plant.members("MUN", intake("MUN-B-1")) | {"disclosures": ["WyJhIl0"]}
        size = plant.size
        assert post(client, json.dumps(members).encode()).status_code == 422
        assert plant.size == size

    def test_another_media_type_is_not_taken(self, plant: Plant, client: TestClient) -> None:
        """A body of plain text, or of no type at all, gives 415."""
        body = plant.body("MUN", intake("MUN-B-1"))
        for headers in ({"content-type": "text/plain"}, {}):
            answer = client.post("/v1/statements", content=body, headers=headers)
            assert (answer.status_code, answer.json()["code"]) == (415, "unsupported-media-type")

    def test_a_media_type_may_carry_a_charset(self, plant: Plant, client: TestClient) -> None:
        """``application/json; charset=utf-8`` is JSON."""
        body = plant.body("MUN", intake("MUN-B-1"))
        headers = {"content-type": "Application/JSON; charset=utf-8"}
        assert client.post("/v1/statements", content=body, headers=headers).status_code == 201

    def test_a_full_queue_asks_to_try_again(
        self, plant: Plant, client: TestClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A full queue gives 503 with Retry-After."""

        def full(_: Submission) -> None:
            raise QueueFullError("expected room, got none")

        monkeypatch.setattr(plant.home.journal, "enqueue", full)
        answer = post(client, plant.body("MUN", intake("MUN-B-1")))
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
        assert answer.json()["type"] == "urn:battery-ledger:problem:queue-full"

    def test_a_statement_that_cannot_be_proved_is_no_success(
        self, plant: Plant, client: TestClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Where the proof cannot be made, neither form of answer claims to be a receipt."""

        def fail(*_: Any) -> None:
            raise LedgerStateError("the secret path")

        monkeypatch.setattr(plant.home.store, "reading", fail)
        body = plant.body("MUN", intake("MUN-B-1"))
        assert (post(client, body).status_code, post_lines(client, [body])[0]["status"]) == (500, 500)

    def test_an_event_of_the_largest_size_is_taken_up(self, plant: Plant, client: TestClient) -> None:
        """An event of a million bytes is taken; one byte more is malformed."""
        document = plant.sign("MUN", intake("MUN-B-1")).event
        for size, status in ((1_000_001, 422), (1_000_000, 201)):
            padded = document[:-1] + b" " * (size - len(document)) + b"}"
            answer = post(client, write_submission(plant.sign("MUN", padded)))
            assert answer.status_code == status, answer.text


class TestManyStatements:
    def test_each_line_is_answered_in_order(self, plant: Plant, client: TestClient) -> None:
        """New, refused, malformed and repeated lines each get their answer, and one does not stop the others."""
        (first,) = chained(plant, intake("MUN-B-1"))
        refused = plant.sign("MUN", intake("MUN-B-1", documents=[]))
        (second,) = chained(plant, intake("MUN-B-2"))
        bodies = [*map(write_submission, (first, refused)), b"{", *map(write_submission, (second, first))]
        answers = post_lines(client, bodies)
        assert [answer["line"] for answer in answers] == [1, 2, 3, 4, 5]
        assert [answer["status"] for answer in answers] == [201, 409, 422, 201, 200]
        assert [answers[at]["code"] for at in (1, 2)] == ["lot-exists", "malformed"]
        assert answers[4]["index"] == answers[0]["index"]

    @pytest.mark.parametrize("fault", [b"{", b"", b"[]"])
    def test_stopping_takes_nothing_behind_a_malformed_line(
        self, plant: Plant, client: TestClient, fault: bytes
    ) -> None:
        """With ``on_refusal=stop`` the lines behind the first bad one are not judged."""
        first, second = map(write_submission, chained(plant, intake("MUN-B-1"), intake("MUN-B-2")))
        size = plant.size
        answers = post_lines(client, [first, fault, second], "?on_refusal=stop")
        assert [answer["status"] for answer in answers] == [201, 422, "not-judged"]
        assert plant.size == size + 1

    def test_stopping_holds_across_chunks(self, plant: Plant, client: TestClient) -> None:
        """A refusal stops more lines than are judged at once."""
        refused = write_submission(plant.sign("TEX", intake("MUN-B-1")))
        bodies = [refused, *[b"{"] * 300, plant.body("MUN", intake("MUN-B-1"))]
        answers = post_lines(client, bodies, "?on_refusal=stop")
        assert [answer["status"] for answer in answers] == [409] + ["not-judged"] * 301

    def test_a_failure_of_the_ledger_ends_the_judging(
        self, plant: Plant, client: TestClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Lines that the ledger failed to take say 500 without saying why; those behind are not judged."""

        def fail(*_: Any, **__: Any) -> None:
            raise LedgerStateError("the secret path /var/secret")

        monkeypatch.setattr(plant.home.journal, "submit", fail)
        bodies = [write_submission(signed) for signed in chained(plant, *[intake(f"MUN-B-{n}") for n in range(260)])]
        answers = post_lines(client, bodies)
        assert [answer["status"] for answer in answers] == [500] * 256 + ["not-judged"] * 4
        assert "secret" not in json.dumps(answers)

    def test_a_line_that_is_too_long_does_not_stop_the_next(self, plant: Plant, client: TestClient) -> None:
        """A line of several megabytes is malformed; the line behind it is taken."""
        bodies = [b'"' + b"x" * 5_000_000 + b'"', plant.body("MUN", intake("MUN-B-1"))]
        assert [answer["status"] for answer in post_lines(client, bodies)] == [422, 201]

    def test_a_body_of_lines_above_the_limit_is_not_taken_at_all(self, plant: Plant, client: TestClient) -> None:
        """More than 64 MiB give 413, announced or not, and not even the first line is taken."""
        size = plant.size
        body = plant.body("MUN", intake("MUN-B-1")) + b"\n" + b"\n" * (64 * 1024 * 1024)
        announced = client.post("/v1/statements", content=body, headers=LINES)
        parts = (body[at : at + 1_000_000] for at in range(0, len(body), 1_000_000))
        streamed = client.post("/v1/statements", content=parts, headers=LINES)
        for answer in (announced, streamed):
            assert (answer.status_code, answer.json()["code"]) == (413, "too-large")
        assert plant.size == size

    def test_large_events_are_judged_in_small_chunks(
        self, plant: Plant, client: TestClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Lines of a megabyte are handed on a few at a time, and all are taken."""
        submit, sizes = plant.home.journal.submit, list[int]()

        def counted(submissions: list[Submission], **options: Any) -> Any:
            sizes.append(len(submissions))
            return submit(submissions, **options)

        bodies = []
        for number in range(7):
            document = plant.sign("MUN", intake(f"MUN-B-{number}")).event
            padded = document[:-1] + b" " * (1_000_000 - len(document)) + b"}"
            bodies.append(plant.sign("MUN", padded))
            plant.follow(bodies[-1])
        monkeypatch.setattr(plant.home.journal, "submit", counted)
        answers = post_lines(client, [write_submission(body) for body in bodies])
        assert [answer["status"] for answer in answers] == [201] * 7
        assert sizes == [5, 2]

    def test_a_sender_that_hangs_up_leaves_no_trace(self, plant: Plant, client: TestClient) -> None:
        """A body that ends before its announced length is dropped; the server goes on."""
        size = plant.size

        async def hang_up() -> dict[str, Any]:
            return {"type": "http.disconnect"}

        sent: list[Any] = []

        async def keep(message: Any) -> None:
            sent.append(message)

        scope = {
            "type": "http", "method": "POST", "path": "/v1/statements", "query_string": b"", "http_version": "1.1",
            "headers": [(b"content-type", b"application/json"), (b"content-length", b"1000")],
        }  # fmt: skip
        asyncio.run(client.app(scope, hang_up, keep))  # type: ignore[arg-type]
        assert sent[0]["status"] == 400
        assert plant.size == size

    def test_no_lines_give_no_answers(self, client: TestClient) -> None:
        """An empty body is answered by an empty one."""
        assert post_lines(client, []) == []

    def test_what_to_do_at_a_refusal_is_one_of_two(self, client: TestClient) -> None:
        """Another word for ``on_refusal`` is malformed."""
        answer = client.post("/v1/statements?on_refusal=pause", content=b"", headers=LINES)
        assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


class TestReadingBack:
    def test_what_was_sent_comes_back_byte_for_byte(self, plant: Plant, client: TestClient) -> None:
        """Envelope and event are the ones that were handed in, sealed facts are not shown."""
        members = plant.members("MUN", intake("MUN-B-1"))
        receipt = post(client, json.dumps(members).encode()).json()
        found = StatementAnswer.model_validate(client.get(f"/v1/statements/{receipt['id']}").json())
        assert found.envelope.model_dump(mode="json") == members["envelope"]
        assert (found.event, found.index) == (members["event"], receipt["index"])
        assert encode_base64(read_submission(json.dumps(members).encode()).event) == found.event

    @pytest.mark.parametrize("name", ["0" * 64, "0" * 63, "0" * 65, "A" * 64, "\uff10" * 64, "x", "%00"])
    def test_an_unknown_statement_is_not_found(self, client: TestClient, name: str) -> None:
        """An id that no statement has, or none can have, gives 404."""
        answer = client.get(f"/v1/statements/{name}")
        assert (answer.status_code, answer.json()["type"]) == (404, "urn:battery-ledger:problem:not-found")
