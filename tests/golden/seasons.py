"""Random seasons for the recordings: every event of materials, corrections, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from schemas.ids import PartyId
from schemas.quantity import format_kg
from tests.season.claim_season import ClaimSeason
from tests.season.every_event import STEP, EverySeason, Move
from tests.season.random_seasons import METALS_USED, PARKS, START

__all__ = ["STEP", "Attempt", "season_of"]
THA = PartyId("THA")
LIMITS = {"handover_warn_ppm": 8_000, "residence_warn_days": 20}


class Attempt(NamedTuple):
    """A line that was tried on the fold: ``place`` stands for its statement in what is said later."""

    line: dict[str, Any]
    place: str | None
    """``None`` where the fold refused it."""


class GoldenSeason(EverySeason):
    """Lines of every kind; some parks have limits of their own. What was recorded has no part that was rejected."""

    in_part = False

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        parties = self.fold.parties
        parties[THA] = parties[THA]._replace(limits=tuple(sorted(LIMITS.items())))

    def attempts(self, count: int) -> Iterator[Attempt]:
        """Try ``count`` lines and yield each, taken or refused."""
        moves, others = self._moves()
        others = [*others, *[self._correction] * 6]
        for self.number in range(1, count + 1):
            issuer, event = self.dice.choice(moves if self.dice.randrange(5) < 3 else others)()
            line = {"issuer": issuer, "occurred_at": self._time_of(event), "event": event}
            if issuer not in self.fold.parties:
                continue
            if self.fold.refusals([line]):
                yield Attempt(line, None)
                continue
            index = self.fold.index - 1
            self.said.append((index, issuer, event))
            yield Attempt(line, f"{index:064x}")

    def _moves(self) -> tuple[list[Move], list[Move]]:
        moves, others = super()._moves()
        mine: list[Move] = [
            self._agreement, self._agreement, self._confirmation, self._attestation, self._attestation,
            self._confirmed_count, self._hold, self._release,
        ]  # fmt: skip
        return moves, [*others, *mine]

    def _agreement(self) -> tuple[str, dict[str, Any]]:
        seller = self.dice.choice(PARKS)
        quantities: list[dict[str, Any]] = [
            {"metal": metal, "quantity_kg": format_kg(self._mass())} for metal in self.dice.sample(METALS_USED, 2)
        ]
        quantities[0]["year"] = 2026
        event = {
            "type": "agreement", "agreement": self._new(seller, "A"), "seller": seller, "buyer": "GLENCORE",
            "parks": [seller, *self.dice.sample([park for park in PARKS if park != seller], self.dice.randrange(3))],
            "starts_on": self.dice.choice(("2025-07-01", "2026-01-10")), "ends_on": "2028-06-30",
            "quantities": quantities, "tolerance": "0.05",
        }  # fmt: skip
        if self.dice.randrange(2):
            event["share"] = "0.5"
        return self.dice.choice((seller, seller, seller, "GLENCORE")), event

    def _confirmation(self) -> tuple[str, dict[str, Any]]:
        offers = [said for said in self.said if said[2]["type"] == "agreement" and "confirms" not in said[2]]
        if not offers:
            return self._agreement()
        index, _, event = self.dice.choice(offers)
        confirmed = {**event, "confirms": f"{index:064x}"}
        if self.dice.randrange(6) == 0:
            confirmed["tolerance"] = "0.1"
        return "GLENCORE", confirmed

    def _attestation(self) -> tuple[str, dict[str, Any]]:
        found = self.fold.findings
        if not found:
            return self._intake()
        finding = self.dice.choice(found)
        code = finding.code if self.dice.randrange(8) else "lead-content"
        event = {
            "type": "attestation", "statement": finding.statement, "codes": [code],
            "verdict": self.dice.choice(("settled", "upheld")), "reason": "looked into",
        }  # fmt: skip
        return self.dice.choice(("CERT", "CERT", "CERT", "LAB")), event

    def _confirmed_count(self) -> tuple[str, dict[str, Any]]:
        counts = [said for said in self.said if said[2]["type"] == "stock_count" and "confirms" not in said[2]]
        if not counts:
            return self._count_stock()
        index, issuer, event = self.dice.choice(counts)
        return self.dice.choice(("CERT", issuer)), {
            "type": "stock_count", "lots": event["lots"], "confirms": f"{index:064x}",
        }  # fmt: skip

    def _dispatch(self) -> tuple[str, dict[str, Any]]:
        issuer, event = super()._dispatch()
        agreements = [terms.id for terms in self.fold.agreements.values() if issuer in terms.parks]
        if event["type"] == "dispatch" and agreements and self.dice.randrange(3):
            event["agreement"] = self.dice.choice(agreements)
        return issuer, event

    def _otherwise(self, event: dict[str, Any]) -> dict[str, Any]:
        event = super()._otherwise(event)
        for line in event.get("lots", ()) if event["type"] == "acceptance" else ():
            if self.dice.randrange(2):
                line["net_kg"] = format_kg(self._mass())
        return event


class GoldenClaims(GoldenSeason, ClaimSeason):
    """The same, with masses of one order, mass balance and claims at every turn."""


def season_of(seed: int) -> GoldenSeason:
    """Return the season of a seed: every other one is a season of claims."""
    return GoldenClaims(seed) if seed % 2 == 0 else GoldenSeason(seed)


def named(event: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """Return an event with the ledger's statement ids in place of the fold's."""
    text = json.dumps(event)
    for place, name in names.items():
        text = text.replace(place, name)
    read: dict[str, Any] = json.loads(text)
    return read


def clock_after(count: int) -> int:
    """Return a time after all of a season, in Unix seconds."""
    return START + (count + 8) * STEP
