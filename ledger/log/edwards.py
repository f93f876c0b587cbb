"""Which 32 bytes are an acceptable Ed25519 public key.

Invariants: an accepted key decodes by RFC 8032 section 5.1.3 (canonical ``y``, on the
curve, no sign bit on ``x = 0``) and is none of the eight points of low order, under
which one signature can fit many messages.

It does not check membership of the prime-order subgroup: a key with a component of
low order harms only the party that chose it.
"""

from __future__ import annotations

from typing import Final

from schemas.errors import MalformedError

_P: Final = 2**255 - 19
_D: Final = -121665 * pow(121666, -1, _P) % _P
_Y_MASK: Final = (1 << 255) - 1
# The y of a point of order 8, as in libsodium's ge25519_has_small_order; the other
# one is its negative. The tests derive the order by adding points.
_Y8: Final = int.from_bytes(bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little")
# Both signs of x share a y, so five values cover all eight points.
_LOW_ORDER_Y: Final = frozenset({0, 1, _P - 1, _Y8, _P - _Y8})


def check_point(raw: bytes) -> None:
    """Refuse the encodings that are no safe Ed25519 public key (RFC 8032 section 5.1.3).

    Args:
        raw: 32 bytes, little-endian ``y`` with the sign of ``x`` in the top bit.

    Raises:
        MalformedError: for ``y >= p``, a point of low order, a point off the curve.
    """
    y = int.from_bytes(raw, "little") & _Y_MASK
    if y >= _P:
        raise MalformedError("expected a canonical Ed25519 point (y < 2^255 - 19), got a larger y")
    # Every y whose x is 0 is of low order, so this also bars a sign bit on x = 0.
    if y in _LOW_ORDER_Y:
        raise MalformedError("expected an Ed25519 point of large order, got one of low order")
    # x^2 = (y^2 - 1) / (d y^2 + 1); u/v is a square exactly where u*v is.
    square = y * y % _P
    if pow((square - 1) * (_D * square + 1) % _P, (_P - 1) // 2, _P) != 1:
        raise MalformedError("expected an Ed25519 point on the curve, got one that is off it")
