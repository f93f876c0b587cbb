"""Registers of an audit export: what was said, entry by entry, as rows for a spreadsheet.

Each register is a pure function of the entries in their order, so that the verifier
compares it while it folds them, and neither side keeps anything. A correction's rows
stand at its own entry, with the statement that it corrects beside them; what was said
first stays where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from ledger.files.codes_1 import METALS, ORIGINS
from ledger.files.csv_text import Row
from ledger.files.export import Register
from ledger.materials.state.book import LoggedEvent
from schemas.assay import Assay
from schemas.attestation import Attestation
from schemas.claims import Claim
from schemas.correction import Correction
from schemas.events import MaterialEvent
from schemas.fraction import format_fraction
from schemas.holding import Hold, Release
from schemas.intake import Intake
from schemas.quantity import format_kg
from schemas.stock import StockCount

_HEAD: Final = "entry", "statement", "party", "occurred_at", "corrects"


def _assays(event: Assay) -> Iterator[Row]:
    lots, moisture = " ".join(event.lots), "" if event.moisture is None else format_fraction(event.moisture)
    said = lots, event.stage, event.basis, moisture, event.method, event.sample, event.report, event.confirms
    for metal in METALS:
        if event.results is not None and (found := event.results.get(metal)) is not None:
            yield *said, metal, format_fraction(found.fraction), format_fraction(found.uncertainty)
    if event.results is None:
        yield *said, "", "", ""


def _attestations(event: Attestation) -> Iterator[Row]:
    materials = " ".join(event.materials or ())
    yield event.statement, " ".join(event.codes), event.verdict, event.reason, event.supplier, materials, event.until


def _claims(event: Claim) -> Iterator[Row]:
    for line in event.lots:
        for metal in METALS:
            if split := line.origin_kg.get(metal):
                masses = (format_kg(split.get(origin, 0)) for origin in ORIGINS)
                yield event.kind, event.scheme, event.number, line.lot, metal, *masses


def _corrections(event: Correction) -> Iterator[Row]:
    for _, kind, replacement, occurred_at in event.repairs():
        yield kind, "" if replacement is None else replacement.type, event.reason, occurred_at or ""


def _counts(event: StockCount) -> Iterator[Row]:
    counted, unsure = ("" if mass is None else format_kg(mass) for mass in (event.counted_kg, event.uncertainty_kg))
    adjust = "" if event.adjust is None else "yes" if event.adjust else "no"
    yield " ".join(event.lots), counted, unsure, event.method, event.reason, adjust, event.confirms


def _documents(event: MaterialEvent) -> Iterator[Row]:
    for document in event.cited_documents():
        yield (
            event.type, " ".join(event.named_lots()), document.kind, document.issuer, document.number, document.date,
            document.part, document.sha256, document.description,
            "" if document.net_kg is None else format_kg(document.net_kg),
        )  # fmt: skip


def _holds(event: Hold) -> Iterator[Row]:
    yield event.type, " ".join(event.lots), "", event.reason


def _releases(event: Release) -> Iterator[Row]:
    yield event.type, " ".join(event.lots), event.hold, event.reason


def _intakes(event: Intake) -> Iterator[Row]:
    dry = "" if event.dry_kg is None else format_kg(event.dry_kg)
    metals = (format_kg(event.content_kg.get(metal, 0)) for metal in METALS)
    yield (
        event.lot, event.material, event.chemistry, event.form, event.country, event.waste_code, event.basel_code,
        event.reason, event.supplier, event.owner, event.custody, event.pieces, event.content_basis,
        event.origin or "see lot_metals", format_kg(event.net_kg), dry, *metals,
    )  # fmt: skip


_MASSES: Final = tuple(f"{metal}_kg" for metal in METALS)
_RowsOf = Callable[[Any], Iterable[Row]]
_EVERY: Final = ""
"""In place of a type of event: what is listed of every kind."""

_REGISTERS: Final[dict[str, tuple[Row, dict[str, _RowsOf]]]] = {
    "said_assays": (
        ("lots", "stage", "basis", "moisture", "method", "sample", "report_sha256", "confirms", "metal", "fraction",
         "uncertainty"),
        {"assay": _assays},
    ),
    "said_attestations": (
        ("about", "codes", "verdict", "reason", "supplier", "materials", "until"),
        {"attestation": _attestations},
    ),
    "said_claims": (("kind", "scheme", "number", "lot", "metal", *(f"{o}_kg" for o in ORIGINS)), {"claim": _claims}),
    "said_corrections": (("kind", "replaced_by", "reason", "happened_at"), {"correction": _corrections}),
    "said_counts": (
        ("lots", "counted_kg", "uncertainty_kg", "method", "reason", "adjusts", "confirms"), {"stock_count": _counts},
    ),
    "said_documents": (
        ("event", "lots", "kind", "issuer", "number", "date", "part", "sha256", "description", "net_kg"),
        {_EVERY: _documents},
    ),
    "said_holds": (("action", "lots", "ends_hold", "reason"), {"hold": _holds, "release": _releases}),
    "said_intakes": (
        ("lot", "material", "chemistry", "form", "country", "waste_code", "basel_code", "reason", "supplier_digest",
         "owner", "custody", "pieces", "content_basis", "origin", "net_kg", "dry_kg", *_MASSES),
        {"intake": _intakes},
    ),
}  # fmt: skip


def _register(columns: Row, kinds: dict[str, _RowsOf]) -> Register:
    """Return a register of the columns that all have and its own."""
    return Register((*_HEAD, *columns), lambda logged: _rows_of(logged, kinds))


def _rows_of(logged: LoggedEvent, kinds: dict[str, _RowsOf]) -> Iterator[Row]:
    """Yield the rows that an entry adds to a register: of what it says, and of what that puts in place of another."""
    for corrected, event in _parts(logged.event):
        rows = kinds.get(event.type) or kinds.get(_EVERY)
        for row in rows(event) if rows is not None else ():
            yield logged.index, logged.statement, logged.issuer, logged.occurred_at, corrected, *row


def _parts(event: MaterialEvent) -> Iterator[tuple[str, MaterialEvent]]:
    """Yield what an entry says, each with the statement that it corrects: a set is listed as so many corrections."""
    if not event.corrects():
        yield "", event
    alone: tuple[MaterialEvent, ...] = event.one_by_one()
    for one, repair in zip(alone, event.repairs(), strict=False):
        yield repair.statement, one
        if repair.replacement is not None:
            yield repair.statement, repair.replacement


REGISTERS: Final = {name: _register(columns, rows) for name, (columns, rows) in _REGISTERS.items()}
"""Every register by name."""
