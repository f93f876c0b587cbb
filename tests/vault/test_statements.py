"""Statements and bytes of the vault are refused and taken as on the day on which they were written."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from ledger.admission.book import MemoryBook
from schemas.parties import Genesis
from tests.vault.make import VAULT
from tests.vault.misread_bytes import answer_of
from tests.vault.reading import entries_of, lines_of, refusal_of, replayed, statement_of

REFUSED = lines_of(VAULT / "refused.jsonl")
MISREAD = lines_of(VAULT / "misread.jsonl")
KINDS = {
    "genesis", "participant", "key", "rules", "intake", "transformation", "dispatch", "acceptance", "assay",
    "correction", "hold", "release", "stock_count", "claim", "period_close", "agreement", "attestation",
}  # fmt: skip


@pytest.fixture(scope="module")
def book() -> MemoryBook:
    """The ledger of the export, at its end."""
    return replayed(VAULT / "export.zip")


def test_the_story_has_every_kind_of_event_and_every_algorithm() -> None:
    """What the vault does not hold, it cannot keep."""
    statements = [statement_of(*entry) for entry in entries_of(VAULT / "export.zip")]
    assert {statement.event.type for statement in statements} == KINDS
    assert isinstance(statements[0].event, Genesis)
    keys = {key.algorithm for statement in statements for key in statement.keys.values()}
    assert keys == {"ed25519", "ecdsa-p256", "ml-dsa-44"}


@pytest.mark.parametrize("number", range(len(REFUSED)), ids=lambda at: f"{at}-{REFUSED[at]['answer']['code']}")
def test_a_statement_is_refused_alike(book: MemoryBook, number: int) -> None:
    """By the same code, with the same figures; never by its sentence."""
    case = REFUSED[number]
    answer = refusal_of(base64.b64decode(case["entry"]), base64.b64decode(case["event"]), book)
    assert json.loads(json.dumps(answer)) == case["answer"]


@pytest.mark.parametrize("case", MISREAD, ids=lambda case: case["name"])
def test_bytes_at_the_edge_are_read_alike(case: dict[str, Any]) -> None:
    """Taken or refused, on every machine."""
    content, key = base64.b64decode(case["bytes"]), base64.b64decode(case["key"])
    assert answer_of(case["reader"], content, key) == case["answer"]
