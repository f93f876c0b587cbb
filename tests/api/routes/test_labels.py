"""QR codes: read back as a scanner does, and built as a printer needs them."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET

import pytest
import zxingcpp
from fastapi.testclient import TestClient
from PIL import Image

from api.app import create_app
from ledger.labels import lot_png, lot_svg, lot_url
from schemas.errors import MalformedError
from tests.api.plant import PUBLIC_URL, Plant

URL = f"{PUBLIC_URL}/lots/MUN-L-1"


def drawn(svg: bytes) -> Image.Image:
    """Draw the modules of an SVG, four pixels each, as its path says."""
    root = ET.fromstring(svg)
    side = int(root.attrib["viewBox"].split()[2])
    picture = Image.new("L", (side, side), 255)
    path = next(element for element in root.iter() if element.tag.endswith("path")).attrib["d"]
    for x, y in re.findall(r"M(\d+),(\d+)", path):
        picture.putpixel((int(x), int(y)), 0)
    return picture


def scan(picture: Image.Image) -> zxingcpp.Barcode:
    """Read the one code of a picture."""
    (code,) = zxingcpp.read_barcodes(picture)
    return code


def test_the_png_leads_to_the_page(reader: TestClient) -> None:
    """The PNG, scanned, is the address of the lot's page, with error correction Q."""
    answer = reader.get("/v1/lots/MUN-L-1/qr.png")
    assert answer.headers["content-type"] == "image/png"
    code = scan(Image.open(io.BytesIO(answer.content)))
    assert (code.text, code.ec_level) == (URL, "Q")
    assert reader.get(code.text.removeprefix(PUBLIC_URL)).status_code == 200


def test_the_svg_leads_to_the_page(reader: TestClient) -> None:
    """The SVG, drawn and scanned, is the same address, with error correction Q."""
    answer = reader.get("/v1/lots/MUN-L-1/qr.svg")
    assert answer.headers["content-type"] == "image/svg+xml"
    picture = drawn(answer.content)
    code = scan(picture.resize((picture.width * 4, picture.height * 4)))
    assert (code.text, code.ec_level) == (URL, "Q")


def test_four_modules_around_the_code_stay_white() -> None:
    """SVG and PNG have the quiet zone that scanners need, and nothing darkens it."""
    svg = drawn(lot_svg(URL))
    png = Image.open(io.BytesIO(lot_png(URL))).convert("L")
    assert png.size == (svg.width * 10, svg.height * 10)
    for picture, module in ((svg, 1), (png, 10)):
        dark = picture.point(lambda value: 255 - value).getbbox()
        margin = 4 * module
        assert dark == (margin, margin, picture.width - margin, picture.height - margin)


def test_a_module_of_the_svg_is_a_millimetre_on_white() -> None:
    """Printed at its own size, the code has modules of 1 mm, and it brings its ground along."""
    root = ET.fromstring(lot_svg(URL))
    assert root.attrib["width"] == root.attrib["viewBox"].split()[2] + "mm"
    assert any(element.tag.endswith("rect") and element.attrib["fill"] == "white" for element in root.iter())


def test_a_code_is_drawn_alike_every_time() -> None:
    """The same address gives the same bytes."""
    assert lot_svg(URL) == lot_svg(URL)
    assert lot_png(URL) == lot_png(URL)


def test_an_address_that_fits_no_code_is_malformed() -> None:
    """Beyond the largest code the library's own error does not come through."""
    with pytest.raises(MalformedError, match="fits a QR code"):
        lot_svg("x" * 5000)


@pytest.mark.parametrize("public_url", ["https://a.example", "https://a.example/", "https://a.example//"])
def test_slashes_at_the_end_of_the_public_address_do_not_count(public_url: str) -> None:
    """The address of a lot has one slash before ``lots``, and ids are escaped."""
    assert lot_url(public_url, "MUN-L-1") == "https://a.example/lots/MUN-L-1"
    assert lot_url(public_url, "a/b?c") == "https://a.example/lots/a%2Fb%3Fc"


def test_the_label_says_in_clear_what_it_is_for(reader: TestClient) -> None:
    """The sheet to print has code, lot id, material, park and address."""
    answer = reader.get("/v1/lots/MUN-L-1/label")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    for text in ("<svg ", "MUN-L-1", "Refined lead", "ACE Mundra", URL):
        assert text in answer.text


@pytest.mark.parametrize(
    ("url", "is_local"),
    [
        ("http://127.0.0.1:8000", True),
        ("http://localhost:8000", True),
        ("http://[::1]:8000", True),
        ("http://0.0.0.0:8000", True),
        ("http://192.168.1.7:8000", False),
        ("https://ledger.example.com", False),
    ],
)
def test_a_label_that_leads_nowhere_says_so(furnished: Plant, url: str, is_local: bool) -> None:
    """A code with the address of the machine that drew it is no use on a pallet."""
    with TestClient(create_app(furnished.home, public_url=url)) as client:
        assert ("No other device" in client.get("/v1/lots/MUN-L-1/label").text) == is_local
