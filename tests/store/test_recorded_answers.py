"""The answers that were recorded on SQLite (``tests/golden``) are those of PostgreSQL too."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden.replaying import check_replay


@pytest.mark.slow
@pytest.mark.postgres
@pytest.mark.xdist_group("postgres")
@pytest.mark.parametrize("name", ["season", "demo", "random-01", "random-02", "random-07"])
def test_postgresql_gives_every_recorded_answer(name: str, tmp_path: Path) -> None:
    """The given month, the demo's, and three random seasons with every event and corrections."""
    check_replay("postgresql", name, tmp_path)
