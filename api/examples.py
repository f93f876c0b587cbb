"""The examples in the description of the interface; tests read them as the server would."""

from __future__ import annotations

import hashlib
from typing import Any, Final

from api.problems import BAD_GTIN, TOO_LARGE, WRONG_MEDIA_TYPE, problem, problem_of
from ledger.log.envelopes import PAYLOAD_TYPE, statement_id
from ledger.log.statements import Header, format_header
from ledger.materials.events.attestation import AttestedFinding
from ledger.questions.findings import finding_row
from schemas.catalogue.findings.codes import FindingCode
from schemas.catalogue.findings.sources import Source
from schemas.catalogue.refusals import RefusalCode
from schemas.encoding import encode_base64
from schemas.errors import MalformedError, NotFoundError, QueueFullError
from schemas.findings import Finding
from schemas.ids import LotId, PartyId, StatementId
from schemas.refusal import RefusedError
from schemas.strict_json import dump_json

TREE_SIZE: Final = 43
_ORIGIN: Final = "ledger.example.com/ace"
_HASH: Final = encode_base64(hashlib.sha256(b"a subtree").digest())
_KEYID: Final = hashlib.sha256(b"a key").hexdigest()
_LOT: Final = "MUN-B-000123"

_EVENT: Final = dump_json(
    {
        "nonce": "9f86d081884c7d659a2feaa0c55ad015",
        "type": "intake",
        "lot": _LOT,
        "material": "lead_acid_battery",
        "chemistry": "lead_acid",
        "form": "whole",
        "origin": "battery_post_consumer",
        "net_kg": "21450",
        "content_kg": {"Pb": "12655.5"},
        "content_basis": "table",
        "country": "IN",
        "documents": [{"kind": "weighbridge_slip", "issuer": "MUN", "number": "WB-000123", "date": "2026-01-05"}],
    }
)
_PAYLOAD: Final = format_header(
    Header(
        ledger=_ORIGIN,
        issuer=PartyId("MUN"),
        chain="main",
        sequence=12,
        previous=StatementId("0f" * 32),
        occurred_at="2026-01-05T06:12:00Z",
        event=hashlib.sha256(_EVENT).hexdigest(),
    )
)
_ID: Final = statement_id(_PAYLOAD)

SUBMISSION: Final[dict[str, Any]] = {
    "envelope": {
        "payloadType": PAYLOAD_TYPE,
        "payload": encode_base64(_PAYLOAD),
        "signatures": [{"keyid": _KEYID, "sig": encode_base64(bytes(64))}],
    },
    "event": encode_base64(_EVENT),
    "disclosures": [],
}
STATEMENT: Final = {name: SUBMISSION[name] for name in ("envelope", "event")}
PLACE: Final[dict[str, Any]] = {
    "id": _ID,
    "index": TREE_SIZE - 1,
    "proof": f"c2sp.org/tlog-proof@v1\nindex {TREE_SIZE - 1}\n{_HASH}\n\n{_ORIGIN}\n{TREE_SIZE}\n{_HASH}\n\n"
    f"\u2014 {_ORIGIN} {encode_base64(bytes(68))}\n",
}
RECEIPT: Final[dict[str, Any]] = {"format": "battery-ledger-receipt/1", **PLACE}
PARTICIPANT: Final[dict[str, Any]] = {
    "id": "MUN",
    "name": "ACE Mundra",
    "roles": ["park"],
    "country": "IN",
    "identifiers": {"gln": "9506000140445"},
    "timezone": "Asia/Kolkata",
    "registration": "0f" * 32,
    "require": [],
    "keys": [
        {
            "keyid": _KEYID,
            "algorithm": "ed25519",
            "public_key": encode_base64(bytes.fromhex("302a300506032b6570032100") + hashlib.sha256(b"a key").digest()),
            "status": "active",
            "added": 2,
            "revoked": None,
        }
    ],
    "heads": {"main": {"sequence": 12, "id": _ID}},
    "tree_size": TREE_SIZE,
}
LOT: Final[dict[str, Any]] = {
    "lot": "MUN-L-000007",
    "material": "refined_lead",
    "holder": "MUN",
    "status": "open",
    "held": False,
    "net_kg": "12310",
    "content_kg": {"Pb": "12308.2"},
    "origin_kg": {"Pb": {"battery_post_consumer": "12308.2"}},
    "recycled_share": {
        "eu-2023-1542": {"Pb": "1.000000"},
        "iso-14021": {"Pb": {"post_consumer": "1.000000", "pre_consumer": "0.000000"}},
    },
    "share_basis": "physical",
    "custody": "controlled_blending",
    "claimable_kg": {
        "recycling_service": {"Pb": {"battery_post_consumer": "12308.2"}},
        "recycled_content": {"Pb": {"battery_post_consumer": "11077.38"}},
    },
    "corrections": [],
    "tree_size": TREE_SIZE,
}
_FINDING: Final = Finding(
    code=FindingCode.GAIN, severity="low", figures=(("gain_mg", 12_500_000), ("metal", "Pb")),
    limit=(("pool_mg", 12_655_500_000),), source=Source.OWN_ENTRIES, index=40, statement=StatementId(_ID),
    lots=(LotId("MUN-L-000007"),), about=(("run", "MUN-R-000045"), ("tolerance_ppm", 20_000)),
)  # fmt: skip
FINDINGS: Final[dict[str, Any]] = {
    "lot": "MUN-L-000007",
    "findings": [finding_row(AttestedFinding(_FINDING, None))],
    "tree_size": TREE_SIZE,
}
PROVENANCE: Final[dict[str, Any]] = {
    "lot": "MUN-L-000007",
    "contributions": {"Pb": [{"source": _LOT, "share": "1.000000000"}]},
    "lots": [
        {"lot": _LOT, "material": "lead_acid_battery", "park": "MUN"},
        {"lot": "MUN-L-000007", "material": "refined_lead", "park": "MUN"},
    ],
    "runs": [
        {
            "run": "MUN-R-000045",
            "process": "smelting",
            "inputs": [{"lot": _LOT, "net_kg": "21450"}],
            "outputs": [{"lot": "MUN-L-000007", "net_kg": "12310"}],
        }
    ],
    "custody": "controlled_blending",
    "tree_size": TREE_SIZE,
}
LEDGER: Final[dict[str, Any]] = {
    "origin": _ORIGIN,
    "genesis": "c3" * 32,
    "log_keys": [f"{_ORIGIN}+bc4a5e7f+AQ...", f"{_ORIGIN}+2f1d09aa+Bg..."],
    "size": TREE_SIZE,
}
PROBLEMS: Final[dict[int, dict[str, Any]]] = {
    400: problem(BAD_GTIN, "expected check digit 2, got 3 in 09506000134353"),
    404: problem_of(NotFoundError("lot", "MUN-L-000008")),
    409: problem_of(RefusedError(RefusalCode.LOT_EXISTS, lot=_LOT, collides_with=_LOT)),
    413: problem(TOO_LARGE, "expected a request body of at most 67,108,864 bytes, got more"),
    415: problem(WRONG_MEDIA_TYPE, "expected a Content-Type among application/json, application/jsonl, got text/plain"),
    422: problem_of(MalformedError("expected each member once, got 'event' twice")),
    503: problem_of(QueueFullError("the write queue is full")),
}


def line_examples() -> str:
    """Return the answer to four lines: taken, there already, refused, not judged."""
    answers: list[dict[str, Any]] = [
        {"line": 1, "status": 201, **RECEIPT},
        {"line": 2, "status": 200, **RECEIPT},
        {"line": 3, **PROBLEMS[409]},
        {"line": 4, "status": "not-judged"},
    ]
    return "".join(dump_json(answer).decode() + "\n" for answer in answers)


_FIGURE: Final = {"share": "1.000000000", "kg": "12308.2", "of_kg": "12308.2"}
_REACHED: Final = {
    "net": {"share": "1.000000000", "kg": "12310", "of_kg": "12310"},
    "content": {"Pb": _FIGURE},
}
RECALL: Final[dict[str, Any]] = {
    "seeds": [_LOT],
    "documents": [{"issuer": "MUN", "kind": "weighbridge_slip", "number": "WB-000123", "statement": _ID}],
    "lots": [
        {
            "lot": "MUN-L-000007",
            "material": "refined_lead",
            "holder": "GLENCORE",
            "status": "open",
            "held": False,
            "made": _REACHED,
            **_REACHED,
        }
    ],
    "recipients": [{"recipient": "GLENCORE", "lots": ["MUN-L-000007"], **_REACHED}],
    "shipments": [
        {
            "lot": "MUN-L-000007",
            "shipment": "MUN-H-000001",
            "sender": "MUN",
            "recipient": "GLENCORE",
            "occurred_at": "2026-01-09T08:00:00Z",
            "statement": "5e" * 32,
            "decision": "accepted",
            "withdrawn": False,
            **_REACHED,
        }
    ],
    "tree_size": TREE_SIZE,
    "standing": {"proven": "clear", "reported": "clear", "reasons": []},
}
BALANCE: Final[dict[str, Any]] = {
    "site": "MUN",
    "period": "2026-01",
    "unit": "kg",
    "lines": [
        {
            "figure": "content",
            "metal": "Pb",
            "origin": "battery_post_consumer",
            "opening": "0",
            "receipts": "12655.5",
            "arrivals": "0",
            "additions": "0",
            "gains": "0",
            "shortfalls": "0",
            "losses": "347.3",
            "dispatches": "12308.2",
            "departures": "0",
            "claimed_recycling_service": "0",
            "claimed_recycled_content": "0",
            "credits_earned": "0",
            "credits_drawn": "0",
            "closing": "0",
            "unexplained": "0",
        }
    ],
    "opening_from": "2025-12",
    "totals": "a1" * 32,
    "tree_size": TREE_SIZE,
    "custody": "controlled_blending",
    "lots_root": "b2" * 32,
}
MOVEMENTS: Final[dict[str, Any]] = {
    "site": "MUN",
    "period": "2026-01",
    "unit": "kg",
    "movements": [
        {
            "kind": "receipts",
            "index": 12,
            "statement": "5e" * 32,
            "record": "MUN-B-000123",
            "net_kg": "21450",
            "dry_kg": "21450",
            "origin_kg": {"Pb": {"battery_post_consumer": "12655.5"}},
        }
    ],
    "tree_size": TREE_SIZE,
}
_ROW: Final[dict[str, Any]] = {
    "park": None,
    "metal": "Pb",
    "produced_kg": "12308.2",
    "tolled_kg": "0",
    "dispatched_kg": "12308.2",
    "accepted_kg": "12308.2",
    "disputed_kg": "0",
    "tolled_dispatched_kg": "0",
    "dispatched_of_produced": "1.000000",
    "accepted_of_produced": "1.000000",
    "disputed_of_produced": "0.000000",
    "within_share": True,
    "left_of_share_kg": "0",
    "custody": "controlled_blending",
    "agreed_kg": "12000",
    "least_kg": "11400",
    "left_kg": "-308.2",
    "fulfilled": True,
    "accepted_of_agreed": "1.025683",
}
AGREEMENT: Final[dict[str, Any]] = {
    "agreement": "ACE-A-2022",
    "seller": "ACE",
    "buyer": "GLENCORE",
    "effective": True,
    "offer": "5e" * 32,
    "confirmation": "c4" * 32,
    "starts_on": "2022-12-05",
    "ends_on": "2037-12-04",
    "tolerance": "0.05",
    "share": "1",
    "years": [{"year": 2026, **_ROW}],
    "totals": [_ROW],
    "tree_size": TREE_SIZE,
}
