"""A court for fraud: parks, a laboratory, a certifier and a buyer, and what was said against whom.

A scheme either is refused with a code, or leaves findings with codes; nothing else is
looked at.
"""

from __future__ import annotations

from typing import Any

from ledger.admission.closing import lots_root
from ledger.materials.moves.balance import balance_of, totals_hash
from ledger.materials.plausibility.site.findings import Site, find_in_site
from ledger.materials.plausibility.site.reading import read_site
from schemas.errors import MalformedError
from schemas.findings import Finding
from schemas.ids import PartyId
from schemas.refusal import RefusedError
from schemas.versions import VERSION_1
from tests.materials.yard import intake
from tests.schemas.catalogue.whole import demand_whole
from tests.world.events import KG, line, output, participant, run, unsigned_id
from tests.world.folding import Fold

LINES = [
    {"line": "MUN-LAB-1", "feed": "lead_acid", "capacity_t_per_year": "12000", "commissioned_on": "2026-01-02"},
    {"line": "MUN-LIB-1", "feed": "lithium_ion", "capacity_t_per_year": "10000", "commissioned_on": "2024-01-01"},
]
SCALES = [{"scale": "WB-1", "calibrated_on": "2025-06-01", "calibrated_until": "2026-05-31"}]
PARTIES = (
    participant("MUN", "park", lines=LINES, scales=SCALES, timezone="Asia/Kolkata"),
    participant("TEX", "park", country="US"),
    participant("GLENCORE", "offtaker", country="CH"),
    participant("LAB", "laboratory", country="GB"),
    participant("CERT", "certifier", country="DE"),
)
JANUARY, LATER = "2026-01-10T06:00:00Z", "2026-02-05T06:00:00Z"
SLIP = {"kind": "weighbridge_slip", "issuer": "MUN"}


class Court(Fold):
    """A ledger without signatures in which schemes are tried; masses in kg."""

    def __init__(self) -> None:
        super().__init__()
        for party in PARTIES:
            self.register(party)
        self.refused: list[str] = []
        self.numbers = 0

    def say(self, issuer: str, event: dict[str, Any], at: str = "2026-01-10T06:00:00Z") -> str:
        """Say something; return the id of the statement. A refusal is remembered, not raised."""
        try:
            self.take({"issuer": issuer, "occurred_at": at, "event": event})
        except RefusedError as refusal:
            self.refused.append(refusal.code)
        except MalformedError:
            self.refused.append("malformed")
        return unsigned_id(self.index - 1)

    def batch(
        self, lot: str, kg: int = 21_450, percent: int = 60, at: str = "2026-01-05T06:00:00Z", **more: Any
    ) -> str:
        """Let lead-acid batteries come in, with a slip of their own."""
        self.numbers += 1
        documents = [{**SLIP, "number": f"WB-{self.numbers}"}]
        content = {"Pb": kg * KG * percent // 100}
        event = intake(lot, kg * KG, content, material="lead_acid_battery", waste_code="16 06 01*",
                       **{"form": "whole", "documents": documents, **more})  # fmt: skip
        return self.say(lot[:3], event, at)

    def cells(self, lot: str, kg: int, content: dict[str, int], at: str = "2026-01-05T06:00:00Z", **more: Any) -> str:
        """Let lithium-ion material come in; content in kg."""
        self.numbers += 1
        event = intake(lot, kg * KG, {metal: mass * KG for metal, mass in content.items()},
                       **{"material": "lithium_ion_battery", "chemistry": "NMC622", "form": "cell",
                          "documents": [{**SLIP, "number": f"WB-{self.numbers}"}], **more})  # fmt: skip
        return self.say(lot[:3], event, at)

    def smelt(self, name: str, lots: dict[str, int], lead: int, at: str = "2026-01-06T06:00:00Z", **more: Any) -> str:
        """Make refined lead of lots (kg taken of each); the new lot is named after the run."""
        made = output(name.replace("-R-", "-L-"), (lead + 2) * KG, {"Pb": lead * KG}, material="refined_lead")
        inputs = [line(lot, kg * KG) for lot, kg in lots.items()]
        times = {"started_at": at, "ended_at": at}
        return self.say(name[:3], run(name, inputs, [made], **{**times, **more}), at)

    def close(self, site: str, period: str, at: str) -> str:
        """Close a month with the ledger's own figures."""
        party = PartyId(site)
        lots = self.open_lots(party)
        totals = totals_hash(balance_of(party, period, self.sums_of(party), lots))
        return self.say(
            site, {"type": "period_close", "period": period, "totals": totals, "lots_root": lots_root(lots)}, at
        )

    def verdicts(self) -> list[Finding]:
        """Return all findings: those on entries, and those on each site over time; each is said in whole."""
        found = [*self.findings, *(found for name in self.parties for found in find_in_site(self.site(name)))]
        for finding in found:
            demand_whole(finding)
        return found

    def codes(self) -> set[str]:
        """Return what was refused and found."""
        return {*self.refused, *(finding.code for finding in self.verdicts())}

    def site(self, name: str) -> Site:
        """Return all that a site said, as it stands."""
        said = (logged for logged in self.past.logged_events(self.past.indexes()) if logged.issuer == name)
        return read_site(self.parties[PartyId(name)], said, self, VERSION_1)


def severities(court: Court, code: str) -> list[str]:
    """Return the severities of the findings with this code, in the order of their entries; nothing was refused."""
    assert court.refused == []
    return [finding.severity for finding in court.verdicts() if finding.code == code]
