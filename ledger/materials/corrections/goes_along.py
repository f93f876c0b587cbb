"""What goes along with metal that a correction moves: holds, disputes, and what was found on where it was."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.materials.corrections.carried_holds import NOTHING, Carried, carry_holds, moved_among_outputs
from ledger.materials.corrections.faulted_metal import find_faulted
from ledger.materials.corrections.piece import Piece
from ledger.materials.corrections.two_folds import TwoFolds
from ledger.materials.history.corrected_together import Together
from ledger.materials.plausibility.entry.holds import find_held_corrected
from ledger.materials.state.book import MaterialBook, Speaker
from schemas.findings import Finding


def carry_along(piece: Piece, folds: TwoFolds, speaker: Speaker) -> Carried:
    """Return the holds that go along with metal which the correction moves."""
    if not piece.runs:
        return NOTHING
    together = Together(piece.layer.book.history, speaker.index, (piece.this,))
    return carry_holds(folds.before, folds.after, folds.closure, piece.runs, by=speaker.statement, together=together)


def _find_held(piece: Piece, carried: Carried, speaker: Speaker, book: MaterialBook) -> Iterator[Finding]:
    """Yield where it is about a lot that is held, or moves metal of one that is held or disputed."""
    kinds = dict.fromkeys(wrong.logged.event.type for wrong in piece.wrongs)
    comings = [(target, one) for target, found in carried.items() for one in found]
    disputes = {one.source: one.mark for _, one in comings if one.is_dispute}
    for name in sorted(piece.named):
        lot = book.lots.get(name)
        hold = next((hold for hold in lot.holds if not hold.until), None) if lot is not None else None
        for mark, is_dispute in ((hold, False), (disputes.get(name), True)):
            others = dict.fromkeys(to for to, one in comings if (one.source, one.is_dispute) == (name, is_dispute))
            if mark is not None:
                yield find_held_corrected(name, mark, speaker, kinds, others, is_dispute=is_dispute)


def find_along(
    piece: Piece, folds: TwoFolds, carried: Carried, speaker: Speaker, book: MaterialBook
) -> Iterator[Finding]:
    """Yield where a correction is about held lots, or moves metal of lots that are held, disputed or at fault.

    Args:
        piece: what is corrected.
        folds: what it reaches, without and with it.
        carried: the holds that go along.
        speaker: who corrects.
        book: the state before it.
    """
    yield from _find_held(piece, carried, speaker, book)
    if piece.runs:
        moved = moved_among_outputs(folds.before, folds.after, piece.runs)
        yield from find_faulted(moved, [wrong.logged.index for wrong in piece.wrongs], speaker, book)
