"""The offline verifier of an audit export: from the bytes of one zip to a report.

Invariants: it needs the genesis id and nothing else, no network and no database;
every fault is reported; memory grows with the state of the ledger (lots, runs, ids),
never with the size of the file; it ends on every input.

It does not judge whether a scale was honest or a document is true.
Specification: contract sections 3.1 to 3.5, 5 and 7; RFC 6962; C2SP tlog-checkpoint,
tlog-cosignature and tlog-tiles.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from tempfile import TemporaryFile
from typing import BinaryIO

from ledger.admission.book import MemoryBook
from ledger.admission.statements import Statement, read_statement
from ledger.files import layout
from ledger.files.directory import Archive, read_archive
from ledger.files.export import ExportFormat, Manifest, write_table
from ledger.files.formats import HEAD_BYTES, Known
from ledger.files.report import Findings, Progress
from ledger.files.stream import HASH_TILE_BYTES, read_entries, read_text_lines
from ledger.log.checkpoint import Checkpoint, LogKeys, SignedCheckpoint
from ledger.log.envelopes import parse_entry
from ledger.log.note import MAX_NOTE_BYTES
from ledger.log.tiles import TILE_WIDTH, TileId
from ledger.verify.ahead import read_ahead
from ledger.verify.checkpoints import genesis_keys, read_checkpoint, signed_at, verify_checkpoint
from ledger.verify.fold import fold_entries
from ledger.verify.register_check import RegisterCheck
from ledger.verify.rules_number import check_rules, demand_known
from ledger.verify.standing import say_standing
from ledger.verify.tree import TreeCheck
from schemas.catalogue.faults import FaultCode
from schemas.errors import LedgerError, MalformedError
from schemas.ids import LotId
from schemas.versions import rules_of_genesis

_NOT_CHECKED = (
    "that this is the ledger's newest state: entries after the checkpoint are not in the file",
    "that the ledger shows one history to everybody: no witness has cosigned the checkpoint",
    "times: checkpoints date the entries on the operator's word, occurred_at is each issuer's word",
    "that no kept checkpoint was left out: which ones there were is not derivable from the tree",
    "that scales were honest, documents are true, and the material is that of the lots",
    "the values of sealed facts: an export holds their digests only",
)
_MAX_MANIFEST_BYTES = 1 << 28


def verify_export(
    file: BinaryIO, genesis: str, formats: Known[ExportFormat], found: Findings, progress: Progress | None = None,
    lot: LotId | None = None,
) -> None:  # fmt: skip
    """Verify an audit export; what is found goes to ``found`` (rules that are not known: ``NewerVersionError``).

    Plan:
    1. The archive: plain, stored, nothing overlapping, no byte outside its form, of a known format.
    2. The members: exactly those that the format and the size of the checkpoint demand.
    3. The manifest, rules that are known, and each member's CRC-32 and SHA-256.
    4. The genesis is the pinned one and names the log's keys.
    5. The checkpoint and every kept one hold under both keys; time never goes back.
    6. Every entry and event: read, signatures, chain, keys and rules at its index;
       the tree, its tiles, the kept roots and the root recomputed from the entries.
    7. The rules that the manifest names; the tables recomputed from that replay, the registers during it.
    8. How a lot stands, where one is asked for, by all that the entries say.

    Args:
        file: the export, opened for reading and seekable.
        genesis: the genesis statement id that the user trusts, 64 hex digits.
        formats: the formats that are known.
        found: gets faults and sentences.
        progress: called with entries done and in all.
        lot: whose standing is wanted.
    """
    found.not_checked += _NOT_CHECKED
    # (1) The archive.
    archive = read_archive(file, found)
    if archive is None or (form := _choose(archive, formats, found)) is None:
        return
    # (2) The members.
    claimed = _claimed(archive, form, found)
    # (3) The manifest.
    rules = _check_manifest(archive, form, found)
    demand_known(rules)
    if claimed is None:
        found.not_checked.append("the entries: without a readable checkpoint their number is unknown")
        return
    # (4) and (5) The genesis and the checkpoints.
    roots, kept = _check_checkpoints(archive, claimed, genesis, found)
    # (6) Entries, events and the tree; a correction goes back to events long past, which wait on disk.
    with TemporaryFile() as events:
        book = MemoryBook(kept, events)
        _fold(archive, form, claimed, book, roots, found=found, progress=progress)
        # (7) The rules and the tables.
        check_rules(rules, book.facts, found)
        _check_tables(archive, form, book, found)
        _say(claimed, form, book, len(kept), found)
        # (8) The lot that is asked for.
        say_standing(lot, book, found)


def _fold(
    archive: Archive, form: ExportFormat, claimed: Checkpoint, book: MemoryBook, roots: dict[int, tuple[str, bytes]],
    found: Findings, progress: Progress | None,
) -> None:  # fmt: skip
    """Fold the entries into a book, with the tree and the registers compared on the way."""
    tree = TreeCheck(lambda tile: _tile(archive, tile), roots, found)
    registers = RegisterCheck(form.registers, archive, found)
    entries = read_ahead(read_entries(archive, claimed.size, found))
    fold_entries(entries, tree, book, claimed.size, registers, found=found, progress=progress)
    _check_tree(tree, claimed.size, found)


def _say(claimed: Checkpoint, form: ExportFormat, book: MemoryBook, kept: int, found: Findings) -> None:
    tables = f"{len(form.tables)} tables, {len(form.registers)} registers"
    found.checked += [
        f"{claimed.size} entries of {claimed.origin}: event, signatures, keys, chain and rules of each",
        f"the tree with all its tiles, and {kept} kept checkpoints",
        f"{tables}: {len(book.lots)} lots, {len(book.runs)} runs, recomputed",
    ]


def _choose(archive: Archive, formats: Known[ExportFormat], found: Findings) -> ExportFormat | None:
    # A manifest that is not there is named where the members are listed.
    head = next(archive.chunks(layout.MANIFEST), b"") if layout.MANIFEST in archive else b""
    return formats.choose(head[:HEAD_BYTES], found)


def _claimed(archive: Archive, form: ExportFormat, found: Findings) -> Checkpoint | None:
    """Return what the checkpoint claims, ``None`` where that cannot be used to go on."""
    try:
        claimed = read_checkpoint(archive.read(layout.CHECKPOINT, MAX_NOTE_BYTES))
    except LedgerError as error:
        found.add_error(error, code=FaultCode.BAD_CHECKPOINT)
        return None
    if claimed.size == 0:
        found.add(FaultCode.BAD_CHECKPOINT, "expected a checkpoint over at least the genesis, got one of size 0")
        return None
    return claimed if _check_members(archive, form, claimed.size, found) else None


def _check_members(archive: Archive, form: ExportFormat, size: int, found: Findings) -> bool:
    """Compare the names with those that the size demands; say whether to go on."""
    # A size that was made up must not become a list of that length.
    if size // TILE_WIDTH > len(archive.names):
        found.add(
            FaultCode.MISSING_MEMBER,
            f"expected the {size // TILE_WIDTH:,} entry bundles of {size:,} entries, got fewer",
        )
        return False
    expected = set(layout.fixed_members((*form.tables, *form.registers)))
    expected.update(tile.path for tile in layout.tree_members(size))
    for name in sorted(expected.difference(archive.names)):
        found.add(FaultCode.MISSING_MEMBER, f"expected a member {name}, got none")
    for name in archive.names:
        if name not in expected and layout.kept_size(name, size) is None:
            found.add(
                FaultCode.EXTRA_MEMBER, f"expected no member {name[:80]!r} in an export of {size:,} entries, got one"
            )
    return True


def _check_manifest(archive: Archive, form: ExportFormat, found: Findings) -> int | None:
    """Compare the digests; return the rules version that the manifest names, if it can be read."""
    digests = {}
    for name in archive.names:
        digests[name], holds = archive.digest(name)
        if not holds:
            found.add(
                FaultCode.BAD_CRC, f"expected {name} to have the CRC-32 that its header declares, found a different one"
            )
    try:
        raw = archive.read(layout.MANIFEST, _MAX_MANIFEST_BYTES)
        stated = form.read_manifest(raw)
    except MalformedError as error:
        found.add_error(error, code=FaultCode.MANIFEST_MISMATCH)
        return None
    del digests[layout.MANIFEST]
    if raw == form.write_manifest(Manifest(stated.rules, digests)):
        return stated.rules
    listed = stated.digests
    differing = [name for name in sorted({*digests, *listed}) if digests.get(name) != listed.get(name)]
    for name in differing:
        found.add(
            FaultCode.MANIFEST_MISMATCH,
            f"expected the manifest to give the SHA-256 of {name[:80]}, found a different one or none",
        )
    if not differing:
        found.add(
            FaultCode.MANIFEST_MISMATCH, "expected the manifest compact and sorted by name, found a different spelling"
        )
    return stated.rules


def _first_statement(archive: Archive, size: int) -> Statement | None:
    silent = Findings()
    first = next(iter(read_entries(archive, size, silent)))
    try:
        event = first.event or b""
        return read_statement(parse_entry(first.entry or b""), event, rules_of_genesis(event))
    except LedgerError:
        # Entry 0 is read again with all others; its fault is named there.
        return None


def _check_checkpoints(
    archive: Archive, claimed: Checkpoint, genesis: str, found: Findings
) -> tuple[dict[int, tuple[str, bytes]], list[tuple[str, int]]]:
    """Return names and roots by tree size, and times and sizes of the kept checkpoints."""
    keys = genesis_keys(_first_statement(archive, claimed.size), genesis, found)
    names = sorted((size, name) for name in archive.names if (size := layout.kept_size(name, claimed.size)))
    opened = [(name, size, _open(archive, name, size, keys, found)) for size, name in names]
    last = _open(archive, layout.CHECKPOINT, claimed.size, keys, found)
    roots = {claimed.size: (layout.CHECKPOINT, claimed.root)}
    kept: list[tuple[str, int]] = []
    latest = 0
    for name, size, signed in [*opened, (layout.CHECKPOINT, 0, last)]:
        if signed is None:
            continue
        if signed.time_s < latest:
            found.add(
                FaultCode.TIME_WENT_BACK,
                f"expected {name} to be signed no earlier than the checkpoint before it, got earlier",
            )
        latest = max(latest, signed.time_s)
        if size:
            kept.append((signed_at(signed), size))
            if signed.checkpoint.root != roots.setdefault(size, (name, signed.checkpoint.root))[1]:
                found.add(
                    FaultCode.WRONG_ROOT,
                    f"expected {name} to sign the root of the checkpoint of that size, found a different one",
                )
    if last is not None:
        found.checked.append(f"checkpoint of {claimed.size} entries, signed by {claimed.origin} at {signed_at(last)}")
    return roots, kept


def _open(archive: Archive, name: str, size: int, keys: LogKeys | None, found: Findings) -> SignedCheckpoint | None:
    if keys is None:
        return None
    try:
        note = archive.read(name, MAX_NOTE_BYTES)
    except MalformedError as error:
        found.add_error(error, code=FaultCode.BAD_CHECKPOINT)
        return None
    signed = verify_checkpoint(note, keys, name, found)
    if signed is not None and signed.checkpoint.size != size:
        found.add(
            FaultCode.BAD_CHECKPOINT, f"{name}: expected a checkpoint of {size} entries, got {signed.checkpoint.size}"
        )
        return None
    return signed


def _tile(archive: Archive, tile: TileId) -> bytes | None:
    name = tile.path
    if name not in archive:
        return None
    # One byte more than a tile has is enough to differ from it.
    return archive.read(name, HASH_TILE_BYTES) if archive.size(name) <= HASH_TILE_BYTES else b""


def _check_tree(tree: TreeCheck, size: int, found: Findings) -> None:
    if tree.size < size:
        found.not_checked.append(f"tiles and roots from entry {tree.size} on: that entry cannot be read")
    else:
        tree.finish()


def _check_tables(archive: Archive, form: ExportFormat, book: MemoryBook, found: Findings) -> None:
    for title, table in form.tables.items():
        name = layout.table_member(title)
        if name in archive and (line := _differing_line(archive.chunks(name), write_table(table, book))):
            found.add(FaultCode.WRONG_TABLE, f"expected {name} as the entries give it, line {line} differs")


def _differing_line(got: Iterator[bytes], expected: Iterator[bytes]) -> int | None:
    """Return the number of the first line at which two streams differ, from 1."""
    pairs = zip_longest(read_text_lines(got), read_text_lines(expected))
    return next((number for number, (left, right) in enumerate(pairs, 1) if left != right), None)
