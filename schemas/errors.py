"""The one error tree of the ledger.

Invariants:

* Every error that crosses a layer is a :class:`LedgerError`; no exception of a
  library does.
* An error carries data (a code, what it collides with), not only text.
* A text says what was expected and what was got, in an operator's words.

What the rules refuse is :class:`schemas.refusal.RefusedError`, beside the catalogue of its sentences.
HTTP status codes are given to these classes in one table, ``api/problems.py``.
"""

from __future__ import annotations


class LedgerError(Exception):
    """Root of all errors that the ledger raises on purpose."""


class MalformedError(LedgerError):
    """The bytes cannot be read as what they claim to be (contract, section 3.1).

    ``where`` is the path of the offending member, empty for the whole text.
    """

    def __init__(self, message: str, where: str = "") -> None:
        """Keep the place apart from the sentence."""
        super().__init__(f"{where}: {message}" if where else message)
        self.where = where


class BadSignatureError(LedgerError):
    """A signature, or a proof of possession, does not verify."""


class ProofError(LedgerError):
    """A Merkle proof, checkpoint or note does not verify."""


class KeyFileError(LedgerError):
    """A private key cannot be read: missing, damaged, or wrong passphrase."""


class NotFoundError(LedgerError):
    """The ledger holds no record under this name."""

    def __init__(self, kind: str, name: str) -> None:
        """Say the kind of record and the name that was asked for."""
        article = "an" if kind.startswith(("a", "e", "i", "o")) else "a"
        super().__init__(f"expected the name of {article} {kind} in this ledger, got {name!r}, which is none")
        self.kind = kind
        self.name = name


class QueueFullError(LedgerError):
    """The write queue is full; nothing was taken, the caller may try again."""


class LedgerStateError(LedgerError):
    """The ledger cannot go on as it stands; the message says what to do."""


class RolledBackError(LedgerStateError):
    """The database is behind its published checkpoint, or disagrees with it."""


class ClockError(LedgerStateError):
    """The clock went back behind the last checkpoint."""


class NewerVersionError(LedgerStateError):
    """The ledger goes by a version of the rules that this software does not know.

    ``number`` is that version, ``known`` the newest that the software knows.
    """

    def __init__(self, number: int, known: int) -> None:
        """Keep both numbers beside the sentence."""
        super().__init__(
            f"expected rules of version {known} or before, got version {number}: what comes under it may be sound, but "
            "a newer version of this software is needed to judge it"
        )
        self.number = number
        self.known = known


class TransportError(LedgerError):
    """A remote ledger could not be reached, or did not answer as it should."""
