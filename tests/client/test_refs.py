"""A month that is exported again, from the plant's system, in another file (contract, section 4, *ref*)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ledger.client.lines import parse_line, sameness
from schemas.errors import MalformedError
from tests.client.station import Station, intake


def _line(number: int, **members: Any) -> bytes:
    return json.dumps({**json.loads(intake(f"MUN-B-{number}")), "ref": f"SLIP {number}", **members}).encode()


def _report(station: Station, *lines: bytes) -> tuple[int, int, list[tuple[int, str]]]:
    report = station.send(*lines)
    return report["accepted"], report["duplicates"], [(row["line"], row["code"]) for row in report["refused"]]


def test_records_that_are_exported_again_are_duplicates_whatever_the_file(station: Station) -> None:
    """New private facts make other lines of them; what is new between them is taken, what changed is refused."""
    assert _report(station, *(_line(number) for number in range(4))) == (4, 0, [])
    size = station.size
    again = [_line(number, private={"vehicle": "GJ 12"}) for number in range(4)]
    changed = json.loads(_line(3, private={"vehicle": "GJ 13"}))
    changed["event"]["country"] = "TH"
    lines = [*again[:3], _line(9), json.dumps(changed).encode()]
    assert _report(station, *lines) == (1, 3, [(5, "ref-conflict")])
    assert station.size == size + 1


def test_a_line_in_another_spelling_is_the_same_line(station: Station) -> None:
    """Order of members, blanks and escapes say nothing; without a ref such a line counts as the same as well."""
    members = json.loads(intake("MUN-B-1"))
    spelt = json.dumps(dict(reversed(members.items())), indent=1).replace("\n", " ").replace("MUN-B-1", "MUN\\u002dB-1")
    assert _report(station, intake("MUN-B-1")) == (1, 0, [])
    assert _report(station, spelt.encode()) == (0, 1, [])


def test_a_ref_beside_the_event_gets_into_it() -> None:
    """The ledger keeps it; two that differ are malformed."""
    line = parse_line(_line(1), 1)
    assert line.event["ref"] == "SLIP 1"
    both = json.loads(_line(1))
    both["event"]["ref"] = "SLIP 2"
    with pytest.raises(MalformedError, match="ref"):
        parse_line(json.dumps(both).encode(), 1)


def test_what_is_no_json_is_the_same_byte_by_byte() -> None:
    """A broken line is refused with its number as ever."""
    assert sameness(b"{") == sameness(b"{") != sameness(b"{ ")
