"""The verifiers that this project did not write, built once."""

import pytest

from tests.conformance.foreign import Verifier, build_go_verifier, install_node_verifier


@pytest.fixture(scope="session")
def go(tmp_path_factory: pytest.TempPathFactory) -> Verifier:
    """The program that checks with Go modules."""
    return build_go_verifier(tmp_path_factory.mktemp("go"))


@pytest.fixture(scope="session")
def node(tmp_path_factory: pytest.TempPathFactory) -> Verifier:
    """The program that checks with Node.js and @noble/post-quantum."""
    return install_node_verifier(tmp_path_factory.mktemp("node"))


@pytest.fixture(params=["go", "node"])
def verifier(request: pytest.FixtureRequest) -> Verifier:
    """Each foreign verifier in turn."""
    found: Verifier = request.getfixturevalue(request.param)
    return found
