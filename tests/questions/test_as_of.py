"""What was known by the end of a day."""

from __future__ import annotations

import pytest

from ledger.questions.as_of import size_of
from ledger.questions.lots import lot_answer
from schemas.errors import MalformedError
from schemas.ids import LotId
from tests.world.events import intake, smelting
from tests.world.opened import NOON, OpenWorld

NOW = "2026-02-05T08:00:00Z"
DAY_S = 86_400


def asked(yard: OpenWorld, as_of: str | None, at: int | None = None, now: str = NOW) -> int | None:
    """Return the size that is asked about."""
    with yard.home.store.reading() as snapshot:
        return size_of(snapshot, at, as_of, now)


def test_a_day_is_the_size_of_its_last_kept_checkpoint(yard: OpenWorld) -> None:
    """Of the day itself, or of the last one before it on which the ledger grew; the answer names that size."""
    yard.say("MUN", intake("MUN-B-1"))
    first = yard.size
    yard.clock.seconds = NOON + DAY_S // 2 - 1
    yard.say("MUN", intake("MUN-B-2"))
    last_second = yard.size
    yard.clock.seconds += 1
    yard.say("MUN", smelting("MUN-R-1", "MUN-B-1", "MUN-L-1"))
    yard.clock.seconds = NOON + 3 * DAY_S
    yard.say("MUN", intake("MUN-B-3"))
    sizes = {day: asked(yard, f"2026-02-0{day}") for day in range(1, 6)}
    assert sizes == {1: last_second, 2: last_second + 1, 3: last_second + 1, 4: yard.size, 5: yard.size}
    assert first < last_second
    with yard.home.store.reading() as snapshot:
        past = lot_answer(snapshot, LotId("MUN-B-1"), sizes[1])
        assert (past["status"], past["tree_size"]) == ("open", last_second)
        assert lot_answer(snapshot, LotId("MUN-B-1"), sizes[2])["status"] == "consumed"


def test_a_day_before_the_first_checkpoint_says_so(yard: OpenWorld) -> None:
    """And names that checkpoint's time."""
    with pytest.raises(MalformedError, match="got 2026-01-31 in a ledger whose first checkpoint is of 2026-02-01T12"):
        asked(yard, "2026-01-31")


@pytest.mark.parametrize(
    ("as_of", "at", "said"),
    [
        ("2026-02-06", None, "expected a day that has begun, got 2026-02-06"),
        ("2026-02-30", None, "a day that the calendar has"),
        ("2026-02", None, "expected a date such as"),
        ("2026-02-01", 3, "got both"),
    ],
)
def test_a_day_that_cannot_be_asked_about_is_malformed(yard: OpenWorld, as_of: str, at: int | None, said: str) -> None:
    """One that has not begun, one that is none, and one beside a size."""
    with pytest.raises(MalformedError, match=said):
        asked(yard, as_of, at)


def test_without_a_day_the_size_is_the_one_that_is_named(yard: OpenWorld) -> None:
    """Or none, which is the newest."""
    assert (asked(yard, None), asked(yard, None, 2)) == (None, 2)
