"""The door of the verifier: which kind of file it is, decided by its content."""

from __future__ import annotations

from pathlib import Path

from ledger.files.bundle import MAX_BUNDLE_BYTES
from ledger.files.formats import FORMATS, Formats
from ledger.files.report import Findings, Progress, Report
from ledger.verify.bundle import verify_bundle
from ledger.verify.export import verify_export
from schemas.catalogue.faults import FaultCode
from schemas.errors import NewerVersionError
from schemas.ids import LotId

_ZIP = b"PK"
_JSON = b"{"


def verify_file(
    path: Path,
    genesis: str,
    progress: Progress | None = None,
    formats: Formats = FORMATS,
    lot: LotId | None = None,
) -> Report:
    """Verify a lot bundle or an audit export (contract, section 3.5).

    Plan: (1) open, (2) decide by the first bytes, never by the name, (3) verify.

    Args:
        path: the file.
        genesis: the genesis statement id that the user trusts, 64 hex digits.
        progress: called with entries done and in all.
        formats: the formats that are known.
        lot: whose standing is wanted of an export; a bundle says that of its own lot.

    Returns:
        The report; a file that cannot be read as either kind has one fault, ``unreadable``, and
        one that a newer version of the software wrote has one, ``newer-version``.
    """
    found = Findings()
    kind = "unknown"
    try:
        # (1) Open.
        with path.open("rb") as file:
            # (2) Decide.
            head = file.read(len(_ZIP))
            file.seek(0)
            # (3) Verify.
            if head.startswith(_JSON):
                kind = "bundle"
                verify_bundle(file.read(MAX_BUNDLE_BYTES + 1), genesis, formats.bundles, found, progress)
            elif head == _ZIP:
                kind = "export"
                verify_export(file, genesis, formats.exports, found, progress, lot=lot)
            else:
                found.add(FaultCode.UNREADABLE, "expected a lot bundle (JSON) or an audit export (zip), got neither")
    except NewerVersionError as error:
        found.add_error(error)
        found.not_checked.append(
            f"what comes under version {error.number} of the rules, which this software cannot judge"
        )
    except OSError as error:
        found.add(FaultCode.UNREADABLE, f"expected to read {path}, got: {error.strerror}")
    return found.report(kind)
