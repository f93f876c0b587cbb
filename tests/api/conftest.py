"""Ledgers to ask and clients to ask them with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from tests.api.plant import PUBLIC_URL, Plant, furnish


def open_client(plant: Plant) -> TestClient:
    """Return a client of a ledger; failures of the server come back as answers."""
    app = create_app(plant.home, public_url=PUBLIC_URL)
    return TestClient(app, raise_server_exceptions=False, follow_redirects=False)


@pytest.fixture
def plant(tmp_path: Path) -> Iterator[Plant]:
    """A ledger with parties and no lots, to write to."""
    plant = Plant(tmp_path / "ledger")
    with plant.home:
        yield plant


@pytest.fixture
def client(plant: Plant) -> Iterator[TestClient]:
    """A client of the ledger that is written to."""
    with open_client(plant) as client:
        yield client


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plant]:
    """A ledger with lots; for reading only."""
    plant = Plant(tmp_path_factory.mktemp("furnished") / "ledger")
    furnish(plant)
    with plant.home:
        yield plant


@pytest.fixture(scope="session")
def reader(furnished: Plant) -> Iterator[TestClient]:
    """A client of the ledger with lots."""
    with open_client(furnished) as client:
        yield client
