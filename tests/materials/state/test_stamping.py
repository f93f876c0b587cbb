"""What is judged knows no index; entering gives it one, everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from ledger.materials.registry import KINDS
from ledger.materials.state.book import Effects
from ledger.materials.state.stamping import UPCOMING, stamp_each, stamp_of
from tests.leaves import leaves_of
from tests.season.claim_season import ClaimSeason
from tests.season.every_event import EverySeason

ELSEWHERE = 7
"""So many entries later might it have entered as well."""

STAMPED = {
    "Finding.index", "Lot.created", "Posting.index", "Run.index", "Shipment.index", "Standing.index", "Void.index",
}  # fmt: skip


class Sent(NamedTuple):
    """A value that two entries made."""

    name: str
    at: int
    back: int | None = None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Sent("a", UPCOMING), Sent("a", 5)),
        (Sent("a", 2, UPCOMING), Sent("a", 2, 5)),
        (Sent("a", UPCOMING, UPCOMING), Sent("a", 5, 5)),
    ],
)
def test_the_index_takes_the_place_of_the_mark(before: Sent, after: Sent) -> None:
    """In each of the fields that are named, and in no other."""
    found = stamp_of(Sent, "at", "back")(before, 5)
    assert type(found) is Sent
    assert found == after
    assert stamp_of(Sent, "at")(before, 5).back == before.back
    assert stamp_each(stamp_of(Sent, "at", "back"))((before, after), 5) == (after, after)


def test_what_earlier_entries_made_stays_the_same_value() -> None:
    """It is not even copied: most of what a statement touches is older than itself."""
    sent = Sent("a", 2, 3)
    assert stamp_of(Sent, "at", "back")(sent, 5) is sent


class Judged(NamedTuple):
    """Effects as they were judged, and the entry as which they entered."""

    effects: Effects
    entry: int


@pytest.fixture(scope="module")
def seasons() -> tuple[list[EverySeason], list[Judged]]:
    """Seasons with every event and corrections, and all that was judged in them."""
    judged: list[Judged] = []
    entered_at = Effects.entered_at

    def watched(effects: Effects, index: int) -> Effects:
        judged.append(Judged(effects, index))
        return entered_at(effects, index)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Effects, "entered_at", watched)
        played = [EverySeason(3), EverySeason(13), ClaimSeason(28), ClaimSeason(32)]
        for season in played:
            season.play(150)
    return played, judged


Seasons = tuple[list[EverySeason], list[Judged]]


def test_the_seasons_say_of_everything(seasons: Seasons) -> None:
    """Each kind of event that stands in no list of its own, and each field that an entry's index gets into."""
    played, judged = seasons
    kinds = {event["type"] for season in played for _, _, event in season.said}
    assert kinds == {kind.name for kind in KINDS} - {"agreement", "attestation"}
    assert {way[-1] for one in judged for way in _marked(one.effects)} == STAMPED


def test_what_is_judged_knows_no_index_of_its_own(seasons: Seasons) -> None:
    """Wherever an entry's index stands, it is the mark, or the index of an earlier entry."""
    for effects, index in seasons[1]:
        places = [leaf for leaf in leaves_of(effects) if leaf.way and leaf.way[-1] in STAMPED]
        assert not [leaf for leaf in places if leaf.value != UPCOMING and not -1 < int(str(leaf.value)) < index]


def test_entering_elsewhere_differs_in_the_index_alone(seasons: Seasons) -> None:
    """The same effects as another entry are the same values, with that index where the mark was."""
    for effects, index in seasons[1]:
        here, there = effects.entered_at(index), effects.entered_at(index + ELSEWHERE)
        differing = {
            one.way: (one.value, other.value)
            for one, other in zip(leaves_of(here), leaves_of(there), strict=True)
            if one != other
        }
        assert differing == dict.fromkeys(_marked(effects), (index, index + ELSEWHERE))


def test_no_book_holds_the_mark(seasons: Seasons) -> None:
    """Neither its values nor its keys, its findings, its postings or its history."""
    for season in seasons[0]:
        assert not list(_marked(season.fold))
        assert not list(_marked(season.fold.past))


def _marked(value: Any) -> Iterator[tuple[str, ...]]:
    """Yield the way to each mark in a value."""
    return (way for way, part in leaves_of(value) if part == UPCOMING)
