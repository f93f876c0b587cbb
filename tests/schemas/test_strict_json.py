"""Strict JSON: one meaning for every accepted text (contract, section 3.1)."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from schemas.errors import MalformedError
from schemas.strict_json import dump_json, parse_json, parse_object

MIB = 1 << 20


def parse(raw: bytes) -> Any:
    """Read with room enough."""
    return parse_json(raw, max_bytes=MIB)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b" ",
        b"{",
        b"{}x",
        b"{} {}",
        b"nul",
        b"'a'",
        b"[1,]",
        b'{"a":1,}',
        b"/**/1",
        b"\x00",
        b"\xff",
        b"\xef\xbb\xbf{}",
        b" \xef\xbb\xbf{}",
        "\ufeff{}".encode("utf-16"),
        b'"\xc3"',
        b'"\xed\xa0\x80"',
        b"\x0c1",
        b"\xa0[]",
    ],
)
def test_what_is_no_json_is_malformed(raw: bytes) -> None:
    """Nothing, scraps, two values, a byte order mark, another encoding."""
    with pytest.raises(MalformedError):
        parse(raw)


@pytest.mark.parametrize(
    "number",
    [
        "-1",
        "-0",
        "1.0",
        "0.5",
        "1e3",
        "1E3",
        "1e-3",
        "01",
        "+1",
        ".5",
        "1.",
        "0x1",
        "NaN",
        "Infinity",
        "-Infinity",
        "9007199254740992",
        "9" * 5000,
        "1_000",
        "\uff11",
        "\u0661",
    ],
)
def test_other_numbers_are_malformed(number: str) -> None:
    """No sign, fraction, exponent, leading zero, other digits, and nothing from 2^53 on."""
    with pytest.raises(MalformedError):
        parse(f'{{"a":{number}}}'.encode())


@pytest.mark.parametrize("number", [0, 1, 2**53 - 1])
def test_integers_are_read(number: int) -> None:
    """From 0 to 2^53-1."""
    assert parse(str(number).encode()) == number


@pytest.mark.parametrize("raw", [b'{"a":1,"a":1}', b'{"a":1,"\\u0061":2}', b'[{"b":{"c":1,"d":2,"c":1}}]'])
def test_duplicate_members_are_malformed(raw: bytes) -> None:
    """Also under another spelling of the same name, and deep inside."""
    with pytest.raises(MalformedError, match="each member once"):
        parse(raw)


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
def test_eight_levels_are_taken_and_nine_are_not(opening: str, closing: str) -> None:
    """Depth counts arrays and objects alike; brackets inside texts do not count."""
    inner = '"]]]][[[[{{{{}}}}"'
    parse((opening * 8 + inner + closing * 8).encode())
    with pytest.raises(MalformedError, match="8 levels"):
        parse((opening * 9 + inner + closing * 9).encode())
    with pytest.raises(MalformedError, match="8 levels"):
        parse((opening * 9 + "1" + closing * 9).encode())


def test_a_bomb_of_brackets_is_malformed() -> None:
    """A million levels end in a refusal, not in a crash."""
    for raw in (b"[" * MIB, b'{"a":' * (MIB // 5), b"[" * (MIB // 2) + b"]" * (MIB // 2)):
        with pytest.raises(MalformedError):
            parse(raw)


@pytest.mark.parametrize("member", ["0", '"a"', "{}"])
def test_arrays_have_at_most_ten_thousand_members(member: str) -> None:
    """10,000 are taken, 10,001 are not, however small they are."""
    assert len(parse(f"[{','.join([member] * 10_000)}]".encode())) == 10_000
    with pytest.raises(MalformedError, match="10,000 members"):
        parse(f"[{','.join([member] * 10_001)}]".encode())


@pytest.mark.parametrize("character", ["a", "\u00e9", "\U0001f50b"])
def test_texts_have_at_most_a_thousand_characters(character: str) -> None:
    """Characters are counted, not bytes; names of members are texts as well."""
    parse(dump_json([character * 1000]))
    for value in ([character * 1001], {character * 1001: 1}):
        with pytest.raises(MalformedError, match="1,000 characters"):
            parse(dump_json(value))


@pytest.mark.parametrize(
    "character",
    [
        "\x00",
        "\x1f",
        "\x7f",
        "\x85",
        "\t",
        "\n",
        "\u00ad",
        "\u200b",
        "\u200d",
        "\u202e",
        "\u2066",
        "\ufeff",
        "\U000e0041",
    ],
)
def test_control_and_format_characters_are_malformed(character: str) -> None:
    """What cannot be seen, or turns the writing round, is refused, escaped or not."""
    for raw in (
        json.dumps({"a": f"x{character}y"}).encode(),
        dump_json({"a": f"x{character}y"}),
        dump_json({character: 1}),
    ):
        with pytest.raises(MalformedError):
            parse(raw)


@pytest.mark.parametrize("raw", [b'"\\ud800"', b'"\\udc00\\ud800"', b'{"\\udfff":1}'])
def test_surrogates_are_malformed(raw: bytes) -> None:
    """A lone half of a pair is no character; a whole pair is one."""
    with pytest.raises(MalformedError, match="surrogate"):
        parse(raw)
    assert parse(b'"\\ud83d\\udd0b"') == "\U0001f50b"


@pytest.mark.parametrize("text", ["e\u0301", "\u212b", "\u1100\u1161"])
def test_texts_are_in_nfc(text: str) -> None:
    """Two spellings of one text would be two records."""
    for value in ({"a": text}, {text: "a"}):
        with pytest.raises(MalformedError, match="in Unicode form NFC, got one that NFC changes"):
            parse(dump_json(value))


def test_the_size_is_counted_in_bytes() -> None:
    """One byte above the limit is refused before anything is read."""
    assert parse_json(b'"aa"', max_bytes=4) == "aa"
    with pytest.raises(MalformedError, match="at most 4 bytes"):
        parse_json(b'"aa" ', max_bytes=4)


@pytest.mark.parametrize("raw", [b"[]", b'"a"', b"1", b"null", b"true"])
def test_an_object_is_demanded(raw: bytes) -> None:
    """A list is no object."""
    with pytest.raises(MalformedError, match="JSON object"):
        parse_object(raw, max_bytes=100)


@given(st.binary(max_size=200) | st.text(alphabet='[]{}",:\\u0123e-.nulltrue \ud7ff').map(lambda text: text.encode()))
@example(b"\xf0\x9f")
def test_random_bytes_are_read_or_malformed(raw: bytes) -> None:
    """No other error leaves the reader, and what is read is what any reader of JSON takes from it."""
    try:
        is_said_well = parse(raw) == json.loads(raw)
    except MalformedError as error:
        is_said_well = "expected" in str(error)
    assert is_said_well


PLAIN = st.characters(min_codepoint=32, max_codepoint=126)
VALUES = st.recursive(
    st.integers(min_value=0, max_value=2**53 - 1) | st.booleans() | st.text(PLAIN, max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(PLAIN, max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(VALUES)
def test_what_is_written_is_read_back(value: Any) -> None:
    """``parse(dump(x))`` is ``x``, where it has at most eight levels."""
    assume(_levels(value) <= 8)
    assert parse(dump_json(value)) == value


def _levels(value: Any) -> int:
    members = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if members is None else 1 + max(map(_levels, members), default=0)
