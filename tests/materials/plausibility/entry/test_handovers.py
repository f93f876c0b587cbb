"""The receiver's word against the book, at the limit and a milligram beyond."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.materials.plausibility.entry.handovers import find_in_handover
from ledger.materials.state.book import Speaker
from ledger.materials.state.records import Lot
from schemas.catalogue.findings.texts import say
from schemas.codes import Decision
from schemas.findings import Finding
from schemas.handover import AcceptedLot
from schemas.ids import LotId, PartyId, StatementId
from schemas.party import Party
from schemas.versions import VERSION_1

KG = 1_000_000
BUYER = Party(PartyId("GLENCORE"), "Glencore", ("offtaker",), "CH", StatementId("00" * 32))
BOOK = 25_000 * KG


def reported(
    received: int, decision: Decision = "accepted", nickel: int | None = None, booked: int = BOOK
) -> list[Finding]:
    """Return where the word on a lot of 25 t with a tonne of nickel differs from the book."""
    lot = Lot(
        LotId("MUN-L-1"), "nickel_sulfate", PartyId("MUN"), PartyId("MUN"), "in_transit", booked,
        {"Ni": (1000 * KG, 0, 0, 0, 0, 0, 0)}, "2026-01-01T00:00:00Z", 1,
    )  # fmt: skip
    line = AcceptedLot.model_construct(
        lot=LotId("MUN-L-1"), decision=decision, net_kg=received, content_kg=None if nickel is None else {"Ni": nickel}
    )
    found = find_in_handover(line, lot, Speaker(BUYER, "2026-01-02T00:00:00Z", 9, StatementId("ab" * 32), VERSION_1))
    return [finding for finding in found if finding.code == "handover-difference"]


@pytest.mark.parametrize("sign", [-1, 1])
def test_half_a_percent_is_the_scale(sign: int) -> None:
    """More or less alike: 125 kg of 25 t, and 25 kg more."""
    assert reported(BOOK + sign * 125 * KG) == []
    (finding,) = reported(BOOK + sign * 126 * KG)
    assert (finding.code, finding.severity) == ("handover-difference", "medium")


@pytest.mark.parametrize("sign", [-1, 1])
def test_two_percent_is_another_lot(sign: int) -> None:
    """At 500 kg of 25 t a query, beyond it a finding that weighs."""
    (query,) = reported(BOOK + sign * 500 * KG)
    (weighty,) = reported(BOOK + sign * 501 * KG)
    assert (query.severity, weighty.severity) == ("medium", "high")


def test_who_disputes_says_so_himself() -> None:
    """A difference that the receiver contests is no secret."""
    (finding,) = reported(BOOK // 2, decision="disputed")
    assert finding.severity == "medium"


def test_another_analysis() -> None:
    """Two percent is what laboratories leave open, five is not."""
    assert reported(BOOK, nickel=980 * KG) == reported(BOOK, nickel=1020 * KG) == []
    (query,) = reported(BOOK, nickel=979 * KG)
    (weighty,) = reported(BOOK, nickel=949 * KG)
    assert (query.severity, weighty.severity) == ("medium", "high")
    assert reported(BOOK, nickel=950 * KG)[0].severity == "medium"


def test_the_finding_is_on_the_receivers_entry() -> None:
    """Both figures in kilograms, the limit with its source."""
    (finding,) = reported(24_000 * KG)
    assert finding.figures == (("received_mg", 24_000 * KG), ("less_ppm", 40_000))
    assert finding.limit == (("handover_high_ppm", 20_000), ("booked_mg", 25_000 * KG))
    assert finding.source == "handover_high_ppm"
    assert say(finding) == (
        "GLENCORE has another mass of MUN-L-1 than its sender",
        "24000 kg received (4.00 % less)",
        "25000 kg in the book, 2.00 % apart",
        "default, unsourced: weight tolerance of an LME lead lot, 2 %",
    )
    assert (finding.index, finding.statement, finding.lots) == (9, "ab" * 32, ("MUN-L-1",))


@given(st.integers(0, 9_999_999_999_999_999), st.none() | st.integers(0, 9_999_999_999_999_999),
       st.integers(0, 9_999_999_999_999_999))  # fmt: skip
def test_no_weight_breaks_the_check(received: int, nickel: int | None, booked: int) -> None:
    """Nothing received, nothing booked, a thousand times too much."""
    for finding in reported(received, nickel=nickel, booked=booked):
        assert say(finding).figure.endswith(("less)", "more)"))
