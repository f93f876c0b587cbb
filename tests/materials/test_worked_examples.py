"""The examples in the docstrings of the arithmetic are what the code gives."""

from __future__ import annotations

import doctest
from types import ModuleType

import pytest

from ledger.materials.answers import provenance
from ledger.materials.mass import apportioning, mix
from ledger.materials.moves import taking


@pytest.mark.parametrize("module", [apportioning, mix, taking, provenance], ids=lambda module: module.__name__)
def test_examples_in_docstrings_hold(module: ModuleType) -> None:
    """Each module has examples, and each of them holds."""
    result = doctest.testmod(module)
    assert (result.failed, result.attempted > 0) == (0, True)
