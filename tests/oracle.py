"""The oracle: the whole ledger verified anew, to be asked after every write of a test.

Hashes, links, tiles and the root are computed here from the raw rows with nothing but
``hashlib``; lots, parties and findings come from folding the entries once more in memory.
What it shares with the write path are the judge and the signatures, which have their own tests.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, NullPool, create_engine, text

from ledger.admission.book import MemoryBook
from ledger.admission.judge import Accepted, admit, enter, read_next
from ledger.home.opening import Home
from ledger.log.checkpoint import LogKeys, SignedCheckpoint, open_checkpoint, parse_log_keys
from ledger.log.envelopes import parse_entry
from ledger.log.tiles import TileId
from ledger.materials.state.credit_months import write_site_month
from ledger.materials.state.records import Lot, Made, Run, Taken
from schemas.instants import format_time
from tests.said_of_lots import all_lots_of, products_of

TYPE = b"application/vnd.battery-ledger.statement.v1+json"
PARTY_EVENTS = {"genesis", "participant", "key", "rules"}


@dataclass
class Ledger:
    """What was read from the database, and what was computed from it."""

    entries: list[bytes] = field(default_factory=list)
    events: list[bytes] = field(default_factory=list)
    leaves: list[bytes] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    heads: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    mentions: set[tuple[str, int]] = field(default_factory=set)
    products: set[tuple[str, int, int, str, int]] = field(default_factory=set)
    party_entries: list[int] = field(default_factory=list)
    sealed: dict[str, list[str]] = field(default_factory=dict)
    roots: dict[int, bytes] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return len(self.entries)

    def root(self, size: int) -> bytes:
        """Return the root at a size (RFC 6962, section 2.1)."""
        if size not in self.roots:
            self.roots[size] = _root(self.leaves[:size])
        return self.roots[size]


def check_ledger(home: Home, *, is_published: bool = True) -> int:
    """Verify a ledger from its rows; return its size. Nobody may write meanwhile.

    ``is_published`` says that the published checkpoints are the newest one; else, after a
    write that failed half-way, they may be behind, but never beside.
    """
    engine = create_engine(home.folder.database, poolclass=NullPool)
    with closing(engine.connect()) as connection:
        ledger = _read_entries(connection)
        _check_links(ledger, connection)
        newest = _check_checkpoints(ledger, connection, home, is_published=is_published)
        _check_projections(ledger, connection, newest)
        _check_tiles(ledger, connection, home)
        _check_disclosures(ledger, connection)
    return ledger.size


def _read_entries(connection: Connection) -> Ledger:
    ledger = Ledger()
    for name, bodies in (("entry", ledger.entries), ("event", ledger.events)):
        rows = _rows(connection, f'SELECT "index", body FROM {name} ORDER BY "index"')
        assert [row[0] for row in rows] == list(range(len(rows))), f"{name}: the indexes have a gap"
        bodies.extend(bytes(row[1]) for row in rows)
    assert len(ledger.entries) == len(ledger.events)
    ledger.leaves = [sha256(b"\0" + entry).digest() for entry in ledger.entries]
    return ledger


def _check_links(ledger: Ledger, connection: Connection) -> None:
    """Every statement names itself, its event and its place in an unbroken chain."""
    registrations: dict[str, str] = {}
    said: dict[str, set[str]] = {}
    columns = _rows(connection, 'SELECT statement_id, issuer, chain, sequence FROM entry ORDER BY "index"')
    for index, (entry, raw) in enumerate(zip(ledger.entries, ledger.events, strict=True)):
        payload = base64.b64decode(json.loads(entry)["payload"], validate=True)
        header, event = json.loads(payload), json.loads(raw)
        name = sha256(b"DSSEv1 %d %b %d %b" % (len(TYPE), TYPE, len(payload), payload)).hexdigest()
        chain = header["issuer"], header["chain"]
        if index == 0:
            assert (header["sequence"], header["previous"]) == (1, "0" * 64)
        else:
            last = ledger.heads.get(chain, (0, registrations[header["issuer"]]))
            assert (header["sequence"] - 1, header["previous"]) == last, f"entry {index} breaks its chain"
        assert header["event"] == sha256(raw).hexdigest(), f"entry {index} has another event"
        assert columns[index] == (name, *chain, header["sequence"]), f"the columns of entry {index}"
        ledger.heads[chain] = header["sequence"], name
        ledger.ids.append(name)
        ledger.sealed[name] = event.get("sealed", [])
        if event["type"] == "genesis":
            registrations[event["authority"]["id"]] = name
        elif event["type"] == "participant":
            registrations.setdefault(event["id"], name)
        if event["type"] in PARTY_EVENTS:
            ledger.party_entries.append(index)
        lots = said[name] = all_lots_of(event, said)
        ledger.mentions.update((lot, index) for lot in lots)
        ledger.products.update(products_of(event, index))
    assert len(set(ledger.ids)) == ledger.size


def _check_checkpoints(ledger: Ledger, connection: Connection, home: Home, *, is_published: bool) -> SignedCheckpoint:
    """Every checkpoint verifies under the log's keys and covers a prefix of these entries."""
    genesis = json.loads(ledger.events[0])
    keys = parse_log_keys(genesis["log_keys"])
    ((size, time, note, facts),) = _rows(connection, "SELECT size, time, note, facts FROM latest")
    newest = _check_note(ledger, bytes(note), keys)
    assert (newest.checkpoint.size, format_time(newest.time_s)) == (size, time)
    assert size == ledger.size, "entries behind the newest checkpoint"
    assert json.loads(facts)[:2] == [ledger.ids[0], genesis["origin"]] == [home.genesis, home.origin]
    kept = _rows(connection, "SELECT size, time, note FROM kept_checkpoint ORDER BY size")
    for kept_size, kept_time, kept_note in kept:
        found = _check_note(ledger, bytes(kept_note), keys)
        assert (found.checkpoint.size, format_time(found.time_s)) == (kept_size, kept_time)
    times = [row[1] for row in kept]
    assert times == sorted(times)
    assert len({when[:16] for when in times}) == len(times), "two checkpoints of one minute were kept"
    assert times[-1] <= time
    assert times[-1][:16] == time[:16], "none was kept in the newest minute"
    for path in home.folder.published:
        published = _check_note(ledger, path.read_bytes(), keys)
        if is_published:
            assert path.read_bytes() == bytes(note), f"{path.name} is not the newest checkpoint"
        assert published.checkpoint.size <= size
    return newest


def _check_note(ledger: Ledger, note: bytes, keys: LogKeys) -> SignedCheckpoint:
    found = open_checkpoint(note, keys)
    assert 0 < found.checkpoint.size <= ledger.size
    assert found.checkpoint.root == ledger.root(found.checkpoint.size), f"root at {found.checkpoint.size}"
    return found


def _check_projections(ledger: Ledger, connection: Connection, newest: SignedCheckpoint) -> None:
    """Every projection is what folding the entries gives; none has a row more or less."""
    book = MemoryBook([(row[0], row[1]) for row in _rows(connection, "SELECT time, size FROM kept_checkpoint")])
    for index, (entry, event) in enumerate(zip(ledger.entries, ledger.events, strict=True)):
        judged = admit(read_next(parse_entry(entry), event, book), book)
        assert isinstance(judged, Accepted)
        assert enter(judged, book).index == index
    expected: dict[str, Mapping[Any, Any]] = {
        "lot": book.lots,
        "run": book.runs,
        "shipment": book.shipments,
        "party": book.parties,
        "cited_file": book.files,
        "agreement": book.agreements,
        "attested": book.attested,
        "standing": book.standing,
        "closed_period": book.periods,
        "withdrawn_intake": {write_site_month(key): row for key, row in book.withdrawn.items()},
        "credit_account": {write_site_month(key): row for key, row in book.accounts.items()},
        "citation": {_json(citation): use for citation, use in book.citations.items()},
        "signing_key": {
            keyid: key._replace(der=base64.b64encode(key.der).decode())  # type: ignore[arg-type]
            for keyid, key in book.keys.items()
        },
    }
    for name, values in expected.items():
        key = "keyid" if name == "signing_key" else "id"
        found = {row[0]: row[1] for row in _rows(connection, f"SELECT {key}, body FROM {name}")}
        assert found == {key: _json(_short(value)) for key, value in values.items()}, name
    held = {lot.id: lot.holder if lot.in_stock and lot.net else None for lot in book.lots.values()}
    assert dict(_rows(connection, "SELECT id, stock FROM lot")) == held
    found_heads = _rows(connection, "SELECT issuer, chain, sequence, statement_id FROM chain_head")
    assert {(row[0], row[1]): (row[2], row[3]) for row in found_heads} == ledger.heads == book.heads
    assert {row[:3]: row[3:] for row in _rows(connection, "SELECT * FROM plant_ref")} == dict(book.refs)
    _check_findings(ledger, connection, book)
    _check_postings(connection, book)
    assert set(_rows(connection, 'SELECT lot, "index" FROM mention')) == ledger.mentions
    assert set(_rows(connection, 'SELECT metal, net, "index", lot, held FROM product')) == ledger.products
    assert [row[0] for row in _rows(connection, 'SELECT "index" FROM party_entry ORDER BY 1')] == ledger.party_entries
    assert _rows(connection, "SELECT id, size, facts FROM latest") == [(1, newest.checkpoint.size, _json(book.facts))]


def _check_findings(ledger: Ledger, connection: Connection, book: MemoryBook) -> None:
    """Those that stand, each with the lots on which it shows."""
    findings = _rows(connection, 'SELECT "index", number, body FROM finding WHERE ended IS NULL ORDER BY 1, 2')
    numbered = [(at, number, found) for at in range(ledger.size) for number, found in enumerate(book.findings_of(at))]
    assert findings == [(at, number, _json(found)) for at, number, found in numbered]
    shown = {(lot, at, number) for at, number, found in numbered for lot in found.lots}
    on_lots = 'SELECT l.lot, l."index", l.number FROM finding_lot l JOIN finding f ON f."index" = l."index" '
    on_lots += "AND f.judged = l.judged AND f.number = l.number WHERE f.ended IS NULL"
    assert set(_rows(connection, on_lots)) == shown


def _check_postings(connection: Connection, book: MemoryBook) -> None:
    """Those of each entry, in its one row a site."""
    posted: dict[tuple[str, int], list[Any]] = {}
    for row in book.postings:
        late = (row.day, row.happened) if row.day or row.happened else ()
        parts = row.kind, row.record, row.material, row.net, row.dry, row.mix, row.period, *late
        posted.setdefault((row.site, row.index), []).append(parts)
    rows = _rows(connection, 'SELECT site, "index", body FROM posting')
    assert {(site, at): body for site, at, body in rows} == {key: _json(parts) for key, parts in posted.items()}


def _check_tiles(ledger: Ledger, connection: Connection, home: Home) -> None:
    """The stored tiles are exactly the full ones, and all tiles that are served are right."""
    stored = {
        (row[0], row[1]): (bytes(row[2]), bytes(row[3]))
        for row in _rows(connection, "SELECT level, number, root, hashes FROM tile")
    }
    with home.store.reading() as snapshot:
        level, row = 0, ledger.leaves
        while row:
            for number, at in enumerate(range(0, len(row), 256)):
                hashes = row[at : at + 256]
                assert snapshot.tile(TileId(level, number, len(hashes))) == b"".join(hashes)
                if len(hashes) == 256:
                    assert stored.pop((level, number)) == (_root(hashes), b"".join(hashes))
            full = len(row) // 256
            level, row = level + 1, [_root(row[256 * at : 256 * at + 256]) for at in range(full)]
        for number, at in enumerate(range(0, ledger.size, 256)):
            bundle = ledger.entries[at : at + 256]
            framed = b"".join(len(entry).to_bytes(2, "big") + entry for entry in bundle)
            assert snapshot.tile(TileId(-1, number, len(bundle))) == framed
        assert snapshot.root_at(ledger.size) == ledger.root(ledger.size)
    assert stored == {}, "tiles that the tree does not have"


def _check_disclosures(ledger: Ledger, connection: Connection) -> None:
    """Every sealed fact belongs to a digest of the statement under which it is kept."""
    for statement, digest, disclosure in _rows(connection, "SELECT statement_id, digest, text FROM disclosure"):
        assert digest in ledger.sealed[statement]
        if disclosure is not None:
            hashed = base64.urlsafe_b64encode(sha256(disclosure.encode("ascii")).digest())
            assert digest == hashed.rstrip(b"=").decode()


def _root(leaves: list[bytes]) -> bytes:
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\1" + _root(leaves[:split]) + _root(leaves[split:])).digest()


def _rows(connection: Connection, query: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.execute(text(query))]


def _short(value: Any) -> Any:
    """Return a record without the members at its end that say nothing, its parts likewise."""
    if not isinstance(value, Lot | Run | Taken | Made):
        return value
    members: list[Any] = list(value)
    if isinstance(value, Run):
        for name in ("inputs", "outputs"):
            members[value._fields.index(name)] = [_short(part) for part in getattr(value, name)]
    for name in reversed(value._fields):
        if name not in value._field_defaults or members[-1] != value._field_defaults[name]:
            break
        members.pop()
    return members


def _json(value: Iterable[Any] | None) -> str:
    """Return the text that a row is promised to hold: compact JSON, names left out."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
