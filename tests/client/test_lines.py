"""Lines of a feed: which are taken, and what is said of the others (contract, sections 4 and 6)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.client.lines import make_document, parse_line, without_blanks
from ledger.log.sealed import digest_of, parse_disclosure
from schemas.errors import MalformedError
from schemas.events import parse_event
from schemas.ids import PartyId
from schemas.versions import VERSION_1
from tests.client.station import Station, intake, party

GOOD = json.loads(intake("MUN-B-1"))


def _line(**members: Any) -> bytes:
    return json.dumps({**GOOD, **members}).encode()


def test_a_line_becomes_a_document_with_a_fresh_nonce_first() -> None:
    """The same line twice is two events, each readable."""
    line = parse_line(intake("MUN-B-1"), 1)
    first, second = make_document(line).event, make_document(line).event
    assert first != second
    assert first.startswith(b'{"nonce":"')
    assert parse_event(first, PartyId("MUN"), VERSION_1).nonce == json.loads(first)["nonce"]


def test_only_the_blank_lines_at_the_end_are_left_out() -> None:
    """Those between others keep their number."""
    assert list(without_blanks([b"a\n", b"\n", b" \t\r\n", b" b ", b"\n", b""])) == [b"a", b"", b"", b"b"]
    assert list(without_blanks([b"\n", b""])) == []


NO_LINES = [
    b"",
    b"not json",
    b"{}",
    b"[]",
    b"null",
    b'"MUN"',
    b"\xff",
    b"\xef\xbb\xbf" + intake("MUN-B-1"),
    intake("MUN-B-1") * 2,
    _line(colour="red"),
    _line(issuer="mun"),
    _line(issuer="../../x"),
    _line(issuer="MUN\u0000"),
    _line(issuer=7),
    _line(issuer=None),
    _line(occurred_at="2026-01-05"),
    _line(occurred_at=None),
    _line(event=[]),
    _line(event=None),
    _line(event={}),
    _line(event={**GOOD["event"], "nonce": "0" * 32}),
    _line(chain="Main"),
    _line(chain=""),
    _line(chain=None),
    _line(chain="a" * 21),
    _line(private=None),
    _line(private=[]),
    _line(private={"x": 1}),
    _line(private={"X": "1"}),
    _line(private={"x" * 33: "1"}),
    _line(private={f"n{n}": "" for n in range(33)}),
    _line(private={"x": "a" * 1001}),
    _line(event={**GOOD["event"], "net_kg": 100}),
    b'{"issuer":"MUN",' + intake("X")[1:],
    _line(event={**GOOD["event"], "type": "stock_count"}),
    _line(event={**GOOD["event"], "waste_code": None}),
]


@pytest.mark.parametrize("number", range(len(NO_LINES)))
def test_what_is_no_feed_line_is_malformed(number: int) -> None:
    """Other members, other types, no JSON, two values, paths for names, and the empty line."""
    with pytest.raises(MalformedError):
        make_document(parse_line(NO_LINES[number], 1))


def test_malformed_lines_stop_nothing(station: Station) -> None:
    """Each is named by its number, and the lines between them are taken without a gap in the chain."""
    lines = [line for number, raw in enumerate(NO_LINES) for line in (intake(f"MUN-C-{number}"), raw)]
    report = station.send(*lines)
    assert report["accepted"] == len(NO_LINES)
    expected = [(2 * number, "malformed") for number in range(1, len(NO_LINES) + 1)]
    assert [(row["line"], row["code"]) for row in report["refused"]] == expected
    assert [header.sequence for header in station.headers()] == list(range(1, len(NO_LINES) + 1))


@given(st.binary(max_size=200))
def test_random_bytes_are_no_line(raw: bytes) -> None:
    """Nothing but ``MalformedError`` comes of them."""
    with pytest.raises(MalformedError):
        make_document(parse_line(raw, 1))


def test_an_issuer_without_a_key_here_is_unknown(station: Station) -> None:
    """Neither an unregistered name nor a party whose key is elsewhere can be signed for."""
    (station.directory / "keys" / "TEX.pem").unlink()
    report = station.send(intake("TEX-B-1", "TEX"), intake("ZZZ-B-1", "ZZZ"), intake("MUN-B-1"))
    assert [(row["line"], row["code"]) for row in report["refused"]] == [(1, "unknown-issuer"), (2, "unknown-issuer")]
    assert report["accepted"] == 1


def test_a_key_without_a_registration_is_unknown(station: Station) -> None:
    """A key file alone makes nobody a participant."""
    (station.directory / "keys" / "NEW.pem").write_bytes((station.directory / "keys" / "TEX.pem").read_bytes())
    report = station.send(intake("MUN-B-1"), intake("NEW-B-1", "NEW"))
    assert [(row["line"], row["code"]) for row in report["refused"]] == [(2, "unknown-issuer")]


def test_private_facts_are_sealed_and_nowhere_in_the_event(station: Station) -> None:
    """The event holds sorted digests only; the disclosures prove name and value."""
    line = parse_line(intake("MUN-B-1", private={"supplier": "Collector 34", "vehicle": "V1801"}), 1)
    document = make_document(line)
    sealed = json.loads(document.event)["sealed"]
    assert sealed == sorted(digest_of(text) for text in document.disclosures)
    facts = {(found.name, found.value) for found in map(parse_disclosure, document.disclosures)}
    assert facts == {("supplier", "Collector 34"), ("vehicle", "V1801")}
    assert b"Collector" not in document.event
    station.send(intake("MUN-B-1", private={"supplier": "Collector 34"}))
    assert "Collector" not in str(station.events())
    assert len(station.events()[-1]["sealed"]) == 1


def test_digests_of_the_line_are_kept_beside_those_of_private_facts() -> None:
    """Facts that were sealed elsewhere stay, all sorted together."""
    event = {**GOOD["event"], "sealed": ["z" * 42 + "A", "A" * 43]}
    document = make_document(parse_line(_line(event=event, private={"x": "1"}), 1))
    sealed = json.loads(document.event)["sealed"]
    assert sealed == sorted(sealed)
    assert {"z" * 42 + "A", "A" * 43} < set(sealed)


def test_an_enrolment_line_has_no_issuer_and_is_a_participant(station: Station) -> None:
    """Other events and other members are malformed, and stop nothing."""
    other = json.dumps({"occurred_at": GOOD["occurred_at"], "event": {"type": "rules", "rules": 1}}).encode()
    report = station.enrol(other, intake("MUN-B-1"), b"", party("../x"), party("NEW"))
    assert [(row["line"], row["code"]) for row in report["refused"]] == [(n, "malformed") for n in (1, 2, 3, 4)]
    assert report["accepted"] == 1
    assert not (station.directory / "x.pem").exists()


def test_a_party_is_registered_then_updated_by_later_lines(station: Station) -> None:
    """Only the first line of a new id brings keys; the next changes what is known of it."""
    report = station.enrol(party("NEW"), party("NEW", "processor"), party("MUN", "processor"))
    assert report == {"accepted": 3, "duplicates": 0, "refused": []}
    assert ["keys" in event for event in station.events()[-3:]] == [True, False, False]
    assert station.send(intake("NEW-B-1", "NEW"))["accepted"] == 1


def test_a_feed_may_register_the_issuer_of_its_later_lines(station: Station) -> None:
    """Lines are taken in order: whom the authority's line registers may speak in the next."""
    station.enrol(party("NEW"))
    event = {name: value for name, value in station.events()[-1].items() if name != "nonce"}
    with Station(station.directory.parent / "other") as other:
        for name in ("NEW", "MUN"):
            (other.directory / "keys" / f"{name}.pem").write_bytes(
                (station.directory / "keys" / f"{name}.pem").read_bytes()
            )
        other.enrol(party("MUN"))
        line = json.dumps({"issuer": "AUTHORITY", "occurred_at": GOOD["occurred_at"], "event": event}).encode()
        assert other.send(intake("MUN-B-1"), line, intake("NEW-B-1", "NEW")) == {
            "accepted": 3,
            "duplicates": 0,
            "refused": [],
        }
