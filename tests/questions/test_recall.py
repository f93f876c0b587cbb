"""Recalls from the database: what a text in any spelling means, and how often the database is asked."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import event

from ledger.questions.recall import Wanted, recall_answer
from schemas.errors import MalformedError, NotFoundError
from tests.world.events import intake, smelting
from tests.world.opened import NOON, OpenWorld

FILE = "ab" * 32


def document(number: str, issuer: str = "MUN", kind: str = "purchase_invoice", **more: str) -> dict[str, str]:
    """Return a document."""
    return {"kind": kind, "issuer": issuer, "number": number, **more}


def answer(yard: OpenWorld, **wanted: Any) -> dict[str, Any]:
    """Recall something."""
    with yard.home.store.reading() as snapshot:
        return recall_answer(snapshot, Wanted(**wanted))


def seeds(yard: OpenWorld, **wanted: Any) -> list[str]:
    """Return what is recalled in full."""
    return list(answer(yard, **wanted)["seeds"])


def correction(statement: str, replacement: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """Return a correction."""
    kind = "did_not_occur" if replacement is None else "incorrect_data"
    said = {"type": "correction", "statement": statement, "kind": kind, "reason": "a slip", **more}
    return said if replacement is None else {**said, "replacement": replacement}


def take_text(yard: OpenWorld, text: str) -> None:
    """Take an event of MUN in exactly this spelling."""
    submission = yard.sign("MUN", text.encode())
    yard.hand_in(submission)
    yard.follow(submission)


@pytest.mark.parametrize(
    ("number", "spelled"),
    [("WB/2026/17", "WB\\/2026\\/17"), ("RG-é", "RG-\\u00e9"), ("PL-1", "\\u0050L-1"), ("a\\b", "a\\\\b")],
)
def test_a_number_is_found_however_it_was_spelled(yard: OpenWorld, number: str, spelled: str) -> None:
    """JSON lets a sender escape any character; the number is the same, and a longer one is another."""
    plain = {"nonce": "0" * 32, **intake("MUN-B-1", documents=[document("NUMBER")])}
    take_text(yard, json.dumps(plain).replace("NUMBER", spelled))
    yard.say("MUN", intake("MUN-B-2", documents=[document(number)]))
    yard.say("MUN", intake("MUN-B-3", documents=[document(number + "1")]))
    assert seeds(yard, document=number) == ["MUN-B-1", "MUN-B-2"]
    for other in ("WB", "\\", "u00e9", "\udcff"):
        with pytest.raises(NotFoundError):
            answer(yard, document=other)


def test_one_number_of_two_issuers_is_two_documents(yard: OpenWorld) -> None:
    """The answer lists what was meant; issuer and kind, together or alone, distinguish them."""
    first = yard.say("MUN", intake("MUN-B-1", documents=[document("17", "Alpha")])).id
    second = yard.say("MUN", intake("MUN-B-2", documents=[document("17", "Beta")])).id
    third = yard.say("MUN", intake("MUN-B-3", documents=[document("17", "Beta", "packing_list")])).id
    assert answer(yard, document="17")["documents"] == [
        {**document("17", "Alpha"), "statement": first},
        {**document("17", "Beta"), "statement": second},
        {**document("17", "Beta", "packing_list"), "statement": third},
    ]
    assert seeds(yard, document="17", issuer="Beta") == ["MUN-B-2", "MUN-B-3"]
    assert seeds(yard, document="17", kind="purchase_invoice") == ["MUN-B-1", "MUN-B-2"]
    assert seeds(yard, document="17", issuer="Beta", kind="packing_list") == ["MUN-B-3"]
    with pytest.raises(NotFoundError):
        answer(yard, document="17", issuer="Alpha", kind="packing_list")


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({}, "expected one of lot, run, document, sha256 and supplier to recall, got none of them"),
        ({"lot": "MUN-B-1", "run": "MUN-R-1"}, "got lot and run"),
        ({"issuer": "MUN"}, "got none of them"),
        (
            {"sha256": FILE, "issuer": "MUN"},
            "expected an issuer or a kind beside a document only, got one beside a sha",
        ),
        ({"lot": "MUN-B-1", "kind": "photo"}, "expected an issuer or a kind beside a document only"),
        ({"document": "17", "kind": "invoice"}, "expected one of the kinds weighbridge_slip, .*, got 'invoice'"),
    ],
)
def test_a_question_that_cannot_be_asked_says_why(yard: OpenWorld, wanted: dict[str, str], said: str) -> None:
    """One thing at a time; issuer and kind are of a document."""
    with pytest.raises(MalformedError, match=said):
        answer(yard, **wanted)


def test_a_document_of_an_addition_is_of_that_addition_only(yard: OpenWorld) -> None:
    """By number and by file; the addition beside it, and the battery, are not recalled with it."""
    yard.say("MUN", intake("MUN-B-1"))
    reagents = [
        {"material": "lead", "net_kg": net, "content_kg": {"Pb": lead}, "origin": "primary", "documents": documents}
        for net, lead, documents in (
            ("500", "100", []), ("1000", "100", [document("CMR-7", "Alpha", "consignment_note", sha256=FILE)]),
        )
    ]  # fmt: skip
    run = yard.say("MUN", smelting("MUN-R-1", "MUN-B-1", "MUN-L-1", lead="400", additions=reagents)).id
    for wanted in ({"document": "CMR-7"}, {"sha256": FILE}):
        report = answer(yard, **wanted)
        assert report["seeds"] == ["addition:MUN-R-1:1"]
        assert [row["lot"] for row in report["lots"]] == ["MUN-L-1"]
        assert report["lots"][0]["net"] == {"share": "0.400000000", "kg": "280", "of_kg": "700"}
        assert report["lots"][0]["content"] == {"Pb": {"share": "0.125000000", "kg": "50", "of_kg": "400"}}
        assert [row["statement"] for row in report["documents"]] == [run]


def test_a_document_of_a_run_is_of_all_that_it_made(yard: OpenWorld) -> None:
    """As before; one on a dispatch, a claim or a count is of the lots that these name."""
    yard.say("MUN", intake("MUN-B-1"))
    yard.say("MUN", smelting("MUN-R-1", "MUN-B-1", "MUN-L-1", documents=[document("LOG-1")]))
    count = {"type": "stock_count", "lots": ["MUN-L-1"], "counted_kg": "700", "method": "weighed", "reason": "x"}
    yard.say("MUN", {**count, "adjust": False, "documents": [document("SHEET-1", kind="count_sheet")]})
    sent = {"type": "dispatch", "shipment": "MUN-H-1", "to": "GLENCORE", "lots": [{"lot": "MUN-L-1"}]}
    yard.say("MUN", {**sent, "documents": [document("EWAY-1", kind="eway_bill")]})
    for number in ("LOG-1", "SHEET-1", "EWAY-1"):
        assert seeds(yard, document=number) == ["MUN-L-1"]


def test_the_report_of_an_assay_is_found_by_its_hash(yard: OpenWorld) -> None:
    """A report has no number here, only the file's hash; an assay's documents have both."""
    yard.say("MUN", intake("MUN-B-1"))
    results = {"Pb": {"fraction": "0.6", "uncertainty": "0.01"}}
    said = {"stage": "final", "basis": "wet", "method": "XRF", "sample": "1", "results": results, "report": FILE}
    documents = [document("COA-1", kind="certificate_of_analysis", sha256="cd" * 32)]
    assay = yard.say("MUN", {"type": "assay", "lots": ["MUN-B-1"], **said, "documents": documents}).id
    report = answer(yard, sha256=FILE)
    assert report["seeds"] == ["MUN-B-1"]
    assert report["documents"] == [{"issuer": None, "kind": "assay_report", "number": None, "statement": assay}]
    assert seeds(yard, sha256="cd" * 32) == seeds(yard, document="COA-1") == ["MUN-B-1"]


def test_documents_of_a_correction_speak_of_what_it_corrects(yard: OpenWorld) -> None:
    """Also where nothing stands in its place; and an attestation's of the statement that it judges."""
    first = yard.say("MUN", intake("MUN-B-1")).id
    second = yard.say("MUN", intake("MUN-B-2")).id
    letter, memo = document("LETTER-1", kind="contract", sha256=FILE), document("MEMO-1", kind="contract")
    yard.say("MUN", correction(first, intake("MUN-B-1", net_kg="900"), documents=[letter]))
    yard.say("MUN", correction(second, documents=[memo]))
    yard.enrol("CERT", "certifier")
    codes: dict[str, Any] = {"codes": ["no-weighing-document"], "verdict": "settled", "reason": "seen"}
    audit = document("AUDIT-1", "CERT", "contract")
    yard.say("CERT", {"type": "attestation", "statement": first, **codes, "documents": [audit]})
    assert seeds(yard, document="LETTER-1") == seeds(yard, sha256=FILE) == ["MUN-B-1"]
    assert seeds(yard, document="MEMO-1") == ["MUN-B-2"]
    assert seeds(yard, document="AUDIT-1") == ["MUN-B-1"]


def test_a_citation_counts_as_it_was_corrected(yard: OpenWorld) -> None:
    """A number or a supplier that was mistyped recalls nothing; the right one does, by the correction's word."""
    wrong, right = document("71"), document("17")
    slip = yard.say("MUN", intake("MUN-B-1", documents=[wrong], supplier="ab" * 32)).id
    taken = yard.say("MUN", correction(slip, intake("MUN-B-1", documents=[wrong], supplier="cd" * 32))).id
    assert [row["statement"] for row in answer(yard, document="71")["documents"]] == [taken]
    last = yard.say("MUN", correction(slip, intake("MUN-B-1", documents=[right], supplier="ef" * 32))).id
    assert answer(yard, document="17")["documents"] == [{**right, "statement": last}]
    assert seeds(yard, supplier="ef" * 32) == ["MUN-B-1"]
    for wanted in ({"document": "71"}, {"supplier": "ab" * 32}, {"supplier": "cd" * 32}):
        with pytest.raises(NotFoundError):
            answer(yard, **wanted)


def test_a_run_that_did_not_occur_is_recalled_by_what_it_was_said_to_make(yard: OpenWorld) -> None:
    """Its label may be on something: GLENCORE has it."""
    yard.say("MUN", intake("MUN-B-1"))
    run = yard.say("MUN", smelting("MUN-R-1", "MUN-B-1", "MUN-L-1")).id
    yard.say("MUN", {"type": "dispatch", "shipment": "MUN-H-1", "to": "GLENCORE", "lots": [{"lot": "MUN-L-1"}]})
    yard.say("MUN", correction(run))
    report = answer(yard, run="MUN-R-1")
    assert report["seeds"] == ["MUN-L-1"]
    assert [(row["recipient"], row["net"]["kg"]) for row in report["recipients"]] == [("GLENCORE", "700")]


def test_the_database_is_asked_level_by_level(yard: OpenWorld) -> None:
    """Twenty batches, runs and shipments take as many queries as ten."""
    yard.clock.seconds = NOON

    def queries(suffixes: list[str], number: str) -> int:
        for suffix in suffixes:
            batch, lead = f"MUN-B-{suffix}", f"MUN-L-{suffix}"
            yard.say("MUN", intake(batch, documents=[document(number)]))
            yard.say("MUN", smelting(f"MUN-R-{suffix}", batch, lead))
            sent = {"type": "dispatch", "shipment": f"MUN-H-{suffix}", "to": "GLENCORE", "lots": [{"lot": lead}]}
            yard.say("MUN", sent)
            word = [{"lot": lead, "decision": "accepted", "net_kg": "700"}]
            yard.say("GLENCORE", {"type": "acceptance", "shipment": f"MUN-H-{suffix}", "lots": word})
        asked: list[str] = []
        with yard.home.store.reading() as snapshot:
            event.listen(snapshot._connection, "before_cursor_execute", lambda *call: asked.append(call[2]))
            report = recall_answer(snapshot, Wanted(document=number))
            assert len(report["shipments"]) == len(suffixes)
        return len(asked)

    ten, twenty = ([str(number) for number in numbers] for numbers in (range(10, 20), range(20, 40)))
    assert queries(ten, "A") == queries(twenty, "B")
