"""Values to JSON text and back, for the ``body`` columns of the projections.

Round trip: ``read_x(write_x(value)) == value`` for every value of the fold. A text that
cannot be read was changed behind the ledger's back, and says so.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from ledger.admission.book import Facts, KeyRecord
from ledger.materials.records import CitationUse, FileUse, Lot, Made, Run, Shipment, Taken
from schemas.encoding import decode_base64, encode_base64
from schemas.errors import LedgerStateError, MalformedError
from schemas.findings import Finding
from schemas.party import Party, PlantLine

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_write = _ENCODER.encode

Value = TypeVar("Value")


def _reader(read: Callable[[str], Value]) -> Callable[[str], Value]:
    @wraps(read)
    def checked(body: str) -> Value:
        try:
            return read(body)
        except (ValueError, TypeError, KeyError, IndexError, AttributeError, MalformedError) as error:
            raise LedgerStateError(
                f"expected a row that the ledger wrote, got {body[:80]!r}: the database was changed behind its back; "
                "rebuild the projections and run verify on an export"
            ) from error

    return checked


def write_lot(lot: Lot) -> str:
    """Return the row text of a lot."""
    return _write(lot)


@_reader
def read_lot(body: str) -> Lot:
    """Return the lot of a row text."""
    fields: list[Any] = json.loads(body)
    fields[7] = {metal: tuple(split) for metal, split in fields[7].items()}
    fields[11] = tuple(fields[11])
    return Lot(*fields)


def write_run(run: Run) -> str:
    """Return the row text of a run."""
    return _write(run)


@_reader
def read_run(body: str) -> Run:
    """Return the run of a row text."""
    name, process, issuer, index, inputs, additions, outputs, pool, loss = json.loads(body)
    return Run(
        name,
        process,
        issuer,
        index,
        tuple(Taken(*taken) for taken in inputs),
        tuple(additions),
        tuple(Made(lot, net, {k: (c, g) for k, (c, g) in content.items()}) for lot, net, content in outputs),
        pool,
        {metal: tuple(split) for metal, split in loss.items()},
    )


def write_shipment(shipment: Shipment) -> str:
    """Return the row text of a shipment."""
    return _write(shipment)


@_reader
def read_shipment(body: str) -> Shipment:
    """Return the shipment of a row text."""
    fields: list[Any] = json.loads(body)
    fields[4] = tuple(fields[4])
    return Shipment(*fields)


def write_party(party: Party) -> str:
    """Return the row text of a party."""
    return _write(party)


@_reader
def read_party(body: str) -> Party:
    """Return the party of a row text."""
    name, title, roles, country, registration, keyids, require, lines, identifiers, timezone = json.loads(body)
    return Party(
        name,
        title,
        tuple(roles),
        country,
        registration,
        tuple(keyids),
        tuple(require),
        tuple(PlantLine(*line) for line in lines),
        tuple((key, value) for key, value in identifiers),
        timezone,
    )


def write_key(key: KeyRecord) -> str:
    """Return the row text of a key."""
    return _write(key._replace(der=encode_base64(key.der)))  # type: ignore[arg-type]


@_reader
def read_key(body: str) -> KeyRecord:
    """Return the key of a row text."""
    fields: list[Any] = json.loads(body)
    fields[3] = decode_base64(fields[3])
    return KeyRecord(*fields)


def write_facts(facts: Facts) -> str:
    """Return the row text of the ledger's facts."""
    return _write(facts)


@_reader
def read_facts(body: str) -> Facts:
    """Return the facts of a row text."""
    genesis, origin, log_keys, rules, authorities = json.loads(body)
    return Facts(genesis, origin, (log_keys[0], log_keys[1]), rules, tuple(authorities))


def write_citation(use: CitationUse) -> str:
    """Return the row text of a used document."""
    return _write(use)


@_reader
def read_citation(body: str) -> CitationUse:
    """Return the use of a row text."""
    return CitationUse(*json.loads(body))


def write_file(use: FileUse) -> str:
    """Return the row text of a file's first citation."""
    return _write(use)


@_reader
def read_file(body: str) -> FileUse:
    """Return the citation of a row text."""
    statement, document = json.loads(body)
    return FileUse(statement, tuple(document))


def write_finding(finding: Finding) -> str:
    """Return the row text of a finding."""
    return _write(finding)


@_reader
def read_finding(body: str) -> Finding:
    """Return the finding of a row text."""
    fields: list[Any] = json.loads(body)
    fields[7] = tuple(fields[7])
    return Finding(*fields)


def citation_key(citation: tuple[str, ...]) -> str:
    """Return one text for a citation that no other citation shares."""
    return _write(citation)
