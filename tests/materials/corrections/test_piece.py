"""Repairs in one piece: several statements are put right at once, as if they had been right from the start."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.materials.state.grown import NOT_GROWN
from schemas.errors import MalformedError
from tests.materials.yard import SLIP, Yard, intake
from tests.world.events import KG, line, output, run

REASON = "the labels of the two batches were swapped"
OTHER_SLIP = {**SLIP, "number": "2"}


def piece(*repairs: tuple[int, dict[str, Any] | None]) -> dict[str, Any]:
    """Return a correction of several statements, by their indexes; ``None`` is of what did not occur."""
    corrections: list[dict[str, Any]] = []
    for index, replacement in repairs:
        said = (
            {"kind": "did_not_occur"} if replacement is None else {"kind": "incorrect_data", "replacement": replacement}
        )
        corrections.append({"statement": f"{index:064x}", **said})
    return {"type": "correction", "reason": REASON, "corrections": corrections}


def smelt(name: str, batch: str, kg: int = 590) -> dict[str, Any]:
    """Return a run that makes one lot of lead of one batch."""
    made = output(f"MUN-L-{name}", (kg + 2) * KG, {"Pb": kg * KG})
    return run(f"MUN-R-{name}", [line(batch, 1000 * KG)], [made])


def batches(yard: Yard) -> Yard:
    """Let two batches come in (statements 0 and 1): old batteries, and virgin lead."""
    yard.intake("MUN-B-1", 1000 * KG, {"Pb": 600 * KG})
    yard.intake("MUN-B-2", 1000 * KG, {"Pb": 600 * KG}, origin="primary")
    return yard


@pytest.fixture
def yard() -> Yard:
    """Each batch went into a run (statements 2 and 3), and the runs were swapped; what came out went on (4)."""
    yard = batches(Yard())
    yard.say("MUN", smelt("1", "MUN-B-1"))
    yard.say("MUN", smelt("2", "MUN-B-2"))
    yard.say("MUN", run("MUN-R-3", [line("MUN-L-1", 592 * KG)], [output("MUN-P-1", 592 * KG, {"Pb": 590 * KG})]))
    return yard


def standing(yard: Yard) -> tuple[object, ...]:
    """Return all lots, runs and findings, without the corrections that lots name and the lifts of their runs."""
    lots = {name: lot._replace(corrections=(), grown=NOT_GROWN) for name, lot in yard.lots.items()}
    found = sorted(repr(finding) for finding in yard.findings if finding.code != "origin-lifted")
    return lots, dict(yard.runs), dict(yard.shipments), found


def test_two_batches_swapped_between_two_runs_leave_nothing_behind(yard: Yard) -> None:
    """The book is as if the first statements had been right; what is found is the run that got old batteries now."""
    right = batches(Yard())
    right.say("MUN", smelt("1", "MUN-B-2"))
    right.say("MUN", smelt("2", "MUN-B-1"))
    right.say("MUN", run("MUN-R-3", [line("MUN-L-1", 592 * KG)], [output("MUN-P-1", 592 * KG, {"Pb": 590 * KG})]))
    yard.say("MUN", piece((2, smelt("1", "MUN-B-2")), (3, smelt("2", "MUN-B-1"))))
    assert standing(yard) == standing(right)
    lifts = [finding.lots for finding in yard.findings if finding.code == "origin-lifted"]
    assert lifts == [("MUN-L-2",)]
    assert yard.origins("MUN-P-1") == {"primary": 590 * KG}
    assert yard.lot("MUN-P-1").corrections == (f"{5:064x}",)


def test_the_order_within_a_piece_does_not_matter(yard: Yard) -> None:
    """The second run alone cannot take the batch that the first took; beside the first it can."""
    assert yard.code("MUN", {**piece((3, smelt("2", "MUN-B-1")))}) == "insufficient-mass"
    assert yard.code("MUN", piece((3, smelt("2", "MUN-B-1")), (2, smelt("1", "MUN-B-2")))) == "taken"
    assert yard.origins("MUN-L-2") == {"battery_post_consumer": 590 * KG}


def test_half_of_the_repair_leaves_a_shortfall_that_the_whole_never_has(yard: Yard) -> None:
    """Why it is one piece: the first half leaves a run without its batch."""
    yard.say("MUN", piece((2, smelt("1", "MUN-B-2"))))
    assert "shortfall" in {finding.code for finding in yard.findings}


def test_late_runs_are_entered_anew_in_their_order(yard: Yard) -> None:
    """The run that came late takes the place where it belongs; the others follow it, each under its own id."""
    yard.intake("MUN-B-4", 1000 * KG, {"Pb": 600 * KG}, origin="primary")
    yard.say("MUN", run("MUN-R-4", [line("MUN-B-4", 500 * KG)], [output("MUN-H-4", 300 * KG, {"Pb": 295 * KG})]))
    late = run("MUN-R-0", [line("MUN-B-4", 500 * KG)], [output("MUN-H-0", 300 * KG, {"Pb": 295 * KG})])
    yard.say("MUN", late)
    heel = run(
        "MUN-R-4", [line("MUN-H-0", 300 * KG), line("MUN-B-4", 500 * KG)],
        [output("MUN-H-4", 600 * KG, {"Pb": 590 * KG})],
    )  # fmt: skip
    assert yard.code("MUN", piece((6, heel))) == "unknown-lot"
    assert yard.code("MUN", piece((6, late), (7, heel))) == "taken"
    assert (yard.runs["MUN-R-0"].index, yard.runs["MUN-R-4"].index) == (6, 7)  # type: ignore[index]
    assert (yard.lot("MUN-H-0").created, yard.lot("MUN-H-0").net) == (6, 0)
    assert (yard.lot("MUN-H-4").created, yard.origins("MUN-H-4")) == (7, {"primary": 590 * KG})
    assert not [finding for finding in yard.findings if finding.severity == "high"]
    # The places stay exchanged: each statement speaks under the id that it has now.
    assert yard.code("MUN", piece((6, heel))) == "replacement-differs"
    assert yard.code("MUN", piece((7, None))) == "taken"
    assert yard.lot("MUN-H-0").net == 300 * KG
    twice = run("MUN-R-0", late["inputs"], [*late["outputs"], output("MUN-H-4", 1)])
    assert yard.code("MUN", piece((6, twice))) == "lot-exists"


@pytest.mark.parametrize(
    ("repairs", "code"),
    [
        (((2, smelt("1", "MUN-B-2")), (9, None)), "unknown-statement"),
        (((2, smelt("1", "MUN-B-2")), (5, None)), "not-entitled"),
        (((2, smelt("1", "MUN-B-2")), (6, None)), "not-correctable"),
        (((2, smelt("1", "MUN-X-9")), (9, None)), "unknown-statement"),
        (((2, smelt("1", "MUN-X-9")), (3, smelt("3", "MUN-B-2"))), "unknown-lot"),
        (((2, smelt("2", "MUN-B-1")), (3, smelt("2", "MUN-B-2"))), "replacement-differs"),
        (((2, smelt("2", "MUN-B-1")), (0, None)), "replacement-differs"),
        (((2, smelt("1", "MUN-B-1")), (3, run("MUN-R-2", [line("MUN-B-2", 1)], [output("MUN-L-1", 1)]))), "lot-exists"),
        (((2, smelt("1", "MUN-B-1")), (3, smelt("2", "MUN-B-1"))), "insufficient-mass"),
        (((0, intake("MUN-B-1", 10, {"Pb": 11})), (1, intake("MUN-B-2", 10, {"Pb": 11}))), "content-exceeds-net"),
    ],
)
def test_what_cannot_be_corrected_in_one_piece_is_refused(
    yard: Yard, repairs: tuple[tuple[int, dict[str, Any] | None], ...], code: str
) -> None:
    """As for a single statement, the first fault in the order of the list; nothing of the piece is done then."""
    yard.intake("TEX-B-1", 10)
    yard.say("MUN", {"type": "hold", "lots": ["MUN-P-1"], "reason": "to be looked at"})
    before = standing(yard)
    assert yard.code("MUN", piece(*repairs)) == code
    assert standing(yard) == before


def test_papers_are_exchanged_in_one_piece() -> None:
    """Two batches cite each other's slip; both are free for the other, and used once still."""
    yard = Yard()
    yard.intake("MUN-B-1", 10, documents=[SLIP])
    yard.intake("MUN-B-2", 10, documents=[OTHER_SLIP])
    both = intake("MUN-B-1", 10, documents=[OTHER_SLIP]), intake("MUN-B-2", 10, documents=[SLIP])
    assert (
        yard.code("MUN", piece((0, both[0]), (1, intake("MUN-B-2", 10, documents=[OTHER_SLIP]))))
        == "duplicate-document"
    )
    assert yard.code("MUN", piece((0, both[0]), (1, both[1]))) == "taken"
    assert yard.code("MUN", intake("MUN-B-3", 10, documents=[SLIP])) == "duplicate-document"


def test_a_batch_and_the_run_that_took_it_did_not_occur_together() -> None:
    """Nothing is short: what took of the batch is gone with it."""
    yard = batches(Yard())
    yard.say("MUN", smelt("1", "MUN-B-1"))
    yard.say("MUN", piece((0, None), (2, None)))
    assert (yard.lot("MUN-B-1").net, yard.lot("MUN-L-1").net) == (0, 0)
    assert "shortfall" not in {finding.code for finding in yard.findings}


@pytest.mark.parametrize(
    "changed",
    [
        {"corrections": []},
        {"corrections": [{"statement": "0" * 64, "kind": "did_not_occur"}] * 2},
        {"corrections": [{"statement": f"{index:064x}", "kind": "did_not_occur"} for index in range(1_001)]},
        {"statement": "0" * 64},
        {"kind": "did_not_occur"},
        {"corrections": [{"statement": "0" * 64, "kind": "did_not_occur", "replacement": smelt("1", "MUN-B-2")}]},
        {"corrections": [{"statement": "0" * 64, "kind": "incorrect_data", "replacement": {"nonce": "0" * 32}}]},
    ],
)
def test_a_piece_is_well_formed(yard: Yard, changed: dict[str, Any]) -> None:
    """One form or the other; each statement once; at most a thousand."""
    with pytest.raises(MalformedError):
        yard.say("MUN", {**piece((2, smelt("1", "MUN-B-2"))), **changed})


def test_a_thousand_statements_are_corrected_at_once() -> None:
    """A plant whose scale was wrong for a season mends all of it in one piece."""
    yard = Yard()
    for number in range(1_000):
        yard.intake(f"MUN-B-{number}", 10 * KG, {"Pb": 6 * KG})
    yard.say("MUN", piece(*((number, intake(f"MUN-B-{number}", 9 * KG, {"Pb": 6 * KG})) for number in range(1_000))))
    assert {lot.net for lot in yard.lots.values()} == {9 * KG}
