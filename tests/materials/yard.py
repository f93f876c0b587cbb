"""A yard to judge small ledgers in: parks MUN and TEX, the offtaker GLENCORE, no signatures."""

from __future__ import annotations

from typing import Any

from ledger.materials.answers.provenance import contributions, printed, trace
from ledger.materials.state.book import Effects
from ledger.materials.state.records import Lot
from schemas.codes import ORIGINS, Metal
from schemas.ids import LotId, StatementId
from schemas.refusal import RefusedError
from tests.world import events
from tests.world.events import AT, Content, Mass
from tests.world.folding import Fold
from tests.world.parties import ROLES

LINE = {"line": "MUN-1", "feed": "lead_acid", "capacity_t_per_year": "40000", "commissioned_on": "2026-01-05"}
SLIP = {"kind": "weighbridge_slip", "issuer": "MUN", "number": "1"}


class Yard(Fold):
    """The parties of the test worlds, of which MUN has a line; and what becomes of their lots."""

    def __init__(self) -> None:
        super().__init__()
        for party, roles in ROLES.items():
            self.register(events.participant(party, *roles, **({"lines": [LINE]} if party == "MUN" else {})))

    def say(self, issuer: str, event: dict[str, Any], at: str = AT) -> Effects:
        """Take an event and check that no metal came or went unseen."""
        effects = self.take({"issuer": issuer, "occurred_at": at, "event": event})
        self.check()
        return effects

    def code(self, issuer: str, event: dict[str, Any], at: str = AT) -> str:
        """Return the code of the refusal, or ``taken`` (and then it is)."""
        try:
            self.say(issuer, event, at)
        except RefusedError as refusal:
            return refusal.code
        return "taken"

    def enter(self, issuer: str, event: dict[str, Any], at: str = AT) -> StatementId:
        """Take an event and return its statement."""
        self.say(issuer, event, at)
        return events.unsigned_id(self.index - 1)

    def intake(self, lot: str, net: Mass, content: Content | None = None, *, at: str = AT, **more: Any) -> Effects:
        """Let a batch come in."""
        return self.say(lot[:3], intake(lot, net, content, **more), at)

    def lot(self, name: str) -> Lot:
        """Return a lot as it stands."""
        return self.lots[LotId(name)]

    def origins(self, name: str, metal: str = "Pb") -> dict[str, int]:
        """Return milligrams by origin."""
        split = self.lots[LotId(name)].mix.get(metal, ())  # type: ignore[call-overload]
        return {origin: mass for origin, mass in zip(ORIGINS, split, strict=False) if mass}

    def contributions(self, name: str, metal: Metal = "Pb") -> list[tuple[str, str]]:
        """Return the printed contributions to a metal."""
        ancestry = trace(self.lots[LotId(name)], self)
        return [(row.source.text, row.share) for row in printed(contributions(ancestry)[metal])]


def intake(lot: str, net: Mass, content: Content | None = None, **more: Any) -> dict[str, Any]:
    """Return an intake of analysed lead scrap: what comes into a yard."""
    scrap = {"material": "lead_scrap", "form": "scrap", "content_basis": "assay"}
    return events.intake(lot, net, content or {}, **{**scrap, **more})


def codes(yard: Yard, index: int) -> dict[str, str]:
    """Return codes and severities of the findings on an entry that no later word took away."""
    return {finding.code: finding.severity for finding in yard.findings_of(index) if finding.withdrawn_by is None}
