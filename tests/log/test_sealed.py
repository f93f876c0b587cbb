from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.log.sealed import digest_of, make_disclosure, parse_disclosure
from schemas.encoding import encode_base64url
from schemas.errors import MalformedError

# RFC 9901 sections 4.2.1 and 4.2.3.
RFC_DISCLOSURE = "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0"
RFC_DIGEST = "X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0"
# The same fact with no white space, and with an escape: RFC 9901 section 4.2.1.
RFC_OTHERS = (
    "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsImZhbWlseV9uYW1lIiwiTcO2Yml1cyJd",
    "WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNXHUwMGY2Yml1cyJd",
)
SALT = encode_base64url(b"s" * 16)


def text_of(*parts: object) -> str:
    """Return the text of a disclosure of any shape."""
    return encode_base64url(json.dumps(parts).encode())


def test_the_vector_of_the_rfc() -> None:
    """The RFC's disclosure reads as it says and has the digest it says."""
    disclosure = parse_disclosure(RFC_DISCLOSURE)
    assert disclosure.text == RFC_DISCLOSURE
    assert (disclosure.name, disclosure.value) == ("family_name", "M\u00f6bius")
    assert encode_base64url(disclosure.salt) == "_26bc4LT-ac6q2KI6cBW5es"
    assert digest_of(RFC_DISCLOSURE) == RFC_DIGEST


def test_one_fact_has_many_spellings_and_each_its_digest() -> None:
    """The bytes are authoritative: other white space or escapes, the same fact, another digest."""
    facts = {parse_disclosure(text)[1:] for text in (RFC_DISCLOSURE, *RFC_OTHERS)}
    assert len(facts) == 1
    assert len({digest_of(text) for text in (RFC_DISCLOSURE, *RFC_OTHERS)}) == 3


def test_a_disclosure_has_a_fresh_salt_of_128_bits() -> None:
    """The same fact sealed twice gives different digests."""
    first, second = make_disclosure("price", "100"), make_disclosure("price", "100")
    assert (first.name, first.value, len(first.salt)) == ("price", "100", 16)
    assert digest_of(first.text) != digest_of(second.text)


@given(
    st.from_regex(r"\A[a-z][a-z0-9_]{0,31}\Z"),
    st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=1000),
    st.binary(min_size=16, max_size=64),
)
def test_a_disclosure_reads_back(name: str, value: str, salt: bytes) -> None:
    """What was sealed comes out of its text."""
    disclosure = make_disclosure(name, value, salt)
    assert parse_disclosure(disclosure.text) == disclosure
    assert disclosure[1:] == (salt, name, value)


@pytest.mark.parametrize(
    "text",
    [
        "", "!", RFC_DISCLOSURE + "=", RFC_DISCLOSURE[:-1] + "1", RFC_DISCLOSURE + "\n", "\u00e9", "A" * 8001,
        text_of(), text_of(SALT, "name"), text_of(SALT, "name", "v", "w"), text_of(SALT, "name", 1),
        text_of(SALT, "name", None), text_of(SALT, "name", ["v"]), text_of(1, "name", "v"), text_of(SALT, 1, "v"),
        text_of(SALT[:-2], "name", "v"), text_of("", "name", "v"), text_of(SALT + "==", "name", "v"),
        text_of(SALT[:-1] + "x", "name", "v"), text_of(SALT, "", "v"), text_of(SALT, "Name", "v"),
        text_of(SALT, "_sd", "v"), text_of(SALT, "...", "v"), text_of(SALT, "n" * 33, "v"),
        text_of(SALT, "name\n", "v"),
        text_of(SALT, "name", "a\x00b"), text_of(SALT, "name", "e\u0301"), text_of(SALT, "name", "v" * 1001),
        encode_base64url(b'{"a":1}'), encode_base64url(b'"text"'), encode_base64url(b"\xff"), encode_base64url(b"["),
    ],
)  # fmt: skip
def test_what_is_no_disclosure_is_refused(text: str) -> None:
    """Another shape, a short or lenient salt, an unfit name and texts that are not strict are refused."""
    with pytest.raises(MalformedError):
        parse_disclosure(text)


def test_a_disclosure_has_at_most_8000_bytes() -> None:
    """A thousand characters fit, but not where each is escaped; the limit is on the text as it is."""
    assert len(parse_disclosure(text_of(SALT, "name", "\u00e9" * 990)).value) == 990
    with pytest.raises(MalformedError, match="8,000 bytes"):
        parse_disclosure(text_of(SALT, "name", "\u00e9" * 1000))


def test_a_fact_that_would_not_read_back_is_not_sealed() -> None:
    """A short salt, an unfit name, a surrogate and a value that is too long are refused."""
    for name, value, salt in (
        ("name", "v", b"s" * 15),
        ("Name", "v", None),
        ("name", "\ud800", None),
        ("name", "v" * 1001, None),
    ):
        with pytest.raises(MalformedError):
            make_disclosure(name, value, salt)


def test_a_digest_of_other_characters_is_refused() -> None:
    """A disclosure is ASCII, and so is what its digest is taken over."""
    with pytest.raises(MalformedError):
        digest_of("\u00e9")


@given(st.text(max_size=200) | st.binary(max_size=200).map(encode_base64url))
def test_no_text_breaks_the_reader_of_disclosures(text: str) -> None:
    """Any text is a disclosure or a MalformedError."""
    try:
        disclosure = parse_disclosure(text)
    except MalformedError:
        return
    assert disclosure.text == text
