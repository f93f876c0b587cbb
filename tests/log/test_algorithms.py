from __future__ import annotations

import hashlib

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature

from ledger.log.algorithms import ALGORITHMS, PublicKey, parse_public_key, parse_raw_public_key
from ledger.log.edwards import _LOW_ORDER_Y
from schemas.errors import BadSignatureError, MalformedError
from tests.log.keys import SIGNERS, flip

P = 2**255 - 19
D = -121665 * pow(121666, -1, P) % P
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
MESSAGE = b"a message"


def der_of(key: ec.EllipticCurvePublicKey | rsa.RSAPublicKey | ed25519.Ed25519PublicKey) -> bytes:
    """Return a key as the library writes it."""
    return key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)


def add(left: tuple[int, int], right: tuple[int, int]) -> tuple[int, int]:
    """Add points of edwards25519 by the affine law of RFC 8032 section 5.1.4."""
    (x1, y1), (x2, y2) = left, right
    product = D * x1 * x2 * y1 * y2 % P
    x = (x1 * y2 + x2 * y1) * pow(1 + product, -1, P) % P
    return x, (y1 * y2 + x1 * x2) * pow(1 - product, -1, P) % P


def x_of(y: int) -> int:
    """Return an x for a y on the curve (RFC 8032 section 5.1.3)."""
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    return x if x * x % P == square else x * pow(2, (P - 1) // 4, P) % P


def raw_point(y: int, sign: int = 0) -> bytes:
    """Return the encoding of a point of edwards25519."""
    return (y | sign << 255).to_bytes(32, "little")


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_key_reads_back_and_its_id_is_the_hash_of_its_der(algorithm: str) -> None:
    """A DER key reads to an equal key whose id is the SHA-256 of the DER."""
    key = SIGNERS[algorithm].public_key
    assert parse_public_key(algorithm, key.der) == key == parse_raw_public_key(algorithm, key.raw)
    assert key.keyid == hashlib.sha256(key.der).hexdigest()


def test_the_first_vector_of_rfc_8032_verifies() -> None:
    """The signature of the empty message in RFC 8032 section 7.1 verifies, and for no other message."""
    key = parse_raw_public_key(
        "ed25519", bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    )
    signature = bytes.fromhex(
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )
    key.verify(signature, b"")
    with pytest.raises(BadSignatureError):
        key.verify(signature, b"\0")


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_changed_signature_or_message_is_refused(algorithm: str) -> None:
    """A signature with a flipped bit, cut or extended, or over another message, does not verify."""
    signer = SIGNERS[algorithm]
    signature = signer.sign(MESSAGE)
    signer.public_key.verify(signature, MESSAGE)
    changed = [flip(signature, bit) for bit in range(0, len(signature) * 8, 97)]
    for bad in [*changed, signature[:-1], signature + b"\0", b""]:
        with pytest.raises(BadSignatureError):
            signer.public_key.verify(bad, MESSAGE)
    with pytest.raises(BadSignatureError):
        signer.public_key.verify(signature, MESSAGE + b"!")


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_key_of_another_algorithm_is_refused(algorithm: str) -> None:
    """A key is read only under the algorithm it belongs to."""
    for other in {*ALGORITHMS, "rsa", "ED25519", ""} - {algorithm}:
        with pytest.raises(MalformedError):
            parse_public_key(other, SIGNERS[algorithm].public_key.der)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_der_prefix_with_any_bit_changed_is_refused(algorithm: str) -> None:
    """No bit of what stands before the key may differ, and no byte may follow it."""
    key = SIGNERS[algorithm].public_key
    prefix_bits = (len(key.der) - len(key.raw)) * 8
    for bad in [*(flip(key.der, bit) for bit in range(prefix_bits)), key.der[:-1], key.der + b"\0", b"", b"0"]:
        with pytest.raises(MalformedError):
            parse_public_key(algorithm, bad)


def test_lenient_der_of_the_same_key_is_refused() -> None:
    """A BER length form, which a lenient parser takes for the same key, is refused."""
    der = SIGNERS["ed25519"].public_key.der
    with pytest.raises(MalformedError):
        parse_public_key("ed25519", b"\x30\x81\x2a" + der[2:])


def test_the_low_order_points_are_the_eight_of_the_curve() -> None:
    """Adding points from one of order 8 reaches exactly the ys that are refused."""
    y8 = next(y for y in _LOW_ORDER_Y if y not in {0, 1, P - 1})
    start = (x_of(y8), y8)
    reached = {start}
    point = start
    while (point := add(point, start)) not in reached:
        reached.add(point)
    assert len(reached) == 8
    assert {y for _, y in reached} == _LOW_ORDER_Y


@pytest.mark.parametrize("sign", [0, 1])
@pytest.mark.parametrize("y", sorted(_LOW_ORDER_Y))
def test_low_order_ed25519_points_are_refused(y: int, sign: int) -> None:
    """All eight points of low order are refused, with either sign bit."""
    with pytest.raises(MalformedError, match="low order"):
        parse_raw_public_key("ed25519", raw_point(y, sign))


@pytest.mark.parametrize("sign", [0, 1])
def test_non_canonical_ed25519_points_are_refused(sign: int) -> None:
    """Every y from p up, which a lenient decoder reduces, is refused, low order or not."""
    for y in range(P, 2**255):
        with pytest.raises(MalformedError, match="canonical"):
            parse_raw_public_key("ed25519", raw_point(y, sign))


def test_ed25519_points_off_the_curve_are_refused() -> None:
    """A y is taken exactly where it solves the curve's equation."""
    taken = 0
    for y in range(2, 200):
        x = x_of(y)
        if (y * y - x * x - 1 - D * x * x * y * y) % P == 0:
            parse_raw_public_key("ed25519", raw_point(y))
            taken += 1
        else:
            with pytest.raises(MalformedError, match="on the curve"):
                parse_raw_public_key("ed25519", raw_point(y))
    assert 0 < taken < 198


def test_p256_points_off_the_curve_and_other_forms_are_refused() -> None:
    """A point off the curve, compressed, hybrid, at infinity or beyond p is refused."""
    key = SIGNERS["ecdsa-p256"].public_key
    hybrid = bytes([6 | key.raw[-1] & 1]) + key.raw[1:]
    for bad in [flip(key.raw, 64 * 8), hybrid, b"\x02" + key.raw[1:33], b"\0", b"\0" * 65, b"\x04" + b"\xff" * 64]:
        with pytest.raises(MalformedError):
            parse_raw_public_key("ecdsa-p256", bad)


def test_other_curves_and_rsa_are_refused() -> None:
    """Keys of curves and algorithms that the contract does not name are refused."""
    for der in (
        der_of(ec.generate_private_key(ec.SECP384R1()).public_key()),
        der_of(ec.generate_private_key(ec.SECP256K1()).public_key()),
        der_of(rsa.generate_private_key(65537, 2048).public_key()),
    ):
        for algorithm in ALGORITHMS:
            with pytest.raises(MalformedError):
                parse_public_key(algorithm, der)


def test_either_s_of_an_ecdsa_signature_is_accepted() -> None:
    """The signature with the other s verifies too, as the contract allows."""
    signer = SIGNERS["ecdsa-p256"]
    r, s = decode_dss_signature(signer.sign(MESSAGE))
    signer.public_key.verify(encode_dss_signature(r, s), MESSAGE)
    signer.public_key.verify(encode_dss_signature(r, P256_ORDER - s), MESSAGE)


def test_ecdsa_signatures_that_are_not_der_are_refused() -> None:
    """Raw r and s, a needless zero, a long length form and trailing bytes do not verify."""
    signer = SIGNERS["ecdsa-p256"]
    r, s = decode_dss_signature(signer.sign(MESSAGE))
    good = encode_dss_signature(r, s)
    r_length = good[3]
    padded = bytes([0x30, good[1] + 1, 0x02, r_length + 1, 0]) + good[4:]
    long_form = b"\x30\x81" + good[1:]
    for bad in (r.to_bytes(32, "big") + s.to_bytes(32, "big"), padded, long_form, good + b"\0"):
        with pytest.raises(BadSignatureError):
            signer.public_key.verify(bad, MESSAGE)


def test_ecdsa_signatures_out_of_range_are_refused() -> None:
    """Zero, the order and values above it are no r and no s."""
    signer = SIGNERS["ecdsa-p256"]
    r, s = decode_dss_signature(signer.sign(MESSAGE))
    for bad in ((0, s), (r, 0), (0, 0), (P256_ORDER, s), (r, P256_ORDER), (r + P256_ORDER, s), (r, s + P256_ORDER)):
        with pytest.raises(BadSignatureError):
            signer.public_key.verify(encode_dss_signature(*bad), MESSAGE)


def test_an_ed25519_signature_with_a_larger_s_is_refused() -> None:
    """Adding the group order to S gives no second signature (RFC 8032 section 5.1.7)."""
    order = 2**252 + 27742317777372353535851937790883648493
    signer = SIGNERS["ed25519"]
    signature = signer.sign(MESSAGE)
    larger = int.from_bytes(signature[32:], "little") + order
    with pytest.raises(BadSignatureError):
        signer.public_key.verify(signature[:32] + larger.to_bytes(32, "little"), MESSAGE)


def test_a_signature_of_another_key_is_refused_and_names_the_key() -> None:
    """The error says which key did not verify."""
    key: PublicKey = parse_raw_public_key("ed25519", raw_point(3))
    with pytest.raises(BadSignatureError, match=key.keyid):
        key.verify(SIGNERS["ed25519"].sign(MESSAGE), MESSAGE)
