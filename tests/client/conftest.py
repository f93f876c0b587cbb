"""A plant's computer with two parks enrolled."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.client.station import Station, party


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    """MUN and TEX have keys here; three entries are in the ledger."""
    with Station(tmp_path / "ledger") as station:
        assert station.enrol(party("MUN"), party("TEX")) == {"accepted": 2, "duplicates": 0, "refused": []}
        yield station
