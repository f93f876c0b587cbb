"""A ledger to write to, on each kind of database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.databases import Database, database
from tests.journal.yard import Yard

__all__ = ["database"]


@pytest.fixture
def yard(database: Database, tmp_path: Path) -> Iterator[Yard]:
    """A ledger with three parties and no lots."""
    with Yard(tmp_path / "ledger", database) as yard:
        yield yard
