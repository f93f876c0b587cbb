"""Public keys of the three algorithms that the ledger accepts, and how they verify.

Invariants:

* A key has one DER spelling: the fixed prefix of RFC 8410 (Ed25519), RFC 5480
  (P-256, named curve, uncompressed point) or RFC 9881 (ML-DSA-44), then the key.
* ``keyid`` is the lower-case hex SHA-256 of that DER (contract, section 3.2).
* Ed25519 keys are canonical points on the curve and not of low order (see
  :mod:`ledger.log.edwards`); P-256 keys lie on the curve.
* :meth:`PublicKey.verify` keeps no state, so threads may share a key.

It does not know who owns a key, or whether the key is still active.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Final, Protocol

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from ledger.log.edwards import check_point
from schemas.errors import BadSignatureError, MalformedError
from schemas.ids import KeyId

ED25519: Final = "ed25519"
ECDSA_P256: Final = "ecdsa-p256"
ML_DSA_44: Final = "ml-dsa-44"
ALGORITHMS: Final = (ED25519, ECDSA_P256, ML_DSA_44)

# Each prefix is everything of the SubjectPublicKeyInfo before the key itself, so a
# comparison of bytes replaces a DER parser and the leniency that comes with one.
_PREFIXES: Final = {
    ED25519: bytes.fromhex("302a300506032b6570032100"),
    ECDSA_P256: bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d030107034200"),
    ML_DSA_44: bytes.fromhex("30820532300b06096086480165030403110382052100"),
}
# Ed25519: RFC 8032 section 5.1.5. P-256: 0x04 and two coordinates, SEC 1 section
# 2.3.3. ML-DSA-44: FIPS 204, table 2.
_RAW_LENGTHS: Final = {ED25519: 32, ECDSA_P256: 65, ML_DSA_44: 1312}
# ECDSA: two integers of at most 33 bytes in DER.
SIGNATURE_LENGTHS: Final = {ED25519: range(64, 65), ECDSA_P256: range(8, 73), ML_DSA_44: range(2420, 2421)}
MAX_SIGNATURE_BYTES: Final = 2420


class LoadedKey(Protocol):
    """A key of the cryptography library, or one that looks like it."""

    def verify(self, signature: bytes, data: bytes, /) -> None:
        """Raise ``InvalidSignature`` unless the signature is good."""


@dataclass(frozen=True, slots=True)
class _EcdsaKey:
    """P-256 with SHA-256 that takes only the DER form an encoder would write."""

    key: ec.EllipticCurvePublicKey

    def verify(self, signature: bytes, data: bytes, /) -> None:
        """Raise ``InvalidSignature`` unless the signature is good and in its one strict DER spelling."""
        try:
            r, s = decode_dss_signature(signature)
        except ValueError as error:
            raise InvalidSignature from error
        # The decoder is strict today; the comparison holds should it become lenient.
        if encode_dss_signature(r, s) != signature:
            raise InvalidSignature
        self.key.verify(signature, data, ec.ECDSA(hashes.SHA256()))


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key that was read strictly; two are equal if their DER is.

    ``der`` is the SubjectPublicKeyInfo, ``keyid`` its SHA-256 as 64 hex digits.
    """

    algorithm: str
    der: bytes
    keyid: KeyId = field(compare=False)
    key: LoadedKey = field(compare=False, repr=False)

    @property
    def raw(self) -> bytes:
        """The key without its DER prefix: 32, 65 or 1,312 bytes."""
        return self.der[len(_PREFIXES[self.algorithm]) :]

    def verify(self, signature: bytes, message: bytes) -> None:
        """Check a signature over the whole message (contract, section 3.2).

        Ed25519: 64 bytes, RFC 8032. ECDSA P-256: SHA-256, strict DER, either s.
        ML-DSA-44: 2,420 bytes, FIPS 204 pure, empty context. The library releases
        the interpreter's lock meanwhile.

        Raises:
            BadSignatureError: if the signature does not verify under this key.
        """
        try:
            if len(signature) in SIGNATURE_LENGTHS[self.algorithm]:
                self.key.verify(signature, message)
                return
        except InvalidSignature as error:
            raise BadSignatureError(
                f"expected a good {self.algorithm} signature by key {self.keyid}, got one that does not verify"
            ) from error
        raise BadSignatureError(
            f"expected an {self.algorithm} signature by key {self.keyid}, got {len(signature):,} bytes"
        )


def parse_public_key(algorithm: str, der: bytes) -> PublicKey:
    """Return the public key of a DER SubjectPublicKeyInfo.

    Args:
        algorithm: one of :data:`ALGORITHMS`.
        der: the key as RFC 8410 section 4, RFC 5480 section 2 or RFC 9881 section 4
            prescribes it, byte for byte.

    Raises:
        MalformedError: for another algorithm or spelling, or a point that is off
            the curve, of low order or not canonical.
    """
    if algorithm not in _PREFIXES:
        raise MalformedError(f"expected an algorithm among {', '.join(ALGORITHMS)}, got {algorithm[:40]!r}")
    prefix = _PREFIXES[algorithm]
    if not der.startswith(prefix) or len(der) != len(prefix) + _RAW_LENGTHS[algorithm]:
        raise MalformedError(
            f"expected the DER SubjectPublicKeyInfo of an {algorithm} key, "
            f"{len(prefix) + _RAW_LENGTHS[algorithm]:,} bytes beginning {prefix.hex()[:24]}, "
            f"got {len(der):,} bytes beginning {der[:12].hex()}"
        )
    key = _load(algorithm, der[len(prefix) :])
    return PublicKey(algorithm, der, KeyId(hashlib.sha256(der).hexdigest()), key)


def parse_raw_public_key(algorithm: str, raw: bytes) -> PublicKey:
    """Return the public key of its bare bytes, as signed-note vkeys carry them.

    Raises:
        MalformedError: as :func:`parse_public_key`.
    """
    return parse_public_key(algorithm, _PREFIXES.get(algorithm, b"") + raw)


def _load(algorithm: str, raw: bytes) -> LoadedKey:
    try:
        if algorithm == ED25519:
            check_point(raw)
            return Ed25519PublicKey.from_public_bytes(raw)
        if algorithm == ML_DSA_44:
            return MLDSA44PublicKey.from_public_bytes(raw)
        # The library reads other forms of a point too, and which ones is its affair.
        if raw[0] != 4:
            raise MalformedError(f"expected an uncompressed P-256 point, got one beginning {raw[:1].hex()}")
        return _EcdsaKey(ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw))
    except ValueError as error:
        raise MalformedError(f"expected an {algorithm} public key, got bytes that are none") from error
    except UnsupportedAlgorithm as error:
        raise MalformedError(f"expected a build of the cryptography library with {algorithm}, got none") from error
