"""What is said in test worlds: events with sensible defaults, masses as texts in kg.

Every function takes further members as keywords; they replace what it says itself.
"""

from __future__ import annotations

from typing import Any

Document = dict[str, Any]


def participant(party: str, *roles: str, **more: Any) -> Document:
    """Return the event that registers a party, in India by default; it has no keys yet."""
    event = {
        "type": "participant", "id": party, "name": party, "roles": list(roles), "country": "IN", "identifiers": {},
    }  # fmt: skip
    return {**event, **more}


def revocation(party: str, keyid: str, since: str | None = None, **more: Any) -> Document:
    """Return the revocation of a key: rotated, or compromised since a time."""
    event = {"type": "key", "participant": party, "action": "revoke", "keyid": keyid}
    why = {"reason": "compromised", "since": since} if since else {"reason": "rotated"}
    return {**event, **why, **more}


def intake(lot: str, net: str = "1000", lead: str = "600", **more: Any) -> Document:
    """Return an intake of used lead-acid batteries; with ``origin_kg`` no origin is said beside it."""
    event = {
        "type": "intake", "lot": lot, "material": "lead_acid_battery", "chemistry": "lead_acid", "form": "whole",
        "net_kg": net, "content_kg": {"Pb": lead}, "content_basis": "table", "country": "IN", "documents": [],
        "origin": "battery_post_consumer", **more,
    }  # fmt: skip
    if "origin_kg" in more:
        del event["origin"]
    return event


def intakes(party: str, first: int, count: int) -> list[Document]:
    """Return intakes of numbered lots."""
    return [intake(f"{party}-B-{number}") for number in range(first, first + count)]


def run(name: str, inputs: dict[str, str], outputs: dict[str, tuple[str, str]], /, **more: Any) -> Document:
    """Return a smelting run; inputs give net kg, outputs net and lead kg, by lot."""
    lines = [
        {"lot": lot, "material": "refined_lead", "role": "product", "net_kg": net, "content_kg": {"Pb": lead}}
        for lot, (net, lead) in outputs.items()
    ]
    return {
        "type": "transformation", "run": name, "process": "smelting", "started_at": "2026-01-06T02:00:00Z",
        "ended_at": "2026-01-06T20:00:00Z", "inputs": [{"lot": lot, "net_kg": net} for lot, net in inputs.items()],
        "outputs": lines, **more,
    }  # fmt: skip


def smelting(name: str, lot: str, made: str, lead: str = "590", **more: Any) -> Document:
    """Return a run that makes 700 kg of one lot from 1,000 kg of batteries."""
    return run(name, {lot: "1000"}, {made: ("700", lead)}, **more)


def dispatch(shipment: str, *lots: str, to: str = "GLENCORE", **more: Any) -> Document:
    """Return a dispatch of lots."""
    return {"type": "dispatch", "shipment": shipment, "to": to, "lots": [{"lot": lot} for lot in lots], **more}


def acceptance(shipment: str, *lots: str, decision: str = "accepted", net: str = "500", **more: Any) -> Document:
    """Return the receiver's word on lots, the same on each."""
    words = [{"lot": lot, "decision": decision, "net_kg": net} for lot in lots]
    return {"type": "acceptance", "shipment": shipment, "lots": words, **more}


def correction(statement: str, replacement: Document | None = None, **more: Any) -> Document:
    """Return a correction; without a replacement the statement counts no more."""
    kind = "did_not_occur" if replacement is None else "incorrect_data"
    event = {"type": "correction", "statement": statement, "kind": kind, "reason": "a slip of the pen", **more}
    return event if replacement is None else {**event, "replacement": replacement}
