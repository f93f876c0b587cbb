"""What was moved though a correction left too little of it, worked out by hand."""

from __future__ import annotations

from ledger.materials.moves.shortfall import add_shortfall, refill
from ledger.materials.state.book import Effects, Speaker
from ledger.materials.state.pool import Stated
from schemas.codes import Metal
from schemas.ids import PartyId, StatementId
from schemas.versions import VERSION_1
from tests.materials.yard import Yard
from tests.world.events import AT

STATED = Stated(10, {"Pb": 7, "Li": 0})
STATEMENT = StatementId("f" * 64)


def test_what_a_taking_lacks_is_in_the_proportions_of_the_first_statement() -> None:
    """Of 10 mg 7 were lead: 3 mg lack 7*3//10 = 2, and once more 2; of a lot that nobody stated nothing is known."""
    total: dict[Metal, int] = {}
    add_shortfall(total, 3, STATED)
    add_shortfall(total, 3, STATED)
    add_shortfall(total, 3, None)
    assert total == {"Pb": 4}


def test_a_shipment_of_an_emptied_lot_is_supplied_from_nowhere() -> None:
    """All that was sent is there again, of unknown origin; it is posted, found, and the lot names the statement."""
    yard, effects = Yard(), Effects()
    yard.intake("MUN-B-1", 10, {"Pb": 7})
    lot = yard.lot("MUN-B-1")._replace(net=0, mix={})
    party = yard.parties[PartyId("MUN")]
    filled = refill(lot, STATED, Speaker(party, AT, 7, STATEMENT, VERSION_1), effects)
    assert (filled.net, content(filled.mix["Pb"]), filled.refill) == (10, 7, STATEMENT)
    assert filled.shortfalls == (STATEMENT,)
    (row,) = effects.postings
    assert (row.kind, row.net, row.mix, row.index) == ("shortfall", 10, filled.mix, 7)
    (finding,) = effects.findings
    assert (finding.code, finding.severity, dict(finding.figures)) == ("shortfall", "high", {"sent_mg": 10})


def content(split: tuple[int, ...]) -> int:
    """Return the milligrams of unknown origin, which is all there is."""
    assert sum(split[:-1]) == 0
    return split[-1]
