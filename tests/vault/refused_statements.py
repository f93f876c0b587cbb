"""Statements that the ledger of the vault refuses at its end, one by one, each for one reason."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ledger.submission import Submission
from tests.vault.vault_ledger import VaultLedger
from tests.world.events import intake, lead_run


class RefusedStatement(NamedTuple):
    """A signed statement, and the code by which it is refused."""

    code: str
    submission: Submission


def refused_statements(ledger: VaultLedger, attested: str) -> Iterator[RefusedStatement]:
    """Yield them; none of them moves a chain on.

    Args:
        ledger: the ledger at its end.
        attested: the statement with a finding of which a certifier spoke.
    """
    yield from _signed(ledger)
    for code, party, event, how in _EVENTS:
        yield RefusedStatement(code, ledger.sign(party, event, **how))
    held = {**_SENT, "shipment": "TEX-H-1", "lots": [{"lot": "TEX-L-1"}]}
    yield RefusedStatement("lot-held", ledger.sign("TEX", held, signers=[ledger.key("TEX 2", "ed25519")], **_LATER))
    words = {"type": "attestation", "statement": attested, "codes": ["gain"], "verdict": "settled", "reason": "seen"}
    yield RefusedStatement("unknown-finding", ledger.sign("CERT", words, **_LATER))


def _signed(ledger: VaultLedger) -> Iterator[RefusedStatement]:
    event = intake("MUN-B-9")
    mun, glencore = ledger.signers["MUN"], ledger.signers["GLENCORE"]
    registration, head = ledger.registrations["MUN"], ledger.heads["MUN", "main"]
    ledger.signers["NOBODY"] = mun
    yield RefusedStatement("wrong-ledger", ledger.sign("MUN", event, origin="ledger.example.com/other"))
    yield RefusedStatement("unknown-issuer", ledger.sign("NOBODY", event))
    yield RefusedStatement("chain-conflict", ledger.sign("MUN", event, link=(1, registration)))
    yield RefusedStatement("chain-conflict", ledger.sign("MUN", event, link=(head.sequence + 2, head.id)))
    yield RefusedStatement("bad-signature", ledger.sign("MUN", event, signers=mun[:1]))
    yield RefusedStatement("bad-signature", ledger.sign("MUN", event, signers=[*mun[:1], *glencore]))
    yield RefusedStatement("revoked-key", ledger.sign("TEX", intake("TEX-B-9")))


_SLIP = {"kind": "weighbridge_slip", "issuer": "MUN", "number": "WB-1", "date": "2026-01-05"}
_CLAIM = {
    "type": "claim", "kind": "recycled_content", "scheme": "ISCC PLUS", "number": "C-2",
    "lots": [{"lot": "MUN-L-1", "origin_kg": {"Pb": {"battery_post_consumer": "570"}}}],
}  # fmt: skip
_COUNT = {"type": "stock_count", "method": "weighed", "reason": "again", "adjust": True}
_PACKED = lead_run("GLENCORE-R-9", {"MUN-L-3": "1"}, {"GLENCORE-L-9": ("1", "1")}, process="packing")
_ACCEPTED = {"lot": "MUN-L-2", "decision": "accepted", "net_kg": "1"}
_SENT = {"type": "dispatch", "to": "GLENCORE"}
_NONE = "5e" * 32
_LATER: dict[str, Any] = {"at": "2026-02-06T06:00:00Z"}

_EVENTS: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("not-entitled", "GLENCORE", intake("GLENCORE-B-1"), {}),
    ("not-entitled", "MUN", intake("TEX-B-9"), {}),
    ("lot-exists", "MUN", intake("MUN-B-1"), {}),
    ("content-exceeds-net", "MUN", intake("MUN-B-9", "1000", "1001"), {}),
    ("duplicate-document", "MUN", intake("MUN-B-9", documents=[_SLIP]), {}),
    ("run-exists", "MUN", lead_run("MUN-R-1", {"MUN-S-1": "1"}, {"MUN-L-9": ("1", "0")}), {}),
    ("unknown-lot", "MUN", lead_run("MUN-R-9", {"MUN-B-9": "1"}, {"MUN-L-9": ("1", "1")}), {}),
    ("insufficient-mass", "MUN", lead_run("MUN-R-9", {"MUN-L-2": "501"}, {"MUN-L-9": ("1", "1")}), {}),
    ("gain-exceeds-tolerance", "MUN", lead_run("MUN-R-9", {"MUN-S-1": "50"}, {"MUN-L-9": ("50", "49")}), {}),
    ("lot-disputed", "GLENCORE", _PACKED, {}),
    ("shipment-exists", "MUN", {**_SENT, "shipment": "MUN-H-1", "lots": [{"lot": "MUN-L-2"}]}, _LATER),
    (
        "unknown-receiver", "MUN",
        {"type": "dispatch", "shipment": "MUN-H-2", "to": "NOBODY", "lots": [{"lot": "MUN-L-2"}]}, _LATER,
    ),
    (
        "unknown-shipment", "GLENCORE",
        {"type": "acceptance", "shipment": "MUN-H-9", "lots": [_ACCEPTED]}, _LATER,
    ),
    (
        "not-in-shipment", "GLENCORE",
        {"type": "acceptance", "shipment": "MUN-H-1", "lots": [_ACCEPTED]}, _LATER,
    ),
    ("exceeds-claimable", "GLENCORE", _CLAIM, _LATER),
    ("claim-exists", "GLENCORE", {**_CLAIM, "number": "C-1"}, _LATER),
    ("implausible-count", "MUN", {**_COUNT, "lots": ["MUN-S-1"], "counted_kg": "500"}, _LATER),
    (
        "unknown-hold", "CERT",
        {"type": "release", "hold": _NONE, "lots": ["TEX-L-1"], "reason": "looked at"}, _LATER,
    ),
    (
        "unknown-statement", "MUN",
        {"type": "correction", "statement": _NONE, "kind": "did_not_occur", "reason": "a slip"}, _LATER,
    ),
    (
        "period-closed", "MUN",
        {"type": "period_close", "period": "2026-01", "totals": _NONE, "lots_root": _NONE}, _LATER,
    ),
    (
        "period-open", "MUN",
        {"type": "period_close", "period": "2026-03", "totals": _NONE, "lots_root": _NONE}, _LATER,
    ),
    (
        "totals-differ", "GLENCORE",
        {"type": "period_close", "period": "2026-01", "totals": _NONE, "lots_root": _NONE}, _LATER,
    ),
    (
        "unknown-agreement", "GLENCORE",
        {
            "type": "agreement", "agreement": "MUN-A-9", "seller": "MUN", "buyer": "GLENCORE", "parks": ["MUN"],
            "starts_on": "2026-01-01", "ends_on": "2040-12-31", "confirms": _NONE,
            "quantities": [{"metal": "Pb", "quantity_kg": "1000", "year": 2026, "park": "MUN"}],
        }, _LATER,
    ),
]  # fmt: skip
