"""The correction event: a party says that statements of its own were wrong.

The statements stay in the tree; from the correction on all is answered as if the
replacements (or nothing) had been said from the start.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, NamedTuple, Self

from pydantic import Field, model_validator

from schemas.assay import Assay
from schemas.claims import Claim
from schemas.codes import CorrectionKind
from schemas.documents import Document
from schemas.event_base import MaterialBase
from schemas.fields import Instant, Many, StatementName, Text, WireModel
from schemas.handover import Acceptance, Dispatch
from schemas.ids import LotId, StatementId
from schemas.intake import Intake
from schemas.stock import StockCount
from schemas.transformation import Transformation

Correctable = Intake | Transformation | Dispatch | Acceptance | Assay | StockCount | Claim

MOST_CORRECTED: Final = 1_000
"""So many statements one correction may put right in one piece."""

_NO_REPLACEMENT: Final = 'expected no "replacement" of what did not occur, got one'


class Repair(NamedTuple):
    """What a correction says of one statement: without ``replacement`` it counts no more.

    ``occurred_at`` is when it happened instead; ``None`` leaves it at the statement's own time.
    """

    statement: StatementId
    kind: CorrectionKind
    replacement: Correctable | None = None
    occurred_at: str | None = None


class CorrectedStatement(WireModel):
    """One of several statements that are corrected in one piece; its members are those of a correction of one."""

    statement: StatementName
    kind: CorrectionKind
    replacement: Annotated[Correctable, Field(discriminator="type")] | None = None
    occurred_at: Instant | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        _demand_whole(self)
        return self


class Correction(MaterialBase):
    """``statement`` is the id of what was wrong; without ``replacement`` it counts no more.

    The replacement is a whole event of the same type and id, without ``nonce`` and
    ``sealed`` of its own. Several statements stand in ``corrections`` instead.
    """

    type: Literal["correction"]
    statement: StatementName | None = None
    kind: CorrectionKind | None = None
    reason: Text
    replacement: Annotated[Correctable, Field(discriminator="type")] | None = None
    occurred_at: Instant | None = None
    corrections: Annotated[Many[CorrectedStatement], Field(max_length=MOST_CORRECTED)] = ()
    documents: Many[Document] = ()

    @model_validator(mode="before")
    @classmethod
    def _lend_the_nonce(cls, members: Any) -> Any:  # noqa: ANN401
        """Let each replacement be read like an event that came alone."""
        if not isinstance(members, dict):
            return members
        lent, nonce = _with_nonce(members, members.get("nonce")), members.get("nonce")
        if isinstance(several := members.get("corrections"), list):
            lent = {**lent, "corrections": [_with_nonce(one, nonce) for one in several]}
        return lent

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if "corrections" in self.model_fields_set:
            self._are_several()
        elif self.statement is None:
            raise ValueError('expected "statement" and "kind", or "corrections", got neither')
        elif self.kind is None:
            raise ValueError('expected "kind" beside "statement", got none')
        _demand_whole(self)
        return self

    def _are_several(self) -> None:
        if beside := sorted(set(Repair._fields) & self.model_fields_set):
            raise ValueError(f'expected "{beside[0]}" inside "corrections", got it beside them')
        if not self.corrections:
            raise ValueError('expected at least 1 entry in "corrections", got none')
        if len(set(self.corrects())) < len(self.corrections):
            raise ValueError('expected each statement once in "corrections", got one twice')

    def repairs(self) -> tuple[Repair, ...]:
        """Return what it says of each statement that was wrong, in its order."""
        if self.statement is not None and self.kind is not None:
            return (Repair(self.statement, self.kind, self.replacement, self.occurred_at),)
        return tuple(Repair(one.statement, one.kind, one.replacement, one.occurred_at) for one in self.corrections)

    def one_by_one(self) -> tuple[Self, ...]:
        """Return it as a correction of each statement alone, with all that was said of them together."""
        alone = ({**one._asdict(), "corrections": ()} for one in self.repairs())
        return tuple(self.model_copy(update=members) for members in alone)

    def about(self) -> tuple[StatementId, ...]:
        """Return the statements that were wrong."""
        return self.corrects()

    def corrects(self) -> tuple[StatementId, ...]:
        """Return the statements that were wrong."""
        return (self.statement,) if self.statement is not None else tuple(one.statement for one in self.corrections)

    def stands(self) -> tuple[Correctable, ...]:  # type: ignore[override]
        """Return what happened instead, nothing for a statement that counts no more."""
        return tuple(repair.replacement for repair in self.repairs() if repair.replacement is not None)

    def named_lots(self) -> tuple[LotId, ...]:
        """Return the lots of the replacements; those that only a corrected statement names are known to the book."""
        return tuple(dict.fromkeys(lot for event in self.stands() for lot in event.named_lots()))

    def created_lots(self) -> tuple[LotId, ...]:
        """Return the lots that the replacements create."""
        return tuple(dict.fromkeys(lot for event in self.stands() for lot in event.created_lots()))

    def stated_times(self) -> tuple[str, ...]:
        """Return the times of the replacements, and those at which the statements count from now on."""
        dated = (repair.occurred_at for repair in self.repairs() if repair.occurred_at is not None)
        return (*(time for event in self.stands() for time in event.stated_times()), *dated)


def _demand_whole(one: CorrectedStatement | Correction) -> None:
    """Demand nothing in place of what did not occur, and a time only beside a replacement."""
    if one.kind == "did_not_occur" and one.replacement is not None:
        raise ValueError(_NO_REPLACEMENT)
    if one.occurred_at is not None and one.replacement is None:
        raise ValueError('expected "replacement" beside "occurred_at", got none')


def _with_nonce(members: Any, nonce: Any) -> Any:  # noqa: ANN401
    """Return what is said of one statement with the event's nonce in its replacement."""
    replacement = members.get("replacement") if isinstance(members, dict) else None
    if not isinstance(replacement, dict):
        return members
    if "nonce" in replacement or "sealed" in replacement:
        raise ValueError('expected no "nonce" and no "sealed" in "replacement": the correction has them')
    return {**members, "replacement": {"nonce": nonce, **replacement}}
