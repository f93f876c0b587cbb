"""Schemes with stock and time: counts, holds, months, and words that come late."""

from __future__ import annotations

from tests.season.court import Court
from tests.season.schemes.registry import scheme
from tests.season.schemes.words import count_of
from tests.world.events import KG, line, output, run

JANUARY, FEBRUARY = "2026-01-20T06:00:00Z", "2026-02-05T06:00:00Z"
SEND = {"type": "dispatch", "shipment": "MUN-H-1", "to": "GLENCORE", "lots": [{"lot": "MUN-B-1"}]}


@scheme("implausible-count")
def _tonnes_counted_for_kilograms(court: Court) -> None:
    court.batch("MUN-B-1", 20_000)
    court.say("MUN", count_of("MUN-B-1", 20))


@scheme("implausible-count")
def _a_count_corrected_into_stock(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    count = court.say("MUN", count_of("MUN-B-1", 990))
    court.say("MUN", {"type": "correction", "statement": count, "kind": "incorrect_data", "reason": "typing error",
                      "replacement": count_of("MUN-B-1", 990_000)})  # fmt: skip


@scheme("count-overtaken")
def _a_shortage_dated_back_onto_what_is_left(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    court.smelt("MUN-R-1", {"MUN-B-1": 900}, 530, at=JANUARY)
    court.say("MUN", count_of("MUN-B-1", 500), "2026-01-15T06:00:00Z")


@scheme("moved-while-held")
def _a_movement_under_a_hold_entered_after_its_release(court: Court) -> None:
    court.batch("MUN-B-1")
    hold = court.say("CERT", {"type": "hold", "lots": ["MUN-B-1"], "reason": "no slip"}, "2026-01-08T06:00:00Z")
    court.say("CERT", {"type": "release", "hold": hold, "lots": ["MUN-B-1"], "reason": "seen"}, "2026-01-12T06:00:00Z")
    court.say("MUN", SEND, "2026-01-10T06:00:00Z")


@scheme("held-after-move")
def _a_lot_sent_away_while_its_hold_was_on_the_way(court: Court) -> None:
    court.batch("MUN-B-1")
    court.say("MUN", SEND, "2026-01-10T06:00:00Z")
    court.say("CERT", {"type": "hold", "lots": ["MUN-B-1"], "reason": "no slip"}, "2026-01-08T06:00:00Z")


@scheme("before-it-came-in")
def _a_lot_sold_in_the_month_before_it_came(court: Court) -> None:
    court.batch("MUN-B-1", at=FEBRUARY)
    court.say("MUN", SEND, JANUARY)


@scheme("before-it-came-in")
def _a_delivery_taken_over_before_it_was_sent(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    court.say("MUN", SEND, FEBRUARY)
    word = {"lot": "MUN-B-1", "decision": "accepted", "net_kg": "1000"}
    court.say("GLENCORE", {"type": "acceptance", "shipment": "MUN-H-1", "lots": [word]}, JANUARY)


@scheme("prior-period-adjustment")
def _a_lot_packed_anew_in_a_closed_month(court: Court) -> None:
    court.batch("MUN-B-1", 1000)
    court.close("MUN", "2026-01", FEBRUARY)
    made = output("MUN-P-1", 1000 * KG, {"Pb": 600 * KG}, material="lead_acid_battery", role="intermediate")
    times = {"started_at": JANUARY, "ended_at": JANUARY}
    court.say("MUN", run("MUN-R-1", [line("MUN-B-1", 1000 * KG)], [made], "packing", **times), JANUARY)


@scheme("unknown-finding")
def _a_finding_settled_before_it_is_there(court: Court) -> None:
    batch = court.batch("MUN-B-1")
    court.say("CERT", {"type": "attestation", "statement": batch, "codes": ["shortfall"], "verdict": "settled",
                       "reason": "whatever comes"})  # fmt: skip
