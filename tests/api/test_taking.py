"""Bodies that nobody should send: each is refused as malformed, none leaves a trace."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from ledger.submission import write_submission
from tests.api.conftest import open_client
from tests.api.plant import Plant, intake

RANDOM = random.Random(1)


def envelope(**changes: Any) -> dict[str, Any]:
    """Return an envelope that is well-formed but for the changes."""
    good = {
        "payloadType": "application/vnd.battery-ledger.statement.v1+json",
        "payload": "e30=",
        "signatures": [{"keyid": "0" * 64, "sig": "AAAA"}],
    }
    return good | changes


def body(**changes: Any) -> bytes:
    """Return a body that is well-formed but for the changes."""
    return json.dumps({"envelope": envelope(), "event": "e30="} | changes).encode()


BODIES = {
    "nothing": b"",
    "random bytes": RANDOM.randbytes(1000),
    "random text": bytes(RANDOM.choices(range(32, 127), k=1000)),
    "not UTF-8": b'{"envelope":"\xff"}',
    "a byte order mark": b"\xef\xbb\xbf" + body(),
    "half of a body": body()[:40],
    "two bodies": body() + body(),
    "an array": b"[]",
    "a text": b'"x"',
    "null": b"null",
    "no member": b"{}",
    "no event": json.dumps({"envelope": envelope()}).encode(),
    "an unknown member": body(extra="x"),
    "a member twice": b'{"event":"e30=",' + body()[1:],
    "a nested member twice": body().replace(b'"payload":', b'"payload":"e30=","payload":'),
    "a float": body(event=1.5),
    "an exponent": body().replace(b'"e30="', b"1e3"),
    "NaN": body(event=float("nan")),
    "infinity": body(event=float("inf")),
    "a huge number": body().replace(b'"e30="', b"9" * 5000),
    "a negative number": body(event=-1),
    "a number for a text": body(event=1),
    "null for a text": body(event=None),
    "an array for an object": body(envelope=[]),
    "an object for an array": body(envelope=envelope(signatures={})),
    "a text for an array": body(disclosures="x"),
    "a number among disclosures": body(disclosures=[1]),
    "too many disclosures": body(disclosures=["x"] * 33),
    "no signature": body(envelope=envelope(signatures=[])),
    "too many signatures": body(
        envelope=envelope(signatures=[{"keyid": f"{n:064d}", "sig": "AAAA"} for n in range(9)])
    ),
    "a keyid twice": body(envelope=envelope(signatures=[{"keyid": "0" * 64, "sig": "AAAA"}] * 2)),
    "full-width digits": body(envelope=envelope(signatures=[{"keyid": "\uff10" * 64, "sig": "AAAA"}])),
    "upper-case hex": body(envelope=envelope(signatures=[{"keyid": "A" * 64, "sig": "AAAA"}])),
    "another payload type": body(envelope=envelope(payloadType="application/json")),
    "base64 without padding": body(event="e30"),
    "base64 with stray bits": body(event="e31="),
    "base64url": body(event="-_-_"),
    "base64 with a line break": body(event="e30=\n"),
    "base64 in full-width letters": body(event="\uff45\uff13\uff10\uff1d"),
    "a control character": body(event="e3\u00070="),
    "a raw control character": body().replace(b"e30=", b"e3\x000="),
    "a format character": body(event="e30=\u200b"),
    "a lone surrogate": body().replace(b"e30=", b"\\ud800"),
    "a lone surrogate as a name": b'{"\\ud800":1,"\\ud800":2}',
    "deep arrays": b"[" * 200_000 + b"]" * 200_000,
    "deep objects": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "nine levels": body(event=[[[[[[[[[0]]]]]]]]]),
    "a long array": body(event=[0] * 10_001),
    "an event above the limit": body(event="AAAA" * 340_000),
    "two megabytes": body(event="A" * 2_000_000),
    "a payload above the limit": body(envelope=envelope(payload="AAAA" * 400)),
}


@pytest.fixture(scope="module")
def plant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plant]:
    """One ledger for all bodies, since none should leave a trace."""
    plant = Plant(tmp_path_factory.mktemp("malformed") / "ledger")
    with plant.home:
        yield plant


@pytest.fixture(scope="module")
def client(plant: Plant) -> Iterator[TestClient]:
    """A client of that ledger."""
    with open_client(plant) as client:
        yield client


@pytest.mark.parametrize("name", BODIES)
def test_a_malformed_body_is_refused_without_a_trace(plant: Plant, client: TestClient, name: str) -> None:
    """Each gives 422 as a problem document that shows no code of the server, and stores nothing."""
    size = plant.size
    answer = client.post("/v1/statements", content=BODIES[name], headers={"content-type": "application/json"})
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert answer.json()["type"] == "urn:battery-ledger:problem:malformed"
    assert [finding["code"] for finding in answer.json()["findings"]] == ["malformed"]
    assert "Traceback" not in answer.text
    assert ".py" not in answer.text
    assert plant.size == size


@pytest.mark.parametrize("name", [name for name in BODIES if name != "nothing"])
def test_a_malformed_line_is_refused_alike(plant: Plant, client: TestClient, name: str) -> None:
    """The same bodies as a line (line breaks taken out) are refused, and the line behind is taken."""
    line = BODIES[name].replace(b"\n", b" ")
    good = plant.sign("MUN", intake(f"MUN-B-{plant.size}"))
    content = line + b"\n" + write_submission(good)
    answer = client.post("/v1/statements", content=content, headers={"content-type": "application/x-ndjson"})
    first, second = [json.loads(text) for text in answer.text.splitlines()]
    assert (first["status"], first["code"], second["status"]) == (422, "malformed", 201)
    plant.follow(good)


def test_fifty_megabytes_are_refused_without_being_kept(plant: Plant, client: TestClient) -> None:
    """A body of 50 MB is read to its end, so that the answer arrives, and refused as malformed."""
    size = plant.size

    def parts() -> Iterator[bytes]:
        yield b'{"envelope":"'
        for _ in range(50):
            yield b"A" * 1_000_000

    for content in (parts(), b"[" * 50_000_000):
        answer = client.post("/v1/statements", content=content, headers={"content-type": "application/json"})
        assert (answer.status_code, answer.json()["code"]) == (422, "malformed")
    assert plant.size == size


def test_random_bodies_never_break_the_server(plant: Plant, client: TestClient) -> None:
    """Mutations of a good body give 409 or 422, never a failure."""
    good = plant.body("TEX", intake("MUN-B-X"))
    size = plant.size
    for _ in range(300):
        raw = bytearray(good)
        for _ in range(RANDOM.randint(1, 4)):
            raw[RANDOM.randrange(len(raw))] = RANDOM.randrange(256)
        answer = client.post("/v1/statements", content=bytes(raw), headers={"content-type": "application/json"})
        assert answer.status_code in {409, 422}, bytes(raw)
    assert plant.size == size
