"""A yard with an agreement in it, and the report on it; masses in kg."""

from __future__ import annotations

from typing import Any

from ledger.materials.answers.offtake.park_record import Trade, standing, standing_rows
from ledger.materials.answers.offtake.report import agreement_report
from schemas.agreements import Agreement
from schemas.correction import Correction
from schemas.events import read_event
from schemas.handover import Dispatch
from schemas.ids import AgreementId, LotId, PartyId, ShipmentId, StatementId
from schemas.transformation import Transformation
from schemas.versions import VERSION_1
from tests.materials.yard import Yard, intake
from tests.world.events import KG, acceptance, agreement, dispatch, line, output, run, unsigned_id
from tests.world.folding import Fold

MUN = PartyId("MUN")
Row = dict[str, Any]


class Deal(Yard):
    """Parks MUN (in India) and TEX, which sell to GLENCORE under MUN-A-1."""

    def __init__(self, **terms: Any) -> None:
        super().__init__()
        self.parties[MUN] = self.parties[MUN]._replace(timezone="Asia/Kolkata")
        self.terms = agreement(parks=["MUN", "TEX"], **{"quantities": [], **terms})
        self.say("MUN", self.terms)
        self.enter("GLENCORE", {**self.terms, "confirms": unsigned_id(0)})

    def make(self, lot: str, kg: int, at: str = "2026-01-05T06:00:00Z", **more: Any) -> StatementId:
        """Let a batch of pure lead come in and a product be made of it; return the statement of the batch."""
        batch = lot.replace("-L-", "-B-")
        said = self.enter(lot[:3], intake(batch, kg * KG, {"Pb": kg * KG}, **more), at)
        self.turn(lot, {batch: kg}, at)
        return said

    def turn(
        self, lot: str, lots: dict[str, int], at: str = "2026-01-05T06:00:00Z", process: str = "smelting", **more: Any
    ) -> StatementId:
        """Make a lot of pure lead of others (kg taken of each)."""
        kg = sum(lots.values())
        made = output(lot, kg * KG, {"Pb": kg * KG}, **more)
        taken = [line(name, part * KG) for name, part in lots.items()]
        event = run(lot.replace("-L-", "-R-"), taken, [made], process, started_at=at, ended_at=at)
        return self.enter(lot.partition("-")[0], event, at)

    def send(self, lot: str, at: str = "2026-01-05T06:00:00Z", number: str = "", **more: Any) -> str:
        """Dispatch a lot under the agreement, by default, and return its shipment."""
        shipment = f"{lot.replace('-L-', '-H-')}{number}"
        event = dispatch(shipment, lot, **{"agreement": "MUN-A-1", **more})
        issuer = self.lots[LotId(lot)].holder
        shipment = str(event["shipment"])
        self.enter(issuer, event, at)
        return shipment

    def word(
        self, shipment: str, kg: int, decision: str = "accepted", at: str = "2026-01-05T06:00:00Z", **more: Any
    ) -> StatementId:
        """Let the receiver say what it thinks of the lot of a shipment."""
        sent = self.shipments[ShipmentId(shipment)]
        return self.enter(sent.receiver or "", accept(shipment, sent.lots[0], kg, decision, **more), at)

    def report(self, today: str = "2026-02-01") -> dict[str, Any]:
        """Return the report on the agreement."""
        event = read_event({"nonce": "0" * 32, **self.terms}, PartyId("MUN"), VERSION_1)
        assert isinstance(event, Agreement)
        trades = [trade_of(self, park) for park in event.parks]
        return agreement_report(self.agreements[AgreementId("MUN-A-1")], event, trades, self.index, today)

    def row(
        self, year: int | None = 2026, park: str | None = None, metal: str = "Pb", today: str = "2026-02-01"
    ) -> Row:
        """Return a row of the report, without the zeros."""
        report = self.report(today)
        rows = report["totals"] if year is None else [row for row in report["years"] if row["year"] == year]
        (found,) = [row for row in rows if (row["park"], row["metal"]) == (park, metal)]
        return {name: value for name, value in found.items() if value not in ("0", "0.000000")}

    def figures(self, year: int | None = 2026, park: str | None = None) -> dict[str, str]:
        """Return the masses of a row by their names, in kg."""
        wanted = ("produced", "tolled", "dispatched", "accepted", "disputed", "tolled_dispatched")
        return {name: text for name in wanted if (text := self.row(year, park).get(f"{name}_kg"))}


def trade_of(fold: Fold, park: PartyId, *, fold_all: bool = False) -> Trade:
    """Return what is needed of a park; ``fold_all`` folds every lot again, whether it was corrected or not."""
    said = [logged for logged in fold.past.logged_events(fold.past.indexes()) if logged.issuer == park]
    logged_events = standing(said)
    sent = {line.lot for logged in logged_events if isinstance(logged.event, Dispatch) for line in logged.event.lots}
    made = {
        one.lot for logged in logged_events if isinstance(logged.event, Transformation) for one in logged.event.outputs
    }
    naming = fold.past.logged_events(fold.past.naming(sent))
    lots = {name: fold.lots[name] for name in sent | made}
    known = {logged.statement for logged in (*said, *naming) if not isinstance(logged.event, Correction)}
    rows = standing_rows(fold.postings_of(park), lots, set() if fold_all else known, park, fold, fold.index)
    return Trade(fold.parties[park], logged_events, fold.runs, lots, standing(naming), rows, VERSION_1)


def accept(shipment: str, lot: str, kg: int, decision: str = "accepted", **more: Any) -> dict[str, Any]:
    """Return the receiver's word on a lot, with more that is said of it."""
    return acceptance(shipment, lots=[{"lot": lot, "decision": decision, "net_kg": str(kg), **more}])


def to_tex(deal: Deal, lot: str) -> str:
    """Send a lot to TEX under no agreement; return its shipment."""
    shipment = lot.replace("-L-", "-T-")
    deal.enter(lot[:3], dispatch(shipment, lot, to="TEX"))
    return shipment
