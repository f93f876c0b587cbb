"""The writer of audit exports (contract, section 3.5).

Invariants: made twice at one checkpoint, two exports are byte-identical; entries,
events and tables are streamed, so memory does not grow with the ledger but by the list
of members; the file appears whole or not at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

from ledger.audit.files import replace_file
from ledger.audit.source import Source, rules_of
from ledger.files import layout
from ledger.files.archive import ArchiveWriter
from ledger.files.csv_text import format_rows
from ledger.files.export import ExportFormat, Manifest, Register, write_table
from ledger.files.formats import FORMATS
from ledger.files.report import Progress

_PROGRESS_EVERY = 1024
_CHUNK = 1 << 20

Content = Callable[[], Iterable[bytes]]


def write_export(
    snapshot: Source, out: Path, progress: Progress | None = None, form: ExportFormat = FORMATS.exports.newest
) -> None:
    """Write the audit export of a ledger at one size.

    Args:
        snapshot: the ledger at one size, open until this returns.
        out: where the zip goes; a file of that name is replaced at the end.
        progress: called with entries done and in all.
        form: the format to write.

    Raises:
        LedgerStateError: if the file cannot be written.
    """
    with replace_file(out) as file, _registers(snapshot, form.registers) as registers:
        members = dict(_members(snapshot, form, registers, progress))
        names = sorted([*members, layout.MANIFEST])
        rules = rules_of(snapshot)
        archive = ArchiveWriter(file)
        for name in names:
            if name == layout.MANIFEST:
                # It stands before members whose digests it lists; its length is known.
                archive.reserve(name, form.manifest_size(rules, members))
            else:
                archive.add(name, members[name]())
        archive.fill(layout.MANIFEST, form.write_manifest(Manifest(rules, archive.digests)))
        archive.close()


@contextmanager
def _registers(snapshot: Source, registers: Mapping[str, Register]) -> Iterator[dict[str, BinaryIO]]:
    """Write all registers in one pass over the entries; they wait on disk for their place in the file."""
    with ExitStack() as stack:
        files: dict[str, BinaryIO] = {name: stack.enter_context(TemporaryFile()) for name in registers}
        for name, file in files.items():
            file.write(format_rows([registers[name].header]))
        for logged in snapshot.readable_events():
            for name, file in files.items():
                if rows := list(registers[name].rows(logged)):
                    file.write(format_rows(rows))
        yield files


def _members(
    snapshot: Source, form: ExportFormat, registers: Mapping[str, BinaryIO], progress: Progress | None
) -> Iterator[tuple[str, Content]]:
    yield layout.CHECKPOINT, partial(_once, snapshot.checkpoint)
    yield layout.EVENTS, partial(_events, snapshot, progress)
    for _, size, note in snapshot.kept_checkpoints():
        yield f"{layout.KEPT}{size}", partial(iter, [note])
    for tile in layout.tree_members(snapshot.size):
        yield tile.path, partial(_once, partial(snapshot.tile, tile))
    for title, table in form.tables.items():
        yield layout.table_member(title), partial(write_table, table, snapshot)
    for name, file in registers.items():
        yield layout.table_member(name), partial(_chunks, file)


def _once(read: Callable[[], bytes]) -> Iterator[bytes]:
    yield read()


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    yield from iter(partial(file.read, _CHUNK), b"")


def _events(snapshot: Source, progress: Progress | None) -> Iterator[bytes]:
    for index, _, event in snapshot.entries(0, snapshot.size):
        yield layout.format_event_line(index, event)
        if progress is not None and (index + 1) % _PROGRESS_EVERY == 0:
            progress(index + 1, snapshot.size)
    if progress is not None:
        progress(snapshot.size, snapshot.size)
