"""Throw-away keys of the vault: made from names that everybody can read, so that nobody takes them for real.

The same statements give the same signatures on every machine: Ed25519 and ECDSA (RFC 6979)
need no chance, and of ML-DSA-44, which does, every signature is kept and given again.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

from ledger.log.signers import FileSigner
from schemas.encoding import decode_base64, encode_base64

_P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class KeptSignatures:
    """Signatures of an algorithm that needs chance, by key and message, in a file."""

    def __init__(self, path: Path) -> None:
        """Read what was kept."""
        self._path = path
        self._known: dict[str, str] = json.loads(path.read_bytes()) if path.exists() else {}
        self._used: dict[str, str] = {}

    def sign(self, signer: FileSigner, message: bytes) -> bytes:
        """Return the signature that was given before, or else a new one."""
        name = hashlib.sha256(signer.public_key.keyid.encode("ascii") + message).hexdigest()
        known = self._known.get(name)
        signature = decode_base64(known) if known else signer.sign(message)
        self._used[name] = encode_base64(signature)
        return signature

    def save(self) -> None:
        """Keep what was used, and nothing else."""
        self._path.write_text(json.dumps(self._used, indent=0, sort_keys=True) + "\n", encoding="utf-8")


class ThrowawaySigner(FileSigner):
    """A key that follows from a name; signs the same message always alike."""

    def __init__(self, name: str, algorithm: str, kept: KeptSignatures) -> None:
        """Make the key of a name and algorithm."""
        seed = hashlib.sha256(f"battery-ledger vault, throw-away key of {name}, {algorithm}".encode()).digest()
        if algorithm == "ed25519":
            super().__init__(Ed25519PrivateKey.from_private_bytes(seed))
        elif algorithm == "ml-dsa-44":
            super().__init__(MLDSA44PrivateKey.from_seed_bytes(seed))
        else:
            super().__init__(ec.derive_private_key(int.from_bytes(seed) % (_P256_ORDER - 1) + 1, ec.SECP256R1()))
        self._kept = kept

    def sign(self, message: bytes) -> bytes:
        """Return the one signature of this key over a message."""
        if isinstance(self._key, ec.EllipticCurvePrivateKey):
            return self._key.sign(message, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))
        if isinstance(self._key, MLDSA44PrivateKey):
            return self._kept.sign(FileSigner(self._key), message)
        return super().sign(message)
