"""Values to JSON text and back, for the ``body`` columns of the projections.

Round trip: ``read_x(write_x(value)) == value`` for every value of the fold. A text that
cannot be read was changed behind the ledger's back, and says so.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from pydantic import TypeAdapter

from ledger.admission.book import Facts, KeyRecord
from ledger.materials.state.citations import CitationUse, FileUse
from ledger.materials.state.lot_words import HoldMark, Word
from ledger.materials.state.records import Drawn, Lot, Made, Mark, Run, Shipment, Taken
from schemas.catalogue.figures import Figure, Figures
from schemas.catalogue.findings.codes import FindingCode
from schemas.encoding import decode_base64, encode_base64
from schemas.errors import LedgerStateError, MalformedError
from schemas.findings import Finding
from schemas.party import Party, PlantLine, ScaleSpan
from schemas.versions import RulesHistory

Value = TypeVar("Value")

_ANY: TypeAdapter[Any] = TypeAdapter(Any)


def write_text(value: Any) -> str:  # noqa: ANN401
    """Return a row as compact JSON in the order given: the text of ``json.dumps``, in a third of its time."""
    return _ANY.dump_json(value).decode()


def reader_of(read: Callable[[str], Value]) -> Callable[[str], Value]:
    """Let a reader say of a text that it cannot read that the ledger did not write it."""

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
    """Return the row text of a lot; members at the end that say nothing are left out."""
    return write_text(_trimmed(lot, _LOT_DEFAULTS))


@reader_of
def read_lot(body: str) -> Lot:
    """Return the lot of a row text."""
    lot = Lot(*json.loads(body))
    return lot._replace(
        mix=mix_of(lot.mix),
        metals=tuple(lot.metals),
        sourced=_ratios(lot.sourced),
        holds=tuple(HoldMark(*hold) for hold in lot.holds),
        marks=_marks(lot.marks),
        credit=None if lot.credit is None else mix_of(lot.credit),
        word=None if lot.word is None else Word(*lot.word),
        shortfalls=tuple(lot.shortfalls),
        corrections=tuple(lot.corrections),
        earned=_earnings(lot.earned),
    )


def write_run(run: Run) -> str:
    """Return the row text of a run; members at the end that say nothing are left out."""
    inputs = [_trimmed(taken, _TAKEN_DEFAULTS) for taken in run.inputs]
    outputs = [_trimmed(made, _MADE_DEFAULTS) for made in run.outputs]
    return write_text(_trimmed(run._replace(inputs=inputs, outputs=outputs), _RUN_DEFAULTS))  # type: ignore[arg-type]


@reader_of
def read_run(body: str) -> Run:
    """Return the run of a row text."""
    run = Run(*json.loads(body))
    return run._replace(
        inputs=tuple(_taken(Taken(*taken)) for taken in run.inputs),
        additions=tuple(run.additions),
        outputs=tuple(_made(Made(*made)) for made in run.outputs),
        loss=mix_of(run.loss),
        drawn=_drawn(run.drawn),
        removed=_drawn(run.removed),
        added=tuple(run.added),
    )


def _trimmed(value: tuple[Any, ...], defaults: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return a value without the members at its end that are at their defaults."""
    end, place = len(value), len(defaults)
    if value[end - place :] == defaults:
        return value[: end - place]
    while place and value[end - 1] == defaults[place - 1]:
        end, place = end - 1, place - 1
    return value[:end]


def _defaults(kind: Any) -> tuple[Any, ...]:  # noqa: ANN401
    return tuple(kind._field_defaults.values())


_LOT_DEFAULTS, _RUN_DEFAULTS = _defaults(Lot), _defaults(Run)
_TAKEN_DEFAULTS, _MADE_DEFAULTS = _defaults(Taken), _defaults(Made)


def mix_of(mix: dict[Any, Any]) -> dict[Any, Any]:
    """Return a mix with its splits as tuples."""
    return {metal: tuple(split) for metal, split in mix.items()}


def _earnings(earned: dict[str, Any]) -> dict[str, Any]:
    return {day: mix_of(mix) for day, mix in earned.items()}


def _ratios(ratios: dict[Any, Any]) -> dict[Any, Any]:
    return {metal: (ratio[0], ratio[1]) for metal, ratio in ratios.items()}


def _marks(marks: Any) -> tuple[Mark, ...]:  # noqa: ANN401
    return tuple(Mark(statement, kind, mix_of(mix), covered) for statement, kind, mix, covered in marks)


def _taken(taken: Taken) -> Taken:
    credit = None if taken.credit is None else mix_of(taken.credit)
    mix, sourced, marks = mix_of(taken.mix), _ratios(taken.sourced), _marks(taken.marks)
    return taken._replace(mix=mix, sourced=sourced, marks=marks, credit=credit, earned=_earnings(taken.earned))


def _drawn(drawn: Any) -> tuple[Drawn, ...]:  # noqa: ANN401
    return tuple(Drawn(statement, lot, mix_of(mix)) for statement, lot, mix in drawn)


def _made(made: Made) -> Made:
    return made._replace(mix=mix_of(made.mix), sourced=_ratios(made.sourced))


def write_shipment(shipment: Shipment) -> str:
    """Return the row text of a shipment."""
    return write_text(shipment)


@reader_of
def read_shipment(body: str) -> Shipment:
    """Return the shipment of a row text."""
    fields: list[Any] = json.loads(body)
    fields[4] = tuple(fields[4])
    return Shipment(*fields)


def write_party(party: Party) -> str:
    """Return the row text of a party."""
    return write_text(party)


@reader_of
def read_party(body: str) -> Party:
    """Return the party of a row text."""
    return _party(json.loads(body))


def _party(members: list[Any]) -> Party:
    (name, title, roles, country, registration, keyids, require, lines, identifiers, timezone, scales, limits) = (
        members[:12]
    )
    since, earlier = members[12:]
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
        tuple(ScaleSpan(*scale) for scale in scales),
        tuple((limit, value) for limit, value in limits),
        since,
        tuple(map(_party, earlier)),
    )


def write_key(key: KeyRecord) -> str:
    """Return the row text of a key."""
    return write_text(key._replace(der=encode_base64(key.der)))  # type: ignore[arg-type]


@reader_of
def read_key(body: str) -> KeyRecord:
    """Return the key of a row text."""
    fields: list[Any] = json.loads(body)
    fields[3] = decode_base64(fields[3])
    return KeyRecord(*fields)


def write_facts(facts: Facts) -> str:
    """Return the row text of the ledger's facts."""
    return write_text(facts)


@reader_of
def read_facts(body: str) -> Facts:
    """Return the facts of a row text."""
    genesis, origin, log_keys, rules, authorities = json.loads(body)
    # Rows of before there was a history name the one version that there was.
    (spans,) = rules if isinstance(rules, list) else ([(0, rules)],)
    return Facts(genesis, origin, (log_keys[0], log_keys[1]), RulesHistory.read(spans), tuple(authorities))


def write_citation(use: CitationUse) -> str:
    """Return the row text of a used document."""
    return write_text(use)


@reader_of
def read_citation(body: str) -> CitationUse:
    """Return the use of a row text."""
    return CitationUse(*json.loads(body))


def write_file(use: FileUse) -> str:
    """Return the row text of a file's first citation."""
    return write_text(use)


@reader_of
def read_file(body: str) -> FileUse:
    """Return the citation of a row text."""
    statement, document = json.loads(body)
    return FileUse(statement, tuple(document))


def write_finding(finding: Finding) -> str:
    """Return the row text of a finding."""
    return write_text(finding)


@reader_of
def read_finding(body: str) -> Finding:
    """Return the finding of a row text."""
    code, severity, figures, limit, source, index, statement, lots, case, about = json.loads(body)
    return Finding(
        FindingCode(code), severity, _figures(figures), _figures(limit), source, index, statement, tuple(lots), case,
        _figures(about),
    )  # fmt: skip


def _figures(rows: list[list[Figure]]) -> Figures:
    return tuple((str(name), value) for name, value in rows)


def citation_key(citation: tuple[str, ...]) -> str:
    """Return one text for a citation that no other citation shares."""
    return write_text(citation)
