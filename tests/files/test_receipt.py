"""A receipt as a file: one text, which names its format."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from ledger.files.formats import FORMATS
from ledger.files.receipt import Receipt
from ledger.files.report import Findings
from ledger.log.checkpoint import parse_log_keys
from ledger.log.envelopes import parse_entry, statement_id
from ledger.log.proofs import format_proof, verify_proof
from schemas.errors import MalformedError
from tests.world.memory import MemoryWorld

FORM = FORMATS.receipts.newest


@pytest.fixture
def receipt(ledger: MemoryWorld) -> Receipt:
    """The receipt of entry 9."""
    snapshot = ledger.snapshot()
    proof = format_proof(9, snapshot.path(9), snapshot.checkpoint())
    return Receipt(statement_id(parse_entry(ledger.entries[9]).payload), 9, proof)


def test_a_receipt_is_read_as_it_was_written(receipt: Receipt, ledger: MemoryWorld) -> None:
    """Its proof holds for the entry that it names."""
    raw = FORM.write(receipt)
    assert list(json.loads(raw)) == ["format", "id", "index", "proof"]
    assert raw.startswith(b'{"format":"battery-ledger-receipt/1",')
    assert FORM.read(raw) == receipt
    verify_proof(receipt.proof, ledger.entries[9], parse_log_keys(ledger.log.vkeys))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda raw: raw.replace(b"receipt/1", b"receipt/2"),
        lambda raw: raw.replace(b'"format":"battery-ledger-receipt/1",', b""),
        lambda raw: raw.replace(b'"index":9', b'"index":8'),
        lambda raw: raw.replace(b'"index":9', b'"index":"9"'),
        lambda raw: raw.replace(b'"index":9', b'"index":9,"index":9'),
        lambda raw: raw.replace(b'"index":9', b'"index":9,"more":1'),
        lambda raw: raw.replace(b'"index":9', b'"index": 9'),
        lambda raw: raw.replace(b'"id":"', b'"id":"A'),
        lambda raw: raw.replace(b"\\n", b"\\u000a", 1),
        lambda raw: raw.replace(b"tlog-proof@v1", b"tlog-proof@v2"),
        lambda raw: raw + b"\n",
        lambda raw: raw[:-1],
        lambda raw: b"[" * 100_000,
        lambda raw: b"\xff" + raw,
        lambda raw: raw + b" " * 5_000_000,
    ],
    ids=[
        "newer", "no format", "another index", "index as a text", "index twice", "one more", "spaced", "no id",
        "another escape", "another proof", "line break", "cut", "deep", "not UTF-8", "long",
    ],
)  # fmt: skip
def test_another_text_is_no_receipt(receipt: Receipt, spoil: Callable[[bytes], bytes]) -> None:
    """Another number, member, order, type or spelling is malformed."""
    with pytest.raises(MalformedError):
        FORM.read(spoil(FORM.write(receipt)))


def test_a_receipt_of_a_newer_format_is_named_so(receipt: Receipt) -> None:
    """An old reader does not guess."""
    found = Findings()
    raw = FORM.write(receipt)
    assert FORMATS.receipts.choose(raw, found) is FORM
    assert FORMATS.receipts.choose(raw.replace(b"receipt/1", b"receipt/7"), found) is None
    assert [fault.code for fault in found.faults] == ["newer-version"]
