"""Events: what each member may be, and that nothing else is taken (contract, section 4)."""

from __future__ import annotations

import copy
import json
from functools import reduce
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.errors import MalformedError
from schemas.events import MAX_EVENT_BYTES, parse_event
from schemas.ids import PartyId
from schemas.strict_json import dump_json
from schemas.versions import VERSION_1
from tests.schemas.samples import DOCUMENT, NONCE, SAMPLES, Path, changed, places, read


def _at(value: Any, place: Path) -> Any:
    return reduce(lambda found, part: found[part], place, value)


EVERY_PLACE = [(name, place) for name, event in SAMPLES.items() for place in places(event)]
EVERY_OBJECT = [
    (name, place)
    for name, event in SAMPLES.items()
    for place in [(), *places(event)]
    if isinstance(_at(event, place), dict)
]


@pytest.mark.parametrize("name", SAMPLES)
def test_a_whole_event_is_read(name: str) -> None:
    """Each sample has every optional member that fits, and is taken."""
    assert read(SAMPLES[name]).nonce == NONCE


@pytest.mark.parametrize(("name", "place"), EVERY_PLACE, ids=str)
def test_null_and_other_types_are_malformed(name: str, place: Path) -> None:
    """An optional member is left out, not null; no member takes a fraction or a list of lists."""
    others: list[Any] = [None, [[]], -1, {"a": {}}]
    for value in others:
        with pytest.raises(MalformedError):
            read(changed(name, place, value))


@pytest.mark.parametrize(("name", "place"), EVERY_PLACE, ids=str)
def test_a_boolean_is_no_number_and_no_text(name: str, place: Path) -> None:
    """Only ``closes`` and ``adjust`` are true or false, and they are nothing else."""
    values: list[Any] = [1, 0, "true"] if place[-1] in ("closes", "adjust") else [True, False]
    for value in values:
        with pytest.raises(MalformedError):
            read(changed(name, place, value))


@pytest.mark.parametrize(("name", "place"), EVERY_OBJECT, ids=str)
def test_unknown_members_are_malformed(name: str, place: Path) -> None:
    """In every object, ``identifiers`` apart, whose names are free."""
    event = changed(name, (*place, "colour"), "red")
    if place == ("identifiers",):
        read(event)
        return
    with pytest.raises(MalformedError):
        read(event)


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("genesis", ("log_keys",)),
        ("genesis", ("authority", "keys")),
        ("participant", ("roles",)),
        ("participant", ("keys",)),
        ("participant", ("require",)),
        ("transformation", ("inputs",)),
        ("transformation", ("outputs",)),
        ("dispatch", ("lots",)),
        ("acceptance", ("lots",)),
        *((name, ("lots",)) for name in ("assay", "stock_count", "hold", "release", "claim")),
        ("agreement", ("parks",)),
        ("attestation", ("codes",)),
    ],
)
def test_lists_that_need_a_member_are_not_empty(name: str, place: Path) -> None:
    """A run without inputs, a shipment without lots and the like are malformed."""
    with pytest.raises(MalformedError):
        read(changed(name, place, []))


REQUIRED = {
    "genesis": "origin rules log_keys authority",
    "participant": "id name roles country identifiers",
    "key-add": "participant action algorithm public_key proof",
    "key-revoke": "participant action keyid reason since",
    "rules": "rules",
    "intake": "lot material chemistry form net_kg content_kg content_basis country documents origin_kg description",
    "transformation": "run process started_at ended_at inputs outputs description",
    "dispatch": "shipment to lots",
    "acceptance": "shipment lots",
    "assay": "lots stage results basis method sample",
    "assay-confirms": "lots confirms",
    "stock_count": "lots counted_kg method reason adjust",
    "stock_count-confirms": "lots confirms",
    "hold": "lots reason",
    "release": "hold lots reason",
    "claim": "kind scheme number lots",
    "correction": "statement kind reason",
    "period_close": "period totals lots_root",
    "agreement": "agreement seller buyer parks starts_on ends_on",
    "attestation": "statement codes verdict reason",
}


@pytest.mark.parametrize("name", SAMPLES)
def test_only_optional_members_may_be_missing(name: str) -> None:
    """Each member alone is left out: the required ones are missed, the others are not."""
    for member in SAMPLES[name]:
        event = {key: value for key, value in SAMPLES[name].items() if key != member}
        if member in ("type", *REQUIRED[name].split()):
            with pytest.raises(MalformedError):
                read(event)
        else:
            read(event)


@pytest.mark.parametrize(
    ("name", "lists"), [("transformation", "outputs"), ("dispatch", "lots"), ("acceptance", "lots")]
)
def test_a_lot_twice_in_a_list_is_malformed(name: str, lists: str) -> None:
    """Inputs apart, where the lines are taken one after the other."""
    row = {member: value for member, value in SAMPLES[name][lists][0].items() if member != "rejected"}
    with pytest.raises(MalformedError, match="each lot once"):
        read(changed(name, (lists,), [row, row]))
    read(changed(name, (lists,), [row, {**row, "lot": "MUN-B-2"}]))


def test_a_rejected_part_is_a_new_lot() -> None:
    """Neither one of the shipment, nor that of another line, nor of a lot that is rejected or disputed as a whole."""
    row = SAMPLES["acceptance"]["lots"][0]
    for rows, why in (
        ([{**row, "rejected": {"lot": row["lot"], "net_kg": "1"}}], "a new lot"),
        ([row, {**row, "lot": "MUN-B-2"}], "each lot once"),
        ([{**row, "decision": "rejected"}], "accepted"),
        ([{**row, "decision": "disputed"}], "settled"),
    ):
        with pytest.raises(MalformedError, match=why):
            read(changed("acceptance", ("lots",), rows))
    read(changed("acceptance", ("lots", 0, "decision"), "settled"))


@pytest.mark.parametrize("name", ["assay", "stock_count", "hold", "release"])
def test_a_lot_id_twice_is_malformed(name: str) -> None:
    """A composite, a count, a hold and a release name each lot once."""
    with pytest.raises(MalformedError, match="each lot once"):
        read(changed(name, ("lots",), ["MUN-B-1", "MUN-B-1"]))


@pytest.mark.parametrize(
    ("name", "place"),
    [("intake", ("description",)), ("transformation", ("description",)), ("intake", ("documents", 0, "description"))],
)
def test_other_needs_a_description_beside_it(name: str, place: Path) -> None:
    """``other`` says nothing; the object that holds it must."""
    event = copy.deepcopy(SAMPLES[name])
    holder: Any = event
    for part in place[:-1]:
        holder = holder[part]
    del holder[place[-1]]
    with pytest.raises(MalformedError, match="description"):
        read(event)


def test_a_code_that_is_not_listed_is_reported_the_list() -> None:
    """The message names what would have been taken."""
    with pytest.raises(MalformedError, match=r"material: expected one of .*'black_mass'.*got \"unobtainium\""):
        read(changed("intake", ("material",), "unobtainium"))


@pytest.mark.parametrize("nonce", ["", "0" * 31, "0" * 33, "A" * 32, "\uff10" * 32, "0" * 32 + "\n"])
def test_an_event_begins_with_a_nonce(nonce: str) -> None:
    """32 lower-case hex digits, as the first member."""
    with pytest.raises(MalformedError):
        parse_event(dump_json({"nonce": nonce, **SAMPLES["rules"]}), PartyId("MUN"), VERSION_1)
    with pytest.raises(MalformedError, match="begins with"):
        parse_event(dump_json({**SAMPLES["rules"], "nonce": NONCE}), PartyId("MUN"), VERSION_1)


def test_an_event_has_at_most_a_million_bytes() -> None:
    """White space counts; one byte more is refused."""
    raw = json.dumps({"nonce": NONCE, **SAMPLES["rules"]}).encode()
    parse_event(raw.ljust(MAX_EVENT_BYTES), PartyId("MUN"), VERSION_1)
    with pytest.raises(MalformedError, match="1,000,000 bytes"):
        parse_event(raw.ljust(MAX_EVENT_BYTES + 1), PartyId("MUN"), VERSION_1)


@pytest.mark.parametrize("length", [1000, 1001])
def test_texts_of_events_have_at_most_a_thousand_characters(length: int) -> None:
    """The room that keys need is not given to any other text or name."""
    for name, place in (
        ("intake", ("waste_code",)),
        ("participant", ("name",)),
        ("participant", ("identifiers", "gln")),
    ):
        event = changed(name, place, "\u00e9" * length)
        if length > 1000:
            with pytest.raises(MalformedError):
                read(event)
        else:
            read(event)
    if length > 1000:
        with pytest.raises(MalformedError):
            read(changed("participant", ("identifiers",), {"x" * length: "1"}))


def test_zero_content_is_the_same_as_absent() -> None:
    """Both in ``content_kg`` and in ``origin_kg``."""
    event = read(SAMPLES["intake"])
    assert event.content_kg == {"Pb": 6_000_000}
    assert event.origin_kg == {"Pb": {"primary": 2_000_000, "unknown": 4_000_000}}


def test_a_thousand_documents_are_read_in_order() -> None:
    """Lists keep the order of the statement."""
    rows = [{**DOCUMENT, "number": str(number)} for number in range(1000)]
    assert [row.number for row in read(changed("intake", ("documents",), rows)).documents] == [
        str(n) for n in range(1000)
    ]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(0, 2**53 - 1) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(EVERY_PLACE), JSON)
def test_any_value_in_any_place_is_read_or_malformed(where: tuple[str, Path], value: Any) -> None:
    """No other error leaves the reader, whatever stands where; what is read has the type that it names."""
    document = changed(*where, value)
    try:
        is_said_well = read(document).type == document["type"]
    except MalformedError as error:
        is_said_well = "expected" in str(error)
    assert is_said_well


@given(st.binary(max_size=100))
def test_random_bytes_are_no_event(raw: bytes) -> None:
    """Nothing but ``MalformedError`` comes of them."""
    with pytest.raises(MalformedError):
        parse_event(raw, PartyId("MUN"), VERSION_1)
