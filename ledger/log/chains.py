"""Chains: each signing device of a party links its statements (contract, section 3.1).

Invariants: sequence counts from 1 without a gap; ``previous`` is the id of the
statement before it in the chain, and for the first the one that registered the
party. So nobody can drop, reorder or insert a statement of a party unseen.

It keeps no heads and does not judge who may open a chain.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from ledger.log.statements import Header
from schemas.catalogue.refusals import RefusalCode
from schemas.ids import StatementId
from schemas.refusal import RefusedError

MAX_CHAINS: Final = 64
"""Chains that one party may have."""


class Head(NamedTuple):
    """The last statement of a chain: its sequence and its id, 64 hex digits."""

    sequence: int
    id: StatementId


def next_link(head: Head | None, registration_id: StatementId) -> tuple[int, StatementId]:
    """Return the ``(sequence, previous)`` that the chain's next statement must have.

    Args:
        head: the chain's last statement, ``None`` where it has none.
        registration_id: the id of the statement that registered the party.
    """
    return (1, registration_id) if head is None else (head.sequence + 1, head.id)


def check_link(header: Header, head: Head | None, registration_id: StatementId) -> None:
    """Check that a statement continues its chain.

    Raises:
        RefusedError: ``chain-conflict``, with the head as ``(sequence, id)``; for a
            chain without statements that is ``(0, registration_id)``, so that the
            next link is always one above it.
    """
    expected = next_link(head, registration_id)
    if (header.sequence, header.previous) == expected:
        return
    sequence, previous = expected
    raise RefusedError(
        RefusalCode.CHAIN_CONFLICT, expected=sequence, chain=header.chain, issuer=header.issuer, after=previous,
        sequence=header.sequence, previous=header.previous, head=(sequence - 1, previous),
    )  # fmt: skip
