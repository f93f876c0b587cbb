"""What is said in the vault: every kind of event, under keys of every algorithm."""

from __future__ import annotations

from ledger.log.sealed import make_disclosure
from ledger.questions.balances import balance_answer
from schemas.ids import PartyId
from tests.vault.vault_ledger import VaultLedger
from tests.world.events import intake, lead_run

FACTS = (
    make_disclosure("supplier", "Kabadi & Sons", b"vault salt no. 1").text,
    make_disclosure("vehicle", "GJ-12-AB-1234", b"vault salt no. 2").text,
)
"""What the first intake seals."""

_LINE = {"line": "MUN-LAB-1", "feed": "lead_acid", "capacity_t_per_year": "40000", "commissioned_on": "2024-01-15"}
_SLIP = {"kind": "weighbridge_slip", "issuer": "MUN", "number": "WB-1", "date": "2026-01-05", "sha256": "ab" * 32}


def say_all(ledger: VaultLedger) -> str:
    """Say everything once; return the statement that is corrected and attested."""
    _parties(ledger)
    second = _metal(ledger)
    _words(ledger, second)
    _ends(ledger)
    return second


def _parties(ledger: VaultLedger) -> None:
    both = ("ed25519", "ml-dsa-44")
    ledger.enrol("MUN", "park", algorithms=both, require=list(both), lines=[_LINE], timezone="Asia/Kolkata")
    ledger.enrol("TEX", "park", algorithms=("ecdsa-p256",), timezone="America/Chicago")
    ledger.enrol("GLENCORE", "offtaker", algorithms=("ml-dsa-44",))
    ledger.enrol("LAB", "laboratory")
    ledger.enrol("CERT", "certifier")
    second = ledger.key("TEX 2", "ed25519")
    ledger.say("TEX", {
        "type": "key", "participant": "TEX", "action": "add", **ledger.proven(second, "TEX"), "reason": "second gate",
    })  # fmt: skip
    ledger.say("AUTHORITY", {"type": "rules", "rules": 1})


def _metal(ledger: VaultLedger) -> str:
    """Say what came, was made and went; return the statement of the second intake."""
    offer = {
        "type": "agreement", "agreement": "MUN-A-1", "seller": "MUN", "buyer": "GLENCORE", "parks": ["MUN", "TEX"],
        "starts_on": "2026-01-01", "ends_on": "2040-12-31", "tolerance": "0.05",
        "quantities": [{"metal": "Pb", "quantity_kg": "1000", "year": 2026, "park": "MUN"}],
    }  # fmt: skip
    offered = ledger.say("MUN", offer)
    ledger.say("GLENCORE", {**offer, "confirms": offered.id})
    ledger.say("MUN", intake("MUN-B-1", documents=[_SLIP]), sealed=FACTS)
    second = ledger.say("MUN", intake("MUN-B-2"), chain="gate-2")
    ledger.say("MUN", intake("MUN-B-3", origin="primary"))
    ledger.say("TEX", intake("TEX-B-1"))
    soda = {"material": "soda ash", "net_kg": "20", "content_kg": {}, "origin": "primary"}
    scrap = {"material": "virgin lead", "net_kg": "10", "content_kg": {"Pb": "9"}, "origin": "primary"}
    made = {"MUN-L-1": ("580", "575"), "MUN-S-1": ("100", "5")}
    ledger.say("MUN", lead_run("MUN-R-1", {"MUN-B-1": "1000"}, made, additions=[soda, scrap], line="MUN-LAB-1"))
    for number in (2, 3):
        outputs = {f"MUN-L-{number}": ("500", "500")}
        event = lead_run(f"MUN-R-{number}", {f"MUN-B-{number}": "1000"}, outputs, custody="mass_balance")
        ledger.say("MUN", event)
    credit = {"lot": "MUN-L-3", "credit_kg": {"Pb": {"battery_post_consumer": "400"}}}
    lots = [{"lot": "MUN-L-1"}, credit]
    sent = {"type": "dispatch", "shipment": "MUN-H-1", "to": "GLENCORE", "lots": lots, "agreement": "MUN-A-1"}
    ledger.say("MUN", sent, at="2026-01-07T06:00:00Z")
    words = [
        {"lot": "MUN-L-1", "decision": "accepted", "net_kg": "579"},
        {"lot": "MUN-L-3", "decision": "disputed", "net_kg": "450"},
    ]
    accepted = {"type": "acceptance", "shipment": "MUN-H-1", "lots": words}
    ledger.say("GLENCORE", accepted, at="2026-01-09T06:00:00Z")
    ledger.say("TEX", lead_run("TEX-R-1", {"TEX-B-1": "500"}, {"TEX-L-1": ("250", "240")}), chain="lab")
    return second.id


def _words(ledger: VaultLedger, second: str) -> None:
    """Say what was found, held, claimed, corrected and looked at afterwards."""
    results = {"Pb": {"fraction": "0.61", "uncertainty": "0.006"}}
    ledger.say("LAB", {
        "type": "assay", "lots": ["TEX-B-1"], "stage": "final", "basis": "wet", "method": "XRF", "sample": "S-1",
        "results": results,
    }, at="2026-01-10T06:00:00Z")  # fmt: skip
    ledger.say("MUN", {
        "type": "stock_count", "lots": ["MUN-S-1"], "counted_kg": "99", "method": "weighed", "adjust": True,
        "reason": "month end",
    }, at="2026-01-31T06:00:00Z")  # fmt: skip
    hold = ledger.say("CERT", {"type": "hold", "lots": ["TEX-L-1", "MUN-L-2"], "reason": "to be looked at"})
    ledger.say("CERT", {"type": "release", "hold": hold.id, "lots": ["MUN-L-2"], "reason": "looked at"})
    lots = [{"lot": "MUN-L-1", "origin_kg": {"Pb": {"battery_post_consumer": "100"}}}]
    claim = {"type": "claim", "kind": "recycled_content", "scheme": "ISCC PLUS", "number": "C-1", "lots": lots}
    ledger.say("GLENCORE", claim, at="2026-01-20T06:00:00Z")
    ledger.say("MUN", {
        "type": "correction", "statement": second, "kind": "incorrect_data", "reason": "two digits swapped",
        "replacement": intake("MUN-B-2", lead="560"),
    }, at="2026-01-21T06:00:00Z")  # fmt: skip
    ledger.say("CERT", {
        "type": "attestation", "statement": second, "codes": ["no-weighing-document"], "verdict": "settled",
        "reason": "seen on site",
    }, at="2026-01-22T06:00:00Z")  # fmt: skip


def _ends(ledger: VaultLedger) -> None:
    """Close a month and revoke a key."""
    with ledger.store.reading() as snapshot:
        answer = balance_answer(snapshot, PartyId("MUN"), "2026-01")
    close = {"type": "period_close", "period": "2026-01", "totals": answer["totals"], "lots_root": answer["lots_root"]}
    ledger.say("MUN", close, at="2026-02-05T06:00:00Z")
    keyid = ledger.signers["TEX"][0].public_key.keyid
    revocation = {"type": "key", "participant": "TEX", "action": "revoke", "keyid": keyid}
    ledger.say("AUTHORITY", {**revocation, "reason": "compromised", "since": "2026-02-10T00:12:00Z"})
