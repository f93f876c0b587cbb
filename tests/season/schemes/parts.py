"""Schemes with lots that are accepted in part."""

from __future__ import annotations

from typing import Any

from tests.materials.yard import intake
from tests.season.court import Court
from tests.season.schemes.registry import scheme
from tests.world.events import KG, acceptance, claim, dispatch, unsigned_id

PART = "TEX-X-1"


@scheme("lot-held", by="holds on what a part is taken of")
def _a_hold_slipped_off_by_a_part_that_is_rejected(court: Court) -> None:
    _send(court)
    court.say("MUN", {"type": "hold", "lots": ["MUN-B-1"], "reason": "no slip"})
    court.say("TEX", _word(6_000, 6_095))
    court.say("MUN", dispatch("MUN-H-2", PART))


@scheme("exceeds-claimable", by="one use per kilogram")
def _kilograms_claimed_again_after_a_part_is_rejected(court: Court) -> None:
    _send(court, claimed=7_257)
    court.say("TEX", _word(6_000, 6_095))
    court.say("MUN", claim(PART, KG, "C-2"))


@scheme("exceeds-claimable", by="one use per kilogram")
def _kilograms_claimed_again_on_what_was_kept(court: Court) -> None:
    _send(court, claimed=7_257)
    court.say("TEX", _word(6_000, 6_095))
    court.say("TEX", claim("MUN-B-1", KG, "C-2"))


@scheme("insufficient-mass", by="mass that is there")
def _more_rejected_than_there_is(court: Court) -> None:
    _send(court)
    court.say("TEX", _word(6_000, 12_096))


@scheme("shortfall", by="takings that stand")
def _more_rejected_by_a_correction_than_there_is(court: Court) -> None:
    _send(court)
    court.say("TEX", _word(6_000, 6_095))
    replacement = _word(1, 20_000)
    court.say("TEX", {"type": "correction", "statement": unsigned_id(court.index - 1), "kind": "incorrect_data",
                      "reason": "a slip of the pen", "replacement": replacement})  # fmt: skip


@scheme("out-and-in", by="mass, content and material of lots that the site rejected")
def _a_part_that_is_rejected_kept_and_entered_anew(court: Court) -> None:
    _send(court)
    court.say("TEX", _word(6_000, 6_095))
    court.say("TEX", intake("TEX-B-2", 6_095 * KG, {"Pb": 3_657 * KG}), "2026-01-12T06:00:00Z")


def _send(court: Court, claimed: int = 0) -> None:
    """Let scrap of 12,095 kg with 7,257 kg of lead in it come to MUN and go to TEX; claim some of it first."""
    court.say("MUN", intake("MUN-B-1", 12_095 * KG, {"Pb": 7_257 * KG}), "2026-01-05T06:00:00Z")
    if claimed:
        court.say("MUN", claim("MUN-B-1", claimed * KG), "2026-01-05T07:00:00Z")
    court.say("MUN", dispatch("MUN-H-1", "MUN-B-1", to="TEX"), "2026-01-06T06:00:00Z")


def _word(kept: int, rejected: int) -> dict[str, Any]:
    """Return the word of TEX that it keeps so many kilograms and rejects so many."""
    part = {"lot": PART, "net_kg": str(rejected)}
    return acceptance(
        "MUN-H-1", lots=[{"lot": "MUN-B-1", "decision": "accepted", "net_kg": str(kept), "rejected": part}]
    )
