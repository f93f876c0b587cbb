"""What holds of recalls on random seasons with every event."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ledger.materials.answers.provenance import contributions, trace
from ledger.materials.answers.recall.shares import ONE
from ledger.materials.state.records import Lot
from schemas.codes import Metal
from schemas.quantity import parse_kg
from tests.season.dice import LONG, SEEDS, seasons
from tests.season.every_event import EverySeason
from tests.season.recalling import NetShares, reached, report_of
from tests.world.folding import Fold

ROUNDED = Fraction(1, 10**20)
"""More than what rounding up at each of some hundred runs adds, far less than is printed."""


def _sources(fold: Fold, lot: Lot) -> dict[Metal, dict[str, Fraction]]:
    ancestry = trace(lot, fold)
    return {
        metal: {source.text: share for source, share in shares.items()}
        for metal, shares in contributions(ancestry).items()
    }


def _intakes(fold: Fold) -> list[str]:
    """Return the lots that came in; one that a correction took away, and that was sent anyway, is a shortfall."""
    return [lot.id for lot in fold.lots.values() if lot.run is None and not lot.refill]


@seasons(40)
@given(SEEDS, LONG, st.data())
def test_nothing_is_recalled_beyond_what_is_there(seed: int, count: int, data: st.DataObject) -> None:
    """Of every lot, shipment and recipient, of its mass and of every metal, now and when it was made."""
    fold = EverySeason(seed).play(count)
    seeds = data.draw(st.lists(st.sampled_from(sorted(fold.lots)), max_size=4)) if fold.lots else []
    added = [(run.id, number) for run in fold.runs.values() for number in range(len(run.added))]
    additions = data.draw(st.lists(st.sampled_from(added), max_size=2)) if added else []
    report = report_of(fold, *dict.fromkeys(seeds), additions=tuple(dict.fromkeys(additions)))
    rows: list[dict[str, Any]] = [*report["lots"], *report["recipients"], *report["shipments"]]
    for row in [*rows, *(row["made"] for row in report["lots"])]:
        for figure in (row["net"], *row["content"].values()):
            assert parse_kg(figure["kg"]) <= parse_kg(figure["of_kg"])
            assert figure["share"] <= "1.000000000"
    for row in report["lots"]:
        lot = fold.lots[row["lot"]]
        assert parse_kg(row["net"]["of_kg"]) == lot.net
        assert (row["holder"], row["status"], row["held"]) == (lot.holder, lot.status, lot.held)
        for metal, figure in row["content"].items():
            assert parse_kg(figure["of_kg"]) == sum(lot.mix[metal])


@seasons(40)
@given(SEEDS, LONG)
def test_forward_and_backward_agree(seed: int, count: int) -> None:
    """A batch has the share in each lot that provenance gives it; nothing rounds it down."""
    fold = EverySeason(seed).play(count)
    for batch in _intakes(fold)[:6]:
        exact = NetShares(fold, {batch})
        for row in reached(fold, batch).lots:
            sources = _sources(fold, row.lot)
            assert 0 <= Fraction(row.part.net, ONE) - exact.of(row.lot.id) < ROUNDED
            for metal in row.lot.mix:
                over = Fraction(row.part.of(metal, row.lot.sourced), ONE) - sources[metal].get(batch, 0)
                assert 0 <= over < ROUNDED, (batch, row.lot.id, metal)


@seasons(40)
@given(SEEDS, LONG)
def test_all_batches_together_are_all_of_it(seed: int, count: int) -> None:
    """Where nothing was added, gained or short on the way, recalling all that came in recalls exactly all."""
    fold = EverySeason(seed).play(count)
    batches = _intakes(fold)
    exact = NetShares(fold, set(batches))
    for row in reached(fold, *batches).lots:
        if exact.of(row.lot.id) == 1:
            assert row.part.net == ONE
        sources = _sources(fold, row.lot)
        for metal in row.lot.metals:
            if set(sources[metal]) <= set(batches):
                assert row.part.of(metal, row.lot.sourced) == ONE


def test_seasons_hold_lots_of_batches_alone_and_others() -> None:
    """The rule about all batches is not empty, and neither is its exception."""
    whole = thinned = 0
    for seed in range(20):
        fold = EverySeason(seed).play(60)
        for row in reached(fold, *_intakes(fold)).lots:
            whole += row.lot.run is not None and row.part.net == ONE
            thinned += row.part.net < ONE
    assert min(whole, thinned) > 20


@seasons(30)
@given(SEEDS, LONG)
def test_a_shipment_is_stated_as_the_lot_was_then(seed: int, count: int) -> None:
    """Without corrections: to the milligram what the lot held when the ledger took the dispatch."""
    season = EverySeason(seed)
    then = [dict(season.fold.lots) for _ in season.steps(count, corrections=False)]
    for sent in reached(season.fold, *season.fold.lots).sent:
        lot = then[int(sent.sending.statement, 16)][sent.sending.lot.id]
        assert sent.sending.lot == lot
        assert not sent.sending.withdrawn
