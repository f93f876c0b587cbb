"""What a park said, as it stands: corrections of what was used up since."""

from __future__ import annotations

import pytest

from tests.materials.deal import Deal
from tests.world.events import KG, correction, line, output, run


@pytest.mark.parametrize("decision", ["accepted", "disputed"])
def test_a_product_that_is_corrected_after_it_was_used_counts_as_it_stands(decision: str) -> None:
    """The buyer has used the lot up; then the park finds that it held 900 kg: never the difference alone."""
    deal = Deal()
    deal.make("MUN-L-1", 1000)
    deal.word(deal.send("MUN-L-1"), 1000, decision)
    if decision == "accepted":
        deal.turn("GLENCORE-L-1", {"MUN-L-1": 1000}, process="packing")
    event = run("MUN-R-1", [line("MUN-B-1", 1000 * KG)], [output("MUN-L-1", 1000 * KG, {"Pb": 900 * KG})])
    deal.enter("MUN", correction(f"{3:064x}", event))
    assert deal.figures() == {"produced": "900", "dispatched": "900", decision: "900"}
