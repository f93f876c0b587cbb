"""The one list of the state of materials: what is kept by key, and what entries only add to.

Memory, effects, caches, row texts, tables, reading ahead and the order of dropping follow
from it. A new kind of state is a line here and the file of its value; a release needs a
migration for its table besides.
"""

from __future__ import annotations

from ledger.materials.state.agreement_terms import Terms, read_terms
from ledger.materials.state.asked import (
    asked_account_months,
    asked_citations,
    asked_files,
    asked_issuer,
    asked_lots,
    asked_refs,
    asked_runs,
    asked_shipments,
    asked_withdrawn,
)
from ledger.materials.state.citations import FileUse, Uses, read_citation, read_citation_key, read_file
from ledger.materials.state.cited_names import CITED_NAME, names_cited, rows_of_names
from ledger.materials.state.codec import (
    read_attested,
    read_closed,
    read_lot,
    read_party,
    read_run,
    read_shipment,
    read_standing,
    write_lot,
    write_run,
)
from ledger.materials.state.credit_months import (
    AccountMonth,
    SiteMonth,
    read_account_month,
    read_site_month,
    stamp_account_month,
    write_account_month,
    write_site_month,
)
from ledger.materials.state.kind import Keys, Kind
from ledger.materials.state.layout import Column, key
from ledger.materials.state.log import Log
from ledger.materials.state.log_rows import (
    FINDING,
    FINDING_LOT,
    MENTION,
    POSTING,
    POSTING_SUM,
    lots_mentioned,
    rows_of_mentions,
    rows_of_postings,
)
from ledger.materials.state.products import PRODUCT, Load, products_stated, rows_of_products
from ledger.materials.state.records import Attested, Closed, Lot, Posting, Run, Shipment, Standing
from ledger.materials.state.refs import RefKey, RefUse, read_ref
from ledger.materials.state.row_text import write_text
from ledger.materials.state.stamping import stamp_each, stamp_of
from ledger.materials.state.stock_custody import (
    SITE_CUSTODY,
    LotCounts,
    SiteCustody,
    read_counts,
    rows_of_custodies,
)
from ledger.materials.state.withdrawn_intakes import WithdrawnIntake, read_withdrawn
from schemas.documents import Citation
from schemas.findings import Finding
from schemas.ids import AgreementId, LotId, PartyId, RunId, ShipmentId, StatementId
from schemas.party import Party


def _in_stock_of(lot: Lot) -> str | None:
    return lot.holder if lot.in_stock and lot.net else None


class MaterialState:
    """What is known of materials, each kind by its key."""

    parties = Kind[PartyId, Party]("party", read_party, asked=asked_issuer, stamp=stamp_of(Party, "since"))
    """Parties by id."""

    lots = Kind[LotId, Lot](
        "lot",
        read_lot,
        write_lot,
        asked=asked_lots,
        stamp=stamp_of(Lot, "created"),
        stock=_in_stock_of,
        kept=50_000,
    )
    """Lots by id."""

    runs = Kind[RunId, Run]("run", read_run, write_run, asked=asked_runs, stamp=stamp_of(Run, "index"))
    """Runs by id."""

    shipments = Kind[ShipmentId, Shipment](
        "shipment", read_shipment, asked=asked_shipments, stamp=stamp_of(Shipment, "index")
    )
    """Shipments by id."""

    citations = Kind[Citation, Uses](
        "citation", read_citation, keys=Keys("id", write_text, read_citation_key), asked=asked_citations
    )
    """What cites a document, by its normal form and, for once-only ones, by kind, number and day; numbers of claims."""

    files = Kind[str, FileUse]("cited_file", read_file, asked=asked_files)
    """File hashes by their first citation."""

    refs = Kind[RefKey, RefUse](
        "plant_ref",
        read_ref,
        tuple,
        asked=asked_refs,
        members=(key("ref"), key("issuer"), key("type"), Column("statement_id"), Column("first"), Column("standing")),
    )
    """Ids of plants' own systems, by ref, issuer and type of event."""

    agreements = Kind[AgreementId, Terms]("agreement", read_terms, stamp=stamp_of(Terms, "offered", "effective"))
    """Agreements by id."""

    attested = Kind[StatementId, tuple[Attested, ...]](
        "attested", read_attested, stamp=stamp_each(stamp_of(Attested, "index")), kept=0
    )
    """What certifiers said of the findings on a statement, by its id, or on a supplier's waste, by its digest.

    Digests and ids have one shape; what is said of a supplier says until when.
    """

    standing = Kind[StatementId, Standing]("standing", read_standing, stamp=stamp_of(Standing, "index"), kept=0)
    """The last correction of a statement, by its id."""

    periods = Kind[PartyId, Closed]("closed_period", read_closed, asked=asked_issuer)
    """The last closed period of a site, by the party's id."""

    stock = Kind[PartyId, LotCounts]("site_stock", read_counts, asked=asked_issuer)
    """How many lots a site has under each model of custody, by the party's id."""

    withdrawn = Kind[SiteMonth, tuple[WithdrawnIntake, ...]](
        "withdrawn_intake",
        read_withdrawn,
        keys=Keys("id", write_site_month, read_site_month),
        asked=asked_withdrawn,
    )
    """Intakes that did not occur, by who entered them and the month in UTC."""

    accounts = Kind[SiteMonth, AccountMonth](
        "credit_account",
        read_account_month,
        write_account_month,
        keys=Keys("id", write_site_month, read_site_month),
        asked=asked_account_months,
        stamp=stamp_account_month,
    )
    """Mass-balance accounts by site and month."""


class MaterialLogs:
    """What entries only add to."""

    postings = Log[Posting](POSTING, POSTING_SUM, rows=rows_of_postings, stamp=stamp_of(Posting, "index"))
    """What moves into or out of sites; who keeps it keeps tiles of its sums beside it."""

    findings = Log[Finding](FINDING_LOT, FINDING, rows=None, stamp=stamp_of(Finding, "index"))
    """What is odd about an entry; a correction ends what it finds anew."""

    custodies = Log[SiteCustody](SITE_CUSTODY, rows=rows_of_custodies)
    """The weakest model of all that a site has, where it changes."""

    mentions = Log[LotId](MENTION, rows=rows_of_mentions, said=lots_mentioned)
    """Lots that an entry names; effects add those that it concerns without naming them."""

    names = Log[int](CITED_NAME, rows=rows_of_names, said=names_cited)
    """Which documents, files and suppliers an entry names."""

    products = Log[Load](PRODUCT, rows=rows_of_products, said=products_stated)
    """Products that runs are stated to have made, by metal and mass."""
