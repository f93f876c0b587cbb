"""One furnished ledger and its files, made once: no test that asks for these changes them."""

from __future__ import annotations

import pytest

from tests.verify import plant
from tests.world.memory import MemoryWorld


@pytest.fixture(scope="session")
def honest() -> MemoryWorld:
    """A ledger to read from only."""
    return plant.furnished()


@pytest.fixture
def ledger() -> MemoryWorld:
    """A ledger of the test's own."""
    return plant.furnished()


@pytest.fixture(scope="session")
def bundle(honest: MemoryWorld) -> bytes:
    """The bundle of ``MUN-L-1`` with one fact shown."""
    return plant.bundle_of(honest, shown=((4, plant.FACT),))


@pytest.fixture(scope="session")
def export(honest: MemoryWorld, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The export of the whole ledger."""
    return plant.export_of(honest, tmp_path_factory.mktemp("export"))
