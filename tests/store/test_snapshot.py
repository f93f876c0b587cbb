"""Reading: one tree size for all answers, text in the order of its bytes, both databases alike."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Connection

from ledger.admission.state import STATE
from ledger.journal.answers import Taken
from ledger.log.merkle import leaf_hash, verify_inclusion
from ledger.log.tiles import ENTRIES, TileId
from ledger.materials.state.credit_months import SiteMonth
from ledger.materials.state.kind import Kind
from ledger.store.queries import CHUNK, streamed, values_of
from ledger.store.store import Store
from ledger.store.tables import table_of
from ledger.store.writes import upsert_values
from schemas.documents import Citation
from schemas.errors import LedgerStateError, NotFoundError
from schemas.ids import LotId, PartyId
from tests.databases import Database
from tests.world.events import intake, intakes
from tests.world.furnished import furnish
from tests.world.opened import OpenWorld
from tests.world.parties import AUTHORITY

TEXTS = Kind[str, str]("run", str, str)
"""Rows of plain texts, in the table of runs."""


def test_a_snapshot_does_not_see_what_is_written_after_it(yard: OpenWorld) -> None:
    """Size, lots, entries, heads and checkpoint stay those of its beginning, whoever writes meanwhile."""
    yard.say("MUN", intake("MUN-B-1"))
    with yard.home.store.reading() as snapshot:
        size, note, heads = snapshot.size, snapshot.checkpoint(), snapshot.heads_of(PartyId("MUN"))
        taken = yard.say("MUN", intake("MUN-B-2"))
        assert (snapshot.size, snapshot.checkpoint(), snapshot.heads_of(PartyId("MUN"))) == (size, note, heads)
        assert [lot.id for lot in snapshot.lots.all()] == ["MUN-B-1"]
        assert (snapshot.lots.get(LotId("MUN-B-2")), snapshot.index_of(taken.id)) == (None, None)
        assert [index for index, _, _ in snapshot.entries(0, size + 9)] == list(range(size))
        assert snapshot.root_at(size) == snapshot.root_at(snapshot.size)
        with pytest.raises(NotFoundError):
            snapshot.path(size)
    with yard.home.store.reading() as later:
        assert (later.size, later.index_of(taken.id)) == (size + 1, size)


@pytest.mark.slow
def test_a_stream_that_is_half_read_stays_at_its_size(yard: OpenWorld) -> None:
    """Rows are not all held; what is written while they come is not among them, and other queries go on beside."""
    yard.submit(yard.line_up("MUN", *intakes("MUN", 1000, 300)))
    with yard.home.store.reading() as snapshot:
        stream = snapshot.entries(0, snapshot.size)
        first = next(stream)
        yard.say("TEX", intake("TEX-B-1"))
        assert snapshot.lots.get(LotId("MUN-B-1000")) is not None
        rest = [index for index, _, _ in stream]
        assert [first[0], *rest] == list(range(snapshot.size))


def test_streaming_leaves_the_connection_as_it_was(database: Database) -> None:
    """A stream inside a writing transaction does not turn later writes into cursors."""
    store = Store.open(database.url)
    with store.writing() as writer:
        upsert_values(writer.connection, TEXTS, {"A": "1"})
        assert [row.id for row in streamed(writer.connection, table_of(TEXTS).select())] == ["A"]
        upsert_values(writer.connection, TEXTS, {"A": "2", "B": "3"})
        assert "stream_results" not in writer.connection.get_execution_options()
    store.close()
    assert database.table("run") == [("A", "2"), ("B", "3")]


NAMES = ["A", "A-1", "A.1", "AB", "B", "Z", "_", "a", "a-1", "ab", "é", "\uffee", "\U0001f600"]


def test_text_is_ordered_and_compared_by_bytes(database: Database) -> None:
    """Capitals before small letters, hyphens before letters, no language's rules, on both databases."""
    store = Store.open(database.url)
    with store.writing() as writer:
        upsert_values(writer.connection, TEXTS, dict.fromkeys(reversed(NAMES), "[]"))
    store.close()
    assert sorted(NAMES, key=str.encode) == NAMES
    assert [row[0] for row in database.rows("SELECT id FROM run ORDER BY id")] == NAMES
    assert [row[0] for row in database.rows("SELECT id FROM run WHERE id > 'Z' ORDER BY id")] == NAMES[6:]


def test_every_text_that_is_ordered_has_the_bytewise_collation(database: Database) -> None:
    """PostgreSQL would else order by the language of the system: each key and time column says C."""
    if database.is_sqlite:
        pytest.skip("SQLite orders by bytes by default")
    Store.open(database.url).close()
    query = (
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public' "
        "AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'"
    )
    plain = set(database.rows(query))
    assert {column for _, column in plain} == {"body", "facts", "text"}


def test_pages_of_lots_follow_each_other_without_gap(yard: OpenWorld) -> None:
    """Each page begins behind the last id of the one before, in the order of bytes."""
    furnish(yard)
    with yard.home.store.reading() as snapshot:
        everything = [lot.id for lot in snapshot.lots.all()]
        pages: list[str] = []
        while page := snapshot.page_of_lots(pages[-1] if pages else None, 2):
            assert len(page) <= 2
            pages += [lot.id for lot in page]
    assert pages == everything == sorted(everything)


def test_names_that_do_not_exist_are_absent_or_named(yard: OpenWorld) -> None:
    """Look-ups answer None or nothing; what must exist is refused by name."""
    with yard.home.store.reading() as snapshot:
        month = SiteMonth(PartyId("X"), "2026-01")
        others = {"citations": Citation("X", "", "", "", ""), "accounts": month, "withdrawn": month}
        for kind in STATE:
            values = snapshot.open_kind(kind)
            key = others.get(kind.name, "X")
            assert (values.get(key), values.many([key])) == (None, {})
        assert (snapshot.heads_of(PartyId("X")), snapshot.findings(LotId("X")), snapshot.mentions([LotId("X")])) == (
            {},
            [],
            [],
        )
        for ask in (snapshot.entry, snapshot.event, snapshot.statement_id, snapshot.path):
            with pytest.raises(NotFoundError) as caught:
                ask(snapshot.size)
            assert (caught.value.kind, caught.value.name) == ("entry", str(snapshot.size))


def test_a_database_without_a_ledger_is_empty(database: Database) -> None:
    """Before the genesis there is no size, no facts, no checkpoint, and no tile."""
    store = Store.open(database.url)
    with store.reading() as snapshot:
        assert (snapshot.size, snapshot.time, snapshot.facts, snapshot.checkpoint()) == (0, None, None, b"")
        with pytest.raises(NotFoundError):
            snapshot.tile(TileId(0, 0, 1))
    store.close()


@pytest.mark.slow
def test_every_entry_is_proved_at_every_kind_of_edge(yard: OpenWorld) -> None:
    """One below, at and above a full tile: each inclusion path leads to the root of that size."""
    first = yard.size
    statements = yard.line_up("MUN", *intakes("MUN", 1, 258 - first))
    for stop in (255 - first, 256 - first, 257 - first):
        yard.submit(statements[:stop] if stop == 255 - first else statements[stop - 1 : stop])
        with yard.home.store.reading() as snapshot:
            root = snapshot.root_at(snapshot.size)
            for index in (0, 1, 127, 128, 254, snapshot.size - 1):
                verify_inclusion(leaf_hash(snapshot.entry(index)), index, snapshot.size, snapshot.path(index), root)
            assert len(snapshot.tile(TileId(0, 0, 200))) == 6400
            for absent in (TileId(0, 0, 0), TileId(0, 1, 2), TileId(1, 0, 2), TileId(8, 0, 1), TileId(ENTRIES, 2, 1)):
                with pytest.raises(NotFoundError):
                    snapshot.tile(absent)


def test_a_transaction_that_fails_leaves_nothing(database: Database) -> None:
    """An error inside a writing transaction rolls all of it back, and the next one works."""
    store = Store.open(database.url)

    def write_and(fail: Callable[[Connection], object]) -> None:
        with store.writing() as writer:
            upsert_values(writer.connection, TEXTS, {"A": "1"})
            fail(writer.connection)

    with pytest.raises(ZeroDivisionError):
        write_and(lambda _: 1 / 0)
    with pytest.raises(LedgerStateError, match="expected the database to answer"):
        write_and(lambda connection: connection.exec_driver_sql("SELECT * FROM nothing"))
    assert database.table("run") == []
    with store.writing() as writer:
        upsert_values(writer.connection, TEXTS, {"A": "1"})
    store.close()
    assert database.table("run") == [("A", "1")]


def test_rows_are_found_by_name_whatever_the_names_hold(database: Database) -> None:
    """Quotes, brackets, commas, other scripts and more names than one query takes; what is not there stays absent."""
    odd = ['"', "'", "a,b", '["a"]', "\\", "{}", "%", "NULL", "", "Ä", "鉛", "\U0001f50b"]
    names = [*odd, *(f"n{number}" for number in range(CHUNK + 1))]
    store = Store.open(database.url)
    with store.writing() as writer:
        upsert_values(writer.connection, TEXTS, {name: f"of {name}" for name in names})
        found = values_of(writer.connection, TEXTS, [*names, "a", "b", "ä", "null"])
        assert found == {name: f"of {name}" for name in names}
        assert values_of(writer.connection, TEXTS, []) == {}
    store.close()


def test_a_month_is_held_by_all_lots_that_its_site_named(yard: OpenWorld) -> None:
    """Those that were entered in the same batch too, and none of another site."""
    hold: dict[str, object] = {"type": "hold", "reason": "the month is audited", "site": "MUN", "month": "2026-01"}
    for lot in ("MUN-B-1", "MUN-B-2", "TEX-B-1"):
        yard.say(lot[:3], intake(lot))
    assert yard.refuse(yard.sign(AUTHORITY, {**hold, "lots": ["MUN-B-1"]})).code == "hold-differs"
    whole = {**hold, "lots": ["MUN-B-1", "MUN-B-2"]}
    answers = yard.submit([*yard.line_up("MUN", intake("MUN-B-3")), yard.sign(AUTHORITY, whole)])
    assert [isinstance(answer, Taken) for answer in answers] == [True, False]
    yard.say(AUTHORITY, {**hold, "lots": ["MUN-B-1", "MUN-B-2", "MUN-B-3"]})
