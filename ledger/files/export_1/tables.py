"""The tables of an audit export: CSV for people, recomputed by the verifier.

Invariants:

* Each table is a pure function of the records, with a header row; the same records
  give the same bytes on every machine.
* Masses are kg as texts without trailing zeros; entries are named by index.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final, Protocol

from ledger.files.csv_text import Row, format_rows
from ledger.files.export_1.accounting_tables import (
    AccountingRecords,
    agreements,
    attestations,
    claims,
    closed_periods,
    corrections,
    credit_months,
    postings,
)
from ledger.files.export_1.balance_table import balances
from ledger.materials.attesting import tell
from ledger.materials.records import Run, Shipment
from ledger.materials.rulesets import recycled_shares
from schemas.codes import METALS, ORIGINS
from schemas.encoding import encode_base64
from schemas.findings import Finding
from schemas.party import Party
from schemas.quantity import format_kg

_ROWS_AT_ONCE: Final = 500


class PartyKey(Protocol):
    """A key that was registered once, and the entries that registered and revoked it."""

    @property
    def keyid(self) -> str:
        """Its id, 64 hex digits."""
        ...

    @property
    def participant(self) -> str:
        """Whose key it is."""
        ...

    @property
    def algorithm(self) -> str:
        """How it signs."""
        ...

    @property
    def der(self) -> bytes:
        """Its public part as DER SubjectPublicKeyInfo."""
        ...

    @property
    def added(self) -> int:
        """The entry that registered it."""
        ...

    @property
    def revoked(self) -> int | None:
        """The entry that revoked it, ``None`` while it is active."""
        ...


class Records(AccountingRecords, Protocol):
    """What the tables are made from; each stream in the order of its ids."""

    def all_runs(self) -> Iterable[Run]:
        """Yield every run by id."""
        ...

    def all_shipments(self) -> Iterable[Shipment]:
        """Yield every shipment by id."""
        ...

    def parties(self) -> Iterable[Party]:
        """Yield every party."""
        ...

    def keys(self, party: str) -> Iterable[PartyKey]:
        """Yield every key that a party ever had."""
        ...

    def all_findings(self) -> Iterable[Finding]:
        """Yield every finding in the order in which it was found."""
        ...


def _lots(records: Records) -> Iterator[Row]:
    yield (
        "lot", "material", "park", "holder", "status", "held", "net_kg", "run", "since", "entry", "custody", "dry_kg",
        "corrections",
    )  # fmt: skip
    for lot in records.all_lots():
        held = "yes" if lot.held else "no"
        dry = "" if lot.dry is None else format_kg(lot.dry)
        yield (
            lot.id, lot.material, lot.park, lot.holder, lot.status, held, format_kg(lot.net), lot.run, lot.since,
            lot.created, lot.custody, dry, len(lot.corrections),
        )  # fmt: skip


def _lot_metals(records: Records) -> Iterator[Row]:
    shares = "eu-2023-1542", "iso-14021 post_consumer", "iso-14021 pre_consumer"
    yield "lot", "metal", "content_kg", *(f"{origin}_kg" for origin in ORIGINS), *shares, "custody"
    for lot in records.all_lots():
        recycled: dict[str, Any] = recycled_shares(lot.mix)
        for metal in METALS:
            if split := lot.mix.get(metal):
                iso = recycled["iso-14021"][metal]
                yield (
                    lot.id, metal, format_kg(sum(split)), *map(format_kg, split),
                    recycled["eu-2023-1542"].get(metal), iso["post_consumer"], iso["pre_consumer"], lot.custody,
                )  # fmt: skip


def _runs(records: Records) -> Iterator[Row]:
    yield "run", "process", "issuer", "inputs", "additions", "outputs", "entry"
    for run in records.all_runs():
        yield run.id, run.process, run.issuer, len(run.inputs), len(run.additions), len(run.outputs), run.index


def _run_lots(records: Records) -> Iterator[Row]:
    yield "run", "side", "number", "lot", "net_kg", "booked_kg", *(f"{metal}_kg" for metal in METALS)
    for run in records.all_runs():
        for number, taken in enumerate(run.inputs):
            masses = [format_kg(sum(taken.mix.get(metal, ()))) for metal in METALS]
            yield run.id, "input", number, taken.lot, format_kg(taken.net), format_kg(taken.booked), *masses
        for number, addition in enumerate(run.additions):
            yield run.id, "addition", number, "", "", "", *(format_kg(addition.get(metal, 0)) for metal in METALS)
        for number, made in enumerate(run.outputs):
            masses = [format_kg(sum(made.mix.get(metal, ()))) for metal in METALS]
            yield run.id, "output", number, made.lot, format_kg(made.net), "", *masses


def _run_metals(records: Records) -> Iterator[Row]:
    yield "run", "metal", "pool_kg", "out_kg", "gain_kg", "loss_kg", *(f"loss_{origin}_kg" for origin in ORIGINS)
    for run in records.all_runs():
        gains = run.gain()
        made = run.made()
        for metal in METALS:
            out = sum(made.get(metal, ()))
            pool = run.pool.get(metal, 0)
            loss = run.loss.get(metal, (0,) * len(ORIGINS))
            if pool or out:
                figures = pool, out, gains.get(metal, 0), sum(loss), *loss
                yield run.id, metal, *map(format_kg, figures)


def _shipments(records: Records) -> Iterator[Row]:
    yield "shipment", "sender", "receiver", "lots", "awaiting", "entry"
    for sent in records.all_shipments():
        yield sent.id, sent.sender, sent.receiver, len(sent.lots), len(sent.awaiting), sent.index


def _shipment_lots(records: Records) -> Iterator[Row]:
    yield "shipment", "lot", "state"
    for sent in records.all_shipments():
        done = "left" if sent.receiver is None else "settled"
        for lot in sent.lots:
            yield sent.id, lot, sent.awaiting.get(lot, done)


def _parties(records: Records) -> Iterator[Row]:
    yield "party", "name", "roles", "country", "require", "timezone", "registration"
    for party in _by_id(records):
        roles, require = " ".join(party.roles), " ".join(party.require)
        yield party.id, party.name, roles, party.country, require, party.timezone, party.registration


def _party_identifiers(records: Records) -> Iterator[Row]:
    yield "party", "identifier", "value"
    for party in _by_id(records):
        for name, value in party.identifiers:
            yield party.id, name, value


def _party_lines(records: Records) -> Iterator[Row]:
    yield "party", "line", "feed", "capacity_t_per_year", "commissioned_on"
    for party in _by_id(records):
        for line in party.lines:
            capacity = format_kg(line.capacity_mg_per_year // 1000)
            yield party.id, line.line, line.feed, capacity, line.commissioned_on


def _keys(records: Records) -> Iterator[Row]:
    yield "keyid", "party", "algorithm", "added_by_entry", "revoked_by_entry", "public_key"
    for party in _by_id(records):
        for key in sorted(records.keys(party.id), key=lambda key: (key.added, key.keyid)):
            yield key.keyid, key.participant, key.algorithm, key.added, key.revoked, encode_base64(key.der)


def _findings(records: Records) -> Iterator[Row]:
    yield "entry", "code", "severity", "figure", "limit", "source", "message", "lots", "statement", "verdict", "by"
    words = dict(records.all_attested())
    for finding in records.all_findings():
        found, word = tell(finding, words.get(finding.statement, ()))
        lots = " ".join(found.lots)
        head = found.index, found.code, found.severity, found.figure, found.limit, found.source
        said = (word.verdict, word.issuer) if word is not None else ("", "")
        yield *head, found.message, lots, found.statement, *said


_TABLES: Final = {
    "agreements": agreements,
    "attestations": attestations,
    "balances": balances,
    "claims": claims,
    "closed_periods": closed_periods,
    "corrections": corrections,
    "credits": credit_months,
    "findings": _findings,
    "keys": _keys,
    "lot_metals": _lot_metals,
    "lots": _lots,
    "parties": _parties,
    "party_identifiers": _party_identifiers,
    "party_lines": _party_lines,
    "postings": postings,
    "run_lots": _run_lots,
    "run_metals": _run_metals,
    "runs": _runs,
    "shipment_lots": _shipment_lots,
    "shipments": _shipments,
}
TABLES: Final = tuple(_TABLES)

# Tables of ids, codes, times and figures only, none of which can begin a formula: most
# of the cells of an export, so they are written without a look at each.
_PLAIN: Final = frozenset(
    {"balances", "lot_metals", "lots", "postings", "run_lots", "run_metals", "runs", "shipment_lots", "shipments"}
)


def write_table(name: str, records: Records) -> Iterator[bytes]:
    """Yield a table of :data:`TABLES` in chunks of whole lines."""
    rows = _TABLES[name](records)
    while batch := list(islice(rows, _ROWS_AT_ONCE)):
        yield format_rows(batch, plain=name in _PLAIN)


def _by_id(records: Records) -> list[Party]:
    return sorted(records.parties(), key=lambda party: party.id)
