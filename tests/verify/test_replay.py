"""The replay of a bundle folds into a book as the ledger's own: every value says which entry made it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ledger.materials.state.stamping import UPCOMING
from ledger.verify import bundle as bundle_module
from ledger.verify.replay import Replay
from tests.leaves import leaves_of
from tests.vault.make import VAULT
from tests.vault.reading import faults_of, replayed

GENESIS: str = json.loads((VAULT / "answers.json").read_bytes())["genesis"]
BUNDLES = sorted((VAULT / "bundles").iterdir())


@pytest.mark.parametrize("path", BUNDLES, ids=lambda path: path.name)
def test_nothing_in_its_book_is_without_index(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lots, runs and findings of its closure hold the indexes that they have in the whole ledger."""
    replays: list[Replay] = []

    def watched(*given: object) -> Replay:
        replays.append(Replay(*given))  # type: ignore[arg-type]
        return replays[-1]

    monkeypatch.setattr(bundle_module, "Replay", watched)
    assert faults_of(path.read_bytes(), GENESIS) == []
    (replay,) = replays
    assert not [leaf for leaf in leaves_of((replay.book, replay.book.past)) if leaf.value in (UPCOMING, UPCOMING + 1)]
    whole = replayed(VAULT / "export.zip")
    assert replay.book.parties == whole.parties
    for name, lot in replay.book.lots.items():
        assert lot.created == whole.lots[name].created
