"""Masses, times, dates, codes and encodings: one spelling of each value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.codes import COUNTRIES, METALS, ORIGINS
from schemas.encoding import (
    decode_base64,
    decode_base64url,
    decode_hex,
    encode_base64,
    encode_base64url,
)
from schemas.errors import MalformedError
from schemas.instants import format_time, parse_date, parse_time, shift_time
from schemas.quantity import format_kg, parse_kg, parse_positive_kg


@pytest.mark.parametrize(
    ("text", "milligrams"),
    [
        ("0", 0),
        ("0.0", 0),
        ("0.000001", 1),
        ("1", 10**6),
        ("12655.5", 12_655_500_000),
        ("1.500000", 1_500_000),
        ("9999999999.999999", 10**16 - 1),
    ],
)
def test_masses_are_integer_milligrams(text: str, milligrams: int) -> None:
    """Up to ten digits before and six after the point."""
    assert parse_kg(text) == milligrams


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-1",
        "+1",
        "01",
        "00",
        "1.",
        ".5",
        "1.0000001",
        "10000000000",
        "1e3",
        "1,5",
        " 1",
        "1 ",
        "1\n",
        "1_000",
        "NaN",
        "\uff11",
        "\u0661",
        "1.\uff15",
        "0x1",
        7,
        1.5,
        True,
        None,
        [],
        {},
    ],
    ids=ascii,
)
def test_other_masses_are_malformed(text: object) -> None:
    """Seven decimals, signs, exponents, leading zeros, other digits, numbers in place of texts."""
    with pytest.raises(MalformedError, match="a mass in kg"):
        parse_kg(text)


@pytest.mark.parametrize("text", ["0", "0.0", "0.000000"])
def test_zero_is_no_mass_where_one_is_demanded(text: str) -> None:
    """However it is spelled."""
    with pytest.raises(MalformedError, match="above zero"):
        parse_positive_kg(text)


@given(st.integers(min_value=0, max_value=10**16 - 1))
def test_masses_are_written_as_they_are_read(milligrams: int) -> None:
    """Round trip, without trailing zeros."""
    text = format_kg(milligrams)
    assert parse_kg(text) == milligrams
    assert "." not in text or text[-1] != "0"


@pytest.mark.parametrize("time", ["2000-01-01T00:00:00Z", "2099-12-31T23:59:59Z", "2024-02-29T12:00:00Z"])
def test_times_are_read(time: str) -> None:
    """From 2000 to 2099, leap days where the calendar has them."""
    assert parse_time(time) == time


@pytest.mark.parametrize(
    "time",
    [
        "1999-12-31T23:59:59Z",
        "2100-01-01T00:00:00Z",
        "2016-12-31T23:59:60Z",
        "2026-04-31T00:00:00Z",
        "2025-02-29T00:00:00Z",
        "2026-01-05T24:00:00Z",
        "2026-01-05T06:60:00Z",
        "2026-01-05T06:12:00+00:00",
        "2026-01-05T06:12:00",
        "2026-01-05T06:12Z",
        "2026-01-05T06:12:00.0Z",
        "2026-01-05t06:12:00z",
        "2026-01-05 06:12:00Z",
        "2026-00-05T06:12:00Z",
        "2026-13-05T06:12:00Z",
        "2026-01-00T06:12:00Z",
        "2026-1-5T06:12:00Z",
        "2026-01-05T06:12:00Z\n",
        "202\uff16-01-05T06:12:00Z",
        "\u0662026-01-05T06:12:00Z",
        "",
        1767592320,
        None,
        True,
        [],
    ],
)
def test_other_times_are_malformed(time: object) -> None:
    """Other years, leap seconds, days that no calendar has, offsets, fractions, other digits."""
    with pytest.raises(MalformedError):
        parse_time(time)


@pytest.mark.parametrize("day", ["2026-04-31", "2026-1-5", "20260105", "2026-01-05T00:00:00Z", "", None, 2026])
def test_other_dates_are_malformed(day: object) -> None:
    """A date is a day of the calendar and nothing more."""
    with pytest.raises(MalformedError):
        parse_date(day)


@given(st.integers(min_value=946_684_800, max_value=4_102_444_799))
def test_times_are_written_as_they_are_read(seconds: int) -> None:
    """And their order as texts is their order in time."""
    time = format_time(seconds)
    assert parse_time(time) == time
    assert shift_time(time, seconds=-600) < time < shift_time(time, seconds=1) or seconds in (
        946_684_800,
        4_102_444_799,
    )


@given(st.binary(max_size=100))
def test_encodings_round_trip(data: bytes) -> None:
    """Standard base64, base64url and hex."""
    assert decode_base64(encode_base64(data)) == data
    assert decode_base64url(encode_base64url(data)) == data
    assert decode_hex(data.hex(), len(data)) == data


@pytest.mark.parametrize(
    "text", ["AAA", "AA", "AA=", "AB==", "AAB=", "AA==\n", " AA==", "A-==", "AA==AA==", "=", "\uff21A=="]
)
def test_other_base64_is_malformed(text: str) -> None:
    """No missing padding, stray bits, white space, other alphabet."""
    with pytest.raises(MalformedError):
        decode_base64(text)


@pytest.mark.parametrize("text", ["AA==", "AB", "A", "A+", "A/", "AA\n", "\uff21A"])
def test_other_base64url_is_malformed(text: str) -> None:
    """No padding, stray bits, white space, other alphabet."""
    with pytest.raises(MalformedError):
        decode_base64url(text)


@pytest.mark.parametrize("text", ["AB", "a", "abc", "abcd", "a b", "0x", "\uff41b"])
def test_other_hex_is_malformed(text: str) -> None:
    """Lower case and the exact length."""
    with pytest.raises(MalformedError):
        decode_hex(text, 1)


def test_the_order_of_metals_and_origins_is_the_contracts() -> None:
    """Ties of an apportionment go to the first, so the order is part of every result."""
    assert " ".join(METALS) == "Pb Li Ni Co Cu Mn Al Fe Sb Sn Cd Hg"
    assert ORIGINS == (
        "battery_post_consumer",
        "battery_manufacturing",
        "other_post_consumer",
        "other_pre_consumer",
        "internal",
        "primary",
        "unknown",
    )


def test_countries_are_those_of_the_standard() -> None:
    """249 officially assigned codes; neither UK nor EU is one of them."""
    assert len(COUNTRIES) == 249
    assert {"IN", "US", "TH", "CH", "GB", "TW"} <= COUNTRIES
    assert not {"UK", "EU", "XK", "ZZ", "in"} & COUNTRIES
