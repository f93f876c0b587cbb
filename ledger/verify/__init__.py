"""The offline verifier of lot bundles and audit exports: only bytes in, a report out.

    report = verify_file(Path("lot.json"), genesis="<64 hex digits>")
    print(report.ok, report.checked, report.not_checked, report.faults)

Invariants: it needs no network, no database and no server, only the genesis id that
its user pinned; it reports every fault as a value and raises none; it always ends.

It does not judge the world: that a scale was honest, a document is true, or that the
material in a bag is the lot on its label (contract, sections 3.5 and 8).

Layer: above ``admission`` and ``files``, beside ``store``.
It may not know a network, a database or a server.
"""

from ledger.files.report import Fault, Report
from ledger.verify.verifying import verify_file

__all__ = ["Fault", "Report", "verify_file"]
