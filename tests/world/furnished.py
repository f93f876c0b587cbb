"""A world in which there is something of everything that the database keeps."""

from __future__ import annotations

from tests.world.events import acceptance, dispatch, intake, smelting
from tests.world.opened import OpenWorld


def furnish(world: OpenWorld) -> None:
    """Fill every projection: runs, shipments, findings, documents, files, chains, sealed facts."""
    slip = {"kind": "weighbridge_slip", "issuer": "MUN", "number": "WB-1", "sha256": "ab" * 32}
    photo = {"kind": "photo", "issuer": "MUN", "number": "P-1", "sha256": "ab" * 32}
    world.say("MUN", intake("MUN-B-1", documents=[slip]))
    world.say("MUN", intake("MUN-B-2", documents=[photo]), chain="gate-2")
    world.say("TEX", intake("TEX-B-1", ref="SAP 4711"))
    addition = {"material": "lead", "net_kg": "10", "content_kg": {"Pb": "9"}, "origin": "primary"}
    world.say("MUN", smelting("MUN-R-1", "MUN-B-1", "MUN-L-1", additions=[addition]))
    world.say("MUN", smelting("MUN-R-2", "MUN-B-2", "MUN-L-2", lead="605", line="MUN-X"))
    world.say("MUN", dispatch("MUN-H-1", "MUN-L-1", "MUN-L-2"))
    world.say("GLENCORE", acceptance("MUN-H-1", "MUN-L-1", decision="disputed", net="650"))
