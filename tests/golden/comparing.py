"""How an answer may differ from the recorded one, and how a difference is shown.

A later version may give an answer, or a row in a list, a member that no recorded answer
has. All else must be as it was: an object inside an answer is a map by metal, origin,
kind or figure, in which one more entry is another answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from itertools import zip_longest
from typing import Any, NamedTuple

Json = Any
_ABSENT = "(absent)"


class Difference(NamedTuple):
    """A cell that is not as it was recorded."""

    ledger: str
    question: str
    path: str
    recorded: Json
    got: Json

    def __str__(self) -> str:
        return f"{self.ledger}, {self.question}{self.path}: recorded {self.recorded!r:.300}, got {self.got!r:.300}"


class Accepted(NamedTuple):
    """Differences that are meant: patterns of :mod:`fnmatch` for ledger, question and path, why, and the two values."""

    ledger: str
    question: str
    path: str
    reason: str
    recorded: str = "*"
    got: str = "*"

    def covers(self, found: Difference) -> bool:
        """Say whether a difference is meant by this, and where both values are named, whether it is between them."""
        patterns = (*self[:3], self.recorded, self.got)
        return all(fnmatchcase(str(text), pattern) for text, pattern in zip(found, patterns, strict=True))


_HEADLINE = (
    "a lot of which a mass-balance account has the claims showed the share of its mix; "
    "now it shows what its credit covers, the mix beside it"
)

_LATE = "an assay of a lot that was used in part was of the rest; now it counts before the use, in the month of that"

ACCEPTED_DIFFERENCES: tuple[Accepted, ...] = (
    Accepted(
        "*",
        "lot *",
        ".corrections.*",
        "a lot listed every correction of a statement that names it; now those alone that changed an answer about it",
    ),
    Accepted("random-*", "lot *", ".recycled_share.*", _HEADLINE),
    Accepted("random-*", "rules *", ".recycled_share.*", _HEADLINE),
    Accepted("random-*", "year *", ".products.recycled_share.*", _HEADLINE),
    Accepted("random-*", "year *", ".products.physical_share", _HEADLINE),
    Accepted("*", "year *", ".products.share_basis", "a year says on what the shares of its products rest"),
    Accepted(
        "demo",
        "*",
        ".found.* content-unusual *",
        "liquors of LCO, recorded with 35 percent of cobalt in a solution, hold more than any solution does",
    ),
    Accepted(
        "random-*",
        "site-findings *",
        ".found.* papers-missing *",
        "a load of more than a ton came in without any paper, as half of the random ones do",
    ),
    *(
        Accepted(
            "random-*",
            question,
            ".found.* content-lifted *",
            "an analysis is corrected to find more than it had, or a count that had missed metal is taken back",
        )
        for question in ("findings", "lot-findings *")
    ),
    *(
        Accepted("random-07", question, ".found.* gained-on-the-way *", "gains of a lot add up to more than 2 percent")
        for question in ("findings", "lot-findings *")
    ),
    *(
        Accepted(
            name,
            "*",
            ".standing.*",
            "what was found by taking an analysis back, or gained along the way, stands among the reasons",
        )
        for name in ("random-07", "random-10")
    ),
    Accepted(
        "random-0[348]",
        "*",
        ".standing.*",
        "what is odd about a site over time, and that a held lot's statement was corrected, stand among the reasons",
    ),
    Accepted("random-04", "findings", ".found.* held-lot-corrected *", "a statement about a held lot was corrected"),
    Accepted(
        "random-0[579]",
        "*findings*",
        ".found.* entered-again *",
        "a load of the mass of one that did not occur, a few days before or after, comes in at the same park",
    ),
    Accepted(
        "random-*",
        "*findings*",
        ".found.* purer-than-waste *",
        "mixed batteries of which the dice made nothing but metal come in as used batteries",
    ),
    Accepted(
        "random-09",
        "findings",
        ".found.* faulted-metal-moved *",
        "a correction leaves one output out, on which something was found, and makes the other heavier",
    ),
    Accepted(
        "random-0[57]",
        "site-findings THA",
        ".found.* out-and-in *",
        "a load as heavy as one that was rejected there comes in: of a milligram, and to the milligram of 12.345678 kg",
    ),
    Accepted("random-05", "findings", ".found.182 corrected-after-dispatch *", _LATE),
    Accepted("random-09", "findings", ".found.200 corrected-after-dispatch *", _LATE),
    Accepted("random-09", "balance TEX 2026-0?", "*", _LATE),
    *(
        Accepted(
            "*",
            question,
            path,
            "a lot that did not occur was said to be used up; now it is withdrawn",
            "consumed",
            "withdrawn",
        )
        for question, path in (("lot *", ".status"), ("recall *", ".lots.*.status"))
    ),
)
"""Every answer changed on purpose since the recording; a question reads ``lot MUN-B-1``, a path ``.net_kg``."""


def members_of(value: Json) -> set[str]:
    """Return every name of a member that occurs anywhere in a value."""
    if isinstance(value, dict):
        return set(value).union(*map(members_of, value.values()))
    return set().union(*map(members_of, value)) if isinstance(value, list) else set()


def differing(recorded: Json, got: Json, known: set[str], path: str = "", *, is_record: bool = True) -> Iterator[Any]:
    """Yield path, recorded and got value of each cell that differs.

    Args:
        recorded: the answer as it was.
        got: the answer as it is.
        known: names of members that the recording has: one of these too many is a difference.
        path: where in the answer they stand.
        is_record: whether an object here is a record, which may get new members, or a map, which may not.
    """
    if isinstance(recorded, dict) and isinstance(got, dict):
        for name in sorted({*recorded, *got}):
            if name not in recorded and is_record and name not in known:
                continue
            pair = recorded.get(name, _ABSENT), got.get(name, _ABSENT)
            yield from differing(*pair, known, f"{path}.{name}", is_record=False)
    elif isinstance(recorded, list) and isinstance(got, list):
        for number, pair in enumerate(zip_longest(recorded, got, fillvalue=_ABSENT)):
            yield from differing(*pair, known, f"{path}.{number}")
    elif recorded != got:
        yield path, recorded, got


def unaccepted(found: Iterator[Difference]) -> list[Difference]:
    """Return the differences that nobody declared."""
    return [row for row in found if not any(accepted.covers(row) for accepted in ACCEPTED_DIFFERENCES)]
