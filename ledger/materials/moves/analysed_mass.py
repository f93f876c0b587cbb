"""What an analysis makes of a lot: its fractions times the wet or dry mass that is left, in mg."""

from __future__ import annotations

from ledger.materials.state.records import Lot
from schemas.assay import Assay
from schemas.codes import METALS, Metal
from schemas.fraction import BILLION
from schemas.refusal import malformed


def found_content(source: Assay, lot: Lot) -> dict[Metal, int]:
    """Return the mass of each analysed metal in what is left of a lot, in mg.

    Raises:
        MalformedError: where the dry mass is not known.
    """
    mass = dry_of(source, lot) if source.basis == "dry" else lot.net
    results = source.results or {}
    return {metal: mass * results[metal].fraction // BILLION for metal in METALS if metal in results}


def unsure_content(source: Assay, lot: Lot) -> dict[Metal, int]:
    """Return the expanded uncertainty (k=2) of :func:`found_content`, in mg.

    Raises:
        MalformedError: where the dry mass is not known.
    """
    mass = dry_of(source, lot) if source.basis == "dry" else lot.net
    return {metal: mass * result.uncertainty // BILLION for metal, result in (source.results or {}).items()}


def dry_of(source: Assay, lot: Lot) -> int:
    """Return the dry mass of what is left of a lot, by the assay's moisture or the book's, in mg.

    Raises:
        MalformedError: if neither says.
    """
    if source.moisture is not None:
        return lot.net - lot.net * source.moisture // BILLION
    if lot.dry is not None:
        return lot.dry
    raise malformed("dry_basis", "moisture", lot=lot.id)
