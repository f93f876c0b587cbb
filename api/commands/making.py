"""Commands that make or add: init, keygen, enrol, submit, close, rebuild."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from api.commands.console import (
    HomeOption,
    JsonOption,
    open_home,
    passphrase,
    progress,
    say,
    say_json,
    usable,
    with_passphrase,
)
from api.settings import Settings
from ledger.client.enrolment import complete_enrolment
from ledger.client.feed import BATCH, FeedSender
from ledger.client.feed_result import FeedResult
from ledger.client.month_close import close_month
from ledger.client.outbox import Outbox
from ledger.client.transports import HttpTransport, LocalTransport, Transport
from ledger.home.folder import Folder
from ledger.home.opening import Home
from ledger.journal.clock import SystemClock
from ledger.journal.rebuild import rebuild as rebuild_home
from ledger.log.algorithms import ALGORITHMS
from ledger.log.note import check_origin
from ledger.log.signers import FileSigner, prove_possession
from ledger.questions.balances import balance_answer
from schemas.encoding import encode_base64
from schemas.fields import check_party_id, check_period
from schemas.ids import PartyId
from schemas.instants import format_time

FeedFile = Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True, allow_dash=False)]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    for command in (init, keygen, enrol, submit, close, rebuild):
        app.command()(command)


def init(
    directory: Annotated[Path, typer.Argument(metavar="DIR", file_okay=False, help="The folder to make.")],
    origin: Annotated[str, typer.Option(help="The ledger's name, such as ledger.example.com/ace.")],
    authority: Annotated[str, typer.Option(help="The id of the party that registers others.")] = "AUTHORITY",
    anchor: Annotated[Path | None, typer.Option(help="A second place for the newest checkpoint.")] = None,
    json: JsonOption = False,
) -> None:
    """Make a new ledger: its database, its keys, the genesis."""
    usable(check_origin, origin)
    usable(check_party_id, authority)
    directory.mkdir(parents=True, exist_ok=True)
    genesis, log_keys = Home.create(
        directory,
        origin,
        authority=authority,
        anchor=anchor,
        passphrase=passphrase(),
        database=Settings.read().database,
    )
    if json:
        say_json({"origin": origin, "genesis": genesis, "log_keys": list(log_keys)})
        return
    say(f"made the ledger {origin} in {directory}")
    say(f"genesis   {genesis}  (give this id to everybody who verifies)")
    say(f"authority {authority}, key in {directory / 'keys' / (authority + '.pem')}: keep it off the server")


def keygen(
    file: Annotated[Path, typer.Argument(metavar="FILE", dir_okay=False, help="Where the private key goes (PEM).")],
    ledger: Annotated[str, typer.Option(help="The ledger's origin.")],
    participant: Annotated[str, typer.Option(help="The party that will sign with it.")],
    algorithm: Annotated[str, typer.Option(help="ed25519, ecdsa-p256 or ml-dsa-44.")] = "ed25519",
    json: JsonOption = False,
) -> None:
    """Make a key pair; print the public part with its proof of possession."""
    usable(check_origin, ledger)
    party = usable(check_party_id, participant)
    if algorithm not in ALGORITHMS:
        raise typer.BadParameter(f"expected one of {', '.join(ALGORITHMS)}, got {algorithm[:40]!r}")
    signer = FileSigner.generate(algorithm)
    signer.save(file, passphrase())
    public = {
        "algorithm": signer.public_key.algorithm,
        "public_key": encode_base64(signer.public_key.der),
        "proof": encode_base64(prove_possession(signer, ledger, party)),
    }
    if json:
        say_json(public)
        return
    say(f"private key in {file} (keyid {signer.public_key.keyid})")
    say("public part, ready for a participant or key event:")
    say_json(public)


def enrol(
    participants: FeedFile,
    home: HomeOption,
    json: JsonOption = False,
) -> None:
    """Register participants; one without keys gets a key pair in the folder."""
    with open_home(home, writable=True) as opened:
        with opened.store.reading() as snapshot:
            authority = _authority_here(opened.folder, snapshot.facts.authorities if snapshot.facts else ())
        # One at a time: whether a line registers or updates depends on those before it.
        sender, outbox = _sender(opened.folder, LocalTransport(opened), most=1)
        phrase = passphrase()
        with progress("enrolling", None) as step:
            result = sender.send(
                _lines(participants),
                issuer=authority,
                prepare=lambda line: complete_enrolment(line, opened, phrase),
                progress=step,
            )
        outbox.close()
    _finish(result, json=json)


def submit(
    feed: FeedFile,
    home: HomeOption,
    url: Annotated[str | None, typer.Option(help="A ledger's API; default: the ledger in the folder.")] = None,
    json: JsonOption = False,
) -> None:
    """Chain, sign and submit a feed of a plant system."""
    size = feed.stat().st_size
    with progress("submitting", size) as step:
        if url is not None:
            transport = HttpTransport(url)
            sender, outbox = _sender(_folder_of(home, transport), transport)
            result = sender.send(_stepping(feed, step), feed=_hash_of(feed))
            transport.close()
        else:
            with open_home(home, writable=True) as opened:
                sender, outbox = _sender(opened.folder, LocalTransport(opened))
                result = sender.send(_stepping(feed, step), feed=_hash_of(feed))
        outbox.close()
    _finish(result, json=json)


def close(
    site: Annotated[str, typer.Argument(metavar="SITE", help="The id of a participant whose key is in the folder.")],
    period: Annotated[str, typer.Option("--period", metavar="YYYY-MM", help="A month that has ended at the site.")],
    home: HomeOption,
    json: JsonOption = False,
) -> None:
    """Close a month of a site: sign the ledger's own totals and open lots, and submit them."""
    month = usable(check_period, period)
    with open_home(home, writable=True) as opened:

        def figures() -> dict[str, str]:
            """Return the hash of the month's totals and the root of its lots, as the ledger stands."""
            with opened.store.reading() as snapshot:
                report = balance_answer(snapshot, PartyId(site), month)
            return {"totals": report["totals"], "lots_root": report["lots_root"]}

        sender, outbox = _sender(opened.folder, LocalTransport(opened))
        with closing(outbox):
            result = close_month(sender, PartyId(site), month, format_time(SystemClock().now()), figures)
    _finish(result, json=json)


def rebuild(home: HomeOption, json: JsonOption = False) -> None:
    """Drop every projection and fold the entries anew."""
    with open_home(home, writable=False) as opened, progress("rebuilding", None) as step:
        size = rebuild_home(opened.store, step)
    if json:
        say_json({"entries": size})
    else:
        say(f"rebuilt every projection from {size:,} entries")


def _authority_here(folder: Folder, authorities: tuple[PartyId, ...]) -> PartyId:
    """Return an authority whose key is in the folder, else any."""
    return next((name for name in authorities if (folder.keys / f"{name}.pem").exists()), authorities[0])


def _folder_of(home: Path, transport: HttpTransport) -> Folder:
    """Return the ledger's folder, or that of a party which has only its keys there."""
    if (home / "ledger.json").exists():
        return Folder.load(home)
    origin, genesis = transport.ledger()
    return Folder(home, origin, genesis, database="")


def _sender(folder: Folder, transport: Transport, *, most: int = BATCH) -> tuple[FeedSender, Outbox]:
    known: dict[PartyId, FileSigner | None] = {}

    def signer_of(party: PartyId) -> FileSigner | None:
        """Return the party's key from the folder, asking for a passphrase once; ``None`` where there is none."""
        if party not in known:
            known[party] = with_passphrase(lambda phrase: folder.party_signer(party, phrase))
        return known[party]

    outbox = Outbox(folder.path / "outbox.db")
    return FeedSender(transport, outbox, folder.origin, signer_of, most=most), outbox


def _lines(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from file


def _stepping(path: Path, step: Callable[[int], None]) -> Iterator[bytes]:
    for line in _lines(path):
        step(len(line))
        yield line


def _hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _finish(result: FeedResult, *, json: bool) -> None:
    report = result.report()
    if json:
        say_json(report)
    else:
        for row in report["refused"]:
            say(f"line {row['line']}: {row['code']}: {row['message']}")
        say(f"accepted {result.accepted:,}, duplicates {result.duplicates:,}, refused {len(result.refused):,}")
    if result.refused:
        raise typer.Exit(1)
