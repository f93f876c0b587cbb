"""Both sides of a paper that two parties cite, which each of them sees only as an agreement."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.files.export_1.exported import correction, rows
from tests.world.events import intake
from tests.world.memory import MemoryWorld

DAY = "2026-01-05"
DIGEST = "ab" * 32


def note(number: str, issuer: str = "haulage brothers", **more: Any) -> list[dict[str, Any]]:
    """Return a consignment note."""
    return [{"kind": "consignment_note", "issuer": issuer, "number": number, "date": DAY, **more}]


@pytest.fixture
def ledger() -> MemoryWorld:
    """Two parks, of which MUN has taken in a ton on a haulier's note."""
    ledger = MemoryWorld()
    ledger.enrol("MUN", "park")
    ledger.enrol("TEX", "park")
    ledger.say("MUN", intake("MUN-B-1", documents=note("CN-17")))
    return ledger


def sides(ledger: MemoryWorld, folder: Path) -> list[tuple[str, ...]]:
    """Return what the table says of each citation: how papers agree, who, of which lot, mass, issuer and number."""
    names = "by", "party", "lot", "way", "net_kg", "issuer", "number", "says_kg"
    return [tuple(row[name] for name in names) for row in rows(ledger, "papers", folder)]


def test_a_paper_that_one_statement_cites_is_not_listed(ledger: MemoryWorld, tmp_path: Path) -> None:
    """Nor are two papers of one number by two issuers who are both named, which may well be two."""
    ledger.say("TEX", intake("TEX-B-1", documents=note("CN-17", "other hauliers")))
    assert sides(ledger, tmp_path) == []


def test_both_sides_of_one_paper(ledger: MemoryWorld, tmp_path: Path) -> None:
    """In whatever spelling, with what came under it at each of them and what it says itself."""
    ledger.say("TEX", intake("TEX-B-1", "1010", documents=note("cn 0017", "HAULAGE BROTHERS", net_kg="1000")))
    found = rows(ledger, "papers", tmp_path)
    assert [(row["alike"], row["kind"], row["day"][:4]) for row in found] == [("cn-17", "consignment_note", "2026")] * 2
    assert sides(ledger, tmp_path) == [
        ("paper", "MUN", "MUN-B-1", "in", "1000", "haulage brothers", "CN-17", ""),
        ("paper", "TEX", "TEX-B-1", "in", "1010", "HAULAGE BROTHERS", "cn 0017", "1000"),
    ]


def test_a_paper_once_under_a_name_and_once_under_a_digest(ledger: MemoryWorld, tmp_path: Path) -> None:
    """Kind, number and day are what they share."""
    ledger.say("TEX", intake("TEX-B-1", documents=note("CN-17", DIGEST)))
    assert [(row[0], row[1], row[5]) for row in sides(ledger, tmp_path)] == [
        ("day", "MUN", "haulage brothers"),
        ("day", "TEX", DIGEST),
    ]


def test_a_citation_that_was_corrected_away(ledger: MemoryWorld, tmp_path: Path) -> None:
    """What stands is listed; what was said first stays in the register of documents."""
    ledger.say("TEX", intake("TEX-B-1", documents=note("CN-17")))
    ledger.say("TEX", correction(ledger, len(ledger.entries) - 1, intake("TEX-B-1", documents=note("CN-18"))))
    assert sides(ledger, tmp_path) == []
