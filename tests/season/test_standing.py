"""How lots stand, and what words added to them, on random seasons: alike from the ledger and from a part of it."""

from __future__ import annotations

from collections import Counter

from hypothesis import example, given
from hypothesis import strategies as st

from ledger.files.bundle_1 import BUNDLE_1
from ledger.materials.answers.provenance import follow, trace
from ledger.materials.standing import LotStanding, on_record, standing_of
from ledger.materials.state.memory_book import MaterialMemory
from schemas.ids import LotId
from schemas.versions import VERSION_1
from tests.golden.seasons import GoldenSeason
from tests.season.claim_season import ClaimSeason
from tests.season.court import Court
from tests.season.dice import SEEDS, seasons
from tests.season.every_event import EverySeason
from tests.season.hold_season import HoldSeason
from tests.season.late_season import LateSeason
from tests.season.part_of_ledger import part_about
from tests.season.part_season import PartSeason
from tests.season.repair_season import RepairSeason
from tests.world.folding import Fold


def stands(lot: LotId, book: MaterialMemory) -> LotStanding:
    """Return how a lot stands by a book."""
    ancestry = trace(book.lots[lot], book)
    return standing_of(ancestry, follow(ancestry), on_record(ancestry, book), VERSION_1)


def check_parts(fold: Fold) -> Counter[str]:
    """Demand that each lot's bundle proves what the ledger says is proven, and has grown; return how often which."""
    counted: Counter[str] = Counter()
    for lot in fold.lots:
        whole, part = BUNDLE_1.spell_standing(stands(lot, fold)), part_about(lot, fold)
        assert BUNDLE_1.spell_standing(stands(lot, part)) == whole, lot
        assert part.lots[lot].grown == fold.lots[lot].grown, lot
        counted[whole["proven"]] += 1
    return counted


@seasons(15)
@given(SEEDS, st.sampled_from((EverySeason, ClaimSeason, RepairSeason, PartSeason, LateSeason, HoldSeason)))
@example(4983, RepairSeason)
@example(263, HoldSeason)
def test_a_part_of_the_ledger_proves_what_the_ledger_says(seed: int, kind: type[EverySeason]) -> None:
    """Findings, holds, shortfalls and claims, through every correction."""
    check_parts(kind(seed).play(60))


def test_words_on_findings_are_part_of_the_proof() -> None:
    """Seasons with attestations, holds and agreements stand in each of the three ways."""
    counted: Counter[str] = Counter()
    for seed in range(4):
        season = GoldenSeason(seed)
        for _ in season.attempts(80):
            pass
        counted += check_parts(season.fold)
    assert set(counted) == {"clear", "look", "stop"}


def test_what_rests_on_papers_that_are_cited_elsewhere_is_reported_and_not_proven() -> None:
    """One slip in two spellings, and a part of a held manifest: a bundle of either lot has not the other."""
    court, manifest = Court(), {"kind": "hazardous_manifest", "issuer": "MUN", "number": "HM-7"}
    for number, part in ((1, "1/2"), (2, "1 of 2")):
        court.batch(f"MUN-B-{number}", documents=[{**manifest, "number": "HM-7" if number == 1 else "hm 07"}])
        court.batch(f"MUN-B-{number + 2}", documents=[{**manifest, "number": "HM-8", "part": part}])
    held = {
        "type": "hold",
        "lots": ["MUN-B-3", "MUN-B-4"],
        "reason": "forged",
        "document": manifest | {"number": "HM-8"},
    }
    court.say("CERT", held)
    court.batch("MUN-B-5", documents=[{**manifest, "number": "HM-8", "part": "3"}], at="2026-01-11T06:00:00Z")
    assert {"slip-numbers-alike", "held-paper-cited"} <= {finding.code for finding in court.findings}
    check_parts(court)
    for lot in ("MUN-B-2", "MUN-B-5"):
        found = stands(LotId(lot), court)
        assert (found.proven, found.reported) == ("clear", "stop")
