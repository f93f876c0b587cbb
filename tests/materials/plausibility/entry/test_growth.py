"""What a lot gained along its way, by words of which each alone is within its limit."""

from __future__ import annotations

import pytest

from ledger.materials.state.grown import NOT_GROWN, Grown
from tests.materials.yard import SLIP, Yard
from tests.season.court import Court, severities
from tests.season.schemes.analyses import assay_of
from tests.season.schemes.words import count_of
from tests.world.events import KG, correction, line, output, run

CODE = "gained-on-the-way"


def analysed(*fractions: str) -> Court:
    """Return a court in which a tonne of batteries, bought by 60 % of lead, is analysed again and again."""
    court = Court()
    court.batch("MUN-B-1", 1000)
    for fraction in fractions:
        court.say("MUN", assay_of("MUN-B-1", fraction))
    return court


@pytest.mark.parametrize(
    ("fractions", "found"),
    [
        (("0.6290",), []),
        (("0.6290", "0.6310"), ["medium"]),
        (("0.6290", "0.6400", "0.6410", "0.6430", "0.6901"), ["medium", "medium", "high"]),
        (("0.6400", "0.6410"), []),
        (("0.60", "0.606", "0.612"), []),
        (("0.60", "0.606", "0.6121"), ["medium"]),
        (("0.60", "0.61", "0.62", "0.64", "0.65"), ["medium"]),
        (("0.60", "0.61", "0.64", "0.6601"), ["medium", "high"]),
        (("0.60", "0.59", "0.60", "0.61"), []),
        (("0.59", "0.60", "0.61"), []),
    ],
)
def test_analyses_add_up_with_their_sign(fractions: tuple[str, ...], found: list[str]) -> None:
    """The first is what the batch holds: it adds up with the others to 5 %; what is over a limit is said once."""
    assert severities(analysed(*fractions), CODE) == found


def test_one_word_alone_adds_up_with_no_other() -> None:
    """A second analysis that finds 4 % more has the limits of an analysis."""
    assert severities(analysed("0.60", "0.624"), CODE) == []


def test_what_a_count_missed_and_found_again_was_not_gained() -> None:
    """A hundredth is missing, and there again at the next count, with an analysis of the same fraction."""
    court = analysed("0.60")
    for kg in (990, 1000, 985, 1000, 1002):
        court.say("MUN", count_of("MUN-B-1", kg))
        court.say("MUN", assay_of("MUN-B-1", "0.60"))
    assert severities(court, CODE) == []
    assert court.lots["MUN-B-1"].grown == Grown({"Pb": 1_200_000})  # type: ignore[index]


def test_what_comes_back_out_of_a_loss_was_there() -> None:
    """A run booked a tenth as lost; its output is analysed at half of that more, and lowered again."""
    yard = Yard()
    yard.intake("MUN-B-1", 1000 * KG, {"Pb": 600 * KG}, documents=[SLIP])
    yard.say("MUN", run("MUN-R-1", [line("MUN-B-1", 1000 * KG)], [output("MUN-L-1", 600 * KG, {"Pb": 540 * KG})]))
    yard.say("MUN", assay_of("MUN-L-1", "0.95"))
    assert yard.lot("MUN-L-1").grown is NOT_GROWN
    yard.say("MUN", assay_of("MUN-L-1", "0.94"))
    assert yard.lot("MUN-L-1").grown == Grown({"Pb": -6 * KG})
    yard.say("MUN", assay_of("MUN-L-1", "0.95"))
    assert yard.lot("MUN-L-1").grown is NOT_GROWN


def test_it_is_said_of_the_lot_where_it_is_over_and_not_of_what_is_made_of_it() -> None:
    """The standing of what is made of it carries it on; half of the metal from elsewhere halves what was gained."""
    court = analysed("0.60", "0.606", "0.6121")
    court.batch("MUN-B-2", 1000)
    court.smelt("MUN-R-1", {"MUN-B-1": 1000, "MUN-B-2": 1000}, 1200)
    assert severities(court, CODE) == ["medium"]
    gained = court.lots["MUN-L-1"].grown.gained  # type: ignore[index]
    assert gained == {"Pb": 12_100_000 * 1_200_000_000 // 1_212_100_000}


def test_a_correction_folds_it_anew() -> None:
    """An analysis that did not occur gained nothing; what the next ones gained counts from the one before."""
    court = analysed("0.60", "0.606")
    said = court.say("MUN", assay_of("MUN-B-1", "0.6121"))
    court.say("MUN", correction(said))
    assert court.lots["MUN-B-1"].grown == Grown({"Pb": 6 * KG})  # type: ignore[index]
    standing = [one for one in court.findings if one.code == CODE and one.withdrawn_by is None]
    assert standing == []
