"""A statement is judged alike wherever it would enter, and enters where the ledger is by then."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, get_args

import pytest

from ledger.admission.book import MemoryBook
from ledger.admission.judge import Accepted, admit, enter
from ledger.admission.statements import Statement
from ledger.materials.state.book import Effects
from ledger.materials.state.stamping import UPCOMING
from schemas.events import Event
from tests.leaves import Leaf, leaves_of
from tests.vault.make import VAULT
from tests.vault.reading import entries_of, statement_of

LATER = 7
"""So many entries later might it have entered as well."""


class Judged(NamedTuple):
    """A statement of every kind of event, judged as entry ``entry`` and again as a later one."""

    statement: Statement
    entry: int
    here: Effects
    there: Effects


@pytest.fixture(scope="module")
def vault() -> tuple[MemoryBook, list[Judged]]:
    """The ledger of the vault, each entry judged twice before it enters."""
    book, judged = MemoryBook(), []
    for index, (entry, event) in enumerate(entries_of(VAULT / "export.zip")):
        statement = statement_of(entry, event)
        here, there = _admitted(statement, book, index), _admitted(statement, book, index + LATER)
        judged.append(Judged(statement, index, here.effects, there.effects))
        book.size = index
        assert enter(here, book).index == index
    return book, judged


Vault = tuple[MemoryBook, list[Judged]]


def _admitted(statement: Statement, book: MemoryBook, size: int) -> Accepted:
    book.size = size
    verdict = admit(statement, book)
    assert isinstance(verdict, Accepted)
    return verdict


def test_the_vault_says_everything(vault: Vault) -> None:
    """Every kind of event is judged here."""
    assert {type(one.statement.event) for one in vault[1]} == set(get_args(Event))


def test_the_judgement_knows_no_index(vault: Vault) -> None:
    """As a later entry a statement is judged to the same effects."""
    for one in vault[1]:
        assert list(leaves_of(one.here)) == list(leaves_of(one.there)), one.entry


def test_as_another_entry_it_differs_in_the_index_alone(vault: Vault) -> None:
    """Where the mark was, there is the index; where it was that of the entry behind it, the index behind it."""
    for one in vault[1]:
        here, there = one.here.entered_at(one.entry), one.there.entered_at(one.entry + LATER)
        differing = {
            leaf.way: (leaf.value, other.value)
            for leaf, other in zip(leaves_of(here), leaves_of(there), strict=True)
            if leaf != other
        }
        assert differing == {
            leaf.way: (one.entry + behind, one.entry + LATER + behind)
            for leaf in _marked(one.here)
            for behind in (int(str(leaf.value)) - UPCOMING,)
        }


def test_parties_keys_agreements_and_words_are_stamped(vault: Vault) -> None:
    """What only such events make holds the index of their entry too."""
    marked = {leaf.way[-1] for one in vault[1] for leaf in _marked(one.here)}
    assert marked >= {
        "Party.since",
        "KeyRecord.added",
        "KeyRecord.revoked",
        "Terms.offered",
        "Terms.effective",
        "Attested.index",
    }


def test_nothing_in_the_book_is_without_index(vault: Vault) -> None:
    """Neither state, facts, heads and signatures nor what was noted of the entries."""
    book = vault[0]
    assert not list(_marked(book))
    assert not list(_marked(book.past))


def _marked(value: Any) -> Iterator[Leaf]:
    """Yield the marks in a value, of the entry itself and of the one behind it."""
    return (leaf for leaf in leaves_of(value) if leaf.value in (UPCOMING, UPCOMING + 1))
