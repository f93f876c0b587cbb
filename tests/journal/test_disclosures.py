"""Sealed facts: kept beside a statement, never in the tree, and erased for good."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ledger.journal.answers import Refused
from ledger.log.sealed import digest_of, make_disclosure
from schemas.errors import MalformedError
from schemas.ids import StatementId
from tests.oracle import check_ledger
from tests.world.events import intake
from tests.world.opened import OpenWorld
from tests.world.parties import id_of

SUPPLIER = make_disclosure("supplier", "Kabadi & Söhne").text
VEHICLE = make_disclosure("vehicle", "GJ-12-AB-1234").text
FACTS = (SUPPLIER, VEHICLE)


def shown(yard: OpenWorld, name: str) -> set[str]:
    """Return what is kept of a statement."""
    with yard.home.store.reading() as snapshot:
        return set(snapshot.disclosures(StatementId(name)))


def test_what_comes_with_a_statement_is_kept_under_it_alone(yard: OpenWorld) -> None:
    """Facts are found by their statement, and another statement with the same digest has none."""
    first = yard.say("MUN", intake("MUN-B-1"), sealed=FACTS)
    second = yard.say("MUN", intake("MUN-B-2"), sealed=FACTS, show=())
    assert (shown(yard, first.id), shown(yard, second.id)) == (set(FACTS), set())


def test_facts_may_come_later_with_the_statement_again(yard: OpenWorld) -> None:
    """A repetition appends nothing but brings what was missing; the entry and its index stay."""
    statement = yard.sign("MUN", intake("MUN-B-1"), sealed=FACTS, show=(SUPPLIER,))
    first = yard.hand_in(statement)
    size = yard.size
    assert shown(yard, first.id) == {SUPPLIER}
    again = yard.hand_in(replace(statement, disclosures=FACTS))
    assert (again.index, again.is_new, yard.size) == (first.index, False, size)
    assert shown(yard, first.id) == set(FACTS)


def test_facts_of_two_copies_in_one_batch_are_both_kept(yard: OpenWorld) -> None:
    """One statement twice in a batch, each copy with another fact."""
    statement = yard.sign("MUN", intake("MUN-B-1"), sealed=FACTS, show=(SUPPLIER,))
    yard.submit([statement, replace(statement, disclosures=(VEHICLE,)), replace(statement, disclosures=FACTS)])
    assert shown(yard, id_of(statement)) == set(FACTS)


def test_an_erased_fact_does_not_come_back(yard: OpenWorld) -> None:
    """The tombstone outlives a repetition, a reopening and a repetition again; the other fact stays, proofs hold."""
    statement = yard.sign("MUN", intake("MUN-B-1"), sealed=FACTS)
    name = yard.hand_in(statement).id
    yard.database.run("UPDATE disclosure SET text = NULL WHERE digest = :digest", digest=digest_of(SUPPLIER))
    yard.hand_in(statement)
    yard.reopen()
    assert yard.hand_in(statement).proof.startswith("c2sp.org/tlog-proof@v1\n")
    assert shown(yard, name) == {VEHICLE}
    assert len(yard.database.table("disclosure")) == 2


@pytest.mark.parametrize(
    "foreign",
    [make_disclosure("supplier", "somebody else").text, "", "####", SUPPLIER + "=", SUPPLIER[:-1]],
    ids=["of another", "empty", "no base64", "padded", "cut"],
)
def test_a_fact_that_the_event_does_not_announce_is_malformed(yard: OpenWorld, foreign: str) -> None:
    """A disclosure without its digest among the sealed ones refuses the statement; nothing is kept."""
    statement = yard.sign("MUN", intake("MUN-B-1"), sealed=FACTS, show=(SUPPLIER, foreign))
    refused = yard.refuse(statement)
    assert isinstance(refused.error, MalformedError)
    assert (refused.id, refused.code) == (None, "malformed")
    assert yard.database.table("disclosure") == []


def test_a_refused_statement_leaves_no_facts(yard: OpenWorld) -> None:
    """Nothing of a refused statement counts, its sealed facts included."""
    refused = yard.refuse(yard.sign("TEX", intake("MUN-B-1"), sealed=FACTS))
    assert (type(refused), refused.code) == (Refused, "not-entitled")
    assert yard.database.table("disclosure") == []
    check_ledger(yard.home)
