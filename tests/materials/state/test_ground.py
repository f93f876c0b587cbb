"""One check on either ground: what replaces a statement meets what the statement itself would have met."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.materials.judging import judge_material
from ledger.materials.state.book import Speaker
from schemas.events import MaterialEvent, read_event, speaks_of_materials
from schemas.ids import LotId, PartyId, StatementId
from schemas.refusal import RefusedError
from schemas.versions import VERSION_1
from tests.materials.market import Market
from tests.materials.sent_back import back
from tests.materials.yard import intake
from tests.world.events import AT, addition, claim, correction, line, output, run
from tests.world.folding import NONCE

Event = dict[str, Any]
KG = 1_000_000
MUN, TEX = PartyId("MUN"), PartyId("TEX")
EARLY, LATE = "2020-01-01T00:00:00Z", "2026-01-06T06:00:00Z"
SLIP = {"kind": "weighbridge_slip", "issuer": "MUN", "number": "WB-1"}
USED: Event = {"documents": [SLIP]}


def world() -> Market:
    """MUN has B-1, and B-2 with a slip; TEX has its own; GLENCORE has B-3, B-4 is on its way to it."""
    yard = Market()
    for number in range(1, 6):
        more = USED if number == 2 else {}
        yard.batch(f"MUN-B-{number}", "600", "1000", **more)
    yard.batch("TEX-B-1", "600", "1000")
    yard.enter("MUN", shipment("MUN-H-1", "MUN-B-3", "MUN-B-4"))
    yard.enter("GLENCORE", word("MUN-B-3"))
    left = shipment("MUN-H-2", "MUN-B-5", disposition="sold")
    yard.enter("MUN", {name: value for name, value in left.items() if name != "to"})
    yard.enter("TEX", assay("TEX-B-1"))
    yard.enter("TEX", count("TEX-B-1"))
    yard.enter("MUN", claim("MUN-B-1", "1", number="C-0"))
    yard.enter("MUN", assay("MUN-B-3"))
    yard.enter("MUN", intake("MUN-B-6", 1000 * KG, {"Pb": 600 * KG}), LATE)
    yard.enter("GLENCORE", run("GLENCORE-R-0", [line("MUN-B-3", 1)], [output("GLENCORE-B-1", 1)], "packing"))
    return yard


def shipment(name: str, *lots: str, **more: Any) -> Event:
    """Return a dispatch."""
    return {"type": "dispatch", "shipment": name, "to": "GLENCORE", "lots": [{"lot": lot} for lot in lots], **more}


def word(*lots: str, **more: Any) -> Event:
    """Return an acceptance of lots of the first shipment."""
    rows = [{"lot": lot, "decision": "accepted", "net_kg": "1000", **more} for lot in lots]
    return {"type": "acceptance", "shipment": "MUN-H-1", "lots": rows}


def assay(*lots: str, fraction: str = "0.6", **more: Any) -> Event:
    """Return a final assay of lead."""
    return {
        "type": "assay", "lots": list(lots), "stage": "final", "basis": "wet", "method": "XRF", "sample": "S-1",
        "results": {"Pb": {"fraction": fraction, "uncertainty": "0"}}, **more,
    }  # fmt: skip


def count(*lots: str, kg: str = "1000", **more: Any) -> Event:
    """Return a count that the book follows."""
    return {
        "type": "stock_count", "lots": list(lots), "counted_kg": kg, "method": "weighed", "reason": "month end",
        "adjust": True, **more,
    }  # fmt: skip


def confirmation(kind: str, lot: str, index: int) -> Event:
    """Return the word on another's assay or count."""
    return {"type": kind, "lots": [lot], "confirms": f"{index:064x}"}


def smelt(*lots: str, out: Event | None = None, **more: Any) -> Event:
    """Return a run of 100 kg of each lot."""
    made = out or output("MUN-L-1", 50 * KG, {"Pb": 50 * KG})
    return run("MUN-R-1", [line(lot, 100 * KG) for lot in lots], [made], **more)


def made(lot: str = "MUN-L-1", net: int = 50, lead: int = 50) -> Event:
    """Return an output, in kg."""
    return output(lot, net * KG, {"Pb": lead * KG})


def of_others(event: Event, lot: str) -> Event:
    """Return the event with a lot more, named as its first is."""
    lots = "inputs" if event["type"] == "transformation" else "lots"
    first = event[lots][0]
    return {**event, lots: [*event[lots], lot if isinstance(first, str) else {**first, "lot": lot}]}


BATCH = intake("MUN-B-9", 10 * KG, {"Pb": 6 * KG})
BACK = back("MUN-B-9", "MUN-B-5", "10")
RUN, SENT = smelt("MUN-B-1"), shipment("MUN-H-3", "MUN-B-1")
ASSAY, COUNT, CLAIM = assay("MUN-B-1"), count("MUN-B-1"), claim("MUN-B-1", "1")
PACKED = run("GLENCORE-R-1", [line("MUN-B-3", KG)], [output("GLENCORE-L-1", KG)], "packing")
PART = {"lot": "GLENCORE-X-1", "net_kg": "1001"}
WITNESSED = confirmation("stock_count", "TEX-B-1", 10)

FAULTS: list[tuple[str, Event, Event, str]] = [
    ("MUN", BATCH, intake("MUN-B-9", 5 * KG, {"Pb": 6 * KG}), "content-exceeds-net"),
    ("MUN", BATCH, {**BATCH, **USED}, "duplicate-document"),
    ("MUN", BACK, {**BACK, "returned_lot": "MUN-B-7"}, "unknown-lot"),
    ("MUN", BACK, {**BACK, "returned_lot": "TEX-B-1"}, "not-entitled"),
    ("MUN", BACK, {**BACK, "returned_lot": "MUN-B-1"}, "exceeds-departed"),
    ("MUN", RUN, of_others(RUN, "TEX-B-1"), "not-entitled"),
    ("MUN", RUN, of_others(RUN, "MUN-B-7"), "unknown-lot"),
    ("MUN", RUN, of_others(RUN, "MUN-B-4"), "lot-in-transit"),
    ("MUN", RUN, of_others(RUN, "MUN-B-5"), "lot-left"),
    ("MUN", RUN, smelt("MUN-B-1", out=made("TEX-L-1")), "not-entitled"),
    ("MUN", RUN, smelt("MUN-B-1", out=made("MUN-B-2")), "lot-exists"),
    ("MUN", RUN, smelt("MUN-B-1", out=made(lead=51)), "content-exceeds-net"),
    ("MUN", RUN, smelt("MUN-B-1", additions=[addition(KG, {"Pb": 2 * KG})]), "content-exceeds-net"),
    ("MUN", RUN, smelt("MUN-B-1", **USED), "duplicate-document"),
    ("MUN", RUN, smelt("MUN-B-1", out=made(net=102, lead=50), process="packing"), "net-gain"),
    ("MUN", RUN, smelt("MUN-B-1", out=made(net=200, lead=150), gain_reason="not_analysed"), "gain-exceeds-tolerance"),
    ("MUN", RUN, smelt("MUN-B-1", ended_at=EARLY), "time-order"),
    ("MUN", RUN, smelt("MUN-B-1", started_at=EARLY, ended_at=EARLY), "time-order"),
    ("MUN", SENT, {**SENT, "to": "NOBODY"}, "unknown-receiver"),
    ("MUN", SENT, of_others(SENT, "TEX-B-1"), "not-entitled"),
    ("MUN", SENT, of_others(SENT, "MUN-B-7"), "unknown-lot"),
    ("MUN", SENT, of_others(SENT, "MUN-B-4"), "lot-in-transit"),
    ("MUN", SENT, {**SENT, **USED}, "duplicate-document"),
    ("GLENCORE", word("MUN-B-4"), word("MUN-B-4", "TEX-B-1"), "not-in-shipment"),
    ("GLENCORE", word("MUN-B-4"), word("MUN-B-4", content_kg={"Pb": "1001"}), "content-exceeds-net"),
    ("GLENCORE", word("MUN-B-4"), word("MUN-B-4", rejected={"lot": "MUN-X-1", "net_kg": "1"}), "not-entitled"),
    ("GLENCORE", word("MUN-B-4"), word("MUN-B-4", rejected={"lot": "GLENCORE-B-1", "net_kg": "1"}), "lot-exists"),
    ("MUN", ASSAY, of_others(ASSAY, "TEX-B-1"), "not-entitled"),
    ("MUN", ASSAY, of_others(ASSAY, "MUN-B-7"), "unknown-lot"),
    ("MUN", ASSAY, confirmation("assay", "MUN-B-1", 9), "unknown-assay"),
    ("MUN", ASSAY, {**ASSAY, **USED}, "duplicate-document"),
    ("MUN", COUNT, of_others(COUNT, "TEX-B-1"), "not-entitled"),
    ("MUN", COUNT, of_others(COUNT, "MUN-B-7"), "unknown-lot"),
    ("MUN", COUNT, count("MUN-B-1", kg="9000"), "implausible-count"),
    ("MUN", COUNT, count("MUN-B-1", **USED), "duplicate-document"),
    ("MUN", CLAIM, of_others(CLAIM, "TEX-B-1"), "not-entitled"),
    ("MUN", CLAIM, of_others(CLAIM, "MUN-B-7"), "unknown-lot"),
    ("MUN", CLAIM, claim("MUN-B-1", "1", origin="primary"), "not-claimable"),
    ("MUN", CLAIM, claim("MUN-B-2", "601"), "exceeds-claimable"),
    ("MUN", CLAIM, claim("MUN-B-1", "1", number="C-0"), "claim-exists"),
    ("MUN", CLAIM, {**CLAIM, **USED}, "duplicate-document"),
    # What follows a replacement was not asked once, or another code was given.
    ("GLENCORE", PACKED, {**PACKED, "process": "smelting"}, "not-entitled"),
    ("MUN", RUN, of_others(RUN, "MUN-B-6"), "time-order"),
    ("GLENCORE", word("MUN-B-4"), word("MUN-B-4", "MUN-B-3"), "already-settled"),
    ("GLENCORE", assay("MUN-B-3"), confirmation("assay", "MUN-B-3", 12), "not-entitled"),
    ("MUN", WITNESSED, {**WITNESSED, "lots": ["TEX-B-1", "MUN-B-3"]}, "unknown-count"),
]
"""Who says what, another wording of it with one fault, and the code, of a statement and of a replacement."""


@pytest.mark.parametrize(("issuer", "said", "wrong", "code"), FAULTS)
def test_a_replacement_meets_what_the_statement_would_have_met(
    issuer: str, said: Event, wrong: Event, code: str
) -> None:
    """Said at first, or put in the place of what was taken: the same code."""
    assert world().code(issuer, wrong) == code
    yard = world()
    statement = yard.enter(issuer, said)
    assert yard.code(issuer, correction(statement, wrong)) == code
    assert yard.code(issuer, correction(statement, said)) == "taken"


STANDING: list[tuple[str, Event, Event, str]] = [
    ("MUN", RUN, run("MUN-R-1", [line("MUN-B-1", 1001 * KG)], [made()]), "insufficient-mass"),
    ("MUN", RUN, smelt("MUN-B-1", out=made(net=90, lead=90)), "gain-exceeds-tolerance"),
    ("MUN", CLAIM, claim("MUN-B-1", "601"), "exceeds-claimable"),
    ("GLENCORE", word("MUN-B-4"), word("MUN-B-4", rejected=PART), "insufficient-mass"),
    ("MUN", ASSAY, {**ASSAY, "results": {"Sb": {"fraction": "0.5", "uncertainty": "0"}}}, "content-exceeds-net"),
]


@pytest.mark.parametrize(("issuer", "said", "wrong", "code"), STANDING)
def test_what_stands_is_not_weighed_again(issuer: str, said: Event, wrong: Event, code: str) -> None:
    """A statement is refused that takes too much; of one that stands, what it lacks is found with high severity."""
    assert world().code(issuer, wrong) == code
    yard = world()
    statement = yard.enter(issuer, said)
    found = yard.say(issuer, correction(statement, wrong))
    assert "high" in {finding.severity for findings in found.anew.values() for finding in findings}


def test_whose_shipment_it_was_is_not_asked_again() -> None:
    """GLENCORE received it, whatever its sender says since; it may still correct its word."""
    yard = world()
    yard.enter("MUN", correction(f"{6:064x}", shipment("MUN-H-1", "MUN-B-3", "MUN-B-4", to="TEX")))
    assert yard.code("GLENCORE", word("MUN-B-4")) == "not-entitled"
    assert yard.code("GLENCORE", correction(f"{7:064x}", word("MUN-B-3", net_kg="998"))) == "taken"


def test_a_lot_with_the_id_of_the_run_is_another_s_all_the_same() -> None:
    """A batch may have the id of a run; a correction of the run does not write over it."""
    yard = Market()
    yard.batch("MUN-R-1", "600", "1000")
    yard.batch("MUN-B-1", "600", "1000")
    yard.enter("MUN", smelt("MUN-B-1", out=made("MUN-L-1")))
    wrong = f"{yard.index - 1:064x}"
    assert yard.code("MUN", correction(wrong, smelt("MUN-B-1", out=made("MUN-R-1")))) == "lot-exists"
    assert yard.lot("MUN-R-1").run is None


def test_a_receiver_that_was_registered_later_received_nothing_then() -> None:
    """What the dispatch could not have named, its replacement cannot either; an old one that registered anew it can."""
    yard = world()
    early, sent = yard.parties[TEX], shipment("MUN-H-1", "MUN-B-3", "MUN-B-4", to="TEX")
    yard.parties[TEX] = early._replace(since=9, earlier=())
    assert yard.code("MUN", correction(f"{6:064x}", sent)) == "unknown-receiver"
    yard.parties[TEX] = early._replace(since=9, earlier=(early,))
    assert yard.code("MUN", correction(f"{6:064x}", sent)) == "taken"


def test_a_confirmation_cannot_be_put_before_what_it_confirms() -> None:
    """A word on a count or an analysis that came later was not possible; that on an earlier one was."""
    yard = world()
    counted = yard.enter("MUN", WITNESSED)
    yard.enter("TEX", count("TEX-B-1", kg="999"))
    later = confirmation("stock_count", "TEX-B-1", yard.index - 1)
    assert yard.code("MUN", correction(counted, later)) == "unknown-count"
    analysed = yard.enter("MUN", assay("MUN-B-1"))
    yard.parties[TEX] = yard.parties[TEX]._replace(roles=("park", "laboratory"))
    yard.enter("TEX", assay("MUN-B-1", fraction="0.59"))
    later = confirmation("assay", "MUN-B-1", yard.index - 1)
    assert yard.code("MUN", correction(analysed, later)) == "unknown-assay"
    assert yard.code("MUN", later) == "taken"


def test_a_confirmation_can_be_put_on_another_count() -> None:
    """Who vouches for a count does not hold its lots, when it says so nor when it corrects which it meant."""
    yard = world()
    other = yard.enter("GLENCORE", count("MUN-B-3"))
    witnessed = yard.enter("MUN", WITNESSED)
    replacement = {**WITNESSED, "lots": ["MUN-B-3"], "confirms": other}
    assert yard.code("MUN", correction(witnessed, replacement)) == "taken"


def test_a_count_can_be_said_to_be_of_what_was_used_after_it() -> None:
    """What the counting party itself did with a lot after the count does not bar it, then as now."""
    yard = world()
    yard.enter("MUN", shipment("MUN-H-3", "MUN-B-2"), LATE)
    both = count("MUN-B-1", "MUN-B-2", kg="2000")
    assert yard.code("MUN", both) == "taken"
    one = yard.enter("MUN", COUNT)
    assert yard.code("MUN", correction(one, both)) == "taken"


def test_a_number_that_is_used_names_the_statement_to_its_issuer() -> None:
    """Of a claim and of its replacement."""
    yard = world()
    statement = yard.enter("MUN", CLAIM)
    with pytest.raises(RefusedError) as refused:
        yard.say("MUN", correction(statement, claim("MUN-B-1", "1", number="C-0")))
    assert (refused.value.code, refused.value.collides_with) == ("claim-exists", f"{11:064x}")


def test_of_a_run_that_makes_no_known_lot_all_is_checked_that_needs_no_other_lot() -> None:
    """In the closure of its input, a run with more metal in an output than it weighs is none either."""
    yard = world()
    event = read(smelt("MUN-B-1", out=made(lead=51)))
    with pytest.raises(RefusedError) as refused:
        judge_material(event, speaker(yard), yard, frozenset({LotId("MUN-B-1")}))
    assert refused.value.code == "content-exceeds-net"
    assert "MUN-L-1" not in judge_material(read(RUN), speaker(yard), yard, frozenset({LotId("MUN-B-1")})).lots


def read(event: Event) -> MaterialEvent:
    """Return an event as it is read."""
    found = read_event({"nonce": NONCE, **event}, MUN, VERSION_1)
    assert speaks_of_materials(found)
    return found


def speaker(yard: Market) -> Speaker:
    """Return MUN at the next entry."""
    return Speaker(yard.parties[MUN], AT, yard.index, StatementId(f"{yard.index:064x}"), VERSION_1)
