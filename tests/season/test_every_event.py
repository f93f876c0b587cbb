"""What holds on random seasons with every event (accounting, corrections and the past among it)."""

from __future__ import annotations

from collections import Counter

from hypothesis import example, given
from hypothesis import strategies as st

from ledger.materials.answers.as_of import lot_at
from ledger.materials.answers.lot_report import lot_report
from ledger.materials.answers.provenance import contributions, provenance_report, trace
from ledger.materials.claims.marks import claimable, is_claim
from ledger.materials.events.claim import wanted
from ledger.materials.mass.mix import smaller
from ledger.materials.moves.balance import balance_of
from ledger.materials.rulesets import recycled_shares
from ledger.materials.state.credit_account import uncovered
from ledger.materials.state.records import NOT_YET, Lot
from schemas.codes import CLAIM_KINDS
from schemas.ids import LotId, PartyId
from schemas.limits import DEFAULTS
from schemas.versions import VERSION_1
from tests.season.claim_season import ClaimSeason
from tests.season.dice import LONG, SEEDS, seasons
from tests.season.every_event import EverySeason
from tests.season.hold_season import HoldSeason
from tests.season.late_season import LateSeason
from tests.season.one_use import check_one_use, standing_claims
from tests.season.part_season import PartSeason
from tests.season.random_seasons import PARKS
from tests.season.repair_season import RepairSeason
from tests.world.folding import Fold

CORRECTING = st.sampled_from((EverySeason, RepairSeason, PartSeason, HoldSeason))
LATE = st.sampled_from((EverySeason, RepairSeason, PartSeason, LateSeason))


@seasons(60)
@given(SEEDS, LONG, LATE)
def test_metal_is_conserved_at_every_entry(seed: int, count: int, kind: type[EverySeason]) -> None:
    """Per metal and origin, to the milligram, through every correction; and nothing is ever negative."""
    season = kind(seed)
    for _ in season.steps(count):
        season.fold.check()
        check_marks(season.fold)
        check_credits(season.fold)


@seasons(60)
@given(SEEDS, LONG)
@example(40, 60)
def test_a_kilogram_is_reported_to_the_outside_once(seed: int, count: int) -> None:
    """Claims that stand, and what can still be claimed or drawn, never exceed what ever entered."""
    season = ClaimSeason(seed)
    for number, _ in enumerate(season.steps(count)):
        check_marks(season.fold)
        check_credits(season.fold)
        if number % 5 == 0:
            check_one_use(season.fold)
    check_one_use(season.fold)


@seasons(40)
@given(SEEDS, LONG, LATE)
def test_every_site_balances_in_every_month(seed: int, count: int, kind: type[EverySeason]) -> None:
    """Opening and movements of each month give what the lots hold: nothing is unexplained."""
    fold = kind(seed).play(count)
    for site in map(PartyId, (*PARKS, "GLENCORE")):
        postings = fold.postings_of(site)
        for period in {row.period for row in postings}:
            balance = balance_of(site, period, fold.sums_of(site), fold.open_lots(site))
            for line in balance.lines():
                assert balance.computed(line) == balance.closing(line), (site, period, line)


@seasons(40)
@given(SEEDS, LONG, st.sampled_from((EverySeason, ClaimSeason, RepairSeason, PartSeason, LateSeason, HoldSeason)))
def test_an_answer_at_a_size_never_changes(seed: int, count: int, kind: type[EverySeason]) -> None:
    """What the ledger said of a lot at size n is what its entries below n say, whatever came after."""
    season = kind(seed)
    said: list[dict[LotId, Lot]] = [dict(season.fold.lots) for _ in season.steps(count)]
    for size, lots in enumerate(said, 1):
        if size % 3 and size != len(said):
            continue
        for name, lot in lots.items():
            past = lot_at(name, size, season.fold)
            assert past is not None
            assert past.lot == lot, (size, name)


@seasons(30)
@given(SEEDS, LONG, LATE)
def test_contributions_add_up_through_corrections(seed: int, count: int, kind: type[EverySeason]) -> None:
    """The sources of every metal of every lot add up to exactly 1, shortfalls among them."""
    fold = kind(seed).play(count)
    for lot in fold.lots.values():
        ancestry = trace(lot, fold)
        for metal, shares in contributions(ancestry).items():
            assert sum(shares.values()) == 1, (lot.id, metal, shares)
            assert min(shares.values()) > 0


@seasons(30)
@given(SEEDS, LONG, CORRECTING)
def test_lots_that_are_answered_otherwise_name_the_correction(seed: int, count: int, kind: type[EverySeason]) -> None:
    """Every lot whose figures or provenance a correction changed names it, and no other."""
    season = kind(seed)
    before: dict[LotId, tuple[object, object]] = {}
    for said in season.steps(count):
        fold, correction = season.fold, f"{season.fold.index - 1:064x}"
        answers = {name: reported(fold, lot) for name, lot in fold.lots.items()}
        if said["event"]["type"] == "correction":
            for name, lot in fold.lots.items():
                names_it = correction in lot.corrections
                assert names_it == (answers[name] != before.get(name)), (name, said)
        before = answers


@seasons(20)
@given(SEEDS, LONG)
def test_lots_that_a_late_assay_answers_otherwise_name_it(seed: int, count: int) -> None:
    """All but the analysed ones: these name it where it reached back."""
    season = LateSeason(seed)
    before: dict[LotId, tuple[object, object]] = {}
    for said in season.steps(count):
        fold, statement = season.fold, f"{season.fold.index - 1:064x}"
        answers = {name: reported(fold, lot) for name, lot in fold.lots.items()}
        if said["event"]["type"] == "assay":
            others = fold.lots.keys() - set(said["event"]["lots"])
            changed = {name for name in others if answers[name] != before.get(name)}
            assert all(statement in fold.lots[name].corrections for name in changed), said
        before = answers


@seasons(30)
@given(SEEDS, LONG)
def test_a_piece_of_one_equals_the_correction_alone(seed: int, count: int) -> None:
    """Said in either form, one statement is put right alike: every value, finding and posting is the same."""
    season, other = EverySeason(seed), EverySeason(seed)
    for line in season.steps(count):
        event = line["event"]
        if event["type"] == "correction":
            one = {name: event[name] for name in ("statement", "kind", "replacement") if name in event}
            event = {"type": "correction", "reason": event["reason"], "corrections": [one]}
        assert not other.fold.refusals([{**line, "event": event}])
    for name in ("lots", "runs", "shipments", "citations", "files", "findings", "standing", "accounts"):
        assert getattr(season.fold, name) == getattr(other.fold, name)
    assert [season.fold.postings_of(PartyId(site)) for site in PARKS] == [
        other.fold.postings_of(PartyId(site)) for site in PARKS
    ]


def reported(fold: Fold, lot: Lot) -> tuple[object, object]:
    """Return what is answered about a lot, without the corrections that it names."""
    ancestry = trace(lot, fold)
    report = lot_report(lot._replace(corrections=()), VERSION_1, 0)
    # Exact shares as well: a correction may change what is cut off in print.
    return report, (provenance_report(ancestry, 0), contributions(ancestry))


@seasons(30)
@given(SEEDS, LONG)
def test_the_share_that_is_shown_is_the_one_that_may_be_claimed(seed: int, count: int) -> None:
    """Of a lot with an account it counts its credit, and never more than its metal; the mix of all others."""
    season = ClaimSeason(seed)
    season.play(count)
    for lot in season.fold.lots.values():
        said = lot_report(lot, VERSION_1, 0)
        assert said["recycled_share"] == recycled_shares(lot.mix, VERSION_1, lot.base), lot
        assert said["share_basis"] == ("mass_balance" if lot.custody == "mass_balance" else "physical")
        assert lot.credit is None or lot.custody == "mass_balance"
        assert said.get("physical_share") == (None if lot.credit is None else recycled_shares(lot.mix, VERSION_1))
        for metal, split in (lot.credit or {}).items():
            assert sum(split) <= sum(lot.mix[metal]), lot
        for metal, split in lot.earned.get(NOT_YET, {}).items():
            assert all(0 <= waits <= held for waits, held in zip(split, lot.mix[metal], strict=True)), lot


def test_random_seasons_reach_every_event() -> None:
    """Each kind of event is taken often, and corrections leave shortfalls and uncovered claims."""
    taken: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for seed in range(40):
        season = EverySeason(seed)
        taken.update(line["event"]["type"] for line in season.steps(120))
        found.update(finding.code for finding in season.fold.findings)
    assert set(taken) >= {
        "intake", "transformation", "dispatch", "acceptance", "assay", "stock_count", "hold", "release", "claim",
        "correction", "period_close",
    }  # fmt: skip
    assert min(taken.values()) >= 20, taken
    assert set(found) >= {
        "shortfall", "claim-uncovered", "acceptance-contradicted", "corrected-after-dispatch", "stock-adjusted",
        "prior-period-adjustment", "assay-differs", "gain-after-correction", "count-overtaken",
        "held-after-move", "before-it-came-in",
    }, found  # fmt: skip


def test_random_seasons_of_repairs_reach_pieces_and_runs_that_change_places() -> None:
    """Several statements are put right at once often, and now and then runs are entered anew in each other's place."""
    pieces: Counter[bool] = Counter()
    exchanged = 0
    for seed in range(60):
        season = RepairSeason(seed)
        for line in season.steps(100):
            pieces[len(line["event"].get("corrections", ())) > 1] += 1
        exchanged += sum(season.said[at][2].get("run") not in (None, run.id) for run in season.fold.runs.values()
                         for at in range(len(season.said)) if season.said[at][0] == run.index)  # fmt: skip
    assert pieces[True] >= 200, pieces
    assert exchanged >= 5


def test_random_seasons_of_late_papers_reach_assays_after_the_use_and_later_batches() -> None:
    """Lots name assays that came after the use of what they are made of; runs take batches entered after them."""
    found: Counter[str] = Counter()
    named = 0
    for seed in range(30):
        season = LateSeason(seed)
        for line in season.steps(90):
            statement = f"{season.fold.index - 1:064x}"
            is_assay = line["event"]["type"] == "assay"
            named += is_assay and any(statement in lot.corrections for lot in season.fold.lots.values())
        found.update(finding.code for finding in season.fold.findings)
    assert named >= 5
    assert found["batch-entered-late"] >= 3


def test_random_seasons_of_claims_reach_what_takes_cover_away() -> None:
    """Credits are drawn and lose their cover, and claims lose theirs, beyond what two scales differ by and within."""
    found: Counter[str] = Counter()
    for seed in range(60):
        season = ClaimSeason(seed)
        season.play(100)
        found.update(row.kind for row in season.fold.postings if row.kind == "credit_drawn")
        found.update(finding.code for finding in season.fold.findings)
    assert set(found) >= {"credit_drawn", "credit-overdrawn", "claim-uncovered", "claim-exceeds-accepted"}, found


def check_marks(fold: Fold) -> None:
    """No lot is claimed beyond what it holds, but for what two scales differ by; no kilogram is there for two."""
    for lot in fold.lots.values():
        for mark in lot.marks:
            if is_claim(mark) and mark.covered:
                held = sum(sum(smaller(mark.mix, lot.base).get(metal, ())) for metal in mark.mix)
                excess = sum(map(sum, mark.mix.values())) - held
                # A part that is taken takes what is there, so the rest of a lot may keep all of the difference.
                if excess:
                    limit = claimed_by(fold, mark.statement) * DEFAULTS.handover_warn_ppm
                    assert excess * 1_000_000 <= limit, (lot.id, mark)
        for kind in CLAIM_KINDS:
            for metal, split in claimable(lot, kind).items():
                assert all(0 <= a <= b for a, b in zip(split, lot.base[metal], strict=True))


def claimed_by(fold: Fold, statement: str) -> int:
    """Return what a claim claims in all, as it stands, in mg."""
    claims = dict(standing_claims(fold))
    return sum(sum(map(sum, wanted(line).values())) for line in claims[statement].lots)


def check_credits(fold: Fold) -> None:
    """No account gave more than it has, on any day; no lot has more credit than was drawn."""
    assert not any(uncovered(fold.account_of(site)) for site in fold.parties)
    drawn = sum(sum(map(sum, mix.values())) for account in fold.accounts.values() for mix in account.drawn.values())
    held = sum(sum(map(sum, lot.credit.values())) for lot in fold.lots.values() if lot.credit)
    assert held <= drawn
