"""The index of products: what is listed, and that it lists what reference figures call a product."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ledger.materials.plausibility.reference.chemistry import MAIN
from ledger.materials.state.products import METAL_OF, Load, Span, products_stated, rows_of_products
from schemas.events import parse_event
from schemas.ids import LotId, PartyId
from schemas.versions import VERSION_1
from tests.materials.yard import intake
from tests.world.events import correction, line, output, run

LEAD = Load(LotId("MUN-L-1"), "Pb", 1_002, 1_000)
LISTED = {"metal": "Pb", "net": 1_002, "index": 7, "lot": "MUN-L-1", "held": 1_000}


def stated(event: dict[str, Any]) -> list[Load]:
    """Return the products that an event states."""
    raw = json.dumps({"nonce": "0" * 32, **event}).encode()
    return list(products_stated(parse_event(raw, PartyId("MUN"), VERSION_1), ()))


def smelting(material: str = "refined_lead") -> dict[str, Any]:
    """Return a run that makes a product and slag."""
    slag = output("MUN-S-1", 50, {"Pb": 5}, material="slag", role="residue")
    return run("MUN-R-1", [line("MUN-B-1", 2_000)], [output("MUN-L-1", 1_002, {"Pb": 1_000}, material=material), slag])


def test_each_product_has_the_metal_that_it_is_sold_for() -> None:
    """The index and the figures of the trade agree on what a product is."""
    assert {material: metal for material, (metal, _) in MAIN.items()} == METAL_OF


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (smelting(), [LEAD]),
        (smelting("lead_bullion"), []),
        (smelting("cobalt_metal"), []),
        (correction("ab" * 32, smelting()), [LEAD]),
        (correction("ab" * 32), []),
        (intake("MUN-L-1", 1_002, {"Pb": 1_000}, material="refined_lead"), []),
    ],
)
def test_what_an_entry_adds(event: dict[str, Any], expected: list[Load]) -> None:
    """Products that a run makes, with their own metal, also in what a correction puts in place."""
    assert stated(event) == expected


def test_a_product_that_is_stated_twice_is_one_row() -> None:
    """As by an entry that corrects several statements."""
    assert list(rows_of_products(7, (LEAD, LEAD))) == [LISTED]
    assert list(rows_of_products(7, (LEAD, LEAD._replace(net=1_003)))) == [LISTED, {**LISTED, "net": 1_003}]


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        (Span("Pb", (1_002, 1_002), (1_000, 1_000)), True),
        (Span("Pb", (1_003, 1_004), (1_000, 1_000)), False),
        (Span("Pb", (1_002, 1_002), (998, 999)), False),
        (Span("Co", (1_002, 1_002), (1_000, 1_000)), False),
    ],
)
def test_a_span_has_both_its_ends(span: Span, expected: bool) -> None:
    """Of mass and of metal, and of that metal alone."""
    assert span.has(LEAD) is expected
