"""The formats of files that this software writes and reads, by number.

A file names its format in its first member, ``battery-ledger-<kind>/<number>``. A number stands
for one spelling for ever: who needs another member, table or column adds a module for the next
number and a line below, and leaves the modules of the others as they are. The newest is
written, all are read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Generic, Protocol, TypeVar

from ledger.files.bundle import BundleFormat
from ledger.files.bundle_1 import BUNDLE_1
from ledger.files.export import ExportFormat
from ledger.files.export_1 import EXPORT_1
from ledger.files.receipt import ReceiptFormat
from ledger.files.receipt_1 import RECEIPT_1
from ledger.files.report import Findings
from schemas.catalogue.refusals import RefusalCode

HEAD_BYTES: Final = 256
"""As many first bytes of a text as its format can be found in."""


class Numbered(Protocol):
    """A format with its number."""

    @property
    def number(self) -> int:
        """From 1."""
        ...


Form = TypeVar("Form", bound=Numbered)


class Known(Generic[Form]):
    """The formats of one kind of file that are known."""

    def __init__(self, kind: str, *forms: Form) -> None:
        """Take at least one format of a kind: ``bundle``, ``export`` or ``receipt``."""
        self._kind = kind
        self._by_number: Mapping[int, Form] = {form.number: form for form in forms}
        self._head = re.compile(rb'\s*\{\s*"format"\s*:\s*"battery-ledger-%b/([1-9][0-9]{0,8})"' % kind.encode("ascii"))

    @property
    def newest(self) -> Form:
        """The format that is written."""
        return self._by_number[max(self._by_number)]

    def choose(self, head: bytes, found: Findings) -> Form | None:
        """Return the format that a text names in its first bytes.

        A text that names no format gets the newest, whose reader says what is wrong with it.
        One that names a newer format cannot be judged: that is noted as a fault, and the
        answer is ``None``.
        """
        match = self._head.match(head)
        number = int(match.group(1)) if match else self.newest.number
        if number > self.newest.number:
            found.add(
                RefusalCode.NEWER_VERSION,
                f"expected battery-ledger-{self._kind}/{self.newest.number} at most, got number {number}: "
                "a newer version of this software is needed to judge the file",
            )
            return None
        return self._by_number.get(number, self.newest)


@dataclass(frozen=True, slots=True)
class Formats:
    """The formats of every kind of file."""

    bundles: Known[BundleFormat]
    exports: Known[ExportFormat]
    receipts: Known[ReceiptFormat]


FORMATS: Final = Formats(Known("bundle", BUNDLE_1), Known("export", EXPORT_1), Known("receipt", RECEIPT_1))
"""What this software writes and reads."""
