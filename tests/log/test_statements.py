from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.log.statements import ZERO_ID, Header, format_header, parse_header
from schemas.errors import MalformedError
from schemas.ids import PartyId
from tests.log.keys import HEADER, ORIGIN

PAYLOAD = format_header(HEADER)


def payload_with(**changes: Any) -> bytes:
    """Return a good header with members changed or added."""
    return json.dumps({**HEADER._asdict(), **changes}).encode()


def test_a_header_has_the_bytes_of_the_contract() -> None:
    """The writer gives compact JSON in the order of the contract, which reads back."""
    assert PAYLOAD == (
        b'{"ledger":"ledger.example.com/ace","issuer":"MUN","chain":"main","sequence":12,"previous":"%b",'
        b'"occurred_at":"2026-01-05T06:12:00Z","event":"%b"}' % (b"ab" * 32, b"cd" * 32)
    )
    assert parse_header(PAYLOAD) == HEADER


def test_other_orders_and_white_space_are_taken_as_signed() -> None:
    """The server never canonicalises: a header in another order and layout reads the same."""
    assert parse_header(json.dumps(HEADER._asdict(), sort_keys=True, indent=1).encode()) == HEADER


def test_the_edges_of_each_pattern_are_taken() -> None:
    """The shortest and longest texts, the first and last times and sequences are valid."""
    for header in (
        HEADER._replace(
            issuer=PartyId("A1"), chain="0", sequence=1, previous=ZERO_ID, occurred_at="2000-01-01T00:00:00Z"
        ),
        HEADER._replace(issuer=PartyId("A" + "-" * 19), chain="z" + "-" * 19, sequence=2**53 - 1),
        HEADER._replace(ledger="~" * 255, occurred_at="2099-12-31T23:59:59Z"),
        HEADER._replace(ledger='a"\\b', occurred_at="2096-02-29T12:00:00Z"),
    ):
        assert parse_header(format_header(header)) == header


BAD: list[tuple[Any, ...]] = [
    ("ledger", "", "a b", "a+b", "a" * 256, "\u00e9", 1, None, ["x"]),
    ("issuer", "", "A", "a1", "1A", "-A", "A" * 21, "A1\n", "AB_", "\u0391B", 1, None),
    ("chain", "", "A", "-a", "a" * 21, "a_b", "main\n", "\u0661", None),
    ("sequence", 0, "1", None, True, False, []),
    ("previous", "", "ab" * 31, "AB" * 32, "ab" * 33, "zz" * 32, "ab" * 32 + "\n", None, 0),
    ("event", "", "cd" * 31, "CD" * 32, None, {}),
    ("occurred_at", "", "2026-01-05T06:12:00", "2026-01-05T06:12:00.0Z", "2026-01-05 06:12:00Z", "2026-02-29T00:00:00Z",
     "2026-01-05T24:00:00Z", "2026-01-05T06:60:00Z", "2026-01-05T06:12:60Z", "1999-12-31T23:59:59Z",
     "2100-01-01T00:00:00Z", "2026-1-05T06:12:00Z", "2026-01-05T06:12:00Z\n", "2026-01-05T06:12:00+00:00",
     "\u0662026-01-05T06:12:00Z", "2026-00-05T06:12:00Z", 1767593520, None),
]  # fmt: skip
CASES = [(name, value) for name, *values in BAD for value in values]


@pytest.mark.parametrize(("name", "value"), CASES)
def test_a_member_outside_its_pattern_is_refused_by_name(name: str, value: object) -> None:
    """Each member has one form, and the error says which member failed."""
    with pytest.raises(MalformedError) as caught:
        parse_header(payload_with(**{name: value}))
    assert caught.value.where == name
    with pytest.raises(MalformedError):
        format_header(HEADER._replace(**{name: value}))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "payload",
    [
        b"", b"[]", b"1", b"{}", PAYLOAD[:-1], PAYLOAD + b"x", b"\xef\xbb\xbf" + PAYLOAD, payload_with(extra=1),
        PAYLOAD.replace(b'"event"', b'"Event"'), PAYLOAD.replace(b'"chain":"main",', b""),
        PAYLOAD.replace(b'"chain":"main"', b'"chain":"main","chain":"main"'), PAYLOAD.replace(b":12,", b":12.0,"),
        PAYLOAD.replace(b":12,", b":1e1,"), PAYLOAD.replace(b":12,", b":-12,"), PAYLOAD.replace(b":12,", b":012,"),
        PAYLOAD.replace(b":12,", b":NaN,"), payload_with(sequence=2**53), PAYLOAD + b" " * (1001 - len(PAYLOAD)),
        PAYLOAD.replace(b"MUN", b"M\xff"),
    ],
)  # fmt: skip
def test_what_is_no_strict_header_is_refused(payload: bytes) -> None:
    """Missing, unknown and repeated members, other numbers and more than 1,000 bytes are refused."""
    with pytest.raises(MalformedError):
        parse_header(payload)


def test_the_longest_header_fits() -> None:
    """With every member at its longest and each character escaped, a header has at most 1,000 bytes."""
    longest = Header('"' * 255, PartyId("A" * 20), "a" * 20, 2**53 - 1, ZERO_ID, HEADER.occurred_at, ZERO_ID)
    assert parse_header(format_header(longest)) == longest
    assert len(format_header(longest)) <= 1000


def test_a_thousand_bytes_are_taken() -> None:
    """White space up to the limit changes nothing."""
    assert parse_header(PAYLOAD + b" " * (1000 - len(PAYLOAD))) == HEADER


@given(
    st.binary(max_size=300)
    | st.builds(lambda a, b: PAYLOAD[:a] + b + PAYLOAD[a:], st.integers(0, 300), st.binary(max_size=9))
)
def test_no_bytes_break_the_reader_of_headers(payload: bytes) -> None:
    """Any bytes are a header that can be written again, or a MalformedError."""
    try:
        header = parse_header(payload)
    except MalformedError:
        return
    assert parse_header(format_header(header)) == header


@given(
    st.builds(
        Header,
        st.just(ORIGIN),
        st.from_regex(r"\A[A-Z][A-Z0-9-]{1,19}\Z"),
        st.from_regex(r"\A[a-z0-9][a-z0-9-]{0,19}\Z"),
        st.integers(1, 2**53 - 1),
        st.binary(min_size=32, max_size=32).map(bytes.hex),
        st.datetimes().filter(lambda time: 2000 <= time.year < 2100).map(lambda time: f"{time:%Y-%m-%dT%H:%M:%SZ}"),
        st.binary(min_size=32, max_size=32).map(bytes.hex),
    )
)
def test_every_header_reads_back(header: Header) -> None:
    """Any header of valid members is written and read unchanged."""
    assert parse_header(format_header(header)) == header
