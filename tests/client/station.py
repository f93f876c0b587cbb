"""A plant's computer: a ledger in a folder, keys, an outbox, and feeds to send."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

from ledger.client.enrolment import complete_enrolment
from ledger.client.feed import FeedSender
from ledger.client.outbox import Outbox
from ledger.client.transports import ChainState, LocalTransport, Transport
from ledger.home.opening import Home
from ledger.journal.answers import Answer
from ledger.log.envelopes import parse_entry
from ledger.log.statements import Header, parse_header
from ledger.submission import Submission
from schemas.ids import PartyId
from tests.world import events
from tests.world.events import AT
from tests.world.opened import Clock
from tests.world.parties import ORIGIN


class Crash(BaseException):
    """The power goes."""


class Station:
    """Each :meth:`send` is a new process: it remembers nothing but what is in the folder."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.clock = Clock()
        Home.create(directory, ORIGIN, clock=self.clock)
        self.home = Home.open(directory, clock=self.clock)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.home.close()

    @property
    def size(self) -> int:
        """How many entries the ledger has."""
        with self.home.store.reading() as snapshot:
            return snapshot.size

    def headers(self, issuer: str = "MUN") -> list[Header]:
        """Return what a party signed, in the order of acceptance."""
        with self.home.store.reading() as snapshot:
            entries = [parse_header(parse_entry(entry).payload) for _, entry, _ in snapshot.entries(0, snapshot.size)]
        return [header for header in entries if header.issuer == issuer]

    def events(self) -> list[dict[str, Any]]:
        """Return all event documents."""
        with self.home.store.reading() as snapshot:
            return [json.loads(event) for _, _, event in snapshot.entries(0, snapshot.size)]

    def send(self, *lines: bytes, transport: Transport | None = None, outbox: Outbox | None = None) -> dict[str, Any]:
        """Send a feed; return the report."""
        outbox = outbox or Outbox(self.directory / "outbox.db")
        try:
            signer_of = self.home.folder.party_signer
            sender = FeedSender(
                transport or LocalTransport(self.home),
                outbox,
                ORIGIN,
                lambda party: signer_of(party, None),
                clock=self.clock,
            )
            return sender.send(lines, feed=hashlib.sha256(b"\n".join(lines)).hexdigest()).report()
        finally:
            outbox.close()

    def enrol(self, *lines: bytes) -> dict[str, Any]:
        """Register participants, one after the other."""
        outbox = Outbox(self.directory / "outbox.db")
        signer_of = self.home.folder.party_signer
        sender = FeedSender(LocalTransport(self.home), outbox, ORIGIN, lambda party: signer_of(party, None), most=1)
        try:
            return sender.send(
                lines, issuer=PartyId("AUTHORITY"), prepare=lambda line: complete_enrolment(line, self.home, None)
            ).report()
        finally:
            outbox.close()


class Hooked:
    """A way to the ledger that calls out before and after statements are sent."""

    def __init__(self, station: Station) -> None:
        self.ledger = LocalTransport(station.home)
        self.sent: list[int] = []

    def before(self) -> None:
        """Nothing yet has been sent."""

    def after(self) -> None:
        """The ledger has it, the sender does not know."""

    def chain(self, issuer: str, chain: str) -> ChainState | None:
        """Ask the ledger."""
        return self.ledger.chain(PartyId(issuer), chain)

    def size(self) -> int:
        """Ask the ledger."""
        return self.ledger.size()

    def send(self, submissions: Sequence[Submission]) -> list[Answer | None]:
        """Send, with a call before and after."""
        self.sent.append(len(submissions))
        self.before()
        answers = self.ledger.send(submissions)
        self.after()
        return answers


def party(name: str, role: str = "park", **more: Any) -> bytes:
    """Return an enrolment line."""
    return json.dumps({"occurred_at": AT, "event": events.participant(name, role, **more)}).encode()


def intake(lot: str, issuer: str = "MUN", **more: Any) -> bytes:
    """Return a feed line with a batch of 100 kg, 60 kg of it lead; ``more`` are members of the line."""
    return line(issuer, events.intake(lot, "100", "60"), **more)


def dispatch(shipment: str, *lots: str, to: str = "TEX", issuer: str = "MUN") -> bytes:
    """Return a feed line with a dispatch."""
    return line(issuer, events.dispatch(shipment, *lots, to=to, documents=[]))


def line(issuer: str, event: dict[str, Any], **more: Any) -> bytes:
    """Return a feed line."""
    return json.dumps({"issuer": issuer, "occurred_at": AT, "event": event, **more}).encode()
