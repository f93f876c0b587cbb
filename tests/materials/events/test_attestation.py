"""A certifier's word on findings: of which it can be, and while which it counts."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from ledger.materials.events.attestation import as_attested
from ledger.materials.plausibility.site import findings as sites
from ledger.materials.plausibility.site.codes import SITE_CODES
from ledger.materials.state.records import Attested
from tests.season.court import Court


@pytest.fixture
def court() -> Court:
    """A tonne of opening stock at MUN (statement 0)."""
    court = Court()
    court.batch("MUN-B-1", 1000, reason="opening_stock")
    return court


def attest(*codes: str, verdict: str = "settled", about: int = 0) -> dict[str, Any]:
    """Return a word on findings."""
    return {"type": "attestation", "statement": f"{about:064x}", "codes": list(codes), "verdict": verdict,
            "reason": "seen on site"}  # fmt: skip


def word(court: Court, code: str, about: int = 0) -> Attested | None:
    """Return the word that counts for a finding that stands."""
    found = [finding for finding in court.findings_of(about) if finding.code == code]
    (finding,) = [finding for finding in found if finding.withdrawn_by is None]
    return as_attested(finding, court.attested.get(finding.statement, ())).word


def test_a_word_on_a_finding_that_is_not_there_is_refused(court: Court) -> None:
    """Whatever is made up, and what stands on another statement; one wrong code spoils all."""
    court.say("CERT", attest("bogus-code"))
    court.say("CERT", attest("opening-stock", "shortfall"))
    assert court.refused == ["unknown-finding", "unknown-finding"]
    assert court.attested == {}
    court.say("CERT", attest("opening-stock"))
    assert court.refused == ["unknown-finding", "unknown-finding"]
    assert word(court, "opening-stock") is not None


def test_a_word_ends_when_the_facts_change(court: Court) -> None:
    """A tonne was seen; ninety tonnes were not. What the certifier says of these counts anew."""
    court.say("CERT", attest("opening-stock"))
    said = word(court, "opening-stock")
    assert said is not None
    assert (said.verdict, said.issuer) == ("settled", "CERT")
    assert said.figures == (("opening-stock", '{"net_mg":1000000000}'),)
    whole = {"type": "intake", "lot": "MUN-B-1", "material": "lead_acid_battery", "chemistry": "lead_acid",
             "form": "whole", "origin": "battery_post_consumer", "net_kg": "90000", "content_kg": {"Pb": "54000"},
             "content_basis": "table", "country": "IN", "reason": "opening_stock", "documents": []}  # fmt: skip
    fix = {
        "type": "correction",
        "statement": f"{0:064x}",
        "kind": "incorrect_data",
        "reason": "tonnes",
    }
    court.say("MUN", {**fix, "replacement": whole})
    assert word(court, "opening-stock") is None
    court.say("CERT", attest("opening-stock", verdict="upheld"))
    again = word(court, "opening-stock")
    assert again is not None
    assert again.verdict == "upheld"
    court.say("MUN", {**fix, "replacement": {**whole, "net_kg": "1000", "content_kg": {"Pb": "600"}}})
    back = word(court, "opening-stock")
    assert back is not None
    assert back.verdict == "settled"


def test_what_is_odd_about_a_site_is_settled_by_its_code(court: Court) -> None:
    """Such findings are computed when asked for, from all that a site said; no figure is fixed."""
    for number in range(2, 6):
        court.batch(f"MUN-B-{number}", 1000)
    (found,) = [finding for finding in court.verdicts() if finding.code == "identical-weights"]
    court.say("CERT", attest("identical-weights", about=found.index))
    assert court.refused == []
    reported = as_attested(found, court.attested[found.statement]).word
    assert reported is not None
    assert reported.issuer == "CERT"


def test_the_codes_of_the_site_checks_are_listed() -> None:
    """Each code that these checks give, and no other."""
    folder = Path(sites.__file__ or "").parent
    reported = re.findall(
        r"plausibility\.site\.([a-z_]+) import find_", (folder / "findings.py").read_text(encoding="utf-8")
    )
    sources = [(folder / f"{name}.py").read_text(encoding="utf-8") for name in (*reported, "handling")]
    given = {code for source in sources for code in re.findall(r"\bFindingCode\.([A-Z_]+)", source)}
    assert given == {code.name for code in SITE_CODES}
