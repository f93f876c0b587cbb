"""A furnished ledger of a test's own."""

from __future__ import annotations

import pytest

from tests.simulator import LedgerSimulator
from tests.verify import plant


@pytest.fixture
def ledger() -> LedgerSimulator:
    """A ledger of 17 entries."""
    return plant.furnished()
