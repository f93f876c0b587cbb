"""Contributions: what is reported about a lot's metal (contract, sections 5 and 6)."""

from __future__ import annotations

from fractions import Fraction

from ledger.materials.answers.provenance import printed, provenance_report, trace
from ledger.materials.answers.sources import batch
from schemas.ids import LotId
from tests.materials.yard import Yard
from tests.world.events import addition, line, output, run


def test_contributions_by_hand() -> None:
    """Pool: 2 of 5 from B-1, 2 from B-2, 1 added; 6 come out, as 5 from the pool and 1 gained.

    B-1 and B-2: 5/6 * 2/5 = 1/3 each; the addition 1/6; the gain 1/6. Largest first, then by name.
    """
    yard = Yard()
    yard.intake("MUN-B-1", 10, {"Pb": 2})
    yard.intake("MUN-B-2", 10, {"Pb": 2})
    event = run(
        "MUN-R-1",
        [line("MUN-B-2", 10), line("MUN-B-1", 10)],
        [output("MUN-P-1", 10, {"Pb": 6})],
        additions=[addition(1), addition(5, {"Pb": 1})],
        gain_reason="trace",
    )
    yard.say("MUN", event)
    assert yard.contributions("MUN-P-1") == [
        ("MUN-B-1", "0.333333333"),
        ("MUN-B-2", "0.333333333"),
        ("addition:MUN-R-1:1", "0.166666667"),
        ("gain:MUN-R-1", "0.166666667"),
    ]


def test_the_gain_of_each_output_is_its_own() -> None:
    """Pool 3 for contents 2 and 2: 1.5 each, the tie to the first, so 2 and 1: the second is half gain."""
    yard = Yard()
    yard.intake("MUN-B-1", 10, {"Pb": 3})
    outputs = [output("MUN-P-1", 2, {"Pb": 2}), output("MUN-P-2", 2, {"Pb": 2})]
    yard.say("MUN", run("MUN-R-1", [line("MUN-B-1", 10)], outputs, gain_reason="trace"))
    assert yard.contributions("MUN-P-1") == [("MUN-B-1", "1.000000000")]
    assert yard.contributions("MUN-P-2") == [("MUN-B-1", "0.500000000"), ("gain:MUN-R-1", "0.500000000")]


def test_ways_that_meet_again_are_added_up() -> None:
    """B-1 comes by two outputs of one run into the next: 4 of 6, and B-2 with 2 of 6."""
    yard = Yard()
    yard.intake("MUN-B-1", 10, {"Pb": 4})
    yard.intake("MUN-B-2", 10, {"Pb": 2})
    outputs = [output("MUN-P-1", 3, {"Pb": 3}), output("MUN-P-2", 1, {"Pb": 1})]
    yard.say("MUN", run("MUN-R-1", [line("MUN-B-1", 10)], outputs))
    lines = [line("MUN-P-1", 3), line("MUN-B-2", 10), line("MUN-P-2", 1)]
    yard.say("MUN", run("MUN-R-2", lines, [output("MUN-Q-1", 6, {"Pb": 6})]))
    assert yard.contributions("MUN-Q-1") == [("MUN-B-1", "0.666666667"), ("MUN-B-2", "0.333333333")]


def test_a_mix_is_fixed_at_creation() -> None:
    """Drawing on a lot, even down to no milligram of a metal, does not change what is said of it."""
    yard = Yard()
    yard.intake("MUN-B-1", 10, {"Pb": 9})
    yard.intake("MUN-B-2", 10, {"Pb": 1, "Ni": 1})
    yard.say(
        "MUN", run("MUN-R-1", [line("MUN-B-1", 10), line("MUN-B-2", 10)], [output("MUN-P-1", 20, {"Pb": 10, "Ni": 1})])
    )
    before = yard.contributions("MUN-P-1"), yard.contributions("MUN-P-1", "Ni")
    assert before == ([("MUN-B-1", "0.900000000"), ("MUN-B-2", "0.100000000")], [("MUN-B-2", "1.000000000")])
    yard.say("MUN", run("MUN-R-2", [line("MUN-P-1", 7)], [output("MUN-Q-1", 7, {"Pb": 3})]))
    assert (yard.contributions("MUN-P-1"), yard.contributions("MUN-P-1", "Ni")) == before
    yard.say("MUN", run("MUN-R-3", [line("MUN-P-1", 1, closes=True)], [output("MUN-Q-2", 7)]))
    assert (yard.contributions("MUN-P-1"), yard.contributions("MUN-P-1", "Ni")) == before
    assert yard.contributions("MUN-B-2", "Ni") == [("MUN-B-2", "1.000000000")]


def test_shares_are_printed_half_even() -> None:
    """The tie at the tenth decimal goes to the even ninth."""
    tie = Fraction(5, 10**10)
    parts = {"A": Fraction(1, 4) + 3 * tie, "B": Fraction(1, 4) + tie, "C": Fraction(1, 4), "D": Fraction(1, 8)}
    shares = {batch(LotId(name)): part for name, part in parts.items()}
    assert [row.share for row in printed(shares)] == ["0.250000002", "0.250000000", "0.250000000", "0.125000000"]


def test_sources_below_a_billionth_are_summed() -> None:
    """Exactly 1e-9 is printed by name; what is below becomes ``minor``, placed by its size."""
    least = Fraction(1, 10**9)
    shares = {batch(LotId(f"MUN-B-{number}")): least - Fraction(1, 10**12) for number in range(5)}
    shares |= {batch(LotId("MUN-Z-1")): least, batch(LotId("MUN-A-1")): 1 - 10 * least}
    assert [(row.source.text, row.share) for row in printed(shares)] == [
        ("MUN-A-1", "0.999999990"),
        ("minor", "0.000000005"),
        ("MUN-Z-1", "0.000000001"),
    ]


def test_the_graph_names_every_lot_and_run_on_the_way() -> None:
    """Masses of inputs and outputs are the stated net; lots carry the park that made them."""
    yard = Yard()
    yard.intake("MUN-B-1", 10, {"Pb": 5})
    outputs = [output("MUN-P-1", "0.00001", {"Pb": 5}), output("MUN-S-1", 3)]
    yard.say("MUN", run("MUN-R-1", [line("MUN-B-1", 9, closes=True)], outputs))
    ancestry = trace(yard.lot("MUN-P-1"), yard)
    assert provenance_report(ancestry, 2) == {
        "lot": "MUN-P-1",
        "contributions": {"Pb": [{"source": "MUN-B-1", "share": "1.000000000"}]},
        "lots": [
            {"lot": "MUN-B-1", "material": "lead_scrap", "park": "MUN"},
            {"lot": "MUN-P-1", "material": "lead_bullion", "park": "MUN"},
        ],
        "runs": [
            {
                "run": "MUN-R-1",
                "process": "smelting",
                "inputs": [{"lot": "MUN-B-1", "net_kg": "0.000009"}],
                "outputs": [{"lot": "MUN-P-1", "net_kg": "0.00001"}, {"lot": "MUN-S-1", "net_kg": "0.000003"}],
            }
        ],
        "custody": "controlled_blending",
        "tree_size": 2,
    }
