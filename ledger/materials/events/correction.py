"""Corrections, as far as they are an event: what is corrected, and by whom.

What a correction does is no move of its own: other entries are folded anew
(:mod:`ledger.materials.corrections.correction`).
"""

from __future__ import annotations

from ledger.materials.events.documents import Cited, check_documents, cite
from ledger.materials.events.kind import Kind
from ledger.materials.state.book import LoggedEvent, MaterialBook, Speaker
from ledger.materials.state.ground import Ground
from ledger.materials.state.layer import Layer
from schemas.catalogue.refusals import RefusalCode
from schemas.correction import Correction
from schemas.ids import StatementId
from schemas.refusal import RefusedError


class CorrectionKind(Kind[Correction]):
    """A party's word that a statement of its own was wrong."""

    schema = Correction
    restates = True

    def check(self, event: Correction, speaker: Speaker, ground: Ground) -> None:
        """Demand statements of the party's own, of kinds that can be corrected.

        Raises:
            RefusedError: ``unknown-statement``, ``not-entitled``, ``not-correctable``.
        """
        for statement in event.corrects():
            self.target(statement, speaker, ground.book)

    def target(self, statement: StatementId, speaker: Speaker, book: MaterialBook) -> LoggedEvent:
        """Return the entry of a corrected statement.

        Raises:
            RefusedError: as :meth:`check`.
        """
        target = book.history.logged_of(statement)
        if target is None:
            raise RefusedError(RefusalCode.UNKNOWN_STATEMENT, statement=statement)
        if target.issuer != speaker.party.id:
            raise RefusedError(
                RefusalCode.NOT_ENTITLED, "correct", issuer=target.issuer, party=speaker.party.id,
                collides_with=statement,
            )  # fmt: skip
        if not target.event.correctable:
            raise RefusedError(RefusalCode.NOT_CORRECTABLE, event=target.event.type, collides_with=statement)
        return target

    def record(self, event: Correction, speaker: Speaker, layer: Layer) -> None:
        """Use the correction's own documents up.

        Raises:
            RefusedError: ``duplicate-document``.
        """
        check_documents(event.documents, speaker, layer)
        cite(map(Cited, event.documents), speaker, layer, ())


CORRECTION = CorrectionKind()
