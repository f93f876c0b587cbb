"""A customer's return: a part of a lot that had left the ledger comes back to who sent it.

It is a taking of what came back out of what left, kept like a parting, so all returns together
are at most what left, and what was claimed of the metal stays claimed. Until a certifier has
settled it nothing of it can be claimed, wherever the metal goes.

Invariant: per metal and origin, what is out and what came back are what left, to the milligram.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ledger.materials.claims.marks import marks_of_return, without_return
from ledger.materials.history.as_corrected import standing_event
from ledger.materials.history.closure import gather, last_repairs, repaired
from ledger.materials.mass.mix import split_of
from ledger.materials.moves.inheritance import DEFAULT, weakest
from ledger.materials.moves.parting import parting, parting_of
from ledger.materials.moves.taking import take_inputs
from ledger.materials.state.book import LoggedEvent, Speaker
from ledger.materials.state.layer import Layer
from ledger.materials.state.pool import Pool, Stated
from ledger.materials.state.records import NO_EARNINGS, Lot, Posting, PostingKind
from schemas.ids import LotId, PartyId, StatementId
from schemas.intake import Intake
from schemas.transformation import Input

_PROCESS = "customer_return"
OUT = frozenset({"left", "returned"})
"""What a lot is that left the ledger, also where all of it came back."""


def bring_back_part(
    event: Intake, name: LotId, speaker: Speaker, layer: Layer, supply: Callable[[LotId], Stated | None]
) -> None:
    """Let a part of the lot ``name`` come back as the lot of an intake.

    Args:
        event: the intake.
        name: the lot that had left. Where it is not known, nothing is done.
        speaker: who took it back.
        layer: gets the new lot, how it came about, what is still out, and the postings.
        supply: returns what the statement moved of a lot at first.
    """
    lot = layer.book.lots.get(name)
    if lot is None or not layer.knows(name):
        return
    changed: dict[LotId, Lot] = {}
    line = Input.model_construct(lot=name, net_kg=event.net_kg, closes=False)
    pool = take_inputs((line,), {name: lot}, changed, supply)
    layer.effects.lots[name] = _still_out(lot, changed[name], pool)
    if layer.knows(event.lot):
        part = _part(event, lot, pool, speaker)
        layer.effects.runs[parting_of(event.lot)] = parting(lot, part, pool, speaker, _PROCESS)
        layer.effects.lots[event.lot] = part
        layer.effects.postings.extend(_postings(lot, part, pool, speaker))


def lift_return(statement: StatementId, speaker: Speaker, layer: Layer) -> None:
    """Let metal be claimed that came back by a statement, wherever it is by now: a certifier settled it.

    What is corrected afterwards to another mass nobody has seen: such a word settles nothing of it.
    """
    logged = layer.book.history.logged_of(statement)
    created = logged.event.created_lots() if logged is not None and _is_as_seen(logged, speaker, layer) else ()
    reached = gather(created, layer.book.history, speaker.index, onward=True, within=layer.scope).reached
    for name, lot in layer.book.lots.many(sorted(reached)).items():
        marks = without_return(lot.marks, statement)
        if len(marks) < len(lot.marks):
            layer.effects.lots[name] = lot._replace(marks=marks)
    # The word is part of what has to be folded to know these lots.
    layer.effects.mentions = [name for name in created if layer.knows(name)]


def _is_as_seen(logged: LoggedEvent, speaker: Speaker, layer: Layer) -> bool:
    """Say whether a return stands with the mass that it had when a word on it was said."""
    now = standing_event(logged.statement, layer.book)
    if now is None:
        return False
    history = layer.book.history
    known = history.logged_events(history.naming(logged.event.created_lots()))
    seen = repaired(logged, last_repairs(row for row in known if row.index < speaker.index).get(logged.statement))
    return seen is not None and _masses(seen) == _masses(now)


def _masses(logged: LoggedEvent) -> list[tuple[LotId, int]]:
    return [(lot.lot, lot.net) for lot in logged.event.stated_lots()]


def _still_out(lot: Lot, left: Lot, pool: Pool) -> Lot:
    (taken,) = pool.taken
    status = "returned" if lot.status in OUT and not left.net else left.status
    return left._replace(status=status, returned=lot.returned + taken.booked)


def _part(event: Intake, lot: Lot, pool: Pool, speaker: Speaker) -> Lot:
    (taken,) = pool.taken
    park = speaker.party.id
    shortfalls = {*lot.shortfalls, speaker.statement} if taken.short else lot.shortfalls
    owner = lot.owner if event.owner is None else event.owner
    maker = lot.recovered_by or lot.park
    custody = weakest(event.custody or DEFAULT, lot.custody)
    part = Lot(
        id=event.lot, material=event.material, park=park, holder=park, status="open", net=event.net_kg, mix=pool.mix,
        since=speaker.occurred_at, created=speaker.index, run=parting_of(event.lot), metals=tuple(pool.mix),
        chemistry=event.chemistry, form=event.form, dry=None if taken.short else taken.dry, custody=custody,
        owner=None if owner == park else owner, holds=lot.holds, uncertainty=taken.uncertainty, marks=taken.marks,
        recovered_by=None if maker == park else maker, credit=taken.credit, shortfalls=tuple(sorted(shortfalls)),
        earned=taken.earned if lot.holder == park else NO_EARNINGS, grown=taken.grown,
    )  # fmt: skip
    return part._replace(marks=(*part.marks, *marks_of_return(part, speaker.statement)))


def _postings(lot: Lot, part: Lot, pool: Pool, speaker: Speaker) -> Iterator[Posting]:
    """Yield what came in; after a correction it may be with another party, or not have left at all."""
    (taken,) = pool.taken
    dry = taken.booked if taken.dry is None else taken.dry
    moves: list[tuple[PostingKind, PartyId]] = []
    if lot.status in OUT or lot.holder != part.holder:
        moves.append(("arrival", part.holder))
    if lot.status not in OUT and lot.holder != part.holder:
        moves.append(("dispatch", lot.holder))
    for kind, site in moves if taken.booked else ():
        yield Posting(
            site=site, kind=kind, record=part.id, material=part.material, net=taken.booked, dry=dry, mix=taken.mix,
            index=speaker.index, statement=speaker.statement,
        )  # fmt: skip
    if taken.short:
        yield Posting(
            site=part.holder, kind="shortfall", record=part.id, material=part.material, net=taken.short,
            dry=part.dry_or_net - dry, mix=split_of(pool.shortfall, "unknown"), index=speaker.index,
            statement=speaker.statement,
        )  # fmt: skip
