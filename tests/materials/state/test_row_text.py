"""Row texts: compact JSON in one order, and a sentence for what the ledger did not write."""

from __future__ import annotations

import json

import pytest

from ledger.materials.state.row_text import members_of, reader_of, write_text
from schemas.errors import LedgerStateError


@pytest.mark.parametrize("value", [["MUN", 7, None, True], {"Pb": [1, 2], "Li": []}, 'ü \\ " \u2028', ("a", ("b",))])
def test_a_text_is_that_of_json_without_spaces(value: object) -> None:
    """In the order given, and with every character as itself."""
    assert write_text(value) == json.dumps(value, separators=(",", ":"), ensure_ascii=False)


@pytest.mark.parametrize("body", ["", "[", '["MUN"]', '{"MUN":7}', "7"])
def test_a_text_that_cannot_be_read_is_the_ledgers_own_error(body: str) -> None:
    """However it was damaged."""

    @reader_of
    def read(text: str) -> tuple[str, int]:
        name, count = members_of(text)
        return str(name), int(count)

    assert read('["MUN",7]') == ("MUN", 7)
    with pytest.raises(LedgerStateError):
        read(body)
