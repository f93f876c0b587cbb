"""Findings about the book itself: counts against it, and what corrections made of it."""

from __future__ import annotations

from typing import Final

from schemas.catalogue.findings.codes import FindingCode
from schemas.catalogue.findings.sources import Source
from schemas.catalogue.findings.words import FindingText, Weight, Words, always, one_case

_OWN = (Source.OWN_ENTRIES,)
_COUNTED = "{counted_mg} counted ({method})"
_ROOM = "{book_mg} in the book, {room_mg} more or less[, and at most {limit}]"
_OTHER_MASS = "{site} counted another mass than the book has: {reason}"
_OVERTAKEN = "{site} counted another mass than the book had, but "
_DIFFERENCE: Weight = (
    ("low", "medium", "high"),
    "low within the counter's own uncertainty, high beyond the `high` limit and outside it, else medium",
)
_DIFFERENCE_LIMITS = (
    Source.OWN_ENTRIES, "handover_warn_ppm", "count_surplus_high_ppm", "count_shortage_high_ppm"
)  # fmt: skip
_DIFFERENT: Final[dict[str, Words]] = {
    "": Words(_OTHER_MASS, _COUNTED, _ROOM),
    "unit": Words(_OTHER_MASS + " (tonnes for kilograms?)", _COUNTED, _ROOM),
}
_AT_THAT_TIME = "{book_mg} in the book at that time"

_COUNTS: Final[dict[FindingCode, FindingText]] = {
    FindingCode.IMPLAUSIBLE_COUNT: FindingText(
        "A count shows a mass that no scale can have shown; it adjusts nothing. A new count like it is refused.",
        *always("high"),
        _OWN,
        {
            "too_much": Words(
                "a unit mixed up, or a lot left out?",
                _COUNTED, "a count of at most twice the {book_mg} in the book",
            ),
            "too_little": Words(
                "tonnes for kilograms?",
                _COUNTED, "a count of more than a five-hundredth of the {book_mg} in the book",
            ),
        },
    ),
    FindingCode.STOCK_ADJUSTED: FindingText(
        "A count differs from the book, which follows it.", *_DIFFERENCE, _DIFFERENCE_LIMITS, _DIFFERENT
    ),
    FindingCode.STOCK_DIFFERENCE: FindingText(
        "A count differs from the book, which stays as it is.", *_DIFFERENCE, _DIFFERENCE_LIMITS, _DIFFERENT
    ),
    FindingCode.COUNT_OVERTAKEN: FindingText(
        "A count differs from the book of its time, but what happened since leaves nothing to adjust.",
        *always("medium"),
        _OWN,
        {
            "gone": Words(
                _OVERTAKEN + "{lot} was used up or sent away since: nothing is adjusted", _COUNTED, _AT_THAT_TIME
            ),
            "missing": Words(
                _OVERTAKEN + "more is missing than the {left_mg} that are left of {lot}: nothing is adjusted",
                _COUNTED, _AT_THAT_TIME,
            ),
            "counted_again": Words(
                _OVERTAKEN + "{lot} was counted again as of {again_at}: nothing is adjusted", _COUNTED, _AT_THAT_TIME
            ),
        },
    ),
}  # fmt: skip

_CORRECTIONS: Final[dict[FindingCode, FindingText]] = {
    FindingCode.CORRECTED_AFTER_DISPATCH: one_case(
        "A statement was corrected after lots that rest on it had been dispatched.",
        always("medium"), _OWN,
        "{site} corrected what it said ({event}) after the dispatch of {moved}",
        "{changed_lots} lots changed", limit="corrected before dispatch",
    ),
    FindingCode.TIME_CORRECTED: FindingText(
        "A correction dates a movement otherwise than before.",
        ("low", "medium", "high"),
        "low within a month of the site, medium across months, high where a hold of or a claim on one of its lots "
        "is dated between the two times",
        _OWN,
        {
            "": Words("{site} dated otherwise what it said ({event})", "dated {moved_at}", "first dated {first_at}"),
            "passed": Words(
                "{site} dated otherwise what it said ({event}), to the other side of {word} {passed}",
                "dated {moved_at}", "first dated {first_at}",
            ),
        },
    ),
    FindingCode.USED_AFTER_DEPARTURE: one_case(
        "A lot was moved or used after a correction let it leave the ledger before that.",
        always("high"), _OWN,
        "{lots} was moved or used after a correction let it leave the ledger before that",
        "used by {site}", limit="nothing after a lot has left",
    ),
    FindingCode.TAKEN_WITHOUT_HOLDING: one_case(
        "A site used a lot that, after a correction, it never received.",
        always("high"), _OWN,
        "{site} used {lots}, which after a correction it never received", "taken by {site}", limit="held by {holder}",
    ),
}  # fmt: skip

RECORD: Final[dict[FindingCode, FindingText]] = {**_COUNTS, **_CORRECTIONS}
