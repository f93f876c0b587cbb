"""What is said in test worlds: events with sensible defaults.

A mass is given in milligrams, or as a text in kg. Every function takes further members as
keywords; they replace what it says itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from schemas.ids import StatementId
from schemas.quantity import format_kg

Document = dict[str, Any]
Mass = int | str
Content = Mapping[str, Mass]

KG = 1_000_000
AT = "2026-01-05T06:00:00Z"
"""When something happens, unless it is said otherwise."""


def mass(value: Mass) -> str:
    """Return a mass in kg from milligrams; a text is one already."""
    return value if isinstance(value, str) else format_kg(value)


def masses(content: Content | None) -> dict[str, str]:
    """Return masses in kg by name."""
    return {name: mass(value) for name, value in (content or {}).items()}


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


def intake(lot: str, net: Mass = "1000", lead: Mass | Content = "600", **more: Any) -> Document:
    """Return an intake of used lead-acid batteries with a mass of lead, or with other content by metal.

    With ``origin_kg`` (masses by metal and origin) no origin is said beside it.
    """
    content = masses(lead if isinstance(lead, Mapping) else {"Pb": lead})
    event = {
        "type": "intake", "lot": lot, "material": "lead_acid_battery", "chemistry": "lead_acid", "form": "whole",
        "net_kg": mass(net), "content_kg": content, "content_basis": "table", "country": "IN", "documents": [],
        "origin": "battery_post_consumer", **more,
    }  # fmt: skip
    if "origin_kg" in more:
        event["origin_kg"] = {metal: masses(split) for metal, split in more["origin_kg"].items()}
        del event["origin"]
    return event


def intakes(party: str, first: int, count: int) -> list[Document]:
    """Return intakes of numbered lots."""
    return [intake(f"{party}-B-{number}") for number in range(first, first + count)]


def line(lot: str, net: Mass, *, closes: bool = False) -> Document:
    """Return an input of a run."""
    return {"lot": lot, "net_kg": mass(net), **({"closes": True} if closes else {})}


def addition(net: Mass, content: Content | None = None, **more: Any) -> Document:
    """Return an addition to a run, primary by default."""
    return {"material": "reagent", "net_kg": mass(net), "content_kg": masses(content), "origin": "primary", **more}


def output(lot: str, net: Mass, content: Content | None = None, **more: Any) -> Document:
    """Return an output of a run, bullion by default."""
    return {
        "lot": lot, "material": "lead_bullion", "role": "product", "net_kg": mass(net), "content_kg": masses(content),
        **more,
    }  # fmt: skip


def run(name: str, inputs: list[Document], outputs: list[Document], process: str = "smelting", **more: Any) -> Document:
    """Return a run that begins and ends at ``AT`` by default."""
    return {
        "type": "transformation", "run": name, "process": process, "started_at": AT, "ended_at": AT, "inputs": inputs,
        "outputs": outputs, **more,
    }  # fmt: skip


def lead_run(name: str, inputs: Content, outputs: Mapping[str, tuple[Mass, Mass]], /, **more: Any) -> Document:
    """Return a run to refined lead of a whole day; inputs give net mass, outputs net mass and lead, by lot."""
    made = [output(lot, net, {"Pb": lead}, material="refined_lead") for lot, (net, lead) in outputs.items()]
    times = {"started_at": "2026-01-06T02:00:00Z", "ended_at": "2026-01-06T20:00:00Z"}
    return {**run(name, [line(lot, net) for lot, net in inputs.items()], made, **times), **more}


def smelting(name: str, lot: str, made: str, lead: str = "590", **more: Any) -> Document:
    """Return a run that makes 700 kg of one lot from 1,000 kg of batteries."""
    return lead_run(name, {lot: "1000"}, {made: ("700", lead)}, **more)


def dispatch(shipment: str, *lots: str, to: str = "GLENCORE", **more: Any) -> Document:
    """Return a dispatch of lots; to nobody where a ``disposition`` says that they are gone for good."""
    goal = {} if "disposition" in more else {"to": to}
    return {"type": "dispatch", "shipment": shipment, **goal, "lots": [{"lot": lot} for lot in lots], **more}


def acceptance(shipment: str, *lots: str, decision: str = "accepted", net: Mass = "500", **more: Any) -> Document:
    """Return the receiver's word on lots, the same on each."""
    words = [{"lot": lot, "decision": decision, "net_kg": mass(net)} for lot in lots]
    return {"type": "acceptance", "shipment": shipment, "lots": words, **more}


def assay(fraction: str, *lots: str, uncertainty: str = "0", metal: str = "Pb", **more: Any) -> Document:
    """Return a final assay of one metal on the wet mass, of MUN-B-1 where no lot is named."""
    results = {metal: {"fraction": fraction, "uncertainty": uncertainty}}
    return {
        "type": "assay", "lots": list(lots or ("MUN-B-1",)), "stage": "final", "basis": "wet", "method": "XRF",
        "sample": "1", "results": results, **more,
    }  # fmt: skip


def stock_count(lot: str, counted: Mass, **more: Any) -> Document:
    """Return a count of a lot that the book shall follow."""
    return {
        "type": "stock_count", "lots": [lot], "counted_kg": mass(counted), "method": "weighed", "reason": "month end",
        "adjust": True, **more,
    }  # fmt: skip


def claim(lot: str, claimed: Mass, number: str = "C-1", **more: Any) -> Document:
    """Return a claim of recycled content on lead, from used batteries unless another ``origin`` is given."""
    origin = more.pop("origin", "battery_post_consumer")
    return {
        "type": "claim", "kind": "recycled_content", "scheme": "ISCC PLUS", "number": number,
        "lots": [{"lot": lot, "origin_kg": {"Pb": {origin: mass(claimed)}}}], **more,
    }  # fmt: skip


def agreement(number: str = "MUN-A-1", seller: str = "MUN", buyer: str = "GLENCORE", **more: Any) -> Document:
    """Return the terms of an agreement from 2026 to 2040, under which the seller's own park sells."""
    return {
        "type": "agreement", "agreement": number, "seller": seller, "buyer": buyer, "parks": [seller],
        "starts_on": "2026-01-01", "ends_on": "2040-12-31", **more,
    }  # fmt: skip


def correction(statement: str | int, replacement: Document | None = None, **more: Any) -> Document:
    """Return a correction; without a replacement the statement counts no more.

    In a world without signatures the statement may be given by its index.
    """
    kind = "did_not_occur" if replacement is None else "incorrect_data"
    named = unsigned_id(statement) if isinstance(statement, int) else statement
    event = {"type": "correction", "statement": named, "kind": kind, "reason": "a slip of the pen", **more}
    return event if replacement is None else {**event, "replacement": replacement}


def unsigned_id(index: int) -> StatementId:
    """Return the statement id that an entry has in a world without signatures."""
    return StatementId(f"{index:064x}")
