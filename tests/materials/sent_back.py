"""What a customer sends back of a lot, and who settles it."""

from __future__ import annotations

from typing import Any, TypeVar

from schemas.ids import StatementId
from tests.materials.market import Market
from tests.world import events
from tests.world.folding import Fold

NOTE = {"kind": "credit_note", "issuer": "MUN", "number": "CN-1"}
LEAD = {"material": "refined_lead", "form": "ingot"}
Registered = TypeVar("Registered", bound=Fold)


def back(lot: str, of: str, net: str, **more: Any) -> dict[str, Any]:
    """Return the intake of a part of a lot that had left."""
    event = events.intake(lot, net, **{**LEAD, "content_kg": {}, "documents": [NOTE], **more})
    del event["origin"]
    return {**event, "reason": "customer_return", "returned_lot": of}


def with_certifier(fold: Registered) -> Registered:
    """Return a world that has a certifier besides."""
    fold.register(events.participant("CERT", "certifier"))
    return fold


def settle(statement: StatementId, verdict: str = "settled") -> dict[str, Any]:
    """Return a certifier's word on a return."""
    return {
        "type": "attestation", "statement": statement, "codes": ["customer-return"], "verdict": verdict,
        "reason": "seen at the gate", "documents": [],
    }  # fmt: skip


def sold() -> Market:
    """Return a market where MUN-L-1 was sold: 10,000 kg, half of used batteries, half virgin (entries 0 to 3)."""
    market = with_certifier(Market())
    market.batch("MUN-B-1", "5000", "5000")
    market.batch("MUN-B-2", "5000", "5000", origin="primary")
    market.make("MUN-L-1", {"MUN-B-1": "5000", "MUN-B-2": "5000"}, "10000")
    market.send("MUN-L-1", disposition="sold")
    return market
