"""Version 2, known to the software from the moment that a test asks for it."""

from __future__ import annotations

import pytest

from schemas import versions
from schemas.rules.version import Rules
from tests.versions.version_2 import VERSION_2


@pytest.fixture
def version_2(monkeypatch: pytest.MonkeyPatch) -> Rules:
    """Let this software know a version 2."""
    monkeypatch.setitem(versions.KNOWN, 2, VERSION_2)
    return VERSION_2
