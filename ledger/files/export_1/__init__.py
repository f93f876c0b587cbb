"""The format ``battery-ledger-export/1``: its tables, registers and manifest, frozen once it is released.

Layer: in ``files``, chosen by :mod:`ledger.files.formats` alone.
It may not know another number of the format, or the API's answer.
"""

from typing import Final

from ledger.files.export import ExportFormat
from ledger.files.export_1.manifest import read_manifest, write_manifest
from ledger.files.export_1.registers import REGISTERS
from ledger.files.export_1.tables import TABLES

EXPORT_1: Final = ExportFormat(1, TABLES, REGISTERS, write_manifest, read_manifest)

__all__ = ["EXPORT_1"]
