"""The records of lots, runs, shipments, parties, postings and findings to row texts and back.

Values with a file of their own have their reader beside them. What has no writer here is
written as it is, by :func:`~ledger.materials.state.row_text.write_text`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from ledger.materials.state.grown import read_grown
from ledger.materials.state.lot_words import HoldMark, Word
from ledger.materials.state.records import (
    Attested,
    Closed,
    Drawn,
    Lot,
    Made,
    Mark,
    Posting,
    Run,
    Shipment,
    Standing,
    Taken,
)
from ledger.materials.state.row_text import members_of, mix_of, reader_of, write_text
from schemas.catalogue.figures import Figure, Figures
from schemas.catalogue.findings.codes import FindingCode
from schemas.findings import Finding
from schemas.ids import PartyId, StatementId
from schemas.party import Party, PlantLine, ScaleSpan


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
        grown=read_grown(lot.grown),
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
        reagents=tuple(run.reagents),
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


def _earnings(earned: dict[str, Any]) -> dict[str, Any]:
    return {day: mix_of(mix) for day, mix in earned.items()}


def _ratios(ratios: dict[Any, Any]) -> dict[Any, Any]:
    return {metal: (ratio[0], ratio[1]) for metal, ratio in ratios.items()}


def _marks(marks: Any) -> tuple[Mark, ...]:  # noqa: ANN401
    return tuple(Mark(statement, kind, mix_of(mix), covered) for statement, kind, mix, covered in marks)


def _taken(taken: Taken) -> Taken:
    credit = None if taken.credit is None else mix_of(taken.credit)
    mix, sourced, marks = mix_of(taken.mix), _ratios(taken.sourced), _marks(taken.marks)
    earned, grown = _earnings(taken.earned), read_grown(taken.grown)
    return taken._replace(mix=mix, sourced=sourced, marks=marks, credit=credit, earned=earned, grown=grown)


def _drawn(drawn: Any) -> tuple[Drawn, ...]:  # noqa: ANN401
    return tuple(Drawn(statement, lot, mix_of(mix)) for statement, lot, mix in drawn)


def _made(made: Made) -> Made:
    return made._replace(mix=mix_of(made.mix), sourced=_ratios(made.sourced))


@reader_of
def read_shipment(body: str) -> Shipment:
    """Return the shipment of a row text."""
    shipment = Shipment(*json.loads(body))
    return shipment._replace(lots=tuple(shipment.lots))


@reader_of
def read_party(body: str) -> Party:
    """Return the party of a row text."""
    return _party(json.loads(body))


def _party(members: list[Any]) -> Party:
    party = Party(*members)
    return party._replace(
        roles=tuple(party.roles),
        keyids=tuple(party.keyids),
        require=tuple(party.require),
        lines=tuple(PlantLine(*line) for line in party.lines),
        identifiers=tuple((key, value) for key, value in party.identifiers),
        scales=tuple(ScaleSpan(*scale) for scale in party.scales),
        limits=tuple((limit, value) for limit, value in party.limits),
        earlier=tuple(_party(list(earlier)) for earlier in party.earlier),
    )


@reader_of
def read_finding(body: str) -> Finding:
    """Return the finding of a row text."""
    code, severity, figures, limit, source, index, statement, lots, case, about, withdrawn_by = json.loads(body)
    return Finding(
        code=FindingCode(code), severity=severity, figures=_figures(figures), limit=_figures(limit), source=source,
        index=index, statement=statement, lots=tuple(lots), case=case, about=_figures(about),
        withdrawn_by=withdrawn_by,
    )  # fmt: skip


def severity_of(body: str) -> str:
    """Return the severity of the finding of a row text, which stands second, without reading all of it."""
    return body.split('"', 4)[3]


def _figures(rows: list[list[Figure]]) -> Figures:
    return tuple((str(name), value) for name, value in rows)


def write_postings(postings: Iterable[Posting]) -> str:
    """Return the row text of the postings of one entry and site, without what the row says."""
    return write_text([_posted(row) for row in postings])


def _posted(row: Posting) -> tuple[Any, ...]:
    values = (row.kind, row.record, row.material, row.net, row.dry, row.mix, row.period)
    return (*values, row.day, row.happened) if row.day or row.happened else values


@reader_of
def _read_postings(body: str) -> list[list[Any]]:
    return [list(row) for row in json.loads(body)]


def read_postings(site: PartyId, index: int, statement: StatementId, body: str) -> list[Posting]:
    """Return the postings of a row."""
    return [
        Posting(
            site=site, kind=kind, record=record, material=material, net=net, dry=dry, mix=mix_of(mix), index=index,
            statement=statement, day=day, period=period, happened=happened,
        )
        for kind, record, material, net, dry, mix, period, *more in _read_postings(body)
        for day, happened in (more or ("", ""),)
    ]  # fmt: skip


@reader_of
def read_attested(body: str) -> tuple[Attested, ...]:
    """Return what certifiers said, of a row text."""
    return tuple(
        Attested(
            statement=statement,
            issuer=issuer,
            codes=tuple(codes),
            verdict=verdict,
            figures=tuple((code, figure) for code, figure in figures),
            index=index,
            site=site,
            materials=tuple(materials),
            until=until,
        )
        for statement, issuer, codes, verdict, figures, index, site, materials, until in members_of(body)
    )


@reader_of
def read_standing(body: str) -> Standing:
    """Return the correction of a row text."""
    return Standing(*members_of(body))


@reader_of
def read_closed(body: str) -> Closed:
    """Return the closed month of a row text."""
    return Closed(*members_of(body))
