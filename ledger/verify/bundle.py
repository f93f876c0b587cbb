"""The offline verifier of a lot bundle: from the bytes of one file to a report.

Invariants: it needs the genesis id and nothing else, no network and no database;
every fault is reported; what it recomputes comes from the entries alone; it ends on
every input.

It cannot show that nothing later was left out: see ``not_checked``.
Specification: contract sections 3.1 to 3.5, 5 and 7; RFC 6962; C2SP tlog-checkpoint
and tlog-cosignature.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from ledger.admission.book import MemoryBook
from ledger.files.bundle import Bundle, BundleEntry, BundleFormat
from ledger.files.formats import HEAD_BYTES, Known
from ledger.files.report import Findings, Progress
from ledger.files.stream import Raw
from ledger.log.checkpoint import Checkpoint, SignedCheckpoint
from ledger.log.merkle import leaf_hash, verify_inclusion
from ledger.log.sealed import digest_of, parse_disclosure
from ledger.materials.answers.provenance import follow, trace
from ledger.materials.mass.mix import Mix, present, split_by
from ledger.materials.standing import Level, LotStanding, on_record, standing_of
from ledger.materials.state.records import Lot
from ledger.verify.ahead import Read, read_ahead
from ledger.verify.checkpoints import genesis_keys, read_checkpoint, signed_at, verify_checkpoint
from ledger.verify.closure import LotClosure, close
from ledger.verify.replay import Replay, differing_members, holds_no_more
from ledger.verify.rules_number import check_rules, demand_known
from schemas.catalogue.faults import FaultCode
from schemas.codes import Metal, Origin
from schemas.errors import LedgerError
from schemas.ids import LotId
from schemas.quantity import parse_kg
from schemas.rules.version import Rules
from schemas.strict_json import FILE_CHARACTERS

_SPACED = re.compile(rb'\{(\s+"format"|"format"(\s|:\s))')
_ACCOUNT = (
    "the mass-balance account (account-not-shown): whether the credit drawn for the lot has cover, of which it may "
    "have lost a part; its recycled share is at most what is shown"
)
_MEANINGS: Final[dict[Level, str]] = {
    "clear": ": nothing in the file speaks against the lot; that nothing was said of it later is not proven",
    "look": ": look into it before you use, sell or claim the lot",
    "stop": ": the file may be sound, but the lot is not to be used, sold or claimed before this is cleared up",
}
_NOT_CHECKED = (
    "holds on a batch that did not occur and came in again as a lot of the file",
    "the lot's reported standing: what agreements, accounts, papers, corrections of other lots and its sites say of it",
    "that nothing was left out: without a signed state a later draw on the lot, or a revoked key, would not be missed",
    "that the ledger shows one history to everybody: no witness has cosigned the checkpoint",
    "times: the checkpoint dates the entries on the operator's word, occurred_at is each issuer's word",
    "that scales were honest and documents are true",
    "that the material in the bag is the lot on the label",
)


def verify_bundle(
    raw: bytes, genesis: str, formats: Known[BundleFormat], found: Findings, progress: Progress | None = None
) -> None:
    """Verify a lot bundle; what is found goes to ``found`` (rules that are not known: ``NewerVersionError``).

    Plan:
    1. The text is of a format and of rules that are known, with exactly that format's members.
    2. Every statement is read: entry bytes, header, event hash, event.
    3. Entry 0 is the pinned genesis and names the log's keys.
    4. The checkpoint holds under both keys.
    5. Entries ascend by index, and each is in the tree at its index.
    6. The closure: the lot, its ancestors, and no ancestor without its entry.
    7. Signatures, keys at their index, chains, and the replay of the closure.
    8. The rules are those that the file names; the lot, recomputed, is the lot that it shows.
    9. Each disclosure belongs to a digest of its entry's event.
    10. The file is byte for byte what its writer writes.

    Args:
        raw: the whole file.
        genesis: the genesis statement id that the user trusts, 64 hex digits.
        formats: the formats that are known.
        found: gets faults and sentences.
        progress: called with entries done and in all.
    """
    # (1) The text.
    found.not_checked += _NOT_CHECKED
    form = formats.choose(raw[:HEAD_BYTES], found)
    bundle = form.read(raw, found) if form else None
    if form is None or bundle is None:
        return
    demand_known(bundle.rules)
    # (2) Statements, on all cores.
    reads = _read(bundle, found)
    # (3) and (4) Genesis and checkpoint.
    claimed, signed = _check_checkpoint(bundle, reads, genesis, found)
    # (5) and (6) Place in the tree; the closure, from the events alone.
    _check_inclusion(bundle.entries, claimed, found)
    name = LotId(str(bundle.lot.get("lot")))
    closure = _close(name, reads, found)
    # (7) The replay.
    replay = _replay(reads, closure, found, progress)
    # (8) The rules; the lot and how it stands, figure by figure.
    check_rules(bundle.rules, replay.book.facts, found)
    _check_lot(bundle, form, replay.book, name, claimed, found=found)
    # (9) Sealed facts that are shown.
    _check_disclosures(bundle, reads, found)
    # (10) Only where nothing else explains it: a spoilt member is left out above.
    if not found.total and form.write(bundle) != raw:
        found.add(FaultCode.NOT_CANONICAL, f"expected the compact text of the writer, found {_spelling(raw)}")
    _say(bundle, closure, signed, replay, found)


def _spelling(raw: bytes) -> str:
    """Say what was done to a bundle that says the same in another spelling."""
    if _SPACED.match(raw):
        return (
            "one that was saved again pretty-printed, with blanks or line breaks between its members: "
            "nothing else is wrong with it, but take the file as the ledger wrote it"
        )
    if raw != raw.rstrip():
        return "blanks or a line break behind its end, as an editor puts them there: take the file as it was written"
    return "a different spelling"


def _read(bundle: Bundle, found: Findings) -> list[Read]:
    reads = list(read_ahead(Raw(entry.index, entry.entry, entry.event) for entry in bundle.entries))
    for read in reads:
        if read.fault is not None:
            found.take(read.fault)
    return reads


def _check_lot(
    bundle: Bundle, form: BundleFormat, book: MemoryBook, name: LotId, claimed: Checkpoint | None, found: Findings
) -> None:
    lot = book.lots.get(name)
    if lot is None or claimed is None or book.facts is None:
        return
    rules = book.facts.rules.at(claimed.size)
    members = form.spell_lot(lot, rules, claimed.size)
    if lot.credit is not None:
        found.not_checked.append(_ACCOUNT)
        shown = {name: bundle.lot.get(name) for name in form.of_account}
        members |= {name: value for name, value in shown.items() if holds_no_more(value, members[name])}
        # The share is that of the credit which is shown.
        lot = lot._replace(credit=_masses(members["credit_kg"]))
        lessened = form.spell_lot(lot, rules, claimed.size)
        members |= {name: lessened[name] for name in form.of_credit}
    standing = _standing(lot, book, rules)
    members["standing"] = form.spell_standing(standing)
    for path, computed, claim in differing_members(bundle.lot, members):
        found.add(FaultCode.LOT_MISMATCH, f"lot.{path}: expected {computed} from the entries, got {claim}")
    _say_standing(standing, found)


def _standing(lot: Lot, book: MemoryBook, rules: Rules) -> LotStanding:
    ancestry = trace(lot, book)
    return standing_of(ancestry, follow(ancestry), on_record(ancestry, book), rules)


def _say_standing(standing: LotStanding, found: Findings) -> None:
    """Say how the lot stands by its closure, and for what."""
    reasons = [
        f"{reason.code} ({reason.severity})" for reason in standing.reasons if reason.proven and reason.level != "clear"
    ]
    why = f", for {', '.join(reasons)}" if reasons else ""
    found.checked.append(f"standing, proven: {standing.proven}{why}{_MEANINGS[standing.proven]}")


def _masses(shown: Mapping[Metal, Mapping[Origin, str]]) -> Mix:
    """Return masses in kg by metal and origin as a mix."""
    splits = {metal: split_by({origin: parse_kg(kg) for origin, kg in row.items()}) for metal, row in shown.items()}
    return present(splits)


def _check_checkpoint(
    bundle: Bundle, reads: list[Read], genesis: str, found: Findings
) -> tuple[Checkpoint | None, SignedCheckpoint | None]:
    # (3) The pinned genesis.
    first = next((read.statement for read in reads if read.raw.index == 0), None)
    keys = genesis_keys(first, genesis, found)
    # (4) An unsigned claim is still used to check all else against.
    try:
        claimed = read_checkpoint(bundle.checkpoint)
    except LedgerError as error:
        found.add_error(error, code=FaultCode.BAD_CHECKPOINT)
        return None, None
    return claimed, verify_checkpoint(bundle.checkpoint, keys, "checkpoint", found) if keys else None


def _close(name: LotId, reads: list[Read], found: Findings) -> LotClosure:
    closure = close(name, {read.raw.index: read.statement for read in reads if read.statement})
    for lot, taker in closure.missing:
        found.add(FaultCode.MISSING_ENTRY, f"expected the entry that creates lot {lot[:80]}, got none", taker)
    return closure


def _check_inclusion(entries: tuple[BundleEntry, ...], claimed: Checkpoint | None, found: Findings) -> None:
    previous = -1
    for entry in entries:
        if entry.index <= previous:
            found.add(FaultCode.WRONG_ORDER, f"expected an index above {previous}, got {entry.index}", entry.index)
        previous = max(previous, entry.index)
        if claimed is None:
            continue
        try:
            verify_inclusion(leaf_hash(entry.entry), entry.index, claimed.size, entry.path, claimed.root)
        except LedgerError as error:
            found.add_error(error, entry.index, code=FaultCode.NOT_IN_TREE)


def _replay(reads: list[Read], closure: LotClosure, found: Findings, progress: Progress | None) -> Replay:
    replay = Replay(closure, found)
    for done, read in enumerate(sorted(reads, key=lambda read: read.raw.index), 1):
        replay.take(read)
        if progress is not None:
            progress(done, len(reads))
    return replay


def _check_disclosures(bundle: Bundle, reads: list[Read], found: Findings) -> None:
    statements = {read.raw.index: read.statement for read in reads if read.statement}
    if list(bundle.disclosures) != sorted(set(bundle.disclosures)):
        found.add(
            FaultCode.WRONG_ORDER,
            "expected disclosures ascending by entry and text, each once, found a different order",
        )
    for shown in bundle.disclosures:
        try:
            statement = statements.get(shown.index)
            parse_disclosure(shown.text, statement.rules.characters if statement else FILE_CHARACTERS)
            digest = digest_of(shown.text)
        except LedgerError as error:
            found.add_error(error, shown.index, code=FaultCode.BAD_DISCLOSURE)
            continue
        if statement is None or digest not in statement.event.sealed:
            found.add(
                FaultCode.BAD_DISCLOSURE,
                'expected a digest that stands in "sealed" of its entry, found a different one',
                shown.index,
            )


def _say(bundle: Bundle, closure: LotClosure, signed: SignedCheckpoint | None, replay: Replay, found: Findings) -> None:
    if signed is not None:
        size, origin = signed.checkpoint.size, signed.checkpoint.origin
        found.checked.append(f"checkpoint of {size} entries, signed by {origin} at {signed_at(signed)}")
    found.checked.append(
        f"{len(bundle.entries)} entries: in the tree, event, signatures, keys, chains and rules of each"
    )
    found.checked.append(
        f"lot {str(bundle.lot.get('lot'))[:80]} recomputed: {len(closure.lots)} lots, {len(replay.book.runs)} runs"
    )
    if bundle.disclosures:
        found.checked.append(f"{len(bundle.disclosures)} disclosed facts belong to their events")
    if replay.gaps:
        found.not_checked.append(f"statements that are not in the file: {', '.join(replay.gaps)}")
