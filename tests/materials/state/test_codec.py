"""Values to row texts and back without loss, and texts that the ledger never wrote."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.admission.state import STATE, Facts, KeyRecord, LedgerState, read_facts
from ledger.log.chains import Head
from ledger.materials.state import codec
from ledger.materials.state.agreement_terms import Terms
from ledger.materials.state.citations import CitationUse, FileUse
from ledger.materials.state.credit_account import Draw, Void
from ledger.materials.state.credit_months import AccountMonth
from ledger.materials.state.grown import grown_of
from ledger.materials.state.lot_words import HoldMark, Word
from ledger.materials.state.records import (
    Attested,
    Closed,
    Drawn,
    Lot,
    Made,
    Mark,
    Posting,
    Run,
    Shipment,
    Standing,
    Taken,
)
from ledger.materials.state.refs import RefUse
from ledger.materials.state.row_text import write_text
from ledger.materials.state.withdrawn_intakes import WithdrawnIntake
from schemas.catalogue.findings.codes import FindingCode
from schemas.codes import CUSTODY_MODELS, Severity
from schemas.documents import Citation
from schemas.errors import LedgerStateError
from schemas.findings import Finding
from schemas.ids import PartyId, StatementId
from schemas.party import Party, PlantLine
from schemas.versions import RulesHistory

# What strict JSON lets in: any text without control characters and surrogates.
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
NUMBER = st.integers(0, 2**63 - 1)
METAL: Any = st.sampled_from(["Pb", "Li", "Ni", "Co"])
SPLIT: Any = st.tuples(*[NUMBER] * 7)
MASSES: Any = st.dictionaries(METAL, NUMBER, max_size=3)
TEXTS = st.lists(TEXT, max_size=3).map(tuple)
MIX: Any = st.dictionaries(METAL, SPLIT, max_size=3)
RATIOS: Any = st.dictionaries(METAL, st.tuples(NUMBER, NUMBER), max_size=2)
MARKS: Any = st.lists(st.builds(Mark, mix=MIX), max_size=2).map(tuple)
DRAW = st.builds(Draw, st.dates().map(str), TEXT)
EARNED: Any = st.dictionaries(TEXT, MIX, max_size=2)
GROWN = st.builds(grown_of, st.dictionaries(METAL, st.integers(-(2**63), 2**63), max_size=2), MASSES, MASSES)
TAKEN = st.builds(
    Taken, mix=MIX, sourced=RATIOS, uncertainty=MASSES, marks=MARKS, dry=st.none() | NUMBER, credit=st.none() | MIX,
    earned=EARNED, grown=GROWN,
)  # fmt: skip

CITATIONS = LedgerState.citations.keys

VALUES: dict[str, st.SearchStrategy[Any]] = {
    "lots": st.builds(
        Lot, mix=MIX, net=NUMBER, created=NUMBER, metals=TEXTS, sourced=RATIOS, uncertainty=MASSES, marks=MARKS,
        holds=st.lists(st.builds(HoldMark), max_size=2).map(tuple), shortfalls=TEXTS, corrections=TEXTS,
        word=st.none() | st.builds(Word, NUMBER, st.none() | MASSES), dry=st.none() | NUMBER, stage=st.integers(-1, 3),
        credit=st.none() | MIX, earned=EARNED, disposition=st.none() | TEXT, grown=GROWN,
    ),
    "accounts": st.builds(
        AccountMonth, EARNED, EARNED, MASSES,
        st.dictionaries(DRAW, st.lists(st.builds(Void, NUMBER, TEXT, MIX), max_size=2).map(tuple), max_size=2),
        st.lists(st.tuples(TEXT, MIX), max_size=2).map(tuple),
    ),
    "runs": st.builds(
        Run, index=NUMBER, inputs=st.lists(TAKEN, max_size=3).map(tuple),
        additions=st.lists(MASSES, max_size=2).map(tuple),
        outputs=st.lists(st.builds(Made, TEXT, NUMBER, MIX, RATIOS), max_size=3).map(tuple),
        pool=MASSES, loss=MIX, shortfall=MASSES,
        drawn=st.lists(st.builds(Drawn, TEXT, TEXT, MIX), max_size=2).map(tuple),
        removed=st.lists(st.builds(Drawn, TEXT, TEXT, MIX), max_size=2).map(tuple),
        added=st.lists(NUMBER, max_size=2).map(tuple),
    ),
    "shipments": st.builds(Shipment, lots=TEXTS, awaiting=st.dictionaries(TEXT, TEXT, max_size=3)),
    "parties": st.builds(
        Party, lines=st.lists(st.builds(PlantLine, TEXT, TEXT, NUMBER, TEXT), max_size=2).map(tuple), roles=TEXTS,
        keyids=TEXTS, require=TEXTS, identifiers=st.lists(st.tuples(TEXT, TEXT), max_size=2).map(tuple),
    ),
    "keys": st.builds(KeyRecord, der=st.binary(max_size=100), added=NUMBER),
    "heads": st.builds(Head, NUMBER, TEXT),
    "facts": st.builds(
        Facts, log_keys=st.tuples(TEXT, TEXT), rules=st.just(RulesHistory(((0, 1),))), authorities=TEXTS
    ),
    "citations": st.lists(
        st.builds(CitationUse, document=st.builds(Citation), net=NUMBER, says=NUMBER, sends=st.booleans(), step=NUMBER),
        min_size=1, max_size=2,
    ).map(tuple),
    "files": st.builds(FileUse, TEXT, st.tuples(TEXT, TEXT, TEXT)),
    "refs": st.builds(RefUse, TEXT, TEXT, TEXT),
    "withdrawn": st.lists(st.builds(WithdrawnIntake, net=NUMBER), min_size=1, max_size=2).map(tuple),
    "stock": st.dictionaries(st.sampled_from(CUSTODY_MODELS), st.integers(1, 10**6)),
    "agreements": st.builds(Terms),
    "attested": st.lists(
        st.builds(Attested, codes=TEXTS, index=NUMBER, figures=st.lists(st.tuples(TEXT, TEXT), max_size=2).map(tuple)),
        min_size=1, max_size=2,
    ).map(tuple),
    "standing": st.builds(Standing, index=NUMBER),
    "periods": st.builds(Closed),
    "finding": st.builds(Finding, index=NUMBER, lots=TEXTS),
}  # fmt: skip


CODECS: dict[str, tuple[Callable[[Any], str], Callable[[str], Any]]] = {
    **{kind.name: (kind.write, kind.read) for kind in STATE},
    "facts": (write_text, read_facts),
    "finding": (write_text, codec.read_finding),
}


def test_every_kind_of_state_is_tried() -> None:
    """The list of state has no kind whose row text is not looked at here."""
    assert VALUES.keys() == CODECS.keys()


@pytest.mark.parametrize("kind", sorted(VALUES))
@given(data=st.data())
def test_a_value_comes_back_as_it_was(kind: str, data: st.DataObject) -> None:
    """Reading what was written gives the equal value, of the same types all through, and the same text again."""
    value = data.draw(VALUES[kind])
    write, read = CODECS[kind]
    body = write(value)
    assert read(body) == value
    assert repr(read(body)) == repr(value)
    assert write(read(body)) == body


@pytest.mark.parametrize("severity", ["low", "medium", "high"])
def test_the_severity_of_a_finding_is_read_without_the_rest(severity: Severity) -> None:
    """Whatever its figures say."""
    found = Finding(FindingCode.NO_LINE, severity, (("what", 'a","low","'),), (), "", 7, StatementId("ab"), ())
    assert codec.severity_of(write_text(found)) == severity


def test_postings_come_back_as_they_were() -> None:
    """With the day of a credit, and without one."""
    mix = {"Pb": (-1, 0, 0, 0, 0, 0, 0)}
    rows = [
        Posting("MUN", kind, "MUN-L-1", "refined_lead", 1, 2, mix, 7, "ab", day, "2026-01")  # type: ignore[arg-type]
        for kind, day in (("credit_earned", "2026-01-05"), ("loss", ""))
    ]
    assert codec.read_postings(PartyId("MUN"), 7, StatementId("ab"), codec.write_postings(rows)) == rows


@given(left=st.tuples(*[TEXT] * 5), right=st.tuples(*[TEXT] * 5))
def test_two_documents_never_share_a_key(left: tuple[str, ...], right: tuple[str, ...]) -> None:
    """The one text of a citation keeps all its five parts apart, whatever they hold."""
    one, other = CITATIONS.write(Citation(*left)), CITATIONS.write(Citation(*right))
    assert (one == other) == (left == right)
    assert tuple(json.loads(one)) == left
    assert CITATIONS.read(one) == Citation(*left)


@given(
    value=st.recursive(
        st.none() | st.booleans() | st.integers(-(2**80), 2**80) | TEXT,
        lambda inner: st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(TEXT, inner),
    )
)
def test_a_row_text_is_plain_compact_json(value: object) -> None:
    """Byte for byte, so that keys written by another version of the software are found again."""
    assert write_text(value) == json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@pytest.mark.parametrize("kind", sorted(VALUES))
@pytest.mark.parametrize("body", ["", "{", "null", "7", "[]", "[1]", '{"a":1}', '"text"', "[" + "1," * 40 + "1]"])
def test_a_row_that_the_ledger_did_not_write_is_named(kind: str, body: str) -> None:
    """Damaged texts are the ledger's own error with the way out, never one of a library."""
    with pytest.raises(
        LedgerStateError, match=r"(?s)expected a row that the ledger wrote, got .*rebuild the projections"
    ):
        CODECS[kind][1](body)
