"""What is dated before its lot was there, or in a month that was closed."""

from __future__ import annotations

import pytest

from ledger.materials.mass.months import month_of
from schemas.ids import PartyId
from schemas.versions import VERSION_1
from tests.season.court import JANUARY, LATER, Court
from tests.season.schemes.words import count_of
from tests.world.events import KG, line, output, run


def send(to: str | None = "GLENCORE") -> dict[str, object]:
    """Return a dispatch of MUN-B-1."""
    where = {"to": to} if to else {"disposition": "sold"}
    return {"type": "dispatch", "shipment": "MUN-H-1", "lots": [{"lot": "MUN-B-1"}], **where}


ACCEPT = {"type": "acceptance", "shipment": "MUN-H-1",
          "lots": [{"lot": "MUN-B-1", "decision": "accepted", "net_kg": "1000"}]}  # fmt: skip
ASSAY = {"type": "assay", "lots": ["MUN-B-1"], "stage": "final", "basis": "wet", "method": "XRF", "sample": "1",
         "results": {"Pb": {"fraction": "0.59", "uncertainty": "0.005"}}}  # fmt: skip


def severity(court: Court, index: int) -> str | None:
    """Return how much the finding weighs that an entry came before its lot, ``None`` without it."""
    found = [finding for finding in court.findings_of(index) if finding.code == "before-it-came-in"]
    assert len(found) < 2
    return found[0].severity if found else None


@pytest.mark.parametrize("event", [send(), send(None), count_of("MUN-B-1", 990)])
def test_what_is_dated_before_its_lot_came_in_is_found(event: dict[str, object]) -> None:
    """High from a day on; some hours are the clocks'."""
    for at, said in ((JANUARY, "high"), ("2026-02-05T01:00:00Z", "medium"), (LATER, None)):
        court = Court()
        court.batch("MUN-B-1", 1000, at=LATER)
        court.say("MUN", event, at)
        assert (court.refused, severity(court, 1)) == ([], said)


def test_an_assay_older_than_the_delivery_is_no_accusation() -> None:
    """Papers of an analysis may come first; that it changes the book before the lot was there is odd."""
    court = Court()
    court.batch("MUN-B-1", 1000, at=LATER)
    court.say("MUN", ASSAY, JANUARY)
    assert severity(court, 1) == "medium"


def test_a_word_dated_before_the_dispatch_is_found() -> None:
    """The sender would give away in January what it got in February."""
    for at, said in ((JANUARY, "high"), (LATER, None)):
        court = Court()
        court.batch("MUN-B-1", 1000)
        court.say("MUN", send(), LATER)
        court.say("GLENCORE", ACCEPT, at)
        assert (court.refused, severity(court, 2)) == ([], said)


def test_what_a_receiver_does_before_it_has_the_lot_is_found() -> None:
    """Its own month would begin with less than nothing."""
    court = Court()
    court.batch("MUN-B-1", 1000)
    court.say("MUN", send("TEX"), JANUARY)
    court.say("TEX", ACCEPT, LATER)
    court.say("TEX", count_of("MUN-B-1", 980), JANUARY)
    made = output("TEX-L-1", 590 * KG, {"Pb": 580 * KG}, material="refined_lead")
    times = {"started_at": JANUARY, "ended_at": JANUARY}
    court.say("TEX", run("TEX-R-1", [line("MUN-B-1", 980 * KG)], [made], **times), JANUARY)
    assert court.refused == []
    assert (severity(court, 3), severity(court, 4)) == ("high", "high")


@pytest.mark.parametrize("kind", ["packing", "dispatch", "claim"])
def test_a_late_statement_that_posts_nothing_is_found_as_well(kind: str) -> None:
    """A month is made of more than its sums."""
    court = Court()
    court.batch("MUN-B-1", 1000)
    court.close("MUN", "2026-01", LATER)
    made = output("MUN-P-1", 1000 * KG, {"Pb": 600 * KG}, material="lead_acid_battery")
    times = {"started_at": JANUARY, "ended_at": JANUARY}
    mass = {"Pb": {"battery_post_consumer": "10"}}
    events = {
        "packing": run("MUN-R-1", [line("MUN-B-1", 1000 * KG)], [made], "packing", **times),
        "dispatch": send(),
        "claim": {"type": "claim", "kind": "recycled_content", "scheme": "X", "number": "1",
                  "lots": [{"lot": "MUN-B-1", "origin_kg": mass}]},
    }  # fmt: skip
    court.say("MUN", events[kind], JANUARY)
    assert court.refused == []
    assert "MUN-B-1" in next(found.lots for found in court.findings if found.code == "prior-period-adjustment")
    assert month_of(court.parties[PartyId("MUN")], JANUARY, VERSION_1) == "2026-01"


def test_a_statement_of_the_open_month_is_not_late() -> None:
    """Nor is any before the first close."""
    court = Court()
    court.batch("MUN-B-1", 1000)
    court.close("MUN", "2026-01", LATER)
    court.say("MUN", send(), "2026-02-06T06:00:00Z")
    assert "prior-period-adjustment" not in court.codes()
