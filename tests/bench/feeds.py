"""A ledger of its own for each figure, and statements signed ahead of the clock."""

import json
from pathlib import Path

from api.demo.bulk import bulk_feed
from api.demo.season import season
from ledger.client.enrolment import complete_enrolment
from ledger.client.feed import FeedSender
from ledger.client.lines import make_document, parse_line
from ledger.client.outbox import Outbox
from ledger.client.transports import LocalTransport
from ledger.home.opening import Home
from ledger.journal.answers import Taken
from ledger.submission import Submission
from schemas.ids import PartyId
from tests.world.parties import Parties

ORIGIN = "bench.example.com/ledger"


def make_home(directory: Path) -> Home:
    """Return an opened ledger with the parties of the demo enrolled."""
    directory.mkdir(parents=True)
    Home.create(directory, ORIGIN)
    home = Home.open(directory)
    outbox = Outbox(directory / "outbox.db")
    sender = FeedSender(LocalTransport(home), outbox, ORIGIN, lambda party: home.folder.party_signer(party, None))
    lines = (json.dumps(row).encode() for row in season(days=1).participants)
    result = sender.send(lines, issuer=PartyId("AUTHORITY"), prepare=lambda line: complete_enrolment(line, home, None))
    outbox.close()
    assert not result.refused
    return home


def sign_feed(home: Home, count: int) -> list[Submission]:
    """Return ``count`` signed statements of an honest feed, none submitted yet."""
    parties = Parties[Taken](ORIGIN)
    with home.store.reading() as snapshot:
        parties.registrations = {party.id: party.registration for party in snapshot.parties.all()}
    submissions: list[Submission] = []
    for number, row in enumerate(bulk_feed(count), 1):
        line = parse_line(json.dumps(row).encode(), number)
        document = make_document(line)
        if line.issuer not in parties.signers:
            signer = home.folder.party_signer(line.issuer, None)
            assert signer is not None
            parties.signers[line.issuer] = [signer]
        submissions.append(
            parties.sign(line.issuer, document.event, chain=line.chain, at=line.occurred_at, show=document.disclosures)
        )
        parties.follow(submissions[-1])
    return submissions


def take(home: Home, submissions: list[Submission]) -> None:
    """Submit everything; each statement must be taken."""
    assert all(isinstance(answer, Taken) for answer in home.journal.submit(submissions))
