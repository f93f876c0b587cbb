"""A desk where statements are judged: four parties, a few lots in every state, one code back."""

from __future__ import annotations

from typing import Any

from ledger.admission.judge import Accepted, AlreadyThere, Entered, admit, enter
from ledger.admission.statements import Statement, read_ahead_of
from ledger.log.signers import FileSigner
from ledger.materials.state.lot_words import HoldMark
from schemas.errors import MalformedError
from schemas.ids import LotId, PartyId, ShipmentId, StatementId
from schemas.refusal import RefusedError
from tests.world import events
from tests.world.memory import MemoryWorld
from tests.world.parties import ROLES

LATEST = "2026-02-01T12:10:00Z"
"""Ten minutes ahead of a clock that says noon."""

TOO_LATE = "2026-02-01T12:10:01Z"
SLIP = {"kind": "weighbridge_slip", "issuer": "MUN", "number": "WB-USED", "date": "2026-01-05"}

INTAKE = events.intake("MUN-B-9", "100", "60")
RUN = events.run(
    "MUN-R-9", [events.line("MUN-B-2", "100")],
    [events.output("MUN-P-9", "100", {"Pb": "60"}, material="lead_paste")], "sorting",
)  # fmt: skip
DISPATCH = events.dispatch("MUN-H-9", "MUN-B-2", documents=[])
ACCEPTANCE = events.acceptance("MUN-H-1", "MUN-B-3", net="100")


class Desk(MemoryWorld):
    """MUN holds MUN-B-1 (cites ``SLIP``) and MUN-B-2; other lots are in every other state.

    MUN-B-3 is in transit to GLENCORE (MUN-H-1), MUN-B-4 disputed there (MUN-H-2), MUN-B-5
    has left (MUN-H-3), MUN-B-6 is held, MUN-B-7 used up (MUN-R-1), TEX holds TEX-B-1. One
    event of each kind has the ref ``USED``.
    """

    def __init__(self) -> None:
        super().__init__()
        for party, roles in ROLES.items():
            self.enrol(party, *roles)
        self.intake("MUN-B-1", documents=[SLIP], ref="USED")
        for number in range(2, 8):
            self.intake(f"MUN-B-{number}")
        self.intake("TEX-B-1")
        self.dispatch("MUN-H-1", "MUN-B-3")
        self.dispatch("MUN-H-2", "MUN-B-4")
        self.settle("MUN-H-2", "MUN-B-4", "disputed", ref="USED")
        self.say("MUN", events.dispatch("MUN-H-3", "MUN-B-5", disposition="sold", ref="USED"))
        self.book.lots[LotId("MUN-B-6")] = self.book.lots[LotId("MUN-B-6")]._replace(
            holds=(HoldMark(StatementId("00" * 32), PartyId("MUN"), "2025-12-31T00:00:00Z", by_certifier=False),)
        )
        output = {**RUN["outputs"][0], "lot": "MUN-P-1"}
        inputs = [{"lot": "MUN-B-7", "net_kg": "100"}]
        self.say("MUN", {**RUN, "run": "MUN-R-1", "inputs": inputs, "outputs": [output], "ref": "USED"})

    def intake(self, lot: str, **more: Any) -> None:
        """Let a lot of 100 kg with 60 kg of lead come in."""
        self.say(lot.split("-", maxsplit=1)[0], {**INTAKE, "lot": lot, **more}, at=events.AT)

    def dispatch(self, shipment: str, *lots: str, to: str = "GLENCORE") -> None:
        """Send lots."""
        self.say(self.book.lots[LotId(lots[0])].holder, events.dispatch(shipment, *lots, to=to))

    def settle(self, shipment: str, lot: str, decision: str, **more: Any) -> None:
        """Give the receiver's word."""
        receiver = self.book.shipments[ShipmentId(shipment)].receiver
        assert receiver is not None
        self.say(receiver, events.acceptance(shipment, lot, decision=decision, net="100", **more))

    def add_key(self, party: str, signer: FileSigner, *, by: str | None = None) -> None:
        """Register one more key."""
        self.say(by or party, self.added(party, signer))

    def revoke(self, party: str, signer: FileSigner, *, by: str = "AUTHORITY", **more: Any) -> None:
        """End a key."""
        self.say(by, events.revocation(party, signer.public_key.keyid, **more))

    def read(self, issuer: str, event: dict[str, Any], *, ledger: str | None = None, **how: Any) -> Statement:
        """Sign and read a statement without judging it."""
        submission = self.sign(issuer, event, origin=ledger, **how)
        return read_ahead_of(submission.envelope, submission.event, self.versions)

    def judge(self, statement: Statement, *, latest: str | None = LATEST) -> Accepted | AlreadyThere:
        """Judge at noon."""
        return admit(statement, self.book, latest=latest)

    def refusal(self, issuer: str, event: dict[str, Any], **how: Any) -> RefusedError:
        """Return why a statement is refused; the book stays as it was."""
        try:
            verdict = self.judge(self.read(issuer, event, **how))
        except RefusedError as refusal:
            return refusal
        except MalformedError as error:
            return RefusedError.as_received("malformed", str(error))
        raise AssertionError(f"expected a refusal, got {verdict}")

    def take(self, issuer: str, event: dict[str, Any], **how: Any) -> Entered:
        """Take a statement at noon; return what it did."""
        statement = self.read(issuer, event, **how)
        verdict = self.judge(statement)
        assert isinstance(verdict, Accepted)
        entered = enter(verdict, self.book)
        self.append(statement.envelope, statement.event_bytes)
        return entered
