"""A line on its way to the ledger."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.client.lines import FeedLine
from ledger.client.outbox import Slot
from ledger.client.turns import Chain
from ledger.log.signers import Signer
from ledger.submission import Submission


@dataclass(slots=True)
class Pending:
    """A line on its way, with what was signed for it.

    What this run signed ahead is ``fresh``: the ledger cannot have it yet. What the
    outbox held may be there already, so it is only signed anew after a chain conflict,
    with which it is ``spent``.
    """

    line: FeedLine
    slot: Slot
    signer: Signer
    submission: Submission | None = None
    is_looked_up: bool = False
    is_fresh: bool = False
    tries: int = 0
    spent: Submission | None = None

    @property
    def chain(self) -> Chain:
        """The chain that it continues."""
        return self.line.issuer, self.line.chain
