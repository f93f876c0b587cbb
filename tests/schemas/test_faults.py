"""What is wrong with an event is said in an operator's words, whatever is wrong with it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import reduce
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import MalformedError
from schemas.events import parse_event
from schemas.ids import PartyId
from schemas.limits import DEFAULTS, Limits, out_of_order
from schemas.strict_json import dump_json
from schemas.versions import VERSION_1
from tests.schemas.examples import EVENTS
from tests.schemas.samples import NONCE, SAMPLES, Path, changed, places, read

EVERY_EVENT = [*SAMPLES.values(), *EVENTS]
WRONG: list[Any] = [
    True, 0, 2**53 - 1, "", " ", "0", "-1", "1,5", "59.1", "1e5", "x" * 1000, "\u0661\u0662", [], [[]], {}, {"a": 1},
    {"Pb": {"Pb": "1"}}, {"": ""}, ["MUN-L-1"] * 2, [{}], [{"lot": "x"}], {"type": "intake"}, {"type": 1}, "mun-l-1",
    "2026-02-30", "2026-13",
]  # fmt: skip
"""Values that hardly any member takes."""

FOREIGN = re.compile(
    r"input should|field required|extra inputs|union|discriminat|tagged|tuple|\bdict|\bstr\b|\bint\b|\bbool\b|\bfloat\b"
    r"|string|boolean|instance|validation|value error|pydantic|\^|\[A-Z\]|"
    + "|".join(rf"\b{name}\b" for name in ("Document", "Output", "Input", "DispatchedLot", "ProvenKeyFields", "Line")),
)
"""Words of the library and of the language, and names of classes, that no operator knows."""


def said(event: dict[str, Any]) -> str:
    """Return what is wrong with an event, empty where it is read."""
    try:
        read(event)
    except MalformedError as error:
        return str(error)
    return ""


def _set(event: dict[str, Any], place: Path, value: Any) -> dict[str, Any]:
    copy: dict[str, Any] = json.loads(json.dumps(event))
    holder: Any = reduce(lambda found, part: found[part], place[:-1], cast("Any", copy))
    holder[place[-1]] = value
    return copy


def _without(event: dict[str, Any], place: Path) -> dict[str, Any]:
    copy: dict[str, Any] = json.loads(json.dumps(event))
    holder: Any = reduce(lambda found, part: found[part], place[:-1], cast("Any", copy))
    del holder[place[-1]]
    return copy


def _mutants(event: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for place in places(event):
        yield from (_set(event, place, value) for value in WRONG)
        yield _without(event, place)
        yield _set(event, (*place[:-1], "colour"), "red") if isinstance(place[-1], str) else event


@pytest.mark.parametrize(
    "event", EVERY_EVENT, ids=[f"{number}-{event['type']}" for number, event in enumerate(EVERY_EVENT)]
)
def test_no_word_of_the_library_is_in_a_message(event: dict[str, Any]) -> None:
    """Whatever stands where: *expected* is said, and nothing that only a programmer knows."""
    for mutant in _mutants(event):
        message = said(mutant)
        got = re.sub(r'got "[^"]*"', "got it", message, flags=re.DOTALL)
        assert not message or "expected" in message
        assert not FOREIGN.search(got), message


def test_a_list_with_a_bad_member_is_not_called_empty_as_well() -> None:
    """One fault is said once, at its own place."""
    message = said(changed("transformation", ("outputs", 0, "net_kg"), "12310,5"))
    assert message.startswith("outputs[0].net_kg: expected a mass in kg")
    assert ";" not in message


def test_the_kind_of_an_event_is_not_in_the_path() -> None:
    """A replacement's member is named as it stands there, and a wrong type as the member it is."""
    place: Path = ("replacement", "lots", 0, "lot")
    assert said(changed("correction", place, "mun")).startswith("replacement.lots[0].lot: expected an id such as")
    assert said(changed("correction", ("replacement", "type"), "x")).startswith("replacement.type: expected one of")
    assert said(changed("key-add", ("action",), "x")).startswith("action: expected one of 'add', 'revoke', got \"x\"")


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("21450,5", "a comma for a point?"),
        ("21,450", "a comma for a point?"),
        ("21.450,0", "a comma for a point?"),
        ("21.450.000", "thousands set apart?"),
        ("21'450", "thousands set apart?"),
        ("21 450", "a blank in the number?"),
        (" 21450", "a blank in the number?"),
        ("1.2e4", "an exponent?"),
        ("21450 kg", "a unit beside the number?"),
        ("21.45t", "a unit beside the number? turn it into the unit that is expected"),
        ("21450.1234567", "more decimals than are kept?"),
        ("-5", "a sign?"),
        ("+5", "a sign?"),
        (".5", "a digit on each side of the point"),
        ("007", "leading zeros?"),
        (21450, 'a number for a text? put it in quotes: "21450"'),
    ],
)
def test_a_mass_that_is_none_is_reported_what_it_looks_like(text: Any, hint: str) -> None:
    """In every place where a mass stands: alone, by metal, and by metal and origin."""
    for place in (("net_kg",), ("content_kg", "Pb"), ("origin_kg", "Pb", "primary")):
        assert hint in said(changed("intake", place, text))


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("59.12", "a percentage for a fraction?"),
        ("0.1234567890", "more decimals than are kept?"),
        ("0.59 ", "a blank in the number?"),
        ("2", "a percentage for a fraction?"),
        ("59.12 %", "a percentage for a fraction?"),
        ("59,12%", "a percentage for a fraction?"),
        ("0,59", "a comma for a point?"),
        ("5e-1", "an exponent?"),
        (1, "a number for a text?"),
    ],
)
def test_a_fraction_that_is_none_is_reported_what_it_looks_like(text: Any, hint: str) -> None:
    """As for masses; a percentage is named as one."""
    assert hint in said(changed("assay", ("results", "Ni", "fraction"), text))


def test_a_number_with_a_point_is_reported_to_be_a_text() -> None:
    """JSON numbers are whole; masses and fractions stand in quotes."""
    raw = dump_json({"nonce": NONCE, **SAMPLES["intake"]}).replace(b'"net_kg":"10"', b'"net_kg":10.5')
    with pytest.raises(MalformedError, match="masses and fractions are texts"):
        parse_event(raw, PartyId("MUN"), VERSION_1)


@pytest.mark.parametrize(
    ("name", "place", "value", "words"),
    [
        ("transformation", ("outputs", 0, "units"), [{"id": "1", "net_kg": "1"}] * 2, 'each id once in "units"'),
        ("attestation", ("codes",), ["a", "a"], 'each code once in "codes"'),
        ("acceptance", ("lots", 0, "assays"), ["ab" * 32] * 2, 'each statement once in "assays"'),
    ],
    ids=str,
)
def test_what_stands_twice_in_one_event_is_malformed(name: str, place: Path, value: Any, words: str) -> None:
    """A bundle, a code, an assay."""
    assert words in said(changed(name, place, value))


@pytest.mark.parametrize(
    ("place", "row"),
    [
        (("scales",), {"scale": "W1", "calibrated_on": "2026-01-02", "calibrated_until": "2026-01-01"}),
        (("permits",), {"issuer": "B", "number": "7", "valid_from": "2026-01-02", "valid_until": "2026-01-01"}),
    ],
)
def test_a_span_does_not_end_before_it_begins(place: Path, row: dict[str, str]) -> None:
    """The calibration of a scale and the validity of a permit; one day is a span."""
    assert "at or after" in said(changed("participant", place, [row]))
    last = next(name for name in row if name.endswith("_until"))
    read(changed("participant", place, [{**row, last: "2026-01-02"}]))


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        ({"drained_factor_ppm": 0}, "limits.drained_factor_ppm: expected a number of at least 1"),
        ({"handover_warn_ppm": 30_000}, "the limit handover_warn_ppm at most handover_high_ppm"),
        ({"truck_high_kg": 500}, "the limit truck_high_kg at most truck_warn_kg"),
        ({"power_low_kwh_per_t": 10_001}, "the limit power_low_kwh_per_t at most power_high_kwh_per_t"),
        ({"no_such_limit": 1}, "expected limits among"),
    ],
)
def test_limits_are_above_zero_and_in_order(limits: dict[str, int], words: str) -> None:
    """What is divided by is never zero, and what is medium is not beyond what is high."""
    assert words in said(changed("participant", ("limits",), limits))
    read(changed("participant", ("limits",), {"handover_warn_ppm": 30_000, "handover_high_ppm": 40_000}))


def test_the_defaults_are_in_order_and_none_is_zero() -> None:
    """As a site's own must be."""
    assert out_of_order(DEFAULTS) is None
    assert all(getattr(DEFAULTS, name) >= 1 for name in Limits._fields)


RAW = [dump_json({"nonce": NONCE, **event}) for event in EVERY_EVENT]


@given(st.sampled_from(RAW), st.integers(0, 10_000), st.binary(max_size=4), st.integers(0, 4))
def test_any_change_of_bytes_is_read_or_malformed(raw: bytes, start: int, new: bytes, length: int) -> None:
    """Bytes are put in, left out or changed anywhere: no other error leaves the reader."""
    start %= len(raw)
    document = raw[:start] + new + raw[start + length :]
    try:
        is_said_well = parse_event(document, PartyId("MUN"), VERSION_1).type == json.loads(document)["type"]
    except MalformedError as error:
        is_said_well = "expected" in str(error)
    assert is_said_well


# A path has the names of the event itself; these could not be taken for words of the library.
WORDS = st.text("xyz", max_size=5)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(0, 2**53 - 1) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(EVERY_EVENT), st.data(), st.lists(JSON, min_size=1, max_size=3))
def test_any_values_in_any_places_are_read_or_malformed(
    event: dict[str, Any], data: st.DataObject, values: Any
) -> None:
    """Several faults at once, one of which may have taken the place of another."""
    for value in values:
        event = _set(event, data.draw(st.sampled_from(places(event))), value)
        if not places(event):
            return
    assert not FOREIGN.search(re.sub(r'"[^"]*"', "", said(event), flags=re.DOTALL))
