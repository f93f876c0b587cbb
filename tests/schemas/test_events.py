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
from schemas.strict_json import dump_json
from tests.schemas.samples import DIGEST, DOCUMENT, NONCE, SAMPLES

Path = tuple[str | int, ...]


def read(event: dict[str, Any], issuer: str = "MUN") -> Any:
    """Read an event document."""
    return parse_event(dump_json({"nonce": NONCE, **event}), issuer)


def changed(name: str, path: Path, value: Any) -> dict[str, Any]:
    """Return a sample with one member set."""
    event = copy.deepcopy(SAMPLES[name])
    place: Any = event
    for part in path[:-1]:
        place = place[part]
    place[path[-1]] = value
    return event


def places(value: Any, path: Path = ()) -> list[Path]:
    """Return the paths of all members, those of members included."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for name, member in members for place in ((*path, name), *places(member, (*path, name)))]


EVERY_PLACE = [(name, place) for name, event in SAMPLES.items() for place in places(event)]
EVERY_OBJECT = [
    (name, place)
    for name, event in SAMPLES.items()
    for place in [(), *places(event)]
    if isinstance(reduce(lambda at, part: at[part], place, event), dict)
]


@pytest.mark.parametrize("name", SAMPLES)
def test_a_whole_event_is_read(name: str) -> None:
    """Each sample has every optional member that fits, and is taken."""
    assert read(SAMPLES[name]).nonce == NONCE


@pytest.mark.parametrize(("name", "place"), EVERY_PLACE, ids=str)
def test_null_and_other_types_are_malformed(name: str, place: Path) -> None:
    """An optional member is left out, not null; no member takes a fraction or a list of lists."""
    for value in (None, [[]], -1, {"a": {}}):
        with pytest.raises(MalformedError):
            read(changed(name, place, value))


@pytest.mark.parametrize(("name", "place"), EVERY_PLACE, ids=str)
def test_a_boolean_is_no_number_and_no_text(name: str, place: Path) -> None:
    """Only ``closes`` is true or false, and it is nothing else."""
    values = [1, 0, "true"] if place[-1] == "closes" else [True, False]
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
    [("genesis", ("log_keys",)), ("genesis", ("authority", "keys")), ("participant", ("roles",)), ("participant", ("keys",)),
     ("participant", ("require",)), ("transformation", ("inputs",)), ("transformation", ("outputs",)), ("dispatch", ("lots",)),
     ("acceptance", ("lots",))],
)  # fmt: skip
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


RECORD = ["", "-A", "a", "MUN_1", "MUN.1", "MUN 1", "A" * 21, "M\u0430N-1", "MUN-\uff11", "M\u00dcN-1", "MUN-1\n", "\u041cUN-1"]
PARTY = ["", "M", "1M", "-M", "mun", "MUN_1", "A" * 21, "\u041cUN", "MU\uff2e", "MUN\n", "../MUN"]


@pytest.mark.parametrize("value", RECORD, ids=ascii)
def test_other_record_ids_are_malformed(value: str) -> None:
    """Lots, runs and shipments: 1 to 20 of A-Z, 0-9 and -, not beginning with -; look-alikes are others."""
    for name, place in (("intake", ("lot",)), ("transformation", ("run",)), ("dispatch", ("shipment",))):
        with pytest.raises(MalformedError):
            read(changed(name, place, value))
    for good in ("9", "A" * 20, "A-", "9-9"):
        read(changed("intake", ("lot",), good))


@pytest.mark.parametrize("value", PARTY, ids=ascii)
def test_other_party_ids_are_malformed(value: str) -> None:
    """Participants: 2 to 20 characters, the first a letter."""
    for name, place in (("participant", ("id",)), ("key-add", ("participant",)), ("dispatch", ("to",))):
        with pytest.raises(MalformedError):
            read(changed(name, place, value))
    for good in ("AB", "A" * 20, "A-"):
        read(changed("participant", ("id",), good))


@pytest.mark.parametrize(
    ("name", "place", "value"),
    [
        ("intake", ("origin",), "primary"),  # both origin and origin_kg
        ("intake", ("origin_kg", "Pb", "primary"), "2.000001"),
        ("intake", ("origin_kg", "Ni"), {"primary": "1"}),
        ("intake", ("content_kg", "Au"), "1"),
        ("intake", ("content_kg", "pb"), "1"),
        ("intake", ("origin_kg", "Pb", "magic"), "1"),
        ("intake", ("dry_kg",), "10.000001"),
        ("intake", ("net_kg",), "0"),
        ("intake", ("dry_kg",), "0"),
        ("intake", ("net_kg",), 10),
        ("intake", ("net_kg",), "10.0000001"),
        ("intake", ("country",), "UK"),
        ("intake", ("chemistry",), "NMC"),
        ("intake", ("reason",), "gift"),
        ("intake", ("content_basis",), "guess"),
        ("intake", ("sealed",), [DIGEST, DIGEST]),
        ("intake", ("sealed",), ["B" * 42 + "A", DIGEST]),
        ("intake", ("sealed",), ["A" * 42 + "B"]),
        ("intake", ("sealed",), [f"A{number:02d}{'A' * 40}" for number in range(33)]),
        ("intake", ("documents", 0, "kind"), "napkin"),
        ("intake", ("documents", 0, "date"), "2026-04-31"),
        ("intake", ("documents", 0, "sha256"), "AB" * 32),
        ("transformation", ("outputs", 0, "dry_kg"), "1.000001"),
        ("transformation", ("outputs", 0, "role"), "profit"),
        ("transformation", ("outputs", 0, "units", 0, "net_kg"), "0"),
        ("transformation", ("inputs", 0, "net_kg"), "0"),
        ("transformation", ("additions", 0, "net_kg"), "0"),
        ("transformation", ("additions", 0, "origin"), "internal"),
        ("transformation", ("started_at",), "2026-01-05T06:00:00+00:00"),
        ("transformation", ("gain_reason",), "magic"),
        ("dispatch", ("disposition",), "sold"),  # both to and disposition
        ("dispatch", ("to",), "MUN"),  # the issuer itself
        ("dispatch", ("lots",), [{"lot": "MUN-B-1"}] * 2),
        ("acceptance", ("lots", 0, "decision"), "maybe"),
        ("participant", ("roles",), ["park", "park"]),
        ("participant", ("roles",), ["king"]),
        ("participant", ("require",), ["rsa"]),
        ("participant", ("lines", 0, "capacity_t_per_year"), "0"),
        ("key-add", ("algorithm",), "rsa"),
        ("key-add", ("action",), "change"),
        ("key-revoke", ("reason",), "bored"),
        ("rules", ("rules",), 2),
        ("rules", ("rules",), 0),
        ("genesis", ("origin",), "a b"),
        ("genesis", ("origin",), "a+b"),
        ("genesis", ("origin",), "a" * 256),
        ("genesis", ("log_keys",), ["a"]),
        ("intake", ("type",), "correction"),
        ("intake", ("type",), "Intake"),
    ],
    ids=str,
)
def test_values_outside_their_rules_are_malformed(name: str, place: Path, value: Any) -> None:
    """Each is refused for this one member alone."""
    with pytest.raises(MalformedError):
        read(changed(name, place, value))


@pytest.mark.parametrize(("name", "lists"), [("transformation", "outputs"), ("dispatch", "lots"), ("acceptance", "lots")])
def test_a_lot_twice_in_a_list_is_malformed(name: str, lists: str) -> None:
    """Inputs apart, where the lines are taken one after the other."""
    row = SAMPLES[name][lists][0]
    with pytest.raises(MalformedError, match="each lot once"):
        read(changed(name, (lists,), [row, row]))
    read(changed(name, (lists,), [row, {**row, "lot": "MUN-B-2"}]))


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


def test_a_code_that_is_not_listed_is_told_the_list() -> None:
    """The message names what would have been taken."""
    with pytest.raises(MalformedError, match=r"material: expected one of .*'black_mass'.*got 'unobtainium'"):
        read(changed("intake", ("material",), "unobtainium"))


@pytest.mark.parametrize("nonce", ["", "0" * 31, "0" * 33, "A" * 32, "\uff10" * 32, "0" * 32 + "\n"])
def test_an_event_begins_with_a_nonce(nonce: str) -> None:
    """32 lower-case hex digits, as the first member."""
    with pytest.raises(MalformedError):
        parse_event(dump_json({"nonce": nonce, **SAMPLES["rules"]}), "MUN")
    with pytest.raises(MalformedError, match="begins with"):
        parse_event(dump_json({**SAMPLES["rules"], "nonce": NONCE}), "MUN")


def test_an_event_has_at_most_a_million_bytes() -> None:
    """White space counts; one byte more is refused."""
    raw = json.dumps({"nonce": NONCE, **SAMPLES["rules"]}).encode()
    parse_event(raw.ljust(MAX_EVENT_BYTES), "MUN")
    with pytest.raises(MalformedError, match="1,000,000 bytes"):
        parse_event(raw.ljust(MAX_EVENT_BYTES + 1), "MUN")


@pytest.mark.parametrize("length", [1000, 1001])
def test_texts_of_events_have_at_most_a_thousand_characters(length: int) -> None:
    """The room that keys need is not given to any other text or name."""
    for name, place in (("intake", ("waste_code",)), ("participant", ("name",)), ("participant", ("identifiers", "gln"))):
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
    assert [row.number for row in read(changed("intake", ("documents",), rows)).documents] == [str(n) for n in range(1000)]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(0, 2**53 - 1) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from(EVERY_PLACE), JSON)
def test_any_value_in_any_place_is_read_or_malformed(where: tuple[str, Path], value: Any) -> None:
    """No other error leaves the reader, whatever stands where."""
    try:
        read(changed(*where, value))
    except MalformedError:
        return


@given(st.binary(max_size=100))
def test_random_bytes_are_no_event(raw: bytes) -> None:
    """Nothing but ``MalformedError`` comes of them."""
    with pytest.raises(MalformedError):
        parse_event(raw, "MUN")
