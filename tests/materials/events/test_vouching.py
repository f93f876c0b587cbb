"""A certifier's word on a supplier's pure scrap: for what it holds, and for what it does not."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.materials.events.attestation import as_attested
from schemas.attestation import Attestation
from tests.materials.yard import intake
from tests.season.court import Court
from tests.world.events import KG

TRADER = "cd" * 32


class Market(Court):
    """A trader brings rolled lead of 99.5 percent to MUN."""

    def cuttings(self, lot: str, day: str = "2026-01-05", **more: Any) -> str:
        """Let a tonne come in; return its statement."""
        pure = {"Pb": 995 * KG}
        said = {"origin": "other_post_consumer", "supplier": TRADER, **more}
        return self.say(lot[:3], intake(lot, 1_000 * KG, pure, **said), f"{day}T06:00:00Z")

    def vouch(self, statement: str, **more: Any) -> None:
        """Let the certifier speak of the trader's scrap until the end of March."""
        word = {"type": "attestation", "statement": statement, "codes": ["purer-than-waste"], "verdict": "settled",
                "reason": "seen in the trader's yard", "supplier": TRADER, "materials": ["lead_scrap"],
                "until": "2026-03-31"}  # fmt: skip
        self.say("CERT", word | more, "2026-01-06T06:00:00Z")

    def word(self, statement: str) -> str | None:
        """Return the word that counts for the one finding on purity of an intake."""
        found = [row for row in self.findings if (row.code, row.statement) == ("purer-than-waste", statement)]
        (finding,) = found
        said = as_attested(finding, self.attested.get(finding.statement, ())).word
        assert said is None or said.issuer == "CERT"
        return None if said is None else said.verdict


@pytest.fixture
def market() -> Market:
    """The market."""
    return Market()


def test_a_word_on_a_supplier_holds_for_what_it_brings_later(market: Market) -> None:
    """The delivery that was looked into, and those after it, to the day; none before the word."""
    first, seen = market.cuttings("MUN-B-1"), market.cuttings("MUN-B-2")
    market.vouch(seen)
    later, last, after = (
        market.cuttings("MUN-B-3", "2026-02-01"),
        market.cuttings("MUN-B-4", "2026-03-31"),
        market.cuttings("MUN-B-5", "2026-04-02"),
    )
    assert market.refused == []
    words = [market.word(statement) for statement in (first, seen, later, last, after)]
    assert words == [None, "settled", "settled", "settled", None]
    market.check()


@pytest.mark.parametrize(
    "other", [{"supplier": "ab" * 32}, {"supplier": None}, {"material": "lead_alloy", "form": "ingot"}]
)
def test_it_holds_for_that_supplier_and_those_materials(market: Market, other: dict[str, Any]) -> None:
    """What another brings, or something else, is looked into by itself."""
    market.vouch(market.cuttings("MUN-B-1"))
    more = {name: value for name, value in other.items() if value is not None}
    said = market.cuttings("MUN-B-2", **more) if more else market.say(
        "MUN", intake("MUN-B-2", 1_000 * KG, {"Pb": 995 * KG}, origin="other_post_consumer"), "2026-01-07T06:00:00Z"
    )  # fmt: skip
    assert market.word(said) is None


def test_a_digest_means_nothing_at_another_site(market: Market) -> None:
    """Each park keeps its own key."""
    market.vouch(market.cuttings("MUN-B-1"))
    assert market.word(market.cuttings("TEX-B-1")) is None


def test_the_last_word_on_a_supplier_counts(market: Market) -> None:
    """What was settled is upheld from the next delivery on; the deliveries between stay settled."""
    first = market.cuttings("MUN-B-1")
    market.vouch(first)
    between = market.cuttings("MUN-B-2")
    market.vouch(first, verdict="upheld")
    after = market.cuttings("MUN-B-3")
    assert [market.word(said) for said in (between, after)] == ["settled", "upheld"]


def test_a_word_on_one_delivery_counts_after_that_on_the_supplier(market: Market) -> None:
    """A certifier looks into one load that was already settled by the word on its supplier."""
    first = market.cuttings("MUN-B-1")
    market.vouch(first)
    later = market.cuttings("MUN-B-2")
    word = {"type": "attestation", "statement": later, "codes": ["purer-than-waste"], "verdict": "upheld",
            "reason": "ingots among it"}  # fmt: skip
    market.say("CERT", word, "2026-01-20T06:00:00Z")
    assert market.word(later) == "upheld"


def test_what_a_word_on_a_supplier_cannot_settle(market: Market) -> None:
    """Findings on one delivery, or a statement that is none of that supplier's deliveries."""
    first = market.cuttings("MUN-B-1", documents=[])
    market.vouch(first, codes=["purer-than-waste", "no-weighing-document"])
    market.vouch(first, supplier="ab" * 32)
    assert market.refused == ["unknown-finding", "unknown-statement"]
    assert market.attested == {}


def test_a_batch_that_is_purer_than_what_was_seen_is_open_after_its_correction(market: Market) -> None:
    """The word stands beside the figures that the delivery had."""
    market.vouch(market.cuttings("MUN-B-1"))
    said = market.cuttings("MUN-B-2", "2026-01-08")
    assert market.word(said) == "settled"
    purer = intake("MUN-B-2", 1_000 * KG, {"Pb": 1_000 * KG}, origin="other_post_consumer", supplier=TRADER)
    fix = {"type": "correction", "statement": said, "kind": "incorrect_data", "reason": "typo", "replacement": purer}
    market.say("MUN", fix, "2026-01-09T06:00:00Z")
    assert market.refused == []
    (finding,) = [row for row in market.findings_of(int(said, 16)) if row.code == "purer-than-waste"]
    assert as_attested(finding, market.attested[finding.statement]).word is None


def test_the_three_members_go_together() -> None:
    """A supplier without materials or a day is malformed, and so is a material named twice."""
    court = Market()
    first = court.cuttings("MUN-B-1")
    for left_out in ("supplier", "materials", "until"):
        court.vouch(first, **{left_out: None})
    court.vouch(first, materials=["lead_scrap", "lead_scrap"])
    assert court.refused == ["malformed"] * 4
    assert {"supplier", "materials", "until"} <= Attestation.model_fields.keys()
