"""A ledger at home: made once, opened after proving that nothing was rolled back."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ledger.admission.state import Facts, KeyRecord
from ledger.admission.statements import read_statement
from ledger.home.folder import LOG_KEYS, Folder, make_keys
from ledger.journal.answers import Refused
from ledger.journal.clock import Clock, SystemClock
from ledger.journal.journal import Journal
from ledger.journal.publishing import Publisher
from ledger.journal.queue_limits import QUEUE
from ledger.journal.sequencer import Sequencer
from ledger.log.checkpoint import LogKeys, LogSigner, SignedCheckpoint, open_checkpoint, parse_log_keys
from ledger.log.composing import compose
from ledger.log.note import check_origin
from ledger.log.signers import FileSigner
from ledger.log.statements import ZERO_ID
from ledger.store.engines import sqlite_url
from ledger.store.snapshot import Snapshot
from ledger.store.store import Store
from ledger.submission import Submission
from schemas.encoding import encode_base64
from schemas.errors import LedgerError, LedgerStateError, RolledBackError
from schemas.ids import PartyId, StatementId
from schemas.instants import format_time
from schemas.strict_json import dump_json
from schemas.versions import newest


class Home:
    """An opened ledger folder."""

    def __init__(self, folder: Folder, store: Store, journal: Journal | None = None) -> None:
        """Hold the parts; use :meth:`open`."""
        self.folder = folder
        self.store = store
        self._journal = journal

    @classmethod
    def create(
        cls,
        directory: Path,
        origin: str,
        *,
        authority: str = "AUTHORITY",
        anchor: Path | None = None,
        passphrase: bytes | None = None,
        database: str | None = None,
        clock: Clock | None = None,
    ) -> tuple[StatementId, tuple[str, str]]:
        """Make a ledger: keys, tables, the genesis; return its id and the log's vkeys.

        Raises:
            LedgerStateError: if the folder, the database or the anchor holds a ledger already.
            KeyFileError: if an earlier attempt was interrupted and left keys.
            MalformedError: if ``origin`` or ``authority`` is no valid name.
        """
        check_origin(origin)
        if (directory / "ledger.json").exists():
            raise LedgerStateError(f"expected no ledger in {directory}, got one: a ledger is made only once")
        if anchor is not None and anchor.exists():
            raise LedgerStateError(
                f"expected no checkpoint at the anchor {anchor}, got one: it belongs to another ledger, or to an init "
                "that was interrupted; only in that case remove it and begin again"
            )
        if anchor is not None and not anchor.resolve().parent.is_dir():
            raise LedgerStateError(f"expected a folder for the anchor {anchor}, got none: make it first")
        now = (clock or SystemClock()).now()
        signers = make_keys(directory / "keys", (*LOG_KEYS, ("ed25519", f"{authority}.pem")), passphrase)
        log_signer = LogSigner(origin, signers[0], signers[1])
        submission = _genesis(origin, PartyId(authority), log_signer, signers[2], now)
        statement = read_statement(submission.envelope, submission.event, newest())
        folder = Folder(directory, origin, statement.id, database or sqlite_url(directory / "ledger.db"), anchor)
        store = Store.open(folder.database)
        publisher = Publisher(folder.published, log_signer.keys)
        journal = Journal(store, Sequencer(store, log_signer, clock or SystemClock()), publisher)
        try:
            (answer,) = journal.submit([submission])
        finally:
            journal.close()
            store.close()
        if isinstance(answer, Refused):
            raise LedgerStateError(
                f"expected an empty database, got one that refuses the genesis: {answer.error}. Remove {directory} and "
                "begin again with a database that is empty"
            )
        folder.save()
        return statement.id, log_signer.vkeys

    @classmethod
    def open(
        cls,
        directory: Path,
        *,
        writable: bool = True,
        passphrase: bytes | None = None,
        clock: Clock | None = None,
        capacity: int = QUEUE,
    ) -> Self:
        """Open a ledger after checking it against what was published.

        Raises:
            LedgerStateError: if there is no ledger, or it cannot go on.
            RolledBackError: if the database is behind a published checkpoint or
                disagrees with it; the message says what to do.
            KeyFileError: if it is to be written and the log's keys cannot be read.
        """
        folder = Folder.load(directory)
        store = Store.open(folder.database)
        try:
            publisher, keys, facts = _checked(folder, store)
            home = cls(folder, store)
            if writable:
                signer = folder.log_signer(passphrase)
                _check_log_keys(signer, publisher, folder)
                sequencer = Sequencer(store, signer, clock or SystemClock())
                journal = Journal(store, sequencer, publisher, keys=keys, facts=facts, capacity=capacity)
                home = cls(folder, store, journal)
        except LedgerError:
            store.close()
            raise
        return home

    @property
    def journal(self) -> Journal:
        """The write path.

        Raises:
            LedgerStateError: if the ledger was opened to read only.
        """
        if self._journal is None:
            raise LedgerStateError("expected a ledger opened for writing, got one opened to read")
        return self._journal

    @property
    def directory(self) -> Path:
        """The folder."""
        return self.folder.path

    @property
    def origin(self) -> str:
        """The ledger's origin."""
        return self.folder.origin

    @property
    def genesis(self) -> StatementId:
        """The pinned id of the genesis statement."""
        return self.folder.genesis

    def close(self) -> None:
        """Finish what waits and close the database."""
        if self._journal is not None:
            self._journal.close()
        self.store.close()

    def __enter__(self) -> Self:
        """Use as a context."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()


def _checked(folder: Folder, store: Store) -> tuple[Publisher, list[KeyRecord], Facts]:
    """Check the database against what was published; return what a journal needs."""
    with store.reading() as snapshot:
        facts = snapshot.facts
    if facts is None or facts.genesis != folder.genesis:
        raise RolledBackError(
            f"expected the ledger with genesis {folder.genesis} in the database, got "
            f"{facts.genesis if facts else 'an empty one'}: restore the newest backup of the database"
        )
    publisher = Publisher(folder.published, parse_log_keys(facts.log_keys))
    # What is published is read before the database: who writes meanwhile only moves the database ahead.
    published = publisher.published()
    with store.reading() as snapshot:
        _check_against_published(snapshot, published, publisher.keys)
        publisher.publish(snapshot.checkpoint())
        return publisher, list(snapshot.keys.all()), facts


def _check_against_published(
    snapshot: Snapshot, published: Sequence[tuple[Path, SignedCheckpoint]], keys: LogKeys
) -> None:
    """Demand that what was published is a prefix of the database, and its own root fits."""
    try:
        own = open_checkpoint(snapshot.checkpoint(), keys)
    except LedgerError as error:
        raise RolledBackError(
            "expected the newest checkpoint in the database to be signed by the log's keys, got one that is not "
            f"({error}): the database was changed behind the ledger's back; restore a backup and run verify"
        ) from error
    if own.checkpoint.size != snapshot.size or own.checkpoint.root != snapshot.root_at(snapshot.size):
        raise RolledBackError(
            f"expected the entries of the database to give the root of its checkpoint of size {own.checkpoint.size}, "
            "found a different root: the database was changed behind the ledger's back; restore a backup and run verify"
        )
    for path, found in published:
        size = found.checkpoint.size
        if size > snapshot.size:
            raise RolledBackError(
                f"expected at least the {size} entries of the published checkpoint {path}, got a database with "
                f"{snapshot.size}: it was rolled back. Restore a backup with all {size} entries, or send the "
                "identical statements again to a ledger restored from the newest export; if they are lost, open a new "
                "origin whose genesis names this one as predecessor"
            )
        if found.checkpoint.root != snapshot.root_at(size):
            raise RolledBackError(
                f"expected the first {size} entries to be those of the published checkpoint {path}, got others: "
                "the database does not belong to it. Restore the right database; never delete the checkpoint"
            )


def _check_log_keys(signer: LogSigner, publisher: Publisher, folder: Folder) -> None:
    """Demand the keys of the genesis: what others sign could never be opened again."""
    if signer.vkeys != publisher.keys.vkeys:
        raise LedgerStateError(
            f"expected in {folder.keys} the log's keys that the genesis names, got others: bring back the right ones"
        )


def _genesis(origin: str, authority: PartyId, log_signer: LogSigner, signer: FileSigner, now: int) -> Submission:
    key = signer.public_key
    members: dict[str, Any] = {
        "nonce": secrets.token_hex(16),
        "type": "genesis",
        "origin": origin,
        "rules": newest().number,
        "log_keys": list(log_signer.vkeys),
        "authority": {
            "id": authority,
            "name": authority,
            "country": "CH",
            "keys": [{"algorithm": key.algorithm, "public_key": encode_base64(key.der)}],
        },
    }
    event = dump_json(members)
    return Submission(
        compose(origin, authority, "main", (1, ZERO_ID), format_time(now), event=event, signers=[signer]),
        event,
    )
