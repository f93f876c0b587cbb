"""A yard with a market: claims, shipments, assays, counts and corrections, masses as texts in kg."""

from __future__ import annotations

from typing import Any

from ledger.materials.claims.marks import claimable
from schemas.codes import ORIGINS
from schemas.ids import LotId, StatementId
from schemas.quantity import format_kg
from tests.materials.yard import Yard, intake
from tests.world import events
from tests.world.events import AT, claim, correction, line, output, run

WASTE = "battery_post_consumer"


class Market(Yard):
    """Short words for what is said of lead; each returns the id of its statement."""

    def batch(self, lot: str, lead: str = "10000", net: str = "10000", **more: Any) -> StatementId:
        """Let a batch come in."""
        return self.enter(lot[:3], intake(lot, net, {"Pb": lead}, **more))

    def make(self, lot: str, inputs: dict[str, str], lead: str, process: str = "smelting", **more: Any) -> StatementId:
        """Make a lot of others."""
        lines = [line(name, net) for name, net in inputs.items()]
        net = more.pop("net", lead)
        event = run(lot.replace("-L-", "-R-"), lines, [output(lot, net, {"Pb": lead})], process, **more)
        return self.enter(lot.split("-", maxsplit=1)[0], event)

    def send(self, lot: str, to: str = "GLENCORE", credit: str | None = None, at: str = AT, **more: Any) -> StatementId:
        """Send a lot, in a shipment with its name."""
        return self.enter(self.lots[LotId(lot)].holder, dispatch(lot, to, credit, **more), at)

    def accept(self, lot: str, net: str, decision: str = "accepted", to: str = "GLENCORE", **more: Any) -> StatementId:
        """Let a lot arrive."""
        return self.enter(to, acceptance(lot, net, decision, **more))

    def assay(self, lot: str, fraction: str, issuer: str | None = None) -> StatementId:
        """Let an analysis find a fraction of lead."""
        return self.enter(issuer or self.lots[LotId(lot)].holder, events.assay(fraction, lot, uncertainty="0.001"))

    def count(self, lot: str, net: str) -> StatementId:
        """Let a count change the book."""
        return self.enter(self.lots[LotId(lot)].holder, events.stock_count(lot, net))

    def claim(self, lot: str, mass: str, number: str = "C-1", **more: Any) -> StatementId:
        """Claim recycled content as its holder, unless another ``kind`` is given."""
        issuer = more.pop("issuer", self.lots[LotId(lot)].holder)
        return self.enter(issuer, claim(lot, mass, number, **more))

    def correct(self, statement: StatementId, replacement: dict[str, Any] | None = None) -> None:
        """Correct a statement of the party that made it, or take it back."""
        logged = self.past.logged_of(statement)
        assert logged is not None
        self.say(logged.issuer, correction(statement, replacement))

    def free(self, lot: str, kind: str = "recycled_content") -> dict[str, str]:
        """Return what lead of a lot can be claimed, by origin."""
        split = claimable(self.lots[LotId(lot)], kind).get("Pb", ())  # type: ignore[arg-type]
        return {origin: format_kg(mass) for origin, mass in zip(ORIGINS, split, strict=False) if mass}

    def found(self, lot: str) -> dict[str, str]:
        """Return the severities of what was found on a lot about claims and credits, by code."""
        return {
            finding.code: finding.severity
            for finding in self.findings
            if lot in finding.lots and finding.code.startswith(("claim", "credit"))
        }

    def uncovered(self, lot: str) -> bool:
        """Say whether a lot has a claim that is not covered."""
        return any(not mark.covered for mark in self.lots[LotId(lot)].marks)


def dispatch(lot: str, to: str = "GLENCORE", credit: str | None = None, **more: Any) -> dict[str, Any]:
    """Return a dispatch of one lot in a shipment with its name, with credit of lead from waste."""
    drawn = {} if credit is None else {"credit_kg": {"Pb": {more.pop("origin", WASTE): credit}}}
    return events.dispatch(more.pop("shipment", lot), to=to, lots=[{"lot": lot, **drawn}], **more)


def acceptance(lot: str, net: str, decision: str = "accepted", **more: Any) -> dict[str, Any]:
    """Return an acceptance of one lot, with more that is said of it."""
    name = more.pop("shipment", lot)
    return events.acceptance(name, lots=[{"lot": lot, "decision": decision, "net_kg": net, **more}])
