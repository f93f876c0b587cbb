"""The tables of the accounting in an audit export: postings, closed months, corrections, attestations, agreements."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ledger.files.codes_1 import METALS, ORIGINS
from ledger.files.csv_text import Row, safe_text
from ledger.files.records import AccountingRecords
from ledger.materials.mass.mix import NO_MASS
from ledger.materials.moves.balance import signed_kg
from ledger.materials.state.credit_account import by_month
from ledger.materials.state.credit_months import whole
from schemas.quantity import format_kg


def postings(records: AccountingRecords) -> Iterator[Row]:
    """Yield what each entry moved: one line for net and dry mass, one for each metal by origin."""
    yield (
        "site",
        "period",
        "happened",
        "kind",
        "record",
        "material",
        "figure",
        "net_kg",
        "dry_kg",
        *(f"{o}_kg" for o in ORIGINS),
        "entry",
    )
    none = ("",) * len(ORIGINS)
    for row in records.all_postings():
        # The material of an addition is any text.
        head = row.site, row.period, row.happened, row.kind, row.record, safe_text(row.material)
        yield *head, "mass", signed_kg(row.net), signed_kg(row.dry), *none, row.index
        for metal in METALS:
            if split := row.mix.get(metal):
                yield *head, metal, "", "", *map(signed_kg, split), row.index


def claims(records: AccountingRecords) -> Iterator[Row]:
    """Yield what of each lot was claimed, or never arrived; a claim without cover also where nothing is left of it."""
    yield "lot", "custody", "kind", "covered", "metal", *(f"{origin}_kg" for origin in ORIGINS), "statement"
    for lot in records.lots.all():
        for mark in lot.marks:
            covered = "yes" if mark.covered else "no"
            head = lot.id, lot.custody, mark.kind, covered
            for metal in METALS:
                if split := mark.mix.get(metal):
                    yield *head, metal, *map(format_kg, split), mark.statement
            if not mark.mix:
                yield *head, "", *("",) * len(ORIGINS), mark.statement


def credit_months(records: AccountingRecords) -> Iterator[Row]:
    """Yield what each mass-balance account earned and gave in a month, per metal and origin."""
    yield "site", "custody", "metal", "origin", "month", "earned_kg", "drawn_kg"
    for site, months in groupby(records.accounts.by_key(), key=lambda row: row[0].site):
        account = whole(months)
        earned, drawn = by_month(account.earned), by_month(account.drawn)
        for metal in METALS:
            for place, origin in enumerate(ORIGINS):
                for month in sorted({*earned, *drawn}):
                    masses = [side.get(month, {}).get(metal, NO_MASS)[place] for side in (earned, drawn)]
                    if any(masses):
                        yield site, "mass_balance", metal, origin, month, *map(signed_kg, masses)


def closed_periods(records: AccountingRecords) -> Iterator[Row]:
    """Yield the last month that each site closed."""
    yield "site", "period", "totals", "lots_root", "statement"
    for site, closed in records.periods.by_key():
        yield site, closed.period, closed.totals, closed.lots_root, closed.statement


def corrections(records: AccountingRecords) -> Iterator[Row]:
    """Yield the corrections that stand."""
    yield "statement", "correction", "entry"
    for statement, standing in records.standing.by_key():
        yield statement, standing.correction, standing.index


def attestations(records: AccountingRecords) -> Iterator[Row]:
    """Yield what certifiers, and who confirmed counts, said of findings."""
    yield "about", "codes", "verdict", "by", "statement"
    for about, words in records.attested.by_key():
        for said in words:
            yield about, " ".join(said.codes), said.verdict, said.issuer, said.statement


def agreements(records: AccountingRecords) -> Iterator[Row]:
    """Yield every agreement, and whether it is effective."""
    yield "agreement", "seller", "buyer", "offered_by", "confirmed_by"
    for terms in records.agreements.all():
        yield terms.id, terms.seller, terms.buyer, terms.statement, terms.confirmed
