"""What a correction is found to do about lots that are held."""

from __future__ import annotations

from tests.materials.held import HOLD, day
from tests.materials.yard import Yard
from tests.world.events import KG, correction, line, output, run, unsigned_id


def test_each_held_lot_that_a_correction_names_is_found_once() -> None:
    """Two statements about one batch are put right in one piece."""
    yard = Yard()
    yard.intake("MUN-B-1", 100 * KG, {"Pb": 60 * KG})
    events = []
    for number, kg in ((1, 40), (2, 50)):
        made = output(f"MUN-L-{number}", kg * KG // 2, {"Pb": kg * KG // 2})
        events.append(run(f"MUN-R-{number}", [line("MUN-B-1", kg * KG)], [made]))
        yard.say("MUN", events[-1])
    yard.say("MUN", HOLD, day(8))
    whole = correction(unsigned_id(1), events[0])
    parts = [
        {"statement": unsigned_id(number), "kind": "incorrect_data", "replacement": event}
        for number, event in enumerate(events, 1)
    ]
    yard.say("MUN", {"type": "correction", "reason": whole["reason"], "corrections": parts}, day(9))
    found = [one for one in yard.findings_of(4) if one.code == "held-lot-corrected"]
    assert [(one.severity, one.lots, one.case) for one in found] == [("high", ("MUN-B-1",), "")]
