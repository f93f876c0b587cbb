"""A yard to judge small ledgers in: parks MUN and TEX, the offtaker GLENCORE, no signatures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ledger.materials.answers.provenance import contributions, printed, trace
from ledger.materials.state.book import Effects
from ledger.materials.state.records import Lot
from schemas.codes import ORIGINS, Metal
from schemas.ids import LotId
from schemas.quantity import format_kg
from schemas.refusal import RefusedError
from tests.season.folding import Fold

AT = "2026-01-05T06:00:00Z"
PARTIES: list[dict[str, Any]] = [
    {"type": "participant", "id": name, "name": name, "roles": [role], "country": "IN", "identifiers": {}}
    for name, role in (("MUN", "park"), ("TEX", "park"), ("GLENCORE", "offtaker"))
]
LINE = {"line": "MUN-1", "feed": "lead_acid", "capacity_t_per_year": "40000", "commissioned_on": "2026-01-05"}
PARTIES[0]["lines"] = [LINE]


class Yard(Fold):
    """A fold with short words for events; masses are given in milligrams, or as texts in kg."""

    def __init__(self) -> None:
        super().__init__({"occurred_at": AT, "event": event} for event in PARTIES)

    def say(self, issuer: str, event: dict[str, Any], at: str = AT) -> Effects:
        """Take an event and check that no metal came or went unseen."""
        effects = self.take({"issuer": issuer, "occurred_at": at, "event": event})
        self.check()
        return effects

    def code(self, issuer: str, event: dict[str, Any], at: str = AT) -> str:
        """Return the code of the refusal, or ``taken`` (and then it is)."""
        try:
            self.say(issuer, event, at)
        except RefusedError as refusal:
            return refusal.code
        return "taken"

    def intake(self, lot: str, net: int | str, content: Mapping[str, int | str] | None = None, **more: Any) -> Effects:
        """Let a batch come in."""
        return self.say(lot[:3], intake(lot, net, content, **more), more.pop("at", AT))

    def lot(self, name: str) -> Lot:
        """Return a lot as it stands."""
        return self.lots[LotId(name)]

    def origins(self, name: str, metal: str = "Pb") -> dict[str, int]:
        """Return milligrams by origin."""
        split = self.lots[LotId(name)].mix.get(metal, ())  # type: ignore[call-overload]
        return {origin: mass for origin, mass in zip(ORIGINS, split, strict=False) if mass}

    def contributions(self, name: str, metal: Metal = "Pb") -> list[tuple[str, str]]:
        """Return the printed contributions to a metal."""
        ancestry = trace(self.lots[LotId(name)], self)
        return [(row.source.text, row.share) for row in printed(contributions(ancestry)[metal])]


def mass(value: int | str) -> str:
    """Return a mass in kg from milligrams; a text is one already."""
    return value if isinstance(value, str) else format_kg(value)


def masses(content: Mapping[str, int | str] | None) -> dict[str, str]:
    """Return masses in kg by name."""
    return {name: mass(value) for name, value in (content or {}).items()}


def intake(lot: str, net: int | str, content: Mapping[str, int | str] | None = None, **more: Any) -> dict[str, Any]:
    """Return an intake; ``origin`` or ``origin_kg`` (in milligrams) may be given."""
    more.pop("at", None)
    if "origin_kg" in more:
        more["origin_kg"] = {metal: masses(split) for metal, split in more["origin_kg"].items()}
    else:
        more.setdefault("origin", "battery_post_consumer")
    return {
        "type": "intake",
        "lot": lot,
        "material": "lead_scrap",
        "chemistry": "lead_acid",
        "form": "scrap",
        "net_kg": mass(net),
        "content_kg": masses(content),
        "content_basis": "assay",
        "country": "IN",
        "documents": [],
        **more,
    }


def line(lot: str, net: int | str, *, closes: bool = False) -> dict[str, Any]:
    """Return an input."""
    return {"lot": lot, "net_kg": mass(net), **({"closes": True} if closes else {})}


def addition(net: int | str, content: Mapping[str, int | str] | None = None, **more: Any) -> dict[str, Any]:
    """Return an addition, primary by default."""
    return {"material": "reagent", "net_kg": mass(net), "content_kg": masses(content), "origin": "primary", **more}


def output(lot: str, net: int | str, content: Mapping[str, int | str] | None = None, **more: Any) -> dict[str, Any]:
    """Return an output."""
    return {
        "lot": lot,
        "material": "lead_bullion",
        "role": "product",
        "net_kg": mass(net),
        "content_kg": masses(content),
        **more,
    }


def run(
    name: str, inputs: list[dict[str, Any]], outputs: list[dict[str, Any]], process: str = "smelting", **more: Any
) -> dict[str, Any]:
    """Return a run that begins and ends at ``AT`` by default."""
    return {
        "type": "transformation",
        "run": name,
        "process": process,
        "started_at": AT,
        "ended_at": AT,
        "inputs": inputs,
        "outputs": outputs,
        **more,
    }
