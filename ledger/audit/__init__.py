"""The writers of lot bundles and audit exports, read and checked by :mod:`ledger.verify`.

Invariants: what is written verifies; the same ledger at the same size gives the same
bytes; a file appears whole or not at all (contract, section 3.5).

It reads a snapshot and changes nothing; who may have a file is for its caller to say.

Layer: above ``store`` and ``files``, beside ``client``.
It may not know who may have a file.
"""

from ledger.audit.bundles import bundle_bytes, write_bundle
from ledger.audit.exports import write_export

__all__ = ["bundle_bytes", "write_bundle", "write_export"]
