"""Schemes in which metal goes in a circle: out as a product, in again as waste."""

from __future__ import annotations

from tests.materials.yard import intake
from tests.season.court import Court
from tests.season.schemes.registry import scheme
from tests.world.events import KG, acceptance, addition, claim, dispatch, line, output, run


@scheme("out-and-in", by="mass and content of products that left")
def _claimed_lead_that_comes_in_again_as_scrap(court: Court) -> None:
    send_lead(court)
    take_in(court)


@scheme("out-and-in", by="mass and content of products that left")
def _half_virgin_lead_that_comes_in_again_as_scrap(court: Court) -> None:
    send_lead(court, virgin=5_950, claimed=0)
    take_in(court)


@scheme("out-and-in", by="mass and content of products that left any site")
def _claimed_lead_that_comes_in_as_scrap_at_another_park(court: Court) -> None:
    send_lead(court)
    take_in(court, site="TEX")


@scheme("out-and-in", by="mass and content of products that left any site")
def _half_virgin_lead_that_comes_in_as_scrap_at_another_park(court: Court) -> None:
    send_lead(court, virgin=5_950, claimed=0)
    take_in(court, site="TEX")


@scheme("out-and-in", by="mass, content and material of lots that the site rejected")
def _a_load_that_is_rejected_kept_and_entered_anew(court: Court) -> None:
    reject_batch(court)
    court.say("TEX", intake("TEX-B-2", 12_100 * KG, {"Pb": 7_300 * KG}), "2026-01-12T06:00:00Z")


def send_lead(court: Court, virgin: int = 0, claimed: int = 5_000, *, sent: bool = True) -> None:
    """Make 11,902 kg of refined lead with 11,900 kg in it, of which so much is virgin; claim some, and send it."""
    court.batch("MUN-B-1", 20_000)
    made = output("MUN-L-1", 11_902 * KG, {"Pb": 11_900 * KG}, material="refined_lead")
    poured = [addition(virgin * KG, {"Pb": virgin * KG})] if virgin else []
    taken = line("MUN-B-1", (11_900 - virgin) * KG * 5 // 3)
    court.say("MUN", run("MUN-R-1", [taken], [made], additions=poured), "2026-01-06T06:00:00Z")
    if claimed:
        court.say("MUN", claim("MUN-L-1", claimed * KG), "2026-01-07T06:00:00Z")
    if sent:
        court.say("MUN", dispatch("MUN-H-1", "MUN-L-1"), "2026-01-08T06:00:00Z")


def take_in(
    court: Court,
    net: int = 11_905,
    pb: int = 11_903,
    *,
    day: str = "2026-02-10",
    origin: str = "other_post_consumer",
    site: str = "MUN",
) -> None:
    """Take scrap in at a site: so many kg, with so much lead in it."""
    court.say(site, intake(f"{site}-B-2", net * KG, {"Pb": pb * KG}, origin=origin), f"{day}T06:00:00Z")


def reject_batch(court: Court, net: int = 12_100) -> None:
    """Let scrap of 12,095 kg with 7,257 kg of lead in it come to MUN and go to TEX, which weighs and rejects it."""
    court.say("MUN", intake("MUN-B-1", 12_095 * KG, {"Pb": 7_257 * KG}), "2026-01-05T06:00:00Z")
    court.say("MUN", dispatch("MUN-H-1", "MUN-B-1", to="TEX"), "2026-01-06T06:00:00Z")
    court.say("TEX", acceptance("MUN-H-1", "MUN-B-1", decision="rejected", net=net * KG), "2026-01-10T06:00:00Z")
