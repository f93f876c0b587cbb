"""A ledger of its own for each figure, and statements signed ahead of the clock."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from api.demo.bulk import bulk_feed
from api.demo.season import season
from ledger.client.enrolment import complete_enrolment
from ledger.client.feed import FeedSender
from ledger.client.lines import make_document, parse_line
from ledger.client.outbox import Outbox
from ledger.client.transports import LocalTransport
from ledger.home.opening import Home
from ledger.journal.answers import Taken
from ledger.journal.clock import Clock
from ledger.submission import Submission
from schemas.ids import PartyId
from tests.world.events import intake, lead_run
from tests.world.parties import Parties

ORIGIN = "bench.example.com/ledger"


def make_home(
    directory: Path, *, clock: Clock | None = None, participants: Iterable[dict[str, Any]] | None = None
) -> Home:
    """Return an opened ledger with the parties of the demo enrolled, or those that are given."""
    directory.mkdir(parents=True)
    Home.create(directory, ORIGIN, clock=clock)
    home = Home.open(directory, clock=clock)
    outbox = Outbox(directory / "outbox.db")
    sender = FeedSender(LocalTransport(home), outbox, ORIGIN, lambda party: home.folder.party_signer(party, None))
    lines = (json.dumps(row).encode() for row in participants or season(days=1).participants)
    result = sender.send(lines, issuer=PartyId("AUTHORITY"), prepare=lambda line: complete_enrolment(line, home, None))
    outbox.close()
    assert not result.refused
    return home


def great_lot(batches: int, each: int) -> Iterator[dict[str, Any]]:
    """Yield the lines of MUN that make one lot, ``MUN-L-0``, of so many batches, so many of them in each run."""
    at = "2026-01-03T00:00:00Z"
    names = [f"MUN-B-{number}" for number in range(1, batches + 1)]
    for name in names:
        event = intake(name, "1000", "600", content_basis="table", documents=[])
        yield {"issuer": "MUN", "occurred_at": at, "event": event}
    runs = [names[first : first + each] for first in range(0, batches, each)]
    for number, taken in enumerate([*runs, [f"MUN-L-{one}" for one in range(1, len(runs) + 1)]], 1):
        is_last = number > len(runs)
        made, kilograms = ("MUN-L-0" if is_last else f"MUN-L-{number}"), 590 * (batches if is_last else len(taken))
        lines = {name: str(590 * each if is_last else 1000) for name in taken}
        event = lead_run(f"MUN-R-{number}", lines, {made: (str(kilograms), str(kilograms - 10 * len(taken)))})
        yield {"issuer": "MUN", "occurred_at": "2026-01-06T21:00:00Z", "event": event}


def sign_feed(home: Home, count: int) -> list[Submission]:
    """Return ``count`` signed statements of an honest feed, none submitted yet."""
    return sign_lines(home, bulk_feed(count))


def sign_lines(home: Home, rows: Iterable[dict[str, Any]]) -> list[Submission]:
    """Return the signed statements of a feed, none submitted yet."""
    parties = FeedParties(home)
    return [parties.sign_line(row, number) for number, row in enumerate(rows, 1)]


class FeedParties(Parties[Taken]):
    """The parties of a ledger's folder, who go on where it stands, line after line as if all were taken."""

    def __init__(self, home: Home) -> None:
        super().__init__(home.origin)
        self._folder = home.folder
        with home.store.reading() as snapshot:
            self.registrations = {party.id: party.registration for party in snapshot.parties.all()}
            self.heads = {
                (party, chain): head
                for party in self.registrations
                for chain, head in snapshot.heads_of(PartyId(party)).items()
            }

    def sign_line(self, row: dict[str, Any], number: int) -> Submission:
        """Return the statement of a line, and move its chain on."""
        line = parse_line(json.dumps(row).encode(), number)
        document = make_document(line)
        if line.issuer not in self.signers:
            signer = self._folder.party_signer(line.issuer, None)
            assert signer is not None
            self.signers[line.issuer] = [signer]
        submission = self.sign(
            line.issuer, document.event, chain=line.chain, at=line.occurred_at, show=document.disclosures
        )
        self.follow(submission)
        return submission


def take(home: Home, submissions: list[Submission]) -> None:
    """Submit everything; each statement must be taken."""
    assert all(isinstance(answer, Taken) for answer in home.journal.submit(submissions))
