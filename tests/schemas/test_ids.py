"""An id is given only where that kind of id is meant: the type checker holds it.

Each line that is marked would be an unused mark, and so an error of the type checker, if the ids were one type.
"""

from __future__ import annotations

from ledger.admission.book import MemoryBook
from ledger.materials.events.kind import no_supply
from ledger.materials.state.memory_book import MaterialMemory
from ledger.materials.state.records import Made
from schemas.ids import AgreementId, KeyId, LotId, PartyId, RunId, ShipmentId, StatementId


def test_an_id_of_one_kind_stands_for_no_other() -> None:
    """A lot is not looked up by a run, nor made, supplied or sent by a text of which nobody knows what it names."""
    book, lot, run, shipment = MaterialMemory(), LotId("MUN-L-1"), RunId("MUN-R-1"), ShipmentId("MUN-H-1")
    registered = MemoryBook()
    assert book.lots.get(lot) is None
    assert book.lots.many([run]) == {}  # type: ignore[list-item]
    assert book.runs.many([lot]) == {}  # type: ignore[list-item]
    assert book.shipments.many([lot]) == {}  # type: ignore[list-item]
    assert book.lots.many([shipment]) == {}  # type: ignore[list-item]
    assert book.lots.many(["MUN-L-1"]) == {}  # type: ignore[list-item]
    assert book.agreements.many([lot]) == {}  # type: ignore[list-item]
    assert registered.keys.many([lot]) == {}  # type: ignore[list-item]
    assert book.agreements.get(AgreementId("MUN-A-1")) is None
    assert registered.keys.get(KeyId("5e" * 32)) is None
    assert book.standing.get(lot) is None  # type: ignore[call-overload]
    assert book.attested.get(KeyId("5e" * 32)) is None  # type: ignore[call-overload]
    assert book.history.logged_of(StatementId("5e" * 32)) is None
    assert book.history.logged_of("5e" * 32) is None  # type: ignore[arg-type]
    assert registered.chain_count(PartyId("MUN")) == 0
    assert registered.chain_count(lot) == 0  # type: ignore[arg-type]
    assert book.parties.many([lot]) == {}  # type: ignore[list-item]
    assert book.open_lots("MUN") == []  # type: ignore[arg-type]
    no_supply(run)  # type: ignore[arg-type]
    assert Made(run, 1, {}).net == 1  # type: ignore[arg-type]


def test_an_id_is_a_text_when_the_program_runs() -> None:
    """Nothing is wrapped: rows, answers and comparisons are as with texts."""
    assert type(LotId("MUN-L-1")) is str
