"""The error of what the rules refuse: data, whose sentence is rendered where it is read.

It is a :class:`~schemas.errors.LedgerError` as all others are, and stands apart from them
only because its sentence comes from the catalogue, which reads masses, which may be malformed.
"""

from __future__ import annotations

from typing import Self

from schemas.catalogue.figures import Figure, Figures
from schemas.catalogue.refusals import ONLY, RefusalCode, sentence
from schemas.errors import LedgerError, MalformedError
from schemas.ids import StatementId


class RefusedError(LedgerError):
    """A well-formed request that the rules refuse (contract, section 7).

    Attributes:
        code: what stands on the wire: a :class:`RefusalCode`, or the code of a ledger that
            is newer than this program.
        case: which of the code's sentences applies; empty where it has one only.
        figures: named figures, in the units of their names.
        collides_with: the record that stands in the way (a lot, a run, a statement id).
        head: the chain's head as ``(sequence, statement id)``, where the code is ``chain-conflict``.
    """

    def __init__(
        self,
        code: RefusalCode,
        case: str = ONLY,
        *,
        collides_with: str | None = None,
        head: tuple[int, StatementId] | None = None,
        **figures: Figure,
    ) -> None:
        """Keep the data; nothing is rendered until somebody reads it."""
        super().__init__()
        self.code: str = code
        self.case = case
        self.figures: Figures = tuple(figures.items())
        self.collides_with = collides_with
        self.head = head
        self._as_received: str | None = None

    @classmethod
    def as_received(cls, code: str, message: str, *, head: tuple[int, StatementId] | None = None) -> Self:
        """Return a refusal by a ledger elsewhere, in the words that it gave.

        ``code`` may be one that this program does not know.
        """
        error = cls(RefusalCode.MALFORMED, head=head)
        error.code = code
        error._as_received = message
        return error

    @property
    def message(self) -> str:
        """The sentence for a person, from the catalogue, or as another ledger gave it."""
        if self._as_received is not None:
            return self._as_received
        return sentence(RefusalCode(self.code), self.case, self.figures)

    def __str__(self) -> str:
        return self.message


def malformed(case: str, where: str, **figures: Figure) -> MalformedError:
    """Return the error of what only the ledger can see to be malformed; its sentence is the catalogue's.

    Args:
        case: which of the sentences of ``malformed`` it is.
        where: the path of the offending member.
        figures: what the sentence names.
    """
    return MalformedError(sentence(RefusalCode.MALFORMED, case, tuple(figures.items())), where)
