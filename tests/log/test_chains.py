from __future__ import annotations

import pytest

from ledger.log.chains import Head, check_link, next_link
from ledger.log.envelopes import statement_id
from ledger.log.statements import format_header
from schemas.ids import StatementId
from schemas.refusal import RefusedError
from tests.log.keys import HEADER

REGISTRATION = StatementId("11" * 32)
LAST = StatementId("22" * 32)


def test_a_chain_of_statements_links_up() -> None:
    """Each statement that follows its head is taken, the first after the registration."""
    head: Head | None = None
    for expected in (1, 2, 3):
        sequence, previous = next_link(head, REGISTRATION)
        header = HEADER._replace(sequence=sequence, previous=previous)
        check_link(header, head, REGISTRATION)
        assert sequence == expected
        assert previous == (REGISTRATION if head is None else head.id)
        head = Head(sequence, statement_id(format_header(header)))


@pytest.mark.parametrize(
    ("head", "sequence", "previous"),
    [
        (None, 2, REGISTRATION),
        (None, 1, LAST),
        (Head(5, LAST), 1, REGISTRATION),
        (Head(5, LAST), 5, LAST),
        (Head(5, LAST), 7, LAST),
        (Head(5, LAST), 6, REGISTRATION),
    ],
)
def test_a_statement_out_of_line_is_refused_with_the_head(
    head: Head | None, sequence: int, previous: StatementId
) -> None:
    """A gap, a fork, a repeat or a wrong link is a chain-conflict that says where the chain stands."""
    with pytest.raises(RefusedError) as caught:
        check_link(HEADER._replace(sequence=sequence, previous=previous), head, REGISTRATION)
    assert caught.value.code == "chain-conflict"
    assert caught.value.head == (head or (0, REGISTRATION))
