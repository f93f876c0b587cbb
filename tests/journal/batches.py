"""What is handed in while the process dies, and how it is handed on to it."""

from __future__ import annotations

import json
from pathlib import Path

from ledger.log.sealed import make_disclosure
from ledger.submission import Submission, write_submission
from tests.world.events import intake, intakes, revocation, smelting
from tests.world.opened import OpenWorld

ROOT = Path(__file__).resolve().parents[2]


def batches(yard: OpenWorld, more: int = 3) -> list[list[Submission]]:
    """Return three batches; the second touches every table, and fills a tile if ``more`` are."""
    slip = {"kind": "weighbridge_slip", "issuer": "MUN", "number": "WB-1", "sha256": "ab" * 32}
    fact = make_disclosure("supplier", "Kabadi & Sons", b"s" * 16).text
    first = yard.line_up("MUN", intake("MUN-B-3"))
    sealed = yard.sign("MUN", intake("MUN-B-2", documents=[slip]), sealed=[fact])
    yard.follow(sealed)
    second = [
        sealed,
        *yard.line_up("MUN", smelting("MUN-R-1", "MUN-B-2", "MUN-L-1", lead="605", line="MUN-X")),
        *yard.line_up(
            "MUN", {"type": "dispatch", "shipment": "MUN-H-1", "to": "GLENCORE", "lots": [{"lot": "MUN-L-1"}]}
        ),
        *yard.line_up("AUTHORITY", revocation("TEX", yard.signers["TEX"][0].public_key.keyid)),
        *yard.line_up("MUN", *intakes("MUN", 100, more)),
    ]
    return [first, second, yard.line_up("MUN", intake("MUN-B-4"))]


def as_lines(sent: list[list[Submission]]) -> str:
    """Return what the process reads from its standard input."""
    return "".join(json.dumps([write_submission(each).decode() for each in batch]) + "\n" for batch in sent)
