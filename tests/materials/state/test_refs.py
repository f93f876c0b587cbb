"""Who has a ref, as it stands in a row."""

from __future__ import annotations

import pytest

from ledger.materials.state.citations import FREED
from ledger.materials.state.refs import RefUse, read_ref
from schemas.errors import LedgerStateError
from schemas.ids import StatementId


def test_a_ref_is_free_once_its_statement_did_not_occur() -> None:
    """What was said first is remembered all the same."""
    assert RefUse(FREED, "ab", "").is_free
    assert not RefUse(StatementId("5e" * 32), "ab", "ab").is_free


def test_a_row_that_is_no_use_of_a_ref_is_named() -> None:
    """A text of three characters is no row of three columns."""
    with pytest.raises(LedgerStateError):
        read_ref("abc")
