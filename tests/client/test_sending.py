"""Sending feeds: again, after a crash, beside another sender, after a refusal (contract, section 6)."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ledger.client.outbox import Outbox
from schemas.errors import LedgerStateError
from tests.client.station import Crash, Hooked, Station, dispatch, intake

FEED = [intake(f"MUN-B-{number}") for number in range(5)] + [intake("TEX-B-1", "TEX")]


def _crash() -> None:
    raise Crash


def _report(accepted: int, duplicates: int, *refused: tuple[int, str]) -> dict[str, Any]:
    return {"accepted": accepted, "duplicates": duplicates, "refused": list(refused)}


def _short(report: dict[str, Any]) -> dict[str, Any]:
    return {**report, "refused": [(row["line"], row["code"]) for row in report["refused"]]}


def test_the_same_feed_twice_changes_nothing(station: Station) -> None:
    """All lines are there already; nothing is signed or appended."""
    assert _short(station.send(*FEED)) == _report(6, 0)
    size = station.size
    assert _short(station.send(*FEED)) == _report(0, 6)
    assert station.size == size


def test_a_feed_that_grew_adds_only_what_is_new(station: Station) -> None:
    """A line is known by its hash, wherever it stands and however the line ends."""
    station.send(*FEED[:3])
    assert _short(station.send(FEED[4], *(line + b"\r\n" for line in FEED[:3]))) == _report(1, 3)


def test_the_same_line_twice_is_two_statements(station: Station) -> None:
    """The second is judged for itself, and refused for its lot; sent again both are as they were."""
    for accepted, duplicates in ((1, 0), (0, 1)):
        assert _short(station.send(FEED[0], FEED[0])) == _report(accepted, duplicates, (2, "lot-exists"))
    assert [header.sequence for header in station.headers()] == [1]


def test_a_refused_line_uses_no_sequence_number(station: Station) -> None:
    """The chain goes on without a gap, and the lines behind are taken."""
    report = station.send(FEED[0], dispatch("MUN-H-1", "MUN-B-9"), FEED[1], FEED[0], FEED[5], FEED[2])
    assert _short(report) == _report(4, 0, (2, "unknown-lot"), (4, "lot-exists"))
    assert [header.sequence for header in station.headers()] == [1, 2, 3]
    assert [header.sequence for header in station.headers("TEX")] == [1]


def test_blank_lines_at_the_end_of_a_feed_are_no_fault(station: Station) -> None:
    """An export of a plant system ends with some; one between two lines is still no feed line."""
    assert _short(station.send(*FEED, b"\n", b"  \r\n", b"")) == _report(6, 0)
    assert _short(station.send(*FEED[:2], b"\n", *FEED[2:], b"\n")) == _report(0, 6, (3, "malformed"))


def test_each_device_has_a_chain_of_its_own(station: Station) -> None:
    """Lines of a second weighbridge are chained apart from the first."""
    lines = [intake("MUN-B-1"), intake("MUN-B-2", chain="gate-2"), intake("MUN-B-3", chain="gate-2"), intake("MUN-B-4")]
    station.send(*lines)
    assert [(header.chain, header.sequence) for header in station.headers()] == [
        ("main", 1), ("gate-2", 1), ("gate-2", 2), ("main", 2),
    ]  # fmt: skip
    assert len({header.previous for header in station.headers() if header.sequence == 1}) == 1


def _before_sending(hooked: Hooked) -> None:
    hooked.before = _crash  # type: ignore[method-assign]


def _after_the_ledger_took_it(hooked: Hooked) -> None:
    hooked.after = _crash  # type: ignore[method-assign]


@pytest.mark.parametrize(
    ("point", "there"), [(_before_sending, 0), (_after_the_ledger_took_it, len(FEED))], ids=["signed", "taken"]
)
def test_a_crash_loses_and_doubles_nothing(station: Station, point: Callable[[Hooked], None], there: int) -> None:
    """The outbox has what was signed: it is sent again with the same bytes, taken once."""
    hooked = Hooked(station)
    point(hooked)
    with pytest.raises(Crash):
        station.send(*FEED, transport=hooked)
    signed = _outbox_rows(station)
    assert len(signed) == len(FEED)
    assert _short(station.send(*FEED)) == _report(len(FEED) - there, there)
    assert _outbox_rows(station) == signed
    assert [header.sequence for header in station.headers()] == [1, 2, 3, 4, 5]


def test_a_crash_in_a_later_batch_goes_on_from_there(station: Station) -> None:
    """Forty lines go in several batches; the second breaks off after the ledger took it."""
    lines = [intake(f"MUN-C-{number}") for number in range(40)]
    hooked = Hooked(station)
    hooked.after = lambda: _crash() if len(hooked.sent) == 2 else None  # type: ignore[method-assign]
    with pytest.raises(Crash):
        station.send(*lines, transport=hooked)
    there = sum(hooked.sent)
    assert 0 < there <= 40
    assert _short(station.send(*lines)) == _report(40 - there, there)


def test_a_crash_before_the_outbox_signs_anew(station: Station) -> None:
    """What was not kept was not sent either."""

    class Failing(Outbox):
        def put(self, signed: Any) -> None:
            raise Crash

    with pytest.raises(Crash):
        station.send(*FEED, outbox=Failing(station.directory / "outbox.db"))
    assert station.headers() == []
    assert _short(station.send(*FEED)) == _report(6, 0)


def test_a_crash_behind_a_refused_line_keeps_the_order(station: Station) -> None:
    """What was signed behind it on its chain is signed anew, and the refused line judged again."""
    lines = [FEED[0], dispatch("MUN-H-1", "MUN-B-9"), FEED[1], FEED[2]]
    hooked = Hooked(station)
    hooked.after = _crash  # type: ignore[method-assign]
    with pytest.raises(Crash):
        station.send(*lines, transport=hooked)
    assert _short(station.send(*lines)) == _report(2, 1, (2, "unknown-lot"))
    assert [header.sequence for header in station.headers()] == [1, 2, 3]


def test_another_sender_on_the_chain_only_costs_a_second_signature(station: Station, tmp_path: Path) -> None:
    """The head that was signed for has moved on: the line is signed anew and taken."""
    hooked = Hooked(station)

    def overtake() -> None:
        if len(hooked.sent) == 1:
            station.send(intake("MUN-X-1"), outbox=Outbox(tmp_path / "other.db"))

    hooked.before = overtake  # type: ignore[method-assign]
    assert _short(station.send(*FEED, transport=hooked)) == _report(6, 0)
    assert [header.sequence for header in station.headers()] == [1, 2, 3, 4, 5, 6]
    assert _short(station.send(*FEED)) == _report(0, 6)


def test_a_sender_that_is_overtaken_each_time_gives_up(station: Station, tmp_path: Path) -> None:
    """After some tries the line is refused with ``chain-conflict``; sent again alone it is taken."""
    hooked = Hooked(station)

    def overtake() -> None:
        number = len(hooked.sent)
        station.send(intake(f"MUN-X-{number}"), outbox=Outbox(tmp_path / "other.db"))

    hooked.before = overtake  # type: ignore[method-assign]
    assert _short(station.send(FEED[0], transport=hooked)) == _report(0, 0, (1, "chain-conflict"))
    assert _short(station.send(FEED[0])) == _report(1, 0)


def test_a_refused_line_is_judged_again_after_the_ledger_changed(station: Station) -> None:
    """What was missing has come in since, so the line is signed anew and taken."""
    line = dispatch("MUN-H-1", "MUN-B-0")
    assert _short(station.send(line)) == _report(0, 0, (1, "unknown-lot"))
    station.send(FEED[0])
    assert _short(station.send(line)) == _report(1, 0)


def test_a_refusal_stands_while_the_ledger_has_not_changed(station: Station) -> None:
    """A later line of the same feed removed the cause, yet the same feed twice changes nothing."""
    lines = [dispatch("MUN-H-1", "MUN-B-0"), FEED[0]]
    for accepted, duplicates in ((1, 0), (0, 1)):
        assert _short(station.send(*lines)) == _report(accepted, duplicates, (1, "unknown-lot"))


def test_a_line_from_the_future_is_judged_again_when_its_time_comes(station: Station) -> None:
    """No change of the ledger is needed: time alone removed the cause."""
    line = intake("MUN-B-1", occurred_at="2026-02-01T12:10:01Z")
    for _ in range(2):
        assert _short(station.send(line)) == _report(0, 0, (1, "time-order"))
    station.clock.seconds += 1
    assert _short(station.send(line)) == _report(1, 0)


def test_a_line_from_the_future_is_refused_alike_when_sent_again(station: Station) -> None:
    """A later line has used the lot up, yet the same feed twice gives the same answer."""
    late = json.loads(dispatch("MUN-H-1", "MUN-B-0")) | {"occurred_at": "2099-01-01T00:00:00Z"}
    lines = [FEED[0], json.dumps(late).encode(), dispatch("MUN-H-2", "MUN-B-0")]
    for accepted, duplicates in ((2, 0), (0, 2)):
        assert _short(station.send(*lines)) == _report(accepted, duplicates, (2, "time-order"))


def test_a_damaged_outbox_is_named(tmp_path: Path) -> None:
    """A file that is none is not overwritten."""
    path = tmp_path / "outbox.db"
    path.write_bytes(b"not a database" * 100)
    with pytest.raises(LedgerStateError, match="expected a usable outbox"):
        Outbox(path)
    assert path.read_bytes() == b"not a database" * 100


def _outbox_rows(station: Station) -> list[tuple[Any, ...]]:
    outbox = Outbox(station.directory / "outbox.db")
    try:
        return sorted(outbox._connection.execute("SELECT line, occurrence, statement FROM signed WHERE line IN "
                                                 "(SELECT line FROM signed ORDER BY rowid DESC LIMIT 6)"))  # fmt: skip
    finally:
        outbox.close()
