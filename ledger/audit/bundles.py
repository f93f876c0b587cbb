"""The writer of lot bundles (contract, section 3.5).

Invariants: the same snapshot gives the same bytes; the entries are the party entries
and the closure of the lot, no more and no fewer; sealed facts go in only when the
caller names them, who must know that the reader is entitled to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Final, get_args

from ledger.audit.files import replace_file
from ledger.audit.source import Source, rules_of
from ledger.files.bundle import Bundle, BundleEntry, BundleFormat, Disclosed
from ledger.files.formats import FORMATS
from ledger.materials.answers.provenance import follow, trace
from ledger.materials.history.closure import Closure, gather
from ledger.materials.standing import LotStanding, on_record, standing_of
from ledger.materials.state.records import Lot
from schemas.codes import Verdict
from schemas.errors import NotFoundError
from schemas.ids import LotId

_VERDICTS: Final = get_args(Verdict)


def bundle_bytes(
    snapshot: Source,
    lot_id: LotId,
    disclosed: Iterable[tuple[int, str]] = (),
    form: BundleFormat = FORMATS.bundles.newest,
) -> bytes:
    """Return the bundle of a lot.

    Args:
        snapshot: the ledger at one size.
        lot_id: the lot.
        disclosed: pairs of entry index and disclosure text that the reader may see.
        form: the format to write.

    Raises:
        NotFoundError: if the ledger has no such lot.
    """
    lot = snapshot.lots.get(lot_id)
    if lot is None:
        raise NotFoundError("lot", lot_id)
    closure = gather((lot_id,), snapshot.history, snapshot.size)
    indexes = {*snapshot.party_entries(), *closure.logged_events, *_attestations(closure, snapshot)}
    entries = tuple(
        BundleEntry(index, entry, event, tuple(snapshot.path(index)))
        for index, entry, event in snapshot.some_entries(sorted(indexes))
    )
    shown = tuple(sorted({Disclosed(index, text) for index, text in disclosed}))
    members = form.spell_lot(lot, snapshot.rules, snapshot.size)
    members["standing"] = form.spell_standing(_standing(lot, snapshot))
    return form.write(Bundle(rules_of(snapshot), members, snapshot.checkpoint(), entries, shown))


def _standing(lot: Lot, snapshot: Source) -> LotStanding:
    ancestry = trace(lot, snapshot)
    return standing_of(ancestry, follow(ancestry), on_record(ancestry, snapshot), snapshot.rules)


def _attestations(closure: Closure, snapshot: Source) -> Iterator[int]:
    """Yield the entries by which certifiers spoke of findings on the closure."""
    statements = {logged.statement for logged in closure.logged_events.values()}
    for words in snapshot.attested.many(statements).values():
        yield from (word.index for word in words if word.verdict in _VERDICTS)


def write_bundle(
    snapshot: Source, lot_id: LotId, out: Path | IO[bytes], disclosed: Iterable[tuple[int, str]] = ()
) -> None:
    """Write the bundle of a lot to an open file, or to a path, whole or not at all.

    Raises:
        NotFoundError: if the ledger has no such lot; ``out`` is left as it was.
    """
    content = bundle_bytes(snapshot, lot_id, disclosed)
    if isinstance(out, Path):
        with replace_file(out) as file:
            file.write(content)
    else:
        out.write(content)
