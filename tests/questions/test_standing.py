"""How lots stand, asked of the database: with what is odd about their sites, of one lot and of several."""

from __future__ import annotations

from typing import Any

from ledger.questions.lots import lot_answer
from ledger.questions.recall import Wanted, recall_answer
from schemas.ids import LotId, RunId
from tests.world.events import correction, intake, lead_run, output, run
from tests.world.events import line as taking
from tests.world.opened import OpenWorld

LINE = {"line": "GHA-LAB-1", "feed": "lead_acid", "capacity_t_per_year": "40000", "commissioned_on": "2024-01-15"}
TOO_MUCH = "throughput-above-nameplate"


def furnish(yard: OpenWorld) -> None:
    """Let GHA have one line, for 40,000 t a year, and batteries."""
    yard.enrol("GHA", "park", lines=[LINE])
    yard.say("GHA", intake("GHA-B-1", "9000000", lead="5400000", reason="opening_stock"))


def smelt(yard: OpenWorld, number: int, kg: int) -> str:
    """Smelt some of the batteries; return the id of the statement."""
    made = {f"GHA-L-{number}": (str(kg * 59 // 100), str(kg * 59 // 100))}
    said = yard.say("GHA", lead_run(f"GHA-R-{number}", {"GHA-B-1": str(kg)}, made, line="GHA-LAB-1"))
    return str(said.id)


def standing(yard: OpenWorld, lot: str, at: int | None = None) -> dict[str, Any]:
    """Return how a lot stands."""
    with yard.home.store.reading() as snapshot:
        found: dict[str, Any] = lot_answer(snapshot, LotId(lot), at)["standing"]
    return found


def levels(said: dict[str, Any]) -> dict[str, str]:
    """Return the reasons of a standing, each with what it makes of the lot."""
    return {row["code"]: row["level"] for row in said["reasons"]}


def test_a_sites_month_is_in_what_is_reported(yard: OpenWorld) -> None:
    """A lot stands clear until more goes through the line than it can take; its own chain still proves nothing."""
    furnish(yard)
    smelt(yard, 1, 100_000)
    assert TOO_MUCH not in levels(standing(yard, "GHA-L-1"))
    with yard.home.store.reading() as snapshot:
        size = snapshot.size
    wrong = smelt(yard, 2, 4_500_000)
    said = standing(yard, "GHA-L-1")
    assert levels(said)[TOO_MUCH] == "stop"
    assert (said["proven"], said["reported"]) == (standing(yard, "GHA-L-1", size)["proven"], "stop")
    (row,) = (row for row in said["reasons"] if row["code"] == TOO_MUCH)
    assert (row["proven"], row["reported"], row["share"]) == (False, True, "1.000000")
    assert TOO_MUCH not in levels(standing(yard, "GHA-L-1", size))
    yard.say("GHA", correction(wrong))
    assert TOO_MUCH not in levels(standing(yard, "GHA-L-1"))


def test_a_recall_says_how_all_lots_stand_at_which_it_begins(yard: OpenWorld) -> None:
    """A run made two lots, and one of them is held: what was recalled stands as the worst of them, for all reasons."""
    furnish(yard)
    made = [output(f"GHA-L-{number}", "1000", {"Pb": "990"}, material="lead_bullion") for number in (1, 2)]
    yard.say("GHA", run("GHA-R-1", [taking("GHA-B-1", "3500")], made))
    recalled = Wanted(run=RunId("GHA-R-1"))
    with yard.home.store.reading() as snapshot:
        before = recall_answer(snapshot, recalled)["standing"]
    assert before["reasons"] == standing(yard, "GHA-L-1")["reasons"] == standing(yard, "GHA-L-2")["reasons"]
    yard.say("GHA", {"type": "hold", "lots": ["GHA-L-2"], "reason": "moisture", "documents": []})
    with yard.home.store.reading() as snapshot:
        after = recall_answer(snapshot, recalled)["standing"]
    assert (after["proven"], after["reported"]) == ("stop", "stop")
    assert levels(after) == levels(before) | {"hold": "stop"}
