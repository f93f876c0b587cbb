"""The tables of an audit export: CSV for people, recomputed by the verifier.

Invariants:

* Each table is a pure function of the records, with a header row; the same records
  give the same bytes on every machine.
* Masses are kg as texts without trailing zeros; entries are named by index.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from ledger.files.codes_1 import EU_RULES, ISO_RULES, METALS, ORIGINS
from ledger.files.csv_text import Row, safe_text
from ledger.files.export import Table
from ledger.files.export_1.accounting_tables import (
    agreements,
    attestations,
    claims,
    closed_periods,
    corrections,
    credit_months,
    postings,
)
from ledger.files.export_1.balance_table import balances
from ledger.files.export_1.papers_table import papers
from ledger.files.records import Records
from ledger.materials.events.attestation import as_attested
from ledger.materials.moves.balance import signed_kg
from ledger.materials.rulesets import recycled_shares, share_basis
from schemas.codes import Metal
from schemas.encoding import encode_base64
from schemas.findings import figures_text
from schemas.party import Party
from schemas.quantity import format_kg


def _lots(records: Records) -> Iterator[Row]:
    yield (
        "lot", "material", "park", "holder", "status", "held", "net_kg", "run", "since", "entry", "custody", "dry_kg",
        "corrections",
    )  # fmt: skip
    for lot in records.lots.all():
        held = "yes" if lot.held else "no"
        dry = "" if lot.dry is None else format_kg(lot.dry)
        yield (
            lot.id, lot.material, lot.park, lot.holder, lot.status, held, format_kg(lot.net), lot.run, lot.since,
            lot.created, lot.custody, dry, len(lot.corrections),
        )  # fmt: skip


def _lot_metals(records: Records) -> Iterator[Row]:
    shares = EU_RULES, f"{ISO_RULES} post_consumer", f"{ISO_RULES} pre_consumer"
    physical = (f"physical {name}" for name in shares)
    origins = (f"{origin}_kg" for origin in ORIGINS)
    yield "lot", "metal", "content_kg", *origins, *shares, "share_basis", *physical, "custody", "gained_kg", "lifted_kg"
    for lot in records.lots.all():
        recycled = recycled_shares(lot.mix, records.rules, lot.credit)
        # Of a lot whose share is that of its credit, the mix stands beside it.
        mixed = {} if lot.credit is None else recycled_shares(lot.mix, records.rules)
        basis = share_basis(lot.custody)
        for metal in METALS:
            if split := lot.mix.get(metal):
                yield (
                    lot.id, metal, format_kg(sum(split)), *map(format_kg, split),
                    *_shares_of(metal, recycled), basis, *_shares_of(metal, mixed), lot.custody,
                    signed_kg(lot.grown.gained.get(metal, 0)), format_kg(lot.grown.lifted.get(metal, 0)),
                )  # fmt: skip


def _shares_of(metal: Metal, shares: Mapping[str, Mapping[str, Any]]) -> tuple[str | None, str | None, str | None]:
    """Return the shares of a metal in the order of the columns; a rule set that counts none of it gives none."""
    eu, iso = shares.get(EU_RULES, {}), shares.get(ISO_RULES, {}).get(metal, {})
    return eu.get(metal), iso.get("post_consumer"), iso.get("pre_consumer")


def _runs(records: Records) -> Iterator[Row]:
    yield "run", "process", "issuer", "status", "inputs", "additions", "outputs", "entry"
    for run in records.runs.all():
        # A run names an input at least: one without any did not occur, and has no number of lots.
        counts = len(run.inputs), len(run.additions), len(run.outputs)
        status = ("stands", *counts) if run.inputs else ("withdrawn", "", "", "")
        yield run.id, run.process, run.issuer, *status, run.index


def _run_lots(records: Records) -> Iterator[Row]:
    yield "run", "side", "number", "lot", "material", "net_kg", "booked_kg", *(f"{metal}_kg" for metal in METALS)
    for run in records.runs.all():
        for number, taken in enumerate(run.inputs):
            masses = [format_kg(sum(taken.mix.get(metal, ()))) for metal in METALS]
            yield run.id, "input", number, taken.lot, "", format_kg(taken.net), format_kg(taken.booked), *masses
        for number, (addition, net, name) in enumerate(zip(run.additions, run.added, run.reagents, strict=True)):
            masses = [format_kg(addition.get(metal, 0)) for metal in METALS]
            yield run.id, "addition", number, "", safe_text(name), format_kg(net), "", *masses
        for number, made in enumerate(run.outputs):
            masses = [format_kg(sum(made.mix.get(metal, ()))) for metal in METALS]
            yield run.id, "output", number, made.lot, "", format_kg(made.net), "", *masses


def _run_metals(records: Records) -> Iterator[Row]:
    yield "run", "metal", "pool_kg", "out_kg", "gain_kg", "loss_kg", *(f"loss_{origin}_kg" for origin in ORIGINS)
    for run in records.runs.all():
        gains = run.gain()
        made = run.made()
        for metal in METALS:
            out = sum(made.get(metal, ()))
            pool = run.pool.get(metal, 0)
            loss = run.loss.get(metal, (0,) * len(ORIGINS))
            if pool or out:
                figures = pool, out, gains.get(metal, 0), sum(loss), *loss
                yield run.id, metal, *map(format_kg, figures)


def _shipments(records: Records) -> Iterator[Row]:
    yield "shipment", "sender", "receiver", "status", "lots", "awaiting", "entry"
    for sent in records.shipments.all():
        # A dispatch names a lot at least: one without any did not occur, and has no number of lots.
        counts = ("stands", len(sent.lots), len(sent.awaiting)) if sent.lots else ("withdrawn", "", "")
        yield sent.id, sent.sender, sent.receiver, *counts, sent.index


def _shipment_lots(records: Records) -> Iterator[Row]:
    yield "shipment", "lot", "state"
    for sent in records.shipments.all():
        done = "left" if sent.receiver is None else "settled"
        for lot in sent.lots:
            yield sent.id, lot, sent.awaiting.get(lot, done)


def _parties(records: Records) -> Iterator[Row]:
    yield "party", "name", "roles", "country", "require", "timezone", "registration"
    for party in _by_id(records):
        roles, require = " ".join(party.roles), " ".join(party.require)
        yield party.id, party.name, roles, party.country, require, party.timezone, party.registration


def _party_identifiers(records: Records) -> Iterator[Row]:
    yield "party", "identifier", "value"
    for party in _by_id(records):
        for name, value in party.identifiers:
            yield party.id, name, value


def _party_lines(records: Records) -> Iterator[Row]:
    yield "party", "line", "feed", "capacity_t_per_year", "commissioned_on"
    for party in _by_id(records):
        for line in party.lines:
            capacity = format_kg(line.capacity_mg_per_year // 1000)
            yield party.id, line.line, line.feed, capacity, line.commissioned_on


def _keys(records: Records) -> Iterator[Row]:
    yield "keyid", "party", "algorithm", "added_by_entry", "revoked_by_entry", "public_key"
    known = records.keys.many(keyid for party in _by_id(records) for keyid in party.keyids)
    for party in _by_id(records):
        for key in sorted((known[keyid] for keyid in party.keyids), key=lambda key: (key.added, key.keyid)):
            yield key.keyid, key.participant, key.algorithm, key.added, key.revoked, encode_base64(key.der)


def _findings(records: Records) -> Iterator[Row]:
    yield (
        "entry", "code", "case", "severity", "figures", "limit", "source", "about", "lots", "statement", "verdict",
        "by", "confirmed_by", "withdrawn_by",
    )  # fmt: skip
    words = dict(records.attested.by_key())
    for finding in records.all_findings():
        found, word, confirmed_by = as_attested(finding, words.get(finding.statement, ()))
        head = found.index, str(found.code), found.case, found.severity
        data = figures_text(found.figures), figures_text(found.limit), found.source, figures_text(found.about)
        said = (word.verdict, word.issuer) if word is not None else ("", "")
        yield *head, *data, " ".join(found.lots), found.statement, *said, confirmed_by or "", found.withdrawn_by or ""


# `plain` is said of tables of ids, codes, times and figures only, none of which can begin a
# formula: most of the cells of an export, so they are written without a look at each.
TABLES: Final = {
    "agreements": Table(agreements, plain=False),
    "attestations": Table(attestations, plain=False),
    "balances": Table(balances, plain=True),
    "claims": Table(claims, plain=False),
    "closed_periods": Table(closed_periods, plain=False),
    "corrections": Table(corrections, plain=False),
    "credits": Table(credit_months, plain=False),
    "findings": Table(_findings, plain=False),
    "keys": Table(_keys, plain=False),
    "lot_metals": Table(_lot_metals, plain=True),
    "lots": Table(_lots, plain=True),
    "papers": Table(papers, plain=False),
    "parties": Table(_parties, plain=False),
    "party_identifiers": Table(_party_identifiers, plain=False),
    "party_lines": Table(_party_lines, plain=False),
    "postings": Table(postings, plain=True),
    "run_lots": Table(_run_lots, plain=True),
    "run_metals": Table(_run_metals, plain=True),
    "runs": Table(_runs, plain=True),
    "shipment_lots": Table(_shipment_lots, plain=True),
    "shipments": Table(_shipments, plain=True),
}
"""Every table by name."""


def _by_id(records: Records) -> list[Party]:
    return sorted(records.parties.all(), key=lambda party: party.id)
