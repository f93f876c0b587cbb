"""A season: an invented, honest month at the four parks, the same for the same seed.

Everything in it is made up by dice from the figures of :mod:`api.demo.figures`; what it
shares with real plants are their proportions. No line of it is refused by the ledger.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from api.demo.bulk import bulk_feed
from api.demo.deliveries import bought_black_mass, lead_trucks, lithium_trucks, opening_stock
from api.demo.figures import PARKS, JsonObject, Profile, participants
from api.demo.lead import lead_activities
from api.demo.lithium import lithium_activities
from api.demo.site import Activity, Site, World
from api.demo.trade import packing, trading_activities
from api.demo.yard import Lot

__all__ = ["Season", "bulk_feed", "participants", "season"]

OFFTAKER = Profile(
    id="GLENCORE",
    name="",
    country="CH",
    timezone="Europe/Zurich",
    utc_minutes=60,
    lead_capacity=0,
    lithium_capacity=0,
    lead_trucks=0,
    lithium_trucks=0,
    truck_tonnes=(1, 2),
    sources=(),
    feeds=(),
    transport_document="",
)
SISTERS = {"GZB": "MUN"}
MIN_BATCHES = 4
MIN_RUNS = 5
CANDIDATES = 60


class Season(NamedTuple):
    """A month: who takes part, what they say, and a lot that is good to show.

    ``participants`` are enrol lines, ``feed`` feed lines in order of time, to be read
    once. ``featured`` is a lot that went through several batches and runs and was
    accepted by the offtaker; empty where the time was too short for one.
    """

    participants: list[JsonObject]
    feed: Iterator[JsonObject]
    featured: str


def season(seed: int = 1, *, days: int = 31, scale: int = 1) -> Season:
    """Return the season of a seed.

    Args:
        seed: the same seed gives the same season.
        days: how long it lasts, from 2026-01-05 on.
        scale: how many times the usual trucks come, until the lines are at capacity (all of them from 6 on).
    """
    world = World(days)
    sites = {profile.id: Site(profile, world, seed, scale) for profile in (*PARKS, OFFTAKER)}
    for profile in PARKS:
        sister = sites.get(SISTERS.get(profile.id, ""))
        for activity in _activities(sites[profile.id], sites[OFFTAKER.id], sister):
            world.spawn(activity)
    world.spawn(packing(sites[OFFTAKER.id], "accepted", 12))
    world.play()
    return Season(participants(), iter(world.feed), _featured(world.accepted))


def _activities(site: Site, offtaker: Site, sister: Site | None) -> list[Activity]:
    activities = [lithium_trucks(site), *lithium_activities(site), *trading_activities(site, offtaker, sister)]
    if site.profile.lead_trucks:
        activities += [lead_trucks(site), *lead_activities(site)]
    if site.id == "TEX":
        activities.append(opening_stock(site))
    if site.id == "MUN":
        activities.append(bought_black_mass(site))
    return activities


def _featured(accepted: list[Lot]) -> str:
    """Return the accepted lot whose history is rich, and yet small enough to be read."""
    lots = [lot for lot in accepted if lot.net and lot.material in ("refined_lead", "nickel_sulfate")]
    sizes = [(*_history(lot), lot.id) for lot in lots[:CANDIDATES]]
    rich = [size for size in sizes if size[0] >= MIN_BATCHES and size[1] >= MIN_RUNS]
    if rich:
        return min(rich)[2]
    return max(sizes)[2] if sizes else ""


def _history(lot: Lot) -> tuple[int, int]:
    """Return how many batches and how many runs stand behind a lot."""
    known = {lot.id: lot}
    frontier = [lot]
    while frontier:
        parents = [parent for child in frontier for parent in child.parents if parent.id not in known]
        known.update((parent.id, parent) for parent in parents)
        frontier = list({parent.id: parent for parent in parents}.values())
    runs = {past.run for past in known.values()} - {""}
    return sum(not past.run for past in known.values()), len(runs)
