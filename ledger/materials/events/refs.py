"""What a plant's own id of a record demands, so that the same record is taken once, whatever file it comes in.

A ref is looked at before everything else that an event demands: a record that is sent again from another export
would collide with its own lot or paper, and its plant would not see why.
"""

from __future__ import annotations

from ledger.materials.state.book import Effects, LoggedEvent, MaterialBook, Speaker
from ledger.materials.state.citations import FREED
from ledger.materials.state.refs import RefKey, RefUse
from schemas.catalogue.refusals import RefusalCode
from schemas.content import content_digest
from schemas.correction import Correctable
from schemas.events import MaterialEvent
from schemas.refusal import RefusedError


def use_ref(event: MaterialEvent, speaker: Speaker, book: MaterialBook, effects: Effects) -> None:
    """Demand that an event's ref is of no other statement, and use it up.

    Raises:
        RefusedError: ``ref-exists`` where the statement says the same, or said it first; ``ref-conflict``
            where it says something else.
    """
    if event.ref is None:
        return
    key = RefKey(event.ref, speaker.party.id, event.type)
    content, used = content_digest(event), book.refs.get(key)
    if used is not None and not used.is_free:
        statement = used.statement
        if content not in (used.first, used.standing):
            raise RefusedError(
                RefusalCode.REF_CONFLICT, ref=event.ref, event=event.type, statement=statement, collides_with=statement
            )
        raise RefusedError(
            RefusalCode.REF_EXISTS, ref=event.ref, event=event.type, statement=statement, collides_with=statement
        )
    effects.refs[key] = RefUse(speaker.statement, content, content)


def reword_ref(target: LoggedEvent, now: Correctable | None, book: MaterialBook, effects: Effects) -> None:
    """Let a corrected statement's ref stand for what it says now, or free it where it says nothing.

    A ref that was freed and that another statement has used since stays with that one.

    Args:
        target: the corrected statement.
        now: what stands in its place.
        book: the state before the correction.
        effects: get the ref as it is used from now on.
    """
    event = target.event
    if event.ref is None:
        return
    key = RefKey(event.ref, target.issuer, event.type)
    used = book.refs.get(key)
    if used is not None and (used.is_free or used.statement == target.statement):
        effects.refs[key] = RefUse(
            FREED if now is None else target.statement,
            content_digest(event),
            "" if now is None else content_digest(now),
        )
