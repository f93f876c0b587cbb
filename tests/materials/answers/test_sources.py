"""Sources: the text by which an answer names each."""

from __future__ import annotations

from ledger.materials.answers.sources import MINOR, addition, batch, gain, shortfall
from schemas.ids import LotId, RunId, StatementId


def test_every_source_has_a_name_of_its_own() -> None:
    """A batch by its lot, the others with what they are in front."""
    sources = [
        batch(LotId("MUN-B-1")),
        addition(RunId("MUN-R-1"), 0),
        addition(RunId("MUN-R-1"), 1),
        gain(RunId("MUN-R-1")),
        shortfall(StatementId("ab")),
        MINOR,
    ]
    assert [source.text for source in sources] == [
        "MUN-B-1", "addition:MUN-R-1:0", "addition:MUN-R-1:1", "gain:MUN-R-1", "shortfall:ab", "minor",
    ]  # fmt: skip
    assert len(set(sources)) == len(sources)
