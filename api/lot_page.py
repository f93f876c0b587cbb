"""What the page of a lot shows, gathered from one snapshot and put into words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sized
from typing import Any, Final, NamedTuple

from api.lot_shares import basis_in_words, metal_rows
from api.lot_standing import standing_view
from api.words import (
    DECISION_NAMES,
    METAL_NAMES,
    SEVERITY_NAMES,
    STATUS_NAMES,
    count_of,
    grouped,
    in_words,
    kilograms,
    material_in_words,
    micro_percent,
    moment,
    percent,
)
from ledger.materials.answers.lot_report import lot_report
from ledger.materials.answers.provenance import Ancestry, Followed, Share, follow, printed_contributions, trace
from ledger.materials.claims.marks import claimable
from ledger.materials.events.attestation import AttestedFinding, as_attested
from ledger.materials.moves.parting import is_parted, is_parting
from ledger.materials.state.book import LoggedEvent
from ledger.materials.state.records import Lot
from ledger.questions.creations import creations_of
from ledger.questions.evidence import Evidence, collect_evidence
from ledger.questions.handovers import Handover, last_handover
from ledger.questions.standing import standing_in
from ledger.store.snapshot import Snapshot
from schemas.catalogue.findings.texts import say
from schemas.codes import CLAIM_KINDS
from schemas.events import MaterialEvent
from schemas.ids import LotId, PartyId, StatementId
from schemas.intake import Intake
from schemas.quantity import format_kg
from schemas.transformation import Transformation

SHOWN_SOURCES: Final = 5
SHOWN_FINDINGS: Final = 20
_NANO_PER_MICRO: Final = 1000

_HOLDERS: Final = {
    "in_transit": "Sent by", "consumed": "Last held by", "left": "Last held by", "returned": "Last held by",
    "withdrawn": "Stated by",
}  # fmt: skip


class Source(NamedTuple):
    """A source of a metal in words; ``lot`` where it has a page of its own."""

    name: str
    lot: str | None
    share: str


class Sources(NamedTuple):
    """The largest sources of a metal, and what the others add up to."""

    metal: str
    shown: list[Source]
    rest: str


class Names:
    """Parties by name, each read once."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._known: dict[PartyId, str] = {}

    def __call__(self, party: PartyId) -> str:
        """Return ``ACE Mundra (MUN, IN)``, the bare id where it is unknown."""
        if party not in self._known:
            found = self._snapshot.parties.get(party)
            self._known[party] = f"{found.name} ({found.id}, {found.country})" if found else party
        return self._known[party]


def lot_view(snapshot: Snapshot, lot: Lot) -> dict[str, Any]:
    """Return the values of the template ``lot.html``, its address and QR code left out."""
    names = Names(snapshot)
    ancestry = trace(lot, snapshot)
    followed = follow(ancestry)
    runs = [run for run in ancestry.runs.values() if not is_parting(run)]
    batches = [found for found in ancestry.lots.values() if found.run is None]
    handover = last_handover(snapshot, lot.id)
    evidence = collect_evidence(snapshot, lot.created)
    corrections = _corrections(snapshot, lot, evidence.statement)
    creations = creations_of(snapshot, [lot, *batches])
    return {
        "lot": lot,
        "material": material_in_words(lot.material),
        "facts": _facts(lot, evidence, creations[lot.id], handover, corrections, names=names),
        "custody": lot.custody.replace("_", " "),
        "basis": basis_in_words(lot),
        "claims": _claims(lot),
        "metals": metal_rows(lot_report(lot, snapshot.rules, snapshot.size)),
        "parks": sorted({names(found.park) for found in ancestry.lots.values()}),
        "countries": _countries(creations[batch.id] for batch in batches),
        "batches": count_of(len(batches), "batch", "batches"),
        "runs": count_of(len(runs), "processing run", "processing runs"),
        "sources": _sources(ancestry, followed, names),
        "standing": standing_view(standing_in(snapshot, ancestry, followed=followed)),
        **_findings(snapshot, lot, names),
        "evidence": evidence,
        "signer": names(evidence.issuer),
        "signed_at": moment(evidence.occurred_at),
        "checked_at": moment(evidence.checked_at) if evidence.checked_at else "",
        "handover": _handover(handover, names),
        "facts_of_ledger": snapshot.facts,
        "tree_size": grouped(snapshot.size),
    }


def _corrections(snapshot: Snapshot, lot: Lot, creation: StatementId) -> set[StatementId]:
    """Return what changed the lot's answer, and what last corrected the statement that the page describes it by."""
    standing = snapshot.standing.get(creation)
    return {*lot.corrections, *([] if standing is None else [standing.correction])}


def _facts(
    lot: Lot, evidence: Evidence, creation: LoggedEvent | None, handover: Handover, corrections: Sized, names: Names
) -> list[tuple[str, str]]:
    rows = [("Material", material_in_words(lot.material))]
    if creation is None:
        rows.append(("Withdrawn", "a later correction says that this lot never was"))
    else:
        rows += _described(creation.event, lot)
    rows.append(("Net mass now", kilograms(format_kg(lot.net))))
    if lot.returned:
        rows.append(("Came back after it had left", kilograms(format_kg(lot.returned))))
    rows.append((_HOLDERS.get(lot.status, "Held by"), names(lot.holder)))
    rows.append(("Status", _status(lot, handover.sent_to, names)))
    rows.append((_maker(lot), names(lot.park)))
    rows.append(("Happened on", moment((creation or evidence).occurred_at)))
    rows.append(("Chain of custody", f"{lot.custody.replace('_', ' ')} (ISO 22095)"))
    if corrections:
        rows.append(("Corrected by", count_of(len(corrections), "later statement", "later statements")))
    return rows


def _maker(lot: Lot) -> str:
    if is_parted(lot):
        return "Part of a lot of"
    return "Made by" if lot.run else "Taken in by"


def _status(lot: Lot, sent_to: PartyId | None, names: Names) -> str:
    said = STATUS_NAMES[lot.status]
    if lot.status == "in_transit" and sent_to:
        said += f" to {names(sent_to)}"
    held = [f"{names(hold.issuer)} since {moment(hold.since)}" for hold in lot.holds if not hold.until]
    return f"{said}; on hold by {' and '.join(held)}, it may not be used" if held else said


def _described(event: MaterialEvent, lot: Lot) -> list[tuple[str, str]]:
    """Return what the creating event, as it stands, adds: grade, form, chemistry, pieces."""
    rows: list[tuple[str, str | None]] = []
    if isinstance(event, Transformation):
        output = next(output for output in event.outputs if output.lot == lot.id)
        units = count_of(len(output.units), "bundle or bag", "bundles or bags") if output.units else None
        form = in_words(output.form) if output.form else None
        rows = [
            ("Described as", output.description),
            ("Grade", output.grade),
            ("Form", form),
            ("Packed as", units),
            ("Process", in_words(event.process)),
        ]
    elif isinstance(event, Intake):
        chemistry = in_words(event.chemistry)
        rows = [("Described as", event.description), ("Chemistry", chemistry), ("Form", in_words(event.form))]
    return [(name, text) for name, text in rows if text]


def _claims(lot: Lot) -> list[tuple[str, str]]:
    """Return what is left to claim of a lot, in words, per kind of claim."""
    rows = []
    for kind in CLAIM_KINDS:
        masses = [
            f"{kilograms(format_kg(sum(split)))} {METAL_NAMES[metal].lower()}"
            for metal, split in claimable(lot, kind).items()
        ]
        rows.append((kind.replace("_", " "), ", ".join(masses) or "nothing"))
    return rows


def _countries(creations: Iterable[LoggedEvent | None]) -> list[str]:
    """Return the countries that batches came from, those with most batches first."""
    said = (creation.event for creation in creations if creation is not None)
    found = Counter(country for event in said if (country := event.came_from()) is not None)
    return [
        f"{country} ({count_of(number, 'batch', 'batches')})"
        for country, number in sorted(found.items(), key=lambda row: (-row[1], row[0]))
    ]


def _sources(ancestry: Ancestry, followed: Followed, names: Names) -> list[Sources]:
    found = []
    for metal, rows in printed_contributions(ancestry, followed).items():
        shown = [_source(row, ancestry, names) for row in rows[:SHOWN_SOURCES]]
        left = rows[SHOWN_SOURCES:]
        nano = sum(int(row.share.replace(".", "")) for row in left)
        rest = ""
        if left:
            others = count_of(len(left), "other source", "other sources")
            rest = f"and {others} with together {micro_percent(nano // _NANO_PER_MICRO)}"
        found.append(Sources(METAL_NAMES[metal], shown, rest))
    return found


def _source(row: Share, ancestry: Ancestry, names: Names) -> Source:
    kind, record, number = row.source
    share = percent(row.share)
    match kind:
        case "addition":
            return Source(f"reagent {number + 1} of run {record} (not recycled)", None, share)
        case "gain":
            return Source(f"gain of run {record}: more came out than went in (not recycled)", None, share)
        case "shortfall":
            return Source("metal that no batch covers since a correction (not recycled)", None, share)
        case "minor":
            return Source("sources too small to name", None, share)
        case "batch":
            lot = ancestry.lots[LotId(record)]
            return Source(f"{material_in_words(lot.material)}, taken in by {names(lot.park)}", record, share)


def _findings(snapshot: Snapshot, lot: Lot, names: Names) -> dict[str, Any]:
    on_lot = list(snapshot.findings(lot.id))
    words = snapshot.attested.many({finding.statement for finding in on_lot})
    attested = [as_attested(finding, words.get(finding.statement, ())) for finding in on_lot]
    found = sorted(attested, key=lambda row: ("high", "medium", "low").index(row.finding.severity))
    return {
        "findings": [
            (
                row.finding,
                SEVERITY_NAMES[row.finding.severity],
                say(row.finding, row.confirmed_by),
                _words_on(row, names),
            )
            for row in found[:SHOWN_FINDINGS]
        ],
        "more_findings": max(0, len(found) - SHOWN_FINDINGS),
    }


def _words_on(row: AttestedFinding, names: Names) -> str:
    """Return that a later statement took away what a finding was found by, and the last word on it."""
    gone = ["Found before a later statement corrected it."] if row.finding.withdrawn_by is not None else []
    word = [f"{row.word.verdict.capitalize()} by {names(row.word.issuer)}."] if row.word is not None else []
    return " ".join((*gone, *word))


def _handover(handover: Handover, names: Names) -> str:
    if handover.line is None:
        return ""
    decision = DECISION_NAMES[handover.line.decision]
    weight = kilograms(format_kg(handover.line.net_kg))
    return (
        f"{decision} by {names(handover.receiver)} on {moment(handover.occurred_at)}, "
        f"weighed there at {weight} (entry {grouped(handover.index)})"
    )
