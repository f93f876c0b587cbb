"""One whole event of each type, with all of its optional members where they fit together."""

from __future__ import annotations

import copy
from typing import Any

from schemas.events import parse_event
from schemas.ids import PartyId
from schemas.strict_json import dump_json
from schemas.versions import VERSION_1
from tests.schemas.accounting_samples import ACCOUNTING

Path = tuple[str | int, ...]
"""Where a member stands: names and positions from the outside in."""

NONCE = "0123456789abcdef" * 2
HASH = "ab" * 32
DIGEST = "A" * 43
AT = "2026-01-05T06:00:00Z"
DOCUMENT = {
    "kind": "other",
    "issuer": "MUN",
    "number": "1",
    "date": "2026-01-05",
    "part": "1/2",
    "sha256": HASH,
    "description": "letter",
}
KEY = {"algorithm": "ed25519", "public_key": "AAAA"}

SAMPLES: dict[str, dict[str, Any]] = {
    "genesis": {
        "type": "genesis",
        "origin": "ledger.example.com/ace",
        "rules": 1,
        "log_keys": ["a", "b"],
        "authority": {"id": "AUTHORITY", "name": "x", "country": "CH", "keys": [KEY]},
        "predecessor": "old.example",
    },
    "participant": {
        "type": "participant",
        "id": "MUN",
        "name": "ACE Mundra",
        "roles": ["park", "processor"],
        "country": "IN",
        "identifiers": {"gln": "1"},
        "keys": [{**KEY, "proof": "AAAA"}],
        "require": ["ed25519"],
        "timezone": "Asia/Kolkata",
        "lines": [{"line": "1", "feed": "lead_acid", "capacity_t_per_year": "1", "commissioned_on": "2024-01-15"}],
        "scales": [{"scale": "W1"}],
        "limits": {"handover_warn_ppm": 4000},
        "permits": [{"issuer": "Board", "number": "7"}],
    },
    "key-add": {"type": "key", "participant": "MUN", "action": "add", **KEY, "proof": "AAAA", "reason": "second"},
    "key-revoke": {
        "type": "key",
        "participant": "MUN",
        "action": "revoke",
        "keyid": HASH,
        "reason": "compromised",
        "since": AT,
    },
    "rules": {"type": "rules", "rules": 1},
    "intake": {
        "type": "intake",
        "lot": "MUN-B-1",
        "material": "other",
        "description": "what",
        "chemistry": "lead_acid",
        "form": "whole",
        "net_kg": "10",
        "content_kg": {"Pb": "6", "Ni": "0"},
        "content_basis": "assay",
        "country": "IN",
        "origin_kg": {"Pb": {"primary": "2", "unknown": "4", "internal": "0"}},
        "documents": [DOCUMENT],
        "waste_code": "16 06 01*",
        "reason": "found",
        "dry_kg": "9",
        "pieces": 0,
        "category": "c",
        "basel_code": "A1",
        "weighing": {"gross_kg": "20", "tare_kg": "10", "scale": "W1", "slip": "1"},
        "owner": "GLENCORE",
        "custody": "mass_balance",
        "supplier": HASH,
        "sealed": [DIGEST],
    },
    "transformation": {
        "type": "transformation",
        "run": "MUN-R-1",
        "process": "other",
        "description": "what",
        "started_at": AT,
        "ended_at": AT,
        "inputs": [{"lot": "MUN-B-1", "net_kg": "1"}, {"lot": "MUN-B-1", "net_kg": "1", "closes": True}],
        "outputs": [
            {
                "lot": "MUN-P-1",
                "material": "slag",
                "role": "wip",
                "net_kg": "1",
                "content_kg": {},
                "grade": "g",
                "units": [{"id": "1", "net_kg": "1"}],
                "dry_kg": "1",
                "content_basis": "table",
                "form": "bulk",
                "description": "d",
            }
        ],
        "additions": [
            {"material": "soda ash", "net_kg": "1", "content_kg": {}, "origin": "primary", "documents": [DOCUMENT]}
        ],
        "line": "1",
        "campaign": "c",
        "vessel": "v",
        "documents": [DOCUMENT],
        "gain_reason": "other",
        "electricity_kwh": "1.5",
        "custody": "segregated",
        "sealed": [DIGEST],
    },
    "dispatch": {
        "type": "dispatch",
        "shipment": "MUN-H-1",
        "to": "GLENCORE",
        "lots": [{"lot": "MUN-B-1"}],
        "documents": [DOCUMENT],
        "agreement": "a",
        "title": "t",
        "sealed": [DIGEST],
    },
    "acceptance": {
        "type": "acceptance",
        "shipment": "MUN-H-1",
        "sealed": [DIGEST],
        "lots": [
            {
                "lot": "MUN-B-1",
                "decision": "accepted",
                "net_kg": "0",
                "content_kg": {"Pb": "1"},
                "assays": [HASH],
                "note": "n",
                "rejected": {"lot": "GLENCORE-X-1", "net_kg": "1"},
            }
        ],
    },
    **ACCOUNTING,
}


def read(event: dict[str, Any], issuer: str = "MUN") -> Any:
    """Read an event document."""
    return parse_event(dump_json({"nonce": NONCE, **event}), PartyId(issuer), VERSION_1)


def changed(name: str, path: Path, value: Any) -> dict[str, Any]:
    """Return a sample with one member set."""
    event = copy.deepcopy(SAMPLES[name])
    place: Any = event
    for part in path[:-1]:
        place = place[part]
    place[path[-1]] = value
    return event


def places(value: Any, path: Path = ()) -> list[Path]:
    """Return the paths of all members, those of members included."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for name, member in members for place in ((*path, name), *places(member, (*path, name)))]
