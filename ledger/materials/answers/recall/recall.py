"""Recall: every lot and every recipient that something reached, with shares and kilograms.

The closure of all that was reached is folded once, as the statements stand now: what a
lot held when it was made, when it was sent, and what is left of it, come from that one
fold, and with them a correction of anything on the way.

Invariant: the masses that a recall states of a lot never exceed what the lot held when it
was made or sent, or holds now.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ledger.materials.answers.recall.shares import ONE, Part, Seeds, reach
from ledger.materials.answers.recall.shipments import Sending, Sendings
from ledger.materials.corrections.refold import Step, fold_by_entry
from ledger.materials.history.closure import Closure
from ledger.materials.state.book import Archive
from ledger.materials.state.memory_book import MaterialMemory
from ledger.materials.state.records import Lot
from schemas.fraction import BILLION
from schemas.ids import LotId


class Reached(NamedTuple):
    """A lot with the part of it that is recalled: as it stands, and as it was when it was made."""

    lot: Lot
    made: Lot
    part: Part


class Sent(NamedTuple):
    """A sending of a lot that was reached."""

    sending: Sending
    part: Part


class Recall(NamedTuple):
    """What the seeds reached, oldest lot first, and the sendings in the order of the ledger."""

    seeds: Seeds
    lots: tuple[Reached, ...]
    sent: tuple[Sent, ...]


def recall(seeds: Seeds, closure: Closure, archive: Archive, size: int) -> Recall:
    """Follow lots and additions to all that was made of them.

    Args:
        seeds: what is recalled in full.
        closure: gathered onward from the seeds and, of an addition, from the outputs of its run.
        archive: the entries, and who spoke.
        size: the tree size at which it is worked out.
    """
    made: dict[LotId, Lot] = {}
    sendings = Sendings(closure.reached)
    book = MaterialMemory()
    for step in fold_by_entry(closure, archive, size):
        book = step.book
        made.update((name, book.lots[name]) for name in _created(step) if name in closure.reached)
        sendings.note(step)
    parts = reach(seeds, book.runs.values())
    rows = [Reached(book.lots[name], lot, parts[name]) for name, lot in made.items() if name in parts]
    rows.sort(key=lambda row: (row.lot.created, row.lot.id))
    sent = (Sent(sending, parts[sending.lot.id]) for sending in sendings.all() if sending.lot.id in parts)
    return Recall(seeds, tuple(rows), tuple(sent))


def without_traces(found: Recall, least: int) -> Recall:
    """Return a recall without the lots, and their sendings, of which too little is reached.

    Args:
        found: all that was reached.
        least: a share in parts per billion; a lot stays whose mass, or one of whose metals, is reached to that part.
    """
    kept = {row.lot.id for row in found.lots if _largest(row) * BILLION >= least * ONE}
    return Recall(
        found.seeds,
        tuple(row for row in found.lots if row.lot.id in kept),
        tuple(sent for sent in found.sent if sent.sending.lot.id in kept),
    )


def _largest(row: Reached) -> int:
    metals = (row.part.of(metal, lot.sourced) for lot in (row.made, row.lot) for metal in lot.mix)
    return max(row.part.net, *metals, 0)


def _created(step: Step) -> Iterator[LotId]:
    """Yield the lots that an entry created, those of versions that no longer stand among them."""
    for version in step.versions:
        if version is not None:
            yield from version.created_lots()
