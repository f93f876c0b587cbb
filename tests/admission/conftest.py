"""The desk at which statements are judged."""

from __future__ import annotations

import pytest

from tests.admission.desk import Desk


@pytest.fixture
def desk() -> Desk:
    """A ledger in memory with lots in every state."""
    return Desk()
