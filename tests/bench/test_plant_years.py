"""The feed that the questions are measured on holds what it promises, and all of it is taken."""

from collections import Counter
from pathlib import Path

import pytest

from ledger.questions.sites import agreement_answer, credits_answer
from schemas.ids import AgreementId, PartyId
from tests.bench.made_plants import Plants, all_lines
from tests.bench.plant_years import AGREEMENT, CLOSING, plant_years

COUNT = 300


@pytest.mark.slow
@pytest.mark.parametrize(("a_month", "months"), [(100, 3), (COUNT, 1)], ids=["long", "dense"])
def test_a_small_feed_is_taken_whole(a_month: int, months: int, tmp_path: Path) -> None:
    """Whatever is in it: closes of each month and site, corrections, credit earned and drawn, deliveries."""
    plants = Plants.made(tmp_path / "ledger")
    with plants.home as home, home.store.reading() as snapshot:
        before = snapshot.size
        plants.take_months(plant_years(COUNT, a_month=a_month), last_is_closed=True)
    with Plants.opened(tmp_path / "ledger").home as home, home.store.reading() as snapshot:
        said = [logged.event for site in CLOSING for logged in snapshot.history.said_by(PartyId(site))]
        kinds = Counter(event.type for event in said)
        assert snapshot.size == before + COUNT + months * len(CLOSING)
        assert kinds["period_close"] == months * len(CLOSING)
        assert COUNT // 50 <= kinds["correction"] <= COUNT // 20
        assert kinds["claim"] > 0
        posted = Counter(posting.kind for posting in snapshot.postings_of(PartyId("TEX")))
        assert posted["credit_earned"] > 1
        assert posted["credit_drawn"] > 1
        assert credits_answer(snapshot, PartyId("TEX"), "2026-01")["accounts"]
        delivered = agreement_answer(snapshot, AgreementId(AGREEMENT))["years"]
        assert {row["park"] for row in delivered if row["accepted_kg"] != "0"} == {"MUN", "TEX", None}


def test_the_same_arguments_give_the_same_lines() -> None:
    """And the kinds of *long* and *dense* say the same at other times."""
    first, again = (list(all_lines(plant_years(COUNT, a_month=100))) for _ in range(2))
    dense = list(all_lines(plant_years(COUNT, a_month=COUNT)))
    assert first == again
    assert len(first) == len(dense) == COUNT
    assert [line["event"]["type"] for line in first] == [line["event"]["type"] for line in dense]
    times = [line["occurred_at"] for line in first]
    assert times == sorted(times)
    corrections = [line["event"] for line in first if line["event"]["type"] == "correction"]
    assert any("corrections" in event for event in corrections), "a batch and its run, repaired in one piece"
