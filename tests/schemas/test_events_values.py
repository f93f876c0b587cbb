"""Ids and values of events: which spellings and combinations are taken (contract, section 4)."""

from __future__ import annotations

from typing import Any

import pytest

from schemas.errors import MalformedError
from tests.schemas.samples import DIGEST, Path, changed, read

RECORD = [
    "",
    "-A",
    "a",
    "MUN_1",
    "MUN.1",
    "MUN 1",
    "A" * 21,
    "M\u0430N-1",
    "MUN-\uff11",
    "M\u00dcN-1",
    "MUN-1\n",
    "\u041cUN-1",
]
PARTY = ["", "M", "1M", "-M", "mun", "MUN_1", "A" * 21, "\u041cUN", "MU\uff2e", "MUN\n", "../MUN"]


@pytest.mark.parametrize("value", RECORD, ids=ascii)
def test_other_record_ids_are_malformed(value: str) -> None:
    """Lots, runs and shipments: 1 to 20 of A-Z, 0-9 and -, not beginning with -; look-alikes are others."""
    for name, place in (("intake", ("lot",)), ("transformation", ("run",)), ("dispatch", ("shipment",))):
        with pytest.raises(MalformedError):
            read(changed(name, place, value))
    for good in ("9", "A" * 20, "A-", "9-9"):
        read(changed("intake", ("lot",), good))


@pytest.mark.parametrize("value", PARTY, ids=ascii)
def test_other_party_ids_are_malformed(value: str) -> None:
    """Participants: 2 to 20 characters, the first a letter."""
    for name, place in (("participant", ("id",)), ("key-add", ("participant",)), ("dispatch", ("to",))):
        with pytest.raises(MalformedError):
            read(changed(name, place, value))
    for good in ("AB", "A" * 20, "A-"):
        read(changed("participant", ("id",), good))


@pytest.mark.parametrize(
    ("name", "place", "value"),
    [
        ("intake", ("origin",), "primary"),  # both origin and origin_kg
        ("intake", ("origin_kg", "Pb", "primary"), "2.000001"),
        ("intake", ("origin_kg", "Ni"), {"primary": "1"}),
        ("intake", ("content_kg", "Au"), "1"),
        ("intake", ("content_kg", "pb"), "1"),
        ("intake", ("origin_kg", "Pb", "magic"), "1"),
        ("intake", ("dry_kg",), "10.000001"),
        ("intake", ("net_kg",), "0"),
        ("intake", ("dry_kg",), "0"),
        ("intake", ("net_kg",), 10),
        ("intake", ("net_kg",), "10.0000001"),
        ("intake", ("country",), "UK"),
        ("intake", ("chemistry",), "NMC"),
        ("intake", ("reason",), "gift"),
        ("intake", ("content_basis",), "guess"),
        ("intake", ("sealed",), [DIGEST, DIGEST]),
        ("intake", ("sealed",), ["B" * 42 + "A", DIGEST]),
        ("intake", ("sealed",), ["A" * 42 + "B"]),
        ("intake", ("sealed",), [f"A{number:02d}{'A' * 40}" for number in range(33)]),
        ("intake", ("documents", 0, "kind"), "napkin"),
        ("intake", ("documents", 0, "date"), "2026-04-31"),
        ("intake", ("documents", 0, "sha256"), "AB" * 32),
        ("transformation", ("outputs", 0, "dry_kg"), "1.000001"),
        ("transformation", ("outputs", 0, "role"), "profit"),
        ("transformation", ("outputs", 0, "units", 0, "net_kg"), "0"),
        ("transformation", ("inputs", 0, "net_kg"), "0"),
        ("transformation", ("additions", 0, "net_kg"), "0"),
        ("transformation", ("additions", 0, "origin"), "internal"),
        ("transformation", ("started_at",), "2026-01-05T06:00:00+00:00"),
        ("transformation", ("gain_reason",), "magic"),
        ("dispatch", ("disposition",), "sold"),  # both to and disposition
        ("dispatch", ("to",), "MUN"),  # the issuer itself
        ("dispatch", ("lots",), [{"lot": "MUN-B-1"}] * 2),
        ("acceptance", ("lots", 0, "decision"), "maybe"),
        ("participant", ("roles",), ["park", "park"]),
        ("participant", ("roles",), ["king"]),
        ("participant", ("require",), ["rsa"]),
        ("participant", ("lines", 0, "capacity_t_per_year"), "0"),
        ("key-add", ("algorithm",), "rsa"),
        ("key-add", ("action",), "change"),
        ("key-revoke", ("reason",), "bored"),
        ("rules", ("rules",), "1"),
        ("rules", ("rules",), 0),
        ("genesis", ("origin",), "a b"),
        ("genesis", ("origin",), "a+b"),
        ("genesis", ("origin",), "a" * 256),
        ("genesis", ("log_keys",), ["a"]),
        ("intake", ("type",), "correction"),
        ("intake", ("type",), "Intake"),
    ],
    ids=str,
)
def test_values_outside_their_rules_are_malformed(name: str, place: Path, value: Any) -> None:
    """Each is refused for this one member alone."""
    with pytest.raises(MalformedError):
        read(changed(name, place, value))
