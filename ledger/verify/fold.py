"""The fold of an export: each entry judged once, in order, by the ledger's own judge.

Invariants: admission decides, nothing here relaxes it; a refused entry changes no lot
and no key; after a fault the chain goes on from the entry that is there, so that one
missing entry is one fault and not one for every later entry of its chain.
"""

from __future__ import annotations

from collections.abc import Iterable

from ledger.admission.book import MemoryBook
from ledger.admission.judge import Accepted, admit, by_its_rules, enter
from ledger.files.report import Findings, Progress
from ledger.log.chains import Head
from ledger.log.merkle import leaf_hash
from ledger.materials.state.book import LoggedEvent
from ledger.verify.ahead import Read
from ledger.verify.register_check import RegisterCheck
from ledger.verify.tree import TreeCheck
from schemas.catalogue.faults import FaultCode
from schemas.errors import LedgerError, MalformedError
from schemas.events import speaks_of_materials

_PROGRESS_EVERY = 512


def fold_entries(
    reads: Iterable[Read], tree: TreeCheck, book: MemoryBook, total: int, registers: RegisterCheck,
    found: Findings, progress: Progress | None,
) -> None:  # fmt: skip
    """Fold all entries that the ledger's rules accept into a book.

    Plan, per entry: (1) its bytes enter the tree, (2) it and its event could be read,
    (3) it is admitted by the judge that wrote it, against the state before it.

    Args:
        reads: the entries in order, from the stage ahead.
        tree: takes the leaf hashes, until an entry has no bytes.
        book: an empty one, with the kept checkpoints, which date entries.
        total: how many entries there are, for ``progress``.
        registers: is given every entry about materials that can be read.
        found: gets the faults.
        progress: called now and then with entries done and in all.
    """
    for read in reads:
        raw = read.raw
        # (1) The bytes, whatever they say.
        if raw.entry is not None and tree.size == raw.index:
            tree.append(leaf_hash(raw.entry))
        # (2) What is missing was named where the members were read.
        if read.fault is not None:
            found.take(read.fault)
        # (3) Without a genesis there is nobody to judge by, and one fault has said so.
        if book.facts is not None or raw.index == 0:
            _judge(read, book, registers, found)
        book.size = raw.index + 1
        if progress is not None and (raw.index + 1) % _PROGRESS_EVERY == 0:
            progress(raw.index + 1, total)
    registers.finish()
    if progress is not None:
        progress(total, total)


def _judge(read: Read, book: MemoryBook, registers: RegisterCheck, found: Findings) -> None:
    statement, index = read.statement, read.raw.index
    if statement is None:
        return
    try:
        statement = by_its_rules(statement, book)
    except MalformedError as error:
        found.add_error(error, index)
        _follow(read, book)
        return
    if speaks_of_materials(statement.event):
        # A register says what is in the tree, whether the rules accept it or not.
        header = statement.header
        registers.take(
            LoggedEvent(
                index=index,
                statement=statement.id,
                issuer=header.issuer,
                occurred_at=header.occurred_at,
                event=statement.event,
                rules=statement.rules,
            )
        )
    try:
        verdict = admit(statement, book, prechecked=read.prechecked)
    except LedgerError as error:
        found.add_error(error, index)
        _follow(read, book)
        return
    if isinstance(verdict, Accepted):
        enter(verdict, book)
    else:
        found.add(
            FaultCode.REPEATED_STATEMENT,
            f"expected each statement once, got that of entry {verdict.index} again",
            index,
        )


def _follow(read: Read, book: MemoryBook) -> None:
    """Let the chain go on behind an entry that is in the tree though it should not be."""
    if read.statement is None or book.facts is None:
        return
    header = read.statement.header
    head = book.heads.get((header.issuer, header.chain))
    if head is None or head.sequence < header.sequence:
        book.heads[header.issuer, header.chain] = Head(header.sequence, read.statement.id)
    book.statements.setdefault(read.statement.id, read.raw.index)
