"""Findings about hand-overs, dates and holds."""

from __future__ import annotations

from typing import Final

from schemas.catalogue.findings.codes import FindingCode
from schemas.catalogue.findings.sources import Source
from schemas.catalogue.findings.words import FindingText, Words, always, level, one_case

_OWN = (Source.OWN_ENTRIES,)
_APART = "{booked_mg} in the book, {limit} apart"
_DIFFERS = "{site} has another {what} of {lots} than its sender"
_SETTLED = "{site} settled {lots} with another content, which changes nothing"
_RESTS = "content_kg that fits, with the assays it rests on"

_HANDOVERS: Final[dict[FindingCode, FindingText]] = {
    FindingCode.HANDOVER_DIFFERENCE: FindingText(
        "The receiver's own weight or analysis differs from the book.",
        ("low", "medium", "high"),
        "high beyond the `high` limit where the lot is accepted, low for a trace of a metal that the sender did not "
        "state, else medium",
        (
            "handover_warn_ppm", "handover_high_ppm", "handover_content_warn_ppm", "handover_content_high_ppm",
            "foreign_metal_warn_ppm",
        ),
        {
            "less": Words(_DIFFERS, "{received_mg} received ({less_ppm} less)", _APART),
            "more": Words(_DIFFERS, "{received_mg} received ({more_ppm} more)", _APART),
            "unstated": Words(
                "{site} found {metal} in {lots}, of which its sender stated none",
                "{received_mg} {metal} received", "no {metal} in the book, or less than {limit}",
            ),
        },
    ),
    FindingCode.SETTLEMENT_WITHOUT_EFFECT: FindingText(
        "A settlement states another content than its assays and the book leave open, and changes nothing.",
        *always("medium"),
        _OWN,
        {
            "no_assay": Words(_SETTLED + ": it names no assay", "it names no assay", _RESTS),
            "no_such_assay": Words(
                _SETTLED + ": {assay}... is no assay of it", "{assay}... is no assay of {lots}", _RESTS
            ),
            "too_heavy": Words(
                _SETTLED + ": its metals weigh more than the {weight_mg} of the lot",
                "its metals weigh more than the {weight_mg} of the lot", _RESTS,
            ),
            "not_looked_for": Words(
                _SETTLED + ": none of its assays looked for {metal}", "none of its assays looked for {metal}", _RESTS
            ),
            "outside": Words(
                _SETTLED + ": {settled_mg} {metal} are not between the {from_mg} and {to_mg} that its assays and the "
                "book leave open",
                "{settled_mg} {metal} are not between {from_mg} and {to_mg}", _RESTS,
            ),
        },
    ),
    FindingCode.ACCEPTANCE_CONTRADICTED: one_case(
        "A receiver has what its sender, by a later correction, did not send it.",
        always("high"), _OWN,
        "{site} had {lots} of {shipment}, which a later correction of {sender} denies",
        "{decision} by {site}", limit="not sent in {shipment}",
    ),
}  # fmt: skip

_DATES: Final[dict[FindingCode, FindingText]] = {
    FindingCode.BATCH_ENTERED_LATE: one_case(
        "By a correction a run takes a batch that was entered after it.",
        always("medium"), _OWN,
        "{site} says that {run} took {lots}, which was entered after it",
        "entry {entered_index}", limit="entered before entry {run_index}",
    ),
    FindingCode.BEFORE_IT_CAME_IN: FindingText(
        "A movement is dated before its lot was there, or a receiver's word before the dispatch.",
        *level("medium within a day and for an assay, else high"),
        _OWN,
        {
            "": Words("{site} dated this before {lots} came in", "dated {dated_at}", "from {there_at} on"),
            "sent": Words(
                "{site} dated its word on {lots} before {sender} sent it in {shipment}",
                "dated {dated_at}", "from {there_at} on",
            ),
        },
    ),
    FindingCode.PRIOR_PERIOD_ADJUSTMENT: FindingText(
        "A statement about a month, or a correction of one, came after the month was closed.",
        *always("low"),
        _OWN,
        {
            "": Words(
                "a statement about {month} came after that month was closed[; its figures stand in {posted_month}]",
                "happened in {month}", "entered before the close[, or posted in {posted_month}]",
            ),
            "correction": Words(
                "a correction of what was posted in {month} came after that month was closed"
                "[; its figures stand in {posted_month}]",
                "happened in {month}", "entered before the close[, or posted in {posted_month}]",
            ),
        },
    ),
}  # fmt: skip

_HOLDS: Final[dict[FindingCode, FindingText]] = {
    FindingCode.HELD_AFTER_MOVE: one_case(
        "A lot had been used or moved before its hold was entered, at a time at which the hold stood.",
        always("medium"), _OWN,
        "{lots} was used or moved before {site} entered its hold, for a time at which the hold stood",
        "moved at {moved_at}", limit="held since {held_since}",
    ),
    FindingCode.HELD_LOT_CORRECTED: FindingText(
        "A correction speaks about a lot on hold, or moves metal of one that is held or disputed; the hold goes along.",
        *always("high"), _OWN,
        {
            "": Words(
                "{site} corrected a statement about {lot} ({event}) while {holder} held it",
                "corrected at {corrected_at}", "held since {held_since}",
            ),
            "moved": Words(
                "{site} moved metal of {lot} into {others} by a correction ({event}) while {holder} held it; "
                "the hold went along",
                "corrected at {corrected_at}", "held since {held_since}",
            ),
            "disputed": Words(
                "{site} moved metal of {lot} into {others} by a correction ({event}) while {holder} disputed it; "
                "it is on hold there until {holder} releases it",
                "corrected at {corrected_at}", "disputed since {held_since}",
            ),
        },
    ),
    FindingCode.FAULTED_METAL_MOVED: one_case(
        "A correction moves metal of a lot on which something was found into another output of its run.",
        level("high where something of it was, else medium"), _OWN,
        "{site} moved metal of {lot} into {lots} by a correction; on {lot} was found: {codes}",
        "{findings} not settled", limit="none on the lot that it came from",
    ),
    FindingCode.MOVED_WHILE_HELD: one_case(
        "A lot was moved or used while it was held.",
        always("high"), _OWN,
        "{site} moved or used {lot} while {holder} held it",
        "moved at {moved_at}", limit="held since {held_since}[ until {held_until}]",
    ),
    FindingCode.MOVED_BEFORE_HOLD: one_case(
        "A movement was entered after a hold, for a time before it.",
        always("medium"), _OWN,
        "{site} entered a movement of {lot} after {holder} had stopped it, for a time before that",
        "moved at {moved_at}", limit="held since {held_since}",
    ),
}  # fmt: skip

MOVEMENTS: Final[dict[FindingCode, FindingText]] = {**_HANDOVERS, **_DATES, **_HOLDS}
