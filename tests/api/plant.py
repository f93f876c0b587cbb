"""A small ledger with four parties and a few lots, to ask the interface about."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from ledger.submission import write_submission
from tests.databases import make_database
from tests.world import events
from tests.world.opened import OpenWorld
from tests.world.parties import Event

PUBLIC_URL = "https://ledger.example.com"
HOSTILE = "<script>alert('1')</script>\"><img src=x onerror=alert(1)>"
PARTIES: dict[str, tuple[str, str, str]] = {
    "MUN": ("park", "ACE Mundra", "IN"),
    "TEX": ("park", "ACE Texas", "US"),
    "GLENCORE": ("offtaker", f"Glencore {HOSTILE}", "CH"),
}


class Plant(OpenWorld):
    """A ledger on SQLite that is open, with parties that have names; the oracle looks at other ledgers."""

    def __init__(self, directory: Path) -> None:
        directory.parent.mkdir(parents=True, exist_ok=True)
        super().__init__(directory, make_database("sqlite", directory.parent), parties={}, watched=False)
        for party, (role, name, country) in PARTIES.items():
            self.enrol(party, role, name=name, country=country, identifiers={"gln": "9506000140445"})

    def body(self, party: str, event: Event) -> bytes:
        """Return the next statement as a request body."""
        return write_submission(self.sign(party, event))

    def members(self, party: str, event: Event) -> dict[str, Any]:
        """Return the next statement as the members of a request body."""
        members: dict[str, Any] = json.loads(self.body(party, event))
        return members


def intake(lot: str, net: str = "21450", lead: str = "12655.5", **more: Any) -> dict[str, Any]:
    """Return an intake of a truck of used lead-acid batteries, with its slip."""
    slip = {"kind": "weighbridge_slip", "issuer": "MUN", "number": f"WB-{lot}"}
    return events.intake(lot, net, lead, **{"documents": [slip], **more})


def fitting(client: TestClient, path: str, model: Any) -> dict[str, Any]:
    """Return an answer that fits the model which describes it."""
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    members: dict[str, Any] = answer.json()
    model.model_validate_json(answer.content)
    return members


def furnish(plant: Plant) -> None:
    """Fill the ledger: lead that was smelted and delivered, black mass, odd things."""
    plant.say("MUN", intake("MUN-B-1"))
    plant.say("MUN", intake("MUN-B-2", country="TH", description=HOSTILE))
    for number in range(3, 10):
        plant.say("MUN", intake(f"MUN-B-{number}", origin="other_post_consumer", net_kg="100", content_kg={"Pb": "9"}))
    lots = [f"MUN-B-{number}" for number in range(1, 10)]
    plant.say(
        "MUN",
        {
            "type": "transformation",
            "run": "MUN-R-1",
            "process": "smelting",
            "line": HOSTILE,
            "started_at": "2026-01-06T02:00:00Z",
            "ended_at": "2026-01-06T20:00:00Z",
            "inputs": [{"lot": lot, "net_kg": "21450" if lot <= "MUN-B-2" else "100"} for lot in lots],
            "additions": [{"material": "lead", "net_kg": "310", "content_kg": {"Pb": "300"}, "origin": "primary"}],
            "outputs": [
                {
                    "lot": "MUN-L-1",
                    "material": "refined_lead",
                    "role": "product",
                    "net_kg": "12310",
                    "content_kg": {"Pb": "12308.2"},
                    "grade": f"EN 12659 {HOSTILE}",
                    "form": "ingot",
                    "units": [{"id": "1", "net_kg": "12310"}],
                },
                {
                    "lot": "MUN-L-2",
                    "material": "refined_lead",
                    "role": "product",
                    "net_kg": "1000",
                    "content_kg": {"Pb": "999"},
                },
                {"lot": "MUN-S-1", "material": "slag", "role": "residue", "net_kg": "3100", "content_kg": {"Pb": "93"}},
            ],
        },
        at="2026-01-07T00:00:00Z",
    )
    plant.say("MUN", events.dispatch("MUN-H-1", "MUN-L-1", "MUN-L-2"), at="2026-01-08T00:00:00Z")
    plant.say("GLENCORE", events.acceptance("MUN-H-1", "MUN-L-1", net="12308.5"), at="2026-01-20T00:00:00Z")
    plant.say("TEX", intake(
            "TEX-B-1", material="black_mass", chemistry="NMC622", form="powder", net_kg="1000", country="US",
            content_kg={"Ni": "180", "Co": "60", "Li": "40", "Cu": "12"},
            documents=[{"kind": "bill_of_lading", "issuer": "ACME", "number": "BL-1"}],
            origin_kg={"Ni": {"battery_post_consumer": "90", "battery_manufacturing": "30", "unknown": "60"},
                       "Co": {"battery_post_consumer": "60"}, "Li": {"primary": "40"}, "Cu": {"internal": "12"}},
        ))  # fmt: skip
