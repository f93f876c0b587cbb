"""One whole event of each type of the accounting, with all of its optional members."""

from __future__ import annotations

from typing import Any

HASH = "ab" * 32
DIGEST = "A" * 43
_DOCUMENT = {"kind": "assay_report", "issuer": "LAB", "number": "7", "date": "2026-01-05", "sha256": HASH}
_COMMON: dict[str, Any] = {"documents": [_DOCUMENT], "sealed": [DIGEST]}

ACCOUNTING: dict[str, dict[str, Any]] = {
    "assay": {
        "type": "assay",
        "lots": ["MUN-B-1", "MUN-B-2"],
        "stage": "final",
        "results": {"Ni": {"fraction": "0.2", "uncertainty": "0.004"}, "Co": {"fraction": "0.07"}},
        "basis": "dry",
        "moisture": "0.12",
        "method": "ICP-OES",
        "sample": "S-1",
        "report": HASH,
        "note": "n",
        **_COMMON,
    },
    "assay-confirms": {"type": "assay", "lots": ["MUN-B-1"], "confirms": HASH, "note": "n", **_COMMON},
    "stock_count": {
        "type": "stock_count",
        "lots": ["MUN-B-1"],
        "counted_kg": "0",
        "uncertainty_kg": "0.5",
        "method": "weighed",
        "reason": "month end",
        "adjust": True,
        "note": "n",
        **_COMMON,
    },
    "stock_count-confirms": {"type": "stock_count", "lots": ["MUN-B-1"], "confirms": HASH, **_COMMON},
    "hold": {"type": "hold", "lots": ["MUN-B-1"], "reason": "no slip", **_COMMON},
    "release": {"type": "release", "hold": HASH, "lots": ["MUN-B-1"], "reason": "slip found", **_COMMON},
    "claim": {
        "type": "claim",
        "kind": "recycled_content",
        "scheme": "ISCC PLUS",
        "number": "SD-1",
        "lots": [{"lot": "MUN-L-1", "origin_kg": {"Pb": {"battery_post_consumer": "5"}}}],
        "note": "n",
        **_COMMON,
    },
    "correction": {
        "type": "correction",
        "statement": HASH,
        "kind": "incorrect_data",
        "reason": "two digits swapped",
        "replacement": {
            "type": "dispatch",
            "shipment": "MUN-H-1",
            "to": "GLENCORE",
            "lots": [{"lot": "MUN-B-1", "credit_kg": {"Pb": {"other_pre_consumer": "1"}}}],
            "documents": [_DOCUMENT],
        },
        **_COMMON,
    },
    "period_close": {
        "type": "period_close",
        "period": "2026-01",
        "totals": HASH,
        "lots_root": HASH,
        "note": "n",
        **_COMMON,
    },
    "agreement": {
        "type": "agreement",
        "agreement": "ACE-A-1",
        "seller": "ACE",
        "buyer": "GLENCORE",
        "parks": ["MUN", "TEX"],
        "starts_on": "2022-12-05",
        "ends_on": "2037-12-04",
        "quantities": [{"metal": "Pb", "quantity_kg": "1000", "year": 2026, "park": "MUN"}],
        "tolerance": "0.05",
        "share": "1",
        "confirms": HASH,
        "note": "n",
        **_COMMON,
    },
    "attestation": {
        "type": "attestation",
        "statement": HASH,
        "codes": ["opening-stock"],
        "verdict": "settled",
        "reason": "seen on site",
        **_COMMON,
    },
}
