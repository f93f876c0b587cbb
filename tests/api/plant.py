"""A small ledger with four parties and a few lots, to ask the interface about."""

from __future__ import annotations

import json
import secrets
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from ledger.home.opening import Home
from ledger.journal.answers import Taken
from ledger.log.chains import Head, next_link
from ledger.log.composing import compose
from ledger.log.envelopes import statement_id
from ledger.log.signers import FileSigner, prove_possession
from ledger.log.statements import parse_header
from ledger.submission import Submission, write_submission
from schemas.encoding import encode_base64
from schemas.strict_json import dump_json

ORIGIN = "ledger.example.com/ace"
PUBLIC_URL = "https://ledger.example.com"
HOSTILE = "<script>alert('1')</script>\"><img src=x onerror=alert(1)>"
PARTIES = {
    "MUN": ("ACE Mundra", ["park"], "IN"),
    "TEX": ("ACE Texas", ["park"], "US"),
    "GLENCORE": (f"Glencore {HOSTILE}", ["offtaker"], "CH"),
}


class FixedClock:
    """Tells the time that it was given: 2026-02-01, noon."""

    seconds = 1_769_947_200

    def now(self) -> int:
        """Return Unix time in seconds."""
        return self.seconds


class Plant:
    """A ledger that is open, with the keys of its parties."""

    def __init__(self, directory: Path) -> None:
        self.genesis, self.log_keys = Home.create(directory, ORIGIN, clock=FixedClock())
        self.home = Home.open(directory, clock=FixedClock(), capacity=64)
        self._signers = {"AUTHORITY": FileSigner.load(directory / "keys" / "AUTHORITY.pem")}
        self._registrations = {"AUTHORITY": self.genesis}
        self._heads: dict[str, Head] = {"AUTHORITY": Head(1, self.genesis)}
        for party in PARTIES:
            self._enrol(party)

    @property
    def size(self) -> int:
        """How many entries there are."""
        with self.home.store.reading() as snapshot:
            return snapshot.size

    def sign(self, party: str, occurred_at: str = "2026-01-05T06:00:00Z", **event: Any) -> Submission:
        """Return the party's next statement; it is not handed in, nor the chain moved on."""
        document = dump_json({"nonce": secrets.token_hex(16), **event})
        return self.sign_bytes(party, document, occurred_at)

    def sign_bytes(self, party: str, document: bytes, occurred_at: str = "2026-01-05T06:00:00Z") -> Submission:
        """Return the party's next statement about any bytes."""
        link = next_link(self._heads.get(party), self._registrations[party])
        return Submission(compose(ORIGIN, party, "main", link, occurred_at, document, [self._signers[party]]), document)

    def body(self, party: str, **event: Any) -> bytes:
        """Return the next statement as a request body."""
        return write_submission(self.sign(party, **event))

    def members(self, party: str, **event: Any) -> dict[str, Any]:
        """Return the next statement as the members of a request body."""
        members: dict[str, Any] = json.loads(self.body(party, **event))
        return members

    def follow(self, submission: Submission) -> None:
        """Move the party's chain on to a statement that was, or will be, taken."""
        header = parse_header(submission.envelope.payload)
        self._heads[header.issuer] = Head(header.sequence, statement_id(submission.envelope.payload))

    def take(self, party: str, occurred_at: str = "2026-01-05T06:00:00Z", **event: Any) -> Taken:
        """Sign and hand in, and demand that it is taken."""
        submission = self.sign(party, occurred_at, **event)
        (answer,) = self.home.journal.submit([submission])
        assert isinstance(answer, Taken), answer
        self.follow(submission)
        return answer

    def _enrol(self, party: str) -> None:
        signer = FileSigner.generate("ed25519")
        name, roles, country = PARTIES[party]
        key = {
            "algorithm": "ed25519",
            "public_key": encode_base64(signer.public_key.der),
            "proof": encode_base64(prove_possession(signer, ORIGIN, party)),
        }
        answer = self.take(
            "AUTHORITY", "2026-01-01T00:00:00Z", type="participant", id=party, name=name, roles=roles,
            country=country, identifiers={"gln": "9506000140445"}, keys=[key],
        )  # fmt: skip
        self._signers[party] = signer
        self._registrations[party] = answer.id


def intake(lot: str, **more: Any) -> dict[str, Any]:
    """Return an intake of used lead-acid batteries."""
    event: dict[str, Any] = {
        "type": "intake",
        "lot": lot,
        "material": "lead_acid_battery",
        "chemistry": "lead_acid",
        "form": "whole",
        "net_kg": "21450",
        "content_kg": {"Pb": "12655.5"},
        "content_basis": "table",
        "country": "IN",
        "documents": [{"kind": "weighbridge_slip", "issuer": "MUN", "number": f"WB-{lot}"}],
    }
    return event | ({} if "origin_kg" in more else {"origin": "battery_post_consumer"}) | more


def fitting(client: TestClient, path: str, model: Any) -> dict[str, Any]:
    """Return an answer that fits the model which describes it."""
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    members: dict[str, Any] = answer.json()
    model.model_validate_json(answer.content)
    return members


def furnish(plant: Plant) -> None:
    """Fill the ledger: lead that was smelted and delivered, black mass, odd things."""
    plant.take("MUN", **intake("MUN-B-1"))
    plant.take("MUN", **intake("MUN-B-2", country="TH", description=HOSTILE))
    for number in range(3, 10):
        plant.take(
            "MUN", **intake(f"MUN-B-{number}", origin="other_post_consumer", net_kg="100", content_kg={"Pb": "9"})
        )
    lots = [f"MUN-B-{number}" for number in range(1, 10)]
    plant.take(
        "MUN", "2026-01-07T00:00:00Z", type="transformation", run="MUN-R-1", process="smelting", line=HOSTILE,
        started_at="2026-01-06T02:00:00Z", ended_at="2026-01-06T20:00:00Z",
        inputs=[{"lot": lot, "net_kg": "21450" if lot <= "MUN-B-2" else "100"} for lot in lots],
        additions=[{"material": "lead", "net_kg": "310", "content_kg": {"Pb": "300"}, "origin": "primary"}],
        outputs=[
            {"lot": "MUN-L-1", "material": "refined_lead", "role": "product", "net_kg": "12310",
             "content_kg": {"Pb": "12308.2"}, "grade": f"EN 12659 {HOSTILE}", "form": "ingot",
             "units": [{"id": "1", "net_kg": "12310"}]},
            {"lot": "MUN-L-2", "material": "refined_lead", "role": "product", "net_kg": "1000",
             "content_kg": {"Pb": "999"}},
            {"lot": "MUN-S-1", "material": "slag", "role": "residue", "net_kg": "3100", "content_kg": {"Pb": "93"}},
        ],
    )  # fmt: skip
    plant.take(
        "MUN", "2026-01-08T00:00:00Z", type="dispatch", shipment="MUN-H-1", to="GLENCORE",
        lots=[{"lot": "MUN-L-1"}, {"lot": "MUN-L-2"}], documents=[],
    )  # fmt: skip
    plant.take(
        "GLENCORE", "2026-01-20T00:00:00Z", type="acceptance", shipment="MUN-H-1",
        lots=[{"lot": "MUN-L-1", "decision": "accepted", "net_kg": "12308.5"}],
    )  # fmt: skip
    plant.take(
        "TEX",
        **intake(
            "TEX-B-1", material="black_mass", chemistry="NMC622", form="powder", net_kg="1000", country="US",
            content_kg={"Ni": "180", "Co": "60", "Li": "40", "Cu": "12"},
            documents=[{"kind": "bill_of_lading", "issuer": "ACME", "number": "BL-1"}],
            origin_kg={"Ni": {"battery_post_consumer": "90", "battery_manufacturing": "30", "unknown": "60"},
                       "Co": {"battery_post_consumer": "60"}, "Li": {"primary": "40"}, "Cu": {"internal": "12"}},
        ),
    )  # fmt: skip
