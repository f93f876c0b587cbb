"""A party at work: it writes the lines of the feed and keeps its yard.

Each activity is a generator that yields the second at which it wants to go on; the
:class:`World` wakes them in order of time, so that the feed comes out in that order
and nothing is used before it is there.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from random import Random

from api.demo.figures import DAY, KG, MONTH_START, JsonObject, Masses, Profile
from api.demo.yard import Lot, Output, Portion, Yard, draw
from schemas.instants import format_time
from schemas.quantity import format_kg

Activity = Iterator[int]


class World:
    """The clock, the feed so far, and what was accepted by the offtaker."""

    def __init__(self, days: int) -> None:
        """Begin with the month."""
        self.now = MONTH_START
        self.days = days
        self.feed: list[JsonObject] = []
        self.accepted: list[Lot] = []
        self.has_dispute = False
        self._agenda: list[tuple[int, int, Activity]] = []
        self._spawned = 0

    def spawn(self, activity: Activity) -> None:
        """Let an activity begin."""
        wake = next(activity, None)
        if wake is not None:
            heapq.heappush(self._agenda, (max(wake, self.now), self._spawned, activity))
            self._spawned += 1

    def play(self) -> None:
        """Wake the activities in order of time until the month is over."""
        end = MONTH_START + self.days * DAY
        while self._agenda and self._agenda[0][0] < end:
            self.now, _, activity = heapq.heappop(self._agenda)
            self.spawn(activity)

    def say(self, issuer: str, event: JsonObject, private: JsonObject | None = None) -> None:
        """Write one line of the feed."""
        line: JsonObject = {"issuer": issuer, "occurred_at": format_time(self.now), "event": event}
        if private:
            line["private"] = private
        self.feed.append(line)


class Site:
    """One party with its ids, its documents, its dice and its yard."""

    def __init__(self, profile: Profile, world: World, seed: int, scale: int) -> None:
        """Throw dice of its own, so that parks do not disturb each other."""
        self.id = profile.id
        self.profile = profile
        self.world = world
        self.scale = scale
        self.rng = Random(f"{seed}/{profile.id}")  # noqa: S311 - invented figures, no secrets
        self.yard = Yard()
        self._counts: dict[str, int] = {}

    def new_id(self, kind: str) -> str:
        """Return the next id of a kind, such as ``MUN-B-000001``."""
        self._counts[kind] = number = self._counts.get(kind, 0) + 1
        return f"{self.id}-{kind}-{number:06d}"

    def at(self, day: int, hour: int, spread: int = 40) -> int:
        """Return a second within ``spread`` minutes after an hour of local time."""
        local = MONTH_START + day * DAY + hour * 3_600 - self.profile.utc_minutes * 60
        return local + self.rng.randrange(spread * 60)

    def lasting(self, hours: int) -> int:
        """Return a second about so many hours from now."""
        return self.world.now + hours * 3_600 + self.rng.randrange(-1_200, 1_200)

    def document(self, kind: str, letters: str) -> JsonObject:
        """Return a new document of its own, with the hash of its file."""
        return {
            "kind": kind,
            "issuer": self.id,
            "number": self.new_id(letters),
            "date": format_time(self.world.now)[:10],
            "sha256": f"{self.rng.getrandbits(256):064x}",
        }

    def run(
        self,
        process: str,
        started: int,
        portions: list[Portion],
        outputs: list[Output],
        additions: list[JsonObject] | None = None,
        **members: object,
    ) -> list[Lot]:
        """Report a run that ends now, after :meth:`draw`, and lay its outputs in the yard."""
        run = self.new_id("R")
        parents = tuple({portion.lot.id: portion.lot for portion in portions}.values())
        made = [
            Lot(
                id=self.new_id(line.kind), material=line.material, net=line.net, content=dict(line.content), run=run,
                parents=parents, units=line.extra.get("units", []),
            )
            for line in outputs
        ]  # fmt: skip
        event: JsonObject = {
            "type": "transformation",
            "run": run,
            "process": process,
            "started_at": format_time(started),
            "ended_at": format_time(self.world.now),
            "inputs": [_input(portion) for portion in portions],
            "additions": additions or [],
            "outputs": [_output(lot.id, line) for lot, line in zip(made, outputs, strict=True)],
            **members,
        }
        self.world.say(self.id, event)
        for lot, line in zip(made, outputs, strict=True):
            if line.key:
                self.yard.put(line.key, lot)
        return made

    def draw(self, portions: list[Portion], rest_key: str = "") -> Masses:
        """Take portions; a lot that is not used up goes back to the front of the yard."""
        pool = draw(portions)
        for portion in reversed(portions):
            if portion.lot.net and rest_key:
                self.yard.put(rest_key, portion.lot, first=True)
        return pool


def addition(material: str, net: int, content: Masses | None = None) -> JsonObject:
    """Return a reagent of primary origin; at least one kilogram."""
    return {
        "material": material,
        "net_kg": format_kg(max(net // KG, 1) * KG),
        "content_kg": masses_kg(content or {}),
        "origin": "primary",
    }


def masses_kg(content: Masses) -> dict[str, str]:
    """Return masses as texts in kg, without those that are zero."""
    return {metal: format_kg(mass) for metal, mass in content.items() if mass}


def _input(portion: Portion) -> JsonObject:
    line: JsonObject = {"lot": portion.lot.id, "net_kg": format_kg(portion.net)}
    return {**line, "closes": True} if portion.closes else line


def _output(lot: str, line: Output) -> JsonObject:
    return {
        "lot": lot,
        "material": line.material,
        "role": line.role,
        "net_kg": format_kg(line.net),
        "content_kg": masses_kg(line.content),
        **line.extra,
    }


def units(kind: str, lot_net: int, size: int) -> list[JsonObject]:
    """Return bundles or bags of about ``size`` mg that weigh ``lot_net`` together, in whole kg."""
    count = max(1, (lot_net + size // 2) // size)
    each = lot_net // count // KG * KG
    weights = [each] * (count - 1) + [lot_net - each * (count - 1)]
    return [{"id": f"{kind}{number:02d}", "net_kg": format_kg(net)} for number, net in enumerate(weights, 1)]
