"""The folder of a ledger: where its keys, its checkpoint and its settings stand.

``DIR/ledger.json`` holds what must be known before the database can be trusted: the
pinned genesis id, where the database and the anchor are. ``DIR/keys/`` holds private
keys: ``log.ed25519.pem``, ``log.ml-dsa-44.pem`` and ``ID.pem`` for parties.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from ledger.log.checkpoint import LogSigner
from ledger.log.signers import FileSigner
from ledger.store.engines import sqlite_url
from schemas.errors import KeyFileError, LedgerStateError, MalformedError
from schemas.fields import check_genesis
from schemas.ids import PartyId, StatementId
from schemas.strict_json import dump_json, parse_object

LOG_KEYS = (("ed25519", "log.ed25519.pem"), ("ml-dsa-44", "log.ml-dsa-44.pem"))


@dataclass(frozen=True, slots=True)
class Folder:
    """The paths and settings of one ledger folder."""

    path: Path
    origin: str
    genesis: StatementId
    database: str
    anchor: Path | None = None

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read the settings of a folder.

        Raises:
            LedgerStateError: if the folder holds no ledger, or its settings are damaged.
        """
        try:
            members = parse_object((path / "ledger.json").read_bytes(), max_bytes=100_000)
            anchor = members["anchor"]
            database = members["database"] or sqlite_url(path / "ledger.db")
            genesis = check_genesis(str(members["genesis"]))
            return cls(path, members["origin"], genesis, database, Path(anchor) if anchor else None)
        except FileNotFoundError as error:
            raise LedgerStateError(f"expected a ledger in {path}, got none: make one with init") from error
        except (OSError, MalformedError, KeyError, TypeError) as error:
            raise LedgerStateError(f"expected readable settings in {path / 'ledger.json'}, got: {error}") from error

    def save(self) -> None:
        """Write the settings; the last step of making a ledger."""
        is_default = self.database == sqlite_url(self.path / "ledger.db")
        members = {
            "origin": self.origin,
            "genesis": self.genesis,
            "database": None if is_default else self.database,
            "anchor": str(self.anchor.resolve()) if self.anchor else None,
        }
        temporary = self.path / "ledger.json.new"
        with temporary.open("wb") as file:
            file.write(dump_json(members) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(self.path / "ledger.json")
        for folder in (self.path, self.path.parent):
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    @property
    def keys(self) -> Path:
        """The folder of private keys."""
        return self.path / "keys"

    @property
    def published(self) -> tuple[Path, ...]:
        """Where checkpoints are published: in the folder, and at the anchor."""
        here = self.path / "checkpoint"
        return (here, self.anchor) if self.anchor else (here,)

    def log_signer(self, passphrase: bytes | None) -> LogSigner:
        """Return the log's own signer.

        Raises:
            KeyFileError: if a key is missing, damaged, or needs another passphrase.
        """
        first, second = (FileSigner.load(self.keys / name, passphrase) for _, name in LOG_KEYS)
        return LogSigner(self.origin, first, second)

    def party_signer(self, party: PartyId, passphrase: bytes | None) -> FileSigner | None:
        """Return a party's signer, or ``None`` where the folder has no key of it."""
        path = self.keys / f"{party}.pem"
        return FileSigner.load(path, passphrase) if path.exists() else None


def make_keys(folder: Path, names: tuple[tuple[str, str], ...], passphrase: bytes | None) -> list[FileSigner]:
    """Make and save private keys, only readable by their owner.

    Raises:
        KeyFileError: if one is there already.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    signers = []
    for algorithm, name in names:
        if (folder / name).exists():
            raise KeyFileError(
                f"expected no key at {folder / name}, got one: a ledger is made only once "
                "(if an earlier init was interrupted, remove the folder and begin again)"
            )
        signer = FileSigner.generate(algorithm)
        signer.save(folder / name, passphrase)
        signers.append(signer)
    return signers
