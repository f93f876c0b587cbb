"""What holds of an agreement on random seasons with every event, tolling and corrections among them."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ledger.materials.answers.offtake.report import FIGURES, agreement_report
from schemas.agreements import Agreement
from schemas.events import read_event
from schemas.ids import AgreementId, PartyId
from schemas.quantity import MG_PER_KG
from schemas.versions import VERSION_1
from tests.materials.deal import trade_of
from tests.season.dice import SEEDS, seasons
from tests.season.every_event import EverySeason
from tests.season.random_seasons import PARKS
from tests.world.folding import NONCE, Fold

TERMS: dict[str, Any] = {
    "type": "agreement", "agreement": "MUN-A-1", "seller": "MUN", "buyer": "GLENCORE", "parks": list(PARKS),
    "starts_on": "2026-01-07", "ends_on": "2030-01-01", "share": "1",
}  # fmt: skip
LONG = st.integers(min_value=20, max_value=90)


class SellingSeason(EverySeason):
    """A season in which what goes to the buyer is sold under an agreement."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.fold.take({"issuer": "MUN", "occurred_at": "2026-01-05T00:00:00Z", "event": TERMS})

    def _run(self) -> tuple[str, dict[str, Any]]:
        issuer, event = super()._run()
        if event["type"] == "transformation" and issuer != "GLENCORE" and not self.dice.randrange(4):
            event["process"] = "toll_refining"
        return issuer, event

    def _dispatch(self) -> tuple[str, dict[str, Any]]:
        issuer, event = super()._dispatch()
        if event["type"] == "dispatch" and "to" in event and issuer != "GLENCORE":
            event |= {"to": "GLENCORE", "agreement": "MUN-A-1"} if self.dice.randrange(4) else {}
        return issuer, event


def _report(fold: Fold, *, fold_all: bool = False) -> dict[str, Any]:
    event = read_event({"nonce": NONCE, **TERMS}, PartyId("MUN"), VERSION_1)
    assert isinstance(event, Agreement)
    trades = [trade_of(fold, park, fold_all=fold_all) for park in map(PartyId, PARKS)]
    return agreement_report(fold.agreements[AgreementId("MUN-A-1")], event, trades, fold.index, "2027-01-01")


@seasons(60)
@given(SEEDS, LONG)
def test_what_was_corrected_is_stated_as_if_all_were_folded_again(seed: int, count: int) -> None:
    """Folding only the lots that a correction reached gives the same as folding them all."""
    fold = SellingSeason(seed).play(count)
    assert _report(fold) == _report(fold, fold_all=True)


@seasons(60)
@given(SEEDS, LONG)
def test_parks_and_years_add_up_and_no_more_is_accepted_than_was_sent(seed: int, count: int) -> None:
    """All parks are the sum of the parks, the term that of its years; deliveries are never negative."""
    report = _report(SellingSeason(seed).play(count))
    for metal in {row["metal"] for row in report["totals"]}:
        for name in FIGURES:
            parts = [_mass(row, name) for row in report["years"] if row["metal"] == metal and row["park"]]
            years = [_mass(row, name) for row in report["years"] if row["metal"] == metal and not row["park"]]
            (total,) = [row for row in report["totals"] if row["metal"] == metal and not row["park"]]
            assert sum(parts) == sum(years) == _mass(total, name)
    for row in (*report["years"], *report["totals"]):
        sent, accepted, disputed = (_mass(row, name) for name in ("dispatched", "accepted", "disputed"))
        assert min(accepted, disputed) >= 0
        assert accepted + disputed <= sent
        assert _mass(row, "tolled_dispatched") >= 0


def test_random_seasons_reach_every_figure() -> None:
    """There are figures of every kind, also in lots that were corrected."""
    found: Counter[str] = Counter()
    for seed in range(45):
        fold = SellingSeason(seed).play(90)
        found.update(name for row in _report(fold)["totals"] for name in FIGURES if _mass(row, name))
        found.update("corrected" for lot in fold.lots.values() if lot.corrections and lot.word is not None)
    assert min(found[name] for name in (*FIGURES, "corrected")) >= 5, found


def _mass(row: dict[str, Any], name: str) -> int:
    return int(Decimal(row[f"{name}_kg"]) * MG_PER_KG)
