"""The tables of ``export/1`` held against the list of state: what is kept is shown, or left out with a reason.

The format is frozen and does not follow from the list; whoever adds to the state decides here.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ledger.admission.state import LOGS, STATE, KeyRecord
from ledger.files.export_1.registers import REGISTERS
from ledger.files.export_1.tables import TABLES
from ledger.materials.state.agreement_terms import Terms
from ledger.materials.state.citations import CitationUse
from ledger.materials.state.credit_months import AccountMonth
from ledger.materials.state.records import Attested, Closed, Lot, Posting, Run, Shipment, Standing
from schemas.findings import Finding
from schemas.party import Party

COLUMNS = json.loads((Path(__file__).parents[2] / "data" / "formats" / "export_1.json").read_text(encoding="utf-8"))
"""Columns by member, as the format has them."""

SHOWN = {
    "parties": ("parties", "party_identifiers", "party_lines"),
    "lots": ("lots", "lot_metals", "claims"),
    "runs": ("runs", "run_lots", "run_metals"),
    "shipments": ("shipments", "shipment_lots"),
    "citations": ("papers",),
    "agreements": ("agreements",),
    "attested": ("attestations", "findings"),
    "standing": ("corrections",),
    "periods": ("closed_periods",),
    "accounts": ("credits",),
    "keys": ("keys",),
    "postings": ("postings", "balances"),
    "findings": ("findings",),
}
"""The tables of the export in which a kind of state, or a log, is shown."""

LEFT_OUT = {
    "files": "the register said_documents has every file; a second citation of one is a finding",
    "refs": "each is a member of its event, and the events themselves are in the export",
    "withdrawn": "each is an intake of the register said_intakes that the table corrections says did not occur",
    "names": "an index by which entries are found; the registers said_documents and said_intakes have each",
    "stock": "it counts the lots of the table lots, by holder and custody",
    "custodies": "each follows from the lots that there were at an entry; verify counts them anew",
    "mentions": "an index by which entries are found; the entries themselves are in the export",
    "products": "an index by which lots are found; lots and runs have their tables",
    "party_entries": "an index by which entries are found; the entries themselves are in the export",
    "heads": "the last entry of each chain, and the entries themselves are in the export",
}
"""What has no table, and why."""

MEMBERS: dict[str, tuple[Any, dict[str, str], str]] = {
    "parties": (
        Party,
        {
            "id": "parties.party", "name": "parties.name", "roles": "parties.roles", "country": "parties.country",
            "registration": "parties.registration", "keyids": "keys.keyid", "require": "parties.require",
            "lines": "party_lines.line", "identifiers": "party_identifiers.identifier", "timezone": "parties.timezone",
        },
        "scales limits since earlier",
    ),
    "lots": (
        Lot,
        {
            "id": "lots.lot", "material": "lots.material", "park": "lots.park", "holder": "lots.holder",
            "status": "lots.status", "net": "lots.net_kg", "mix": "lot_metals.content_kg", "since": "lots.since",
            "created": "lots.entry", "run": "lots.run", "dry": "lots.dry_kg", "custody": "lots.custody",
            "holds": "lots.held", "marks": "claims.kind", "corrections": "lots.corrections",
            "grown": "lot_metals.lifted_kg",
        },
        """
        metals used chemistry form owner sourced moved stage uncertainty recovered_by word credit shortfalls refill
        earned disposition came sender returned
        """,
    ),
    "runs": (
        Run,
        {
            "id": "runs.run", "process": "runs.process", "issuer": "runs.issuer", "index": "runs.entry",
            "inputs": "runs.inputs", "additions": "runs.additions", "outputs": "runs.outputs",
            "pool": "run_metals.pool_kg", "loss": "run_metals.loss_kg", "added": "run_lots.net_kg",
            "reagents": "run_lots.material",
        },
        "statement shortfall drawn campaign removed",
    ),
    "shipments": (
        Shipment,
        {
            "id": "shipments.shipment", "sender": "shipments.sender", "receiver": "shipments.receiver",
            "index": "shipments.entry", "lots": "shipments.lots", "awaiting": "shipments.awaiting",
        },
        "agreement sent_at",
    ),
    "citations": (
        CitationUse,
        {
            "statement": "papers.statement", "issuer": "papers.party", "document": "papers.number",
            "lot": "papers.lot", "day": "papers.day", "net": "papers.net_kg", "says": "papers.says_kg",
            "sends": "papers.way",
        },
        "step",
    ),
    "agreements": (
        Terms,
        {
            "id": "agreements.agreement", "seller": "agreements.seller", "buyer": "agreements.buyer",
            "statement": "agreements.offered_by", "confirmed": "agreements.confirmed_by",
        },
        "parks starts_on ends_on offered effective",
    ),
    "attested": (
        Attested,
        {
            "statement": "attestations.statement", "issuer": "attestations.by", "codes": "attestations.codes",
            "verdict": "attestations.verdict",
        },
        "figures index site materials until",
    ),
    "standing": (Standing, {"correction": "corrections.correction", "index": "corrections.entry"}, ""),
    "periods": (
        Closed,
        {
            "period": "closed_periods.period", "statement": "closed_periods.statement",
            "totals": "closed_periods.totals", "lots_root": "closed_periods.lots_root",
        },
        "",
    ),
    "accounts": (
        AccountMonth, {"earned": "credits.earned_kg", "drawn": "credits.drawn_kg"}, "made voided carried",
    ),
    "keys": (
        KeyRecord,
        {
            "keyid": "keys.keyid", "participant": "keys.party", "algorithm": "keys.algorithm", "der": "keys.public_key",
            "added": "keys.added_by_entry", "revoked": "keys.revoked_by_entry",
        },
        "",
    ),
    "postings": (
        Posting,
        {
            "site": "postings.site", "kind": "postings.kind", "record": "postings.record",
            "material": "postings.material", "net": "postings.net_kg", "dry": "postings.dry_kg",
            "mix": "postings.figure", "index": "postings.entry", "period": "postings.period",
            "happened": "postings.happened",
        },
        "statement day",
    ),
    "findings": (
        Finding,
        {
            "code": "findings.code", "severity": "findings.severity", "figures": "findings.figures",
            "limit": "findings.limit", "source": "findings.source", "index": "findings.entry",
            "statement": "findings.statement", "lots": "findings.lots", "case": "findings.case",
            "about": "findings.about", "withdrawn_by": "findings.withdrawn_by",
        },
        "",
    ),
}  # fmt: skip
"""Of each kind that is shown: its value, the columns of its members, and the members that are left out.

Those say how the fold goes on, and whoever verifies makes them again from the entries that the export holds.
"""


def test_every_kind_of_state_is_shown_or_left_out_with_a_reason() -> None:
    """A kind or a log that is new stands in neither list, and fails here."""
    assert sorted((*SHOWN, *LEFT_OUT)) == sorted([kind.name for kind in STATE] + [log.name for log in LOGS])
    assert all(LEFT_OUT.values())


def test_every_table_of_the_export_is_of_a_kind_of_state_or_a_register() -> None:
    """No table is of nothing, and the format has no more of them than these."""
    assert {table for tables in SHOWN.values() for table in tables} == set(TABLES)
    assert {f"tables/{name}.csv" for name in (*TABLES, *REGISTERS)} == set(COLUMNS["tables"])


def test_every_kind_that_is_shown_says_it_of_its_members() -> None:
    """The columns are said of what the tables are said of."""
    assert sorted(MEMBERS) == sorted(SHOWN)


@pytest.mark.parametrize("name", MEMBERS)
def test_every_member_of_a_value_has_its_column_or_is_left_out(name: str) -> None:
    """A member that is new stands in neither, and each column is one of the tables of its kind or beside it."""
    value, shown, left_out = MEMBERS[name]
    assert sorted((*shown, *left_out.split())) == sorted(value._fields)
    for place in shown.values():
        table, column = place.split(".")
        assert column in COLUMNS["tables"][f"tables/{table}.csv"], place
        assert table in {*SHOWN[name], "keys"}, place
