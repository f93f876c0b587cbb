"""QR codes for labels: a lot's page as a picture.

Invariants: error correction Q (a quarter of the modules may be soiled, as on a bundle
in a yard), a quiet zone of four modules on a white ground, the same bytes every time.
A code holds the address of the lot's page and nothing else: what it says about the lot
is answered by the ledger when it is scanned, never printed and outdated.
"""

from __future__ import annotations

import io
from ipaddress import ip_address
from typing import Final
from urllib.parse import quote, urlsplit

import qrcode
from qrcode.constants import ERROR_CORRECT_Q
from qrcode.exceptions import DataOverflowError
from qrcode.image.base import BaseImage
from qrcode.image.pure import PyPNGImage
from qrcode.image.svg import SvgPathFillImage

from schemas.errors import MalformedError

QUIET_ZONE: Final = 4
MODULE_SIZE: Final = 10
"""Pixels of a module in a PNG, tenths of a millimetre in an SVG (0.75 mm is the least for a label)."""


def lot_url(public_url: str, lot: str) -> str:
    """Return the address of a lot's page below the public address of the ledger."""
    return f"{public_url.rstrip('/')}/lots/{quote(lot, safe='')}"


def is_unreachable(url: str) -> bool:
    """Say whether an address leads nowhere from another device than this one: ``localhost`` and its like."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def lot_svg(url: str) -> bytes:
    """Return the code of an address as an SVG document, one millimetre a module.

    Raises:
        MalformedError: if the address is too long for any code.
    """
    # The path image on white: without its ground a code is lost on a dark screen.
    return _draw(url, SvgPathFillImage)


def lot_png(url: str) -> bytes:
    """Return the code of an address as a black and white PNG, ten pixels a module.

    Raises:
        MalformedError: if the address is too long for any code.
    """
    return _draw(url, PyPNGImage)


def _draw(url: str, image: type[BaseImage]) -> bytes:
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_Q, box_size=MODULE_SIZE, border=QUIET_ZONE, image_factory=image)
    code.add_data(url)
    out = io.BytesIO()
    try:
        code.make(fit=True)
    except (DataOverflowError, ValueError) as error:
        # The library says ValueError where its last version (40) overflows.
        raise MalformedError(f"expected an address that fits a QR code, got {len(url):,} characters") from error
    code.make_image().save(out)
    return out.getvalue()
