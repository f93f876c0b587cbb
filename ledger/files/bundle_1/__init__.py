"""The format ``battery-ledger-bundle/1``: its text and its lot, frozen once it is released.

Layer: in ``files``, chosen by :mod:`ledger.files.formats` alone.
It may not know another number of the format, or the API's answer.
"""

from typing import Final

from ledger.files.bundle import BundleFormat
from ledger.files.bundle_1.lot import OF_ACCOUNT, OF_CREDIT, spell_lot
from ledger.files.bundle_1.standing import spell_standing
from ledger.files.bundle_1.text import read_bundle, write_bundle

BUNDLE_1: Final = BundleFormat(
    number=1, read=read_bundle, write=write_bundle, spell_lot=spell_lot, spell_standing=spell_standing,
    of_account=OF_ACCOUNT, of_credit=OF_CREDIT,
)  # fmt: skip

__all__ = ["BUNDLE_1"]
