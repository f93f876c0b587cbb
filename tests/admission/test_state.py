"""The ledger's facts get the index from which a version of the rules holds when the entry that began it enters."""

from __future__ import annotations

import pytest

from ledger.admission.state import Facts, stamp_facts
from ledger.materials.state.stamping import UPCOMING
from schemas.ids import PartyId, StatementId
from schemas.versions import RulesHistory


@pytest.mark.parametrize("index", [1, 5])
def test_a_version_holds_from_the_entry_behind_the_one_that_begins_it(index: int) -> None:
    """Wherever that entered; the versions before it keep their entries."""
    facts = Facts(StatementId(""), "", ("", ""), RulesHistory(((0, 1), (UPCOMING + 1, 2))), ())
    assert stamp_facts(facts, index).rules.spans == ((0, 1), (index + 1, 2))


def test_facts_without_a_new_version_stay_as_they_are() -> None:
    """A new authority changes no version."""
    facts = Facts(StatementId(""), "", ("", ""), RulesHistory(((0, 1), (3, 2))), (PartyId("A"),))
    assert stamp_facts(facts, 5) is facts
