"""One list of state: memory, effects, caches, tables and the order of dropping follow from it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

import pytest
from sqlalchemy import MetaData
from sqlmodel import SQLModel

from ledger.admission.book import MemoryBook, Registrations
from ledger.admission.judge import Accepted
from ledger.admission.state import LOGS, STATE, LedgerLogs, LedgerState
from ledger.admission.statements import read_statement
from ledger.materials.state.book import Effects
from ledger.materials.state.kind import Asking, Kind, kinds_of
from ledger.materials.state.kinds import MaterialLogs, MaterialState
from ledger.materials.state.layout import Column, Layout, key
from ledger.materials.state.log import Log, logs_of
from ledger.materials.state.records import Posting
from ledger.materials.state.row_text import members_of, reader_of
from ledger.materials.state.stamping import UPCOMING
from ledger.store import tables
from ledger.store.book import StoreBook
from ledger.store.cache import CachedTable
from ledger.store.store import Store
from schemas.events import parse_event
from schemas.ids import AgreementId, KeyId, PartyId, StatementId
from schemas.versions import VERSION_1
from tests.databases import Database
from tests.world.events import intake
from tests.world.opened import OpenWorld

NAMES = {
    "parties", "lots", "runs", "shipments", "citations", "files", "agreements", "attested", "standing", "periods",
    "accounts", "keys", "heads", "refs", "withdrawn", "stock",
}  # fmt: skip


def test_the_list_has_each_kind_once() -> None:
    """No two kinds share a name or a table, and each has the name under which it is kept."""
    assert [kind.name for kind in STATE] == list(dict.fromkeys(kind.name for kind in STATE))
    assert {kind.name for kind in STATE} == NAMES
    assert len({kind.table for kind in STATE}) == len(STATE)
    assert kinds_of(MaterialState) == STATE[:-2]


@pytest.mark.parametrize("kind", STATE, ids=lambda kind: kind.name)
def test_every_kind_is_wherever_state_is_kept(kind: Kind[Any, Any]) -> None:
    """In effects and in memory by name and value, behind a cache, in a table, and among what is dropped."""
    effects, memory, cached = Registrations(), MemoryBook(), StoreBook()
    getattr(effects, kind.name)["key"] = "value"
    memory.let_in(effects, 7)
    assert getattr(memory, kind.name).get("key") == "value"
    assert isinstance(getattr(cached, kind.name), CachedTable)
    assert cached.open_kind(kind) in cached._tables()
    assert kind.table in SQLModel.metadata.tables
    assert tables.PROJECTIONS.count(kind.table) == 1


def test_the_list_has_each_log_once() -> None:
    """No name or table is that of another log, or of a kind; what was projected is all that the list has."""
    assert [log.name for log in LOGS] == [
        "postings", "findings", "custodies", "mentions", "names", "products", "party_entries",
    ]  # fmt: skip
    assert logs_of(MaterialLogs) == LOGS[:-1]
    named = [layout.table for log in LOGS for layout in log.layouts]
    named += [layout.table for kind in STATE for layout in kind.layouts]
    assert list(dict.fromkeys(named)) == named == list(tables.PROJECTIONS)
    assert named[:9] == [
        "posting", "posting_sum", "finding_lot", "finding", "site_custody", "mention", "cited_name", "product",
        "party_entry",
    ]  # fmt: skip


def test_effects_enter_with_the_stamp_of_a_log() -> None:
    """What is added takes the index of its entry, and what was judged stays as it is."""
    effects = Effects()
    posting = Posting(PartyId("MUN"), "receipt", "MUN-B-1", "lead_bullion", 1, 1, {}, UPCOMING, StatementId("ab"))
    effects.postings.append(posting)
    assert effects.entered_at(7).postings == [posting._replace(index=7)]
    assert effects.postings == [posting]
    assert effects.additions() == [("postings", [posting])]


def test_what_was_not_looked_at_is_not_entered() -> None:
    """Effects know what they change: nothing at first, then what was written to."""
    effects = Effects()
    assert effects.changes() == []
    effects.agreements[AgreementId("A")] = "terms"  # type: ignore[assignment]
    assert effects.changes() == [("agreements", {"A": "terms"})]


class Weather(NamedTuple):
    """A kind of state that the ledger does not have."""

    site: str
    rain: int


@reader_of
def read_weather(body: str) -> Weather:
    """Return the weather of a row text."""
    return Weather(*members_of(body))


class Wetter(LedgerState):
    """The list of state with one kind more."""

    weather = Kind[str, Weather]("weather", read_weather, asked=lambda asking: (asking.issuer,))


def rows_of_showers(index: int, showers: Sequence[Weather]) -> list[dict[str, Any]]:
    """Return the rows of showers."""
    return [{"site": shower.site, "index": index, "rain": shower.rain} for shower in showers]


class WetterLogs(LedgerLogs):
    """The list of logs with one more."""

    showers = Log[Weather](
        Layout("shower", (key("site"), key("index", "number"), Column("rain", "number"))), rows=rows_of_showers
    )


class WetEffects(Effects, Wetter, WetterLogs):
    """Effects with it."""


class WetMemory(MemoryBook, Wetter):
    """A book in memory with it."""


class WetStoreBook(StoreBook, Wetter):
    """A book over tables with it."""

    list_of_logs = WetterLogs


@pytest.fixture
def weather_table(monkeypatch: pytest.MonkeyPatch, database: Database) -> None:
    """The tables that a migration would make."""
    Store.open(database.url).close()
    database.run("CREATE TABLE weather (id TEXT PRIMARY KEY, body TEXT NOT NULL)")
    database.run('CREATE TABLE shower (site TEXT, "index" BIGINT, rain BIGINT NOT NULL, PRIMARY KEY (site, "index"))')
    for layout in (*Wetter.weather.layouts, *WetterLogs.showers.layouts):
        monkeypatch.setitem(tables._TABLES, layout.table, tables.define(layout, MetaData()))


@pytest.mark.usefixtures("weather_table")
def test_a_new_kind_needs_no_more_than_its_line_and_its_value(yard: OpenWorld, database: Database) -> None:
    """One more kind, and one more log, enters, is found in its batch, is written, read ahead and read again."""
    submission = yard.line_up("MUN", intake("MUN-B-1"))[0]
    statement = read_statement(submission.envelope, submission.event, VERSION_1)
    effects = WetEffects()
    effects.weather["MUN"] = Weather("MUN", 7)
    effects.showers.append(Weather("MUN", 3))
    memory = WetMemory()
    memory.apply(effects, 0)
    assert memory.logged["showers"] == [Weather("MUN", 3)]
    assert memory.weather.get("MUN") == Weather("MUN", 7)
    assert list(memory.weather.by_key()) == [("MUN", Weather("MUN", 7))]
    with yard.home.store.writing() as writer:
        book = WetStoreBook()
        book.begin(writer.connection)
        assert book.weather.get("MUN") is None
        index = book.enter(Accepted(statement, effects)).index
        assert book.weather.get("MUN") == Weather("MUN", 7)
        book.flush()
        book.settle()
    assert database.table("weather") == [("MUN", '["MUN",7]')]
    assert database.table("shower") == [("MUN", index, 3)]
    with yard.home.store.writing() as writer:
        book = WetStoreBook()
        book.begin(writer.connection)
        book.prefetch([statement])
        assert book.weather.get("MUN") == Weather("MUN", 7)
        assert book.weather.many(["MUN", "TEX"]) == {"MUN": Weather("MUN", 7)}


def test_what_a_batch_asks_for_is_said_by_the_list() -> None:
    """A statement is read ahead by its issuer, its lots, its keys, and for a batch by the months around it."""
    event = parse_event(json.dumps({"nonce": "0" * 32, **intake("MUN-B-1")}).encode(), PartyId("MUN"), VERSION_1)
    asking = Asking(PartyId("MUN"), "2026-01-05T06:12:00Z", event, (KeyId("k"),))
    asked = {kind.name: list(kind.asked(asking)) for kind in STATE if kind.asked is not None}
    assert {name: keys for name, keys in asked.items() if keys} == {
        "parties": ["MUN"], "periods": ["MUN"], "stock": ["MUN"], "lots": ["MUN-B-1"], "keys": ["k"],
        "withdrawn": [("MUN", "2025-12"), ("MUN", "2026-01")],
    }  # fmt: skip
