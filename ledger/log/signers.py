"""Private keys: who can sign, how a key file is kept, how possession is proved.

Invariants:

* A key file is PKCS#8 in PEM, mode 0600, and never overwrites another file.
* ``save`` returns only when file and directory are on the disk: a key that signed
  something must not be lost in a power cut.

It does not hold a passphrase longer than a call, and knows no key that is not in a
file; a key in a hardware module is another class with the same two members.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final, Protocol

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

from ledger.log.algorithms import ALGORITHMS, ECDSA_P256, ED25519, ML_DSA_44, PublicKey, parse_public_key
from schemas.errors import BadSignatureError, KeyFileError, MalformedError
from schemas.ids import KeyId, PartyId

MAX_KEY_FILE_BYTES: Final = 65_536
_ENCRYPTED: Final = b"-----BEGIN ENCRYPTED PRIVATE KEY-----"

PrivateKey = Ed25519PrivateKey | ec.EllipticCurvePrivateKey | MLDSA44PrivateKey


class Signer(Protocol):
    """Something that signs bytes under one public key."""

    @property
    def public_key(self) -> PublicKey:
        """The key under which the signatures verify."""

    def sign(self, message: bytes) -> bytes:
        """Return a signature that ``public_key.verify`` accepts."""


class FileSigner:
    """A private key in memory that can be read from a file and written to one."""

    def __init__(self, key: PrivateKey) -> None:
        """Take a key of the cryptography library.

        Raises:
            KeyFileError: if it is of none of the accepted algorithms.
        """
        self._key = key
        self._public_key = _public_key_of(key)

    @classmethod
    def generate(cls, algorithm: str) -> FileSigner:
        """Return a new key pair.

        Raises:
            KeyFileError: if the algorithm is none of ``ALGORITHMS``, or the
                cryptography library was built without it.
        """
        try:
            if algorithm == ED25519:
                return cls(Ed25519PrivateKey.generate())
            if algorithm == ECDSA_P256:
                return cls(ec.generate_private_key(ec.SECP256R1()))
            if algorithm == ML_DSA_44:
                return cls(MLDSA44PrivateKey.generate())
        except UnsupportedAlgorithm as error:
            raise KeyFileError(f"expected a cryptography library with {algorithm}, got one without") from error
        raise KeyFileError(f"expected an algorithm among {', '.join(ALGORITHMS)}, got {algorithm[:40]!r}")

    @classmethod
    def load(cls, path: Path, passphrase: bytes | None = None) -> FileSigner:
        """Return the key of a PKCS#8 PEM file.

        Raises:
            KeyFileError: if the file is missing or damaged, needs a passphrase, has
                none, the passphrase is wrong, or the algorithm is not accepted.
        """
        return cls(_read_pem(_read_file(path), passphrase, path))

    @property
    def public_key(self) -> PublicKey:
        """The key under which the signatures verify."""
        return self._public_key

    def sign(self, message: bytes) -> bytes:
        """Return a signature over the whole message, in the form of ``PublicKey.verify``."""
        if isinstance(self._key, ec.EllipticCurvePrivateKey):
            return self._key.sign(message, ec.ECDSA(hashes.SHA256()))
        return self._key.sign(message)

    def save(self, path: Path, passphrase: bytes | None = None) -> None:
        """Write the key to a new file that only its owner can read.

        Raises:
            KeyFileError: if the file exists, cannot be written, or the passphrase is empty.
        """
        if passphrase == b"":
            raise KeyFileError("expected a passphrase of at least one character, got an empty one")
        pem = self._key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(passphrase) if passphrase else serialization.NoEncryption(),
        )
        try:
            _write_durably(path, pem)
        except FileExistsError as error:
            raise KeyFileError(f"expected no file at {path}, got one; a key file is never overwritten") from error
        except OSError as error:
            raise KeyFileError(f"expected to write a key file at {path}, got: {error.strerror}") from error


def possession_message(ledger: str, participant: PartyId, keyid: KeyId) -> bytes:
    """Return what a key signs to prove that its owner holds it (contract, section 3.2).

    Raises:
        MalformedError: if a part is not printable ASCII on one line, which would let
            one proof stand for two registrations.
    """
    for part in (ledger, participant, keyid):
        if not (part.isascii() and part.isprintable() and part):
            raise MalformedError(f"expected printable ASCII on one line, got {part[:40]!r}")
    return f"battery-ledger/key/v1\n{ledger}\n{participant}\n{keyid}\n".encode("ascii")


def prove_possession(signer: Signer, ledger: str, participant: PartyId) -> bytes:
    """Return the signer's proof that it holds the key it registers.

    Raises:
        MalformedError: as :func:`possession_message`.
    """
    return signer.sign(possession_message(ledger, participant, signer.public_key.keyid))


def check_possession(public_key: PublicKey, proof: bytes, ledger: str, participant: PartyId) -> None:
    """Check a proof of possession.

    Raises:
        BadSignatureError: if it does not verify for this key, ledger and participant.
        MalformedError: as :func:`possession_message`.
    """
    try:
        public_key.verify(proof, possession_message(ledger, participant, public_key.keyid))
    except BadSignatureError as error:
        raise BadSignatureError(
            f"expected a proof of possession of key {public_key.keyid} by {participant}, got one that does not verify"
        ) from error


def _public_key_of(key: PrivateKey) -> PublicKey:
    if isinstance(key, Ed25519PrivateKey):
        algorithm = ED25519
    elif isinstance(key, MLDSA44PrivateKey):
        algorithm = ML_DSA_44
    else:
        algorithm = ECDSA_P256
    der = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    try:
        return parse_public_key(algorithm, der)
    except MalformedError as error:
        raise KeyFileError(
            f"expected a private key of {', '.join(ALGORITHMS)}, found a different curve or form"
        ) from error


def _read_file(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            pem = file.read(MAX_KEY_FILE_BYTES + 1)
    except FileNotFoundError as error:
        raise KeyFileError(f"expected a key file at {path}, got none") from error
    except OSError as error:
        raise KeyFileError(f"expected to read the key file at {path}, got: {error.strerror}") from error
    if len(pem) > MAX_KEY_FILE_BYTES:
        raise KeyFileError(f"expected a key file of at most {MAX_KEY_FILE_BYTES:,} bytes at {path}, got more")
    return pem


def _read_pem(pem: bytes, passphrase: bytes | None, path: Path) -> PrivateKey:
    is_encrypted = _ENCRYPTED in pem
    if is_encrypted and not passphrase:
        raise KeyFileError(f"expected a passphrase for the encrypted key file at {path}, got none")
    if passphrase and not is_encrypted:
        raise KeyFileError(f"expected an encrypted key file at {path}, got one that is not encrypted or is damaged")
    try:
        key = serialization.load_pem_private_key(pem, passphrase or None)
    except (ValueError, TypeError) as error:
        got = "a wrong passphrase or a damaged file" if is_encrypted else "a damaged file"
        raise KeyFileError(f"expected a readable PKCS#8 private key at {path}, got {got}") from error
    except UnsupportedAlgorithm as error:
        raise KeyFileError(
            f"expected a key of {', '.join(ALGORITHMS)} at {path}, found a different algorithm"
        ) from error
    if isinstance(key, PrivateKey):
        return key
    raise KeyFileError(f"expected a key of {', '.join(ALGORITHMS)} at {path}, got {type(key).__name__}")


def _write_durably(path: Path, data: bytes) -> None:
    # O_EXCL both refuses to overwrite and refuses to follow a planted link.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        # Half a key would block the next attempt and never load.
        path.unlink(missing_ok=True)
        raise
    directory = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        # Without this the name may be gone after a power cut though the data is there.
        os.fsync(directory)
    finally:
        os.close(directory)
