"""Findings about one run: its line, its masses, its yields, its power, what its outputs inherit."""

from __future__ import annotations

from typing import Final

from schemas.catalogue.findings.codes import FindingCode
from schemas.catalogue.findings.sources import Source
from schemas.catalogue.findings.words import FindingText, Words, always, level, one_case

_OWN = (Source.OWN_ENTRIES,)

_LINES: Final[dict[FindingCode, FindingText]] = {
    FindingCode.NO_LINE: one_case(
        "A powered run names none of the lines that the site has registered.",
        always("low"), _OWN,
        "run {run} of {process} names none of the lines that {site} has registered", "no line named", limit="{lines}",
    ),
    FindingCode.UNKNOWN_LINE: one_case(
        "A run names a line that the site has not registered.",
        always("medium"), _OWN,
        "run {run} names a line that {site} has not registered", "{line}", limit="{lines}",
    ),
    FindingCode.OUTPUT_BEFORE_COMMISSIONING: FindingText(
        "A run began before its line, or any line for its feed, was commissioned.",
        *level("high where the run names its line, else medium"),
        _OWN,
        {
            "": Words(
                "run {run} began before its line {line} was commissioned", "started on {day}", "{commissioned_on}"
            ),
            "any_line": Words(
                "run {run} began before {site} had any line for this feed",
                "started at {started_at}", "{commissioned_on}",
            ),
        },
    ),
    FindingCode.LINE_FEED_DIFFERS: one_case(
        "A run put a lot through a line for another feed.",
        always("medium"), _OWN,
        "run {run} put {lot} through {line}, which is a line for another feed",
        "{material} ({feed})", limit="{line_feed}",
    ),
    FindingCode.POWER_DOES_NOT_FIT: one_case(
        "A run used less, or more, electricity than its process takes.",
        level("high where no electricity is stated at all, else medium"),
        ("power_low_kwh_per_t", "power_high_kwh_per_t"),
        "run {run} of {process} used electricity that does not fit the {taken_mg} it took",
        "{used_kwh_per_t}", limit="{limit}",
    ),
    FindingCode.RESIDENCE_TIME: one_case(
        "A lot lay for long before a run took it.",
        always("low"), ("residence_warn_days",),
        "{lots} lay for {lay_days} before run {run} took it", "{lay_days}", limit="{limit}",
    ),
}  # fmt: skip

_GAIN_LIMITS = (
    "packing_gain_warn_ppm", "dry_net_gain_warn_ppm", "fired_net_gain_warn_ppm", "wet_dry_gain_warn_ppm",
    "wet_net_gain_warn_ppm",
)  # fmt: skip

_MASSES: Final[dict[FindingCode, FindingText]] = {
    FindingCode.OUTPUT_MASS: one_case(
        "A run put out many times the mass that went in.",
        always("high"), ("net_gain_high_ppm", "wet_net_gain_high_ppm"),
        "run {run} of {process} put out many times what went in (a unit mixed up by 1,000?)",
        "{out_mg} out of {into_mg}", limit="{limit} more out than in",
    ),
    FindingCode.NET_GAIN_WITH_REASON: one_case(
        "A run put out more mass than went in, and gives a reason.",
        (("low", "medium"), "low up to ten times the limit, else medium"), _GAIN_LIMITS,
        "run {run} of {process} put out more than went in, and gives as reason: {reason}",
        "{gain_ppm} more mass out than in", limit="{limit}",
    ),
    FindingCode.NET_GAIN_WITHOUT_REASON: one_case(
        "A run put out more mass than went in, and gives no reason.",
        always("medium"), _GAIN_LIMITS,
        "run {run} of {process} put out more than went in, and gives no reason",
        "{gain_ppm} more mass out than in", limit="{limit}",
    ),
    FindingCode.UNITS_DO_NOT_ADD_UP: one_case(
        "The bundles or bags of an output do not add up to its mass.",
        (("low", "medium"), "medium where they weigh more than the lot, else low"), ("handover_warn_ppm",),
        "the units of {lots} do not add up to its mass", "{units_mg} in units", limit="{net_mg}, {limit} more or less",
    ),
    FindingCode.WEIGHING_DIFFERENCE: one_case(
        "A run took another weight of a lot than the book had left of it.",
        (("low", "medium", "high"), "low within the `warn` limit, high beyond the `high` limit, else medium"),
        ("handover_warn_ppm", "handover_high_ppm"),
        "run {run} took another weight of {lots} than the book had left ({off_ppm} off)",
        "{weighed_mg} weighed", limit="{booked_mg} booked, {limit} more or less",
    ),
}  # fmt: skip

_PUT_IN = "{found_ppm} of the {metal} put in"

_YIELDS: Final[dict[FindingCode, FindingText]] = {
    FindingCode.YIELD_ABOVE_CONTAINED: one_case(
        "A run put out far more of a metal than it took.",
        level("medium where an honest cause is given, else high"), ("lead_out_high_ppm", "metal_out_high_ppm"),
        "run {run} put out far more {metal} than it took: metal came in that is not on record",
        _PUT_IN, limit="{limit}",
    ),
    FindingCode.REASON_WITHOUT_ASSAY: one_case(
        "A gain is explained by the uncertainty of an assay, but no input has one.",
        always("medium"), _OWN,
        "run {run} explains its gain by the uncertainty of an assay, but no input has one",
        "{reason}", limit="an assay of an input in the ledger",
    ),
    FindingCode.LOSS_UNUSUAL: one_case(
        "A run took metal that is in none of its products.",
        always("medium"), ("lead_loss_warn_ppm", "lithium_loss_warn_ppm", "nickel_cobalt_loss_warn_ppm"),
        "run {run} took {metal} that is in none of its products",
        "{lost_ppm} of the {metal} lost ({lost_mg})", limit="{limit}",
    ),
    FindingCode.BLACK_MASS_YIELD: one_case(
        "A run made another share of black mass than such batteries give.",
        level("high beyond the `high` share, else medium"), ("black_mass_of_cells_high_ppm",),
        "run {run} made another share of black mass than such batteries give",
        "{found_ppm} black mass", limit="{share_ppm} of these forms",
    ),
}  # fmt: skip

_GAIN = "{gain_mg} {metal}", "{pool_mg} {metal} in the pool"
_GAINED = "run {run} put out more {metal} than went in"

_GAINS: Final[dict[FindingCode, FindingText]] = {
    FindingCode.GAIN: one_case(
        "A run put out more of a metal than went in, within the tolerance.",
        always("low"), _OWN, _GAINED + ", within the tolerance of {tolerance_ppm}", *_GAIN,
    ),
    FindingCode.GAIN_WITHIN_UNCERTAINTY: one_case(
        "A run put out more of a metal than went in, within what the assays of its inputs leave open.",
        always("low"), _OWN, _GAINED + ", within the {unsure_mg} that assays leave open (k=2)", *_GAIN,
    ),
    FindingCode.GAIN_WITH_REASON: one_case(
        "A run put out more of a metal than went in, and gives a reason.",
        always("medium"), _OWN, _GAINED + " (reason given: {reason})", *_GAIN,
    ),
    FindingCode.GAIN_AFTER_CORRECTION: one_case(
        "After a correction a run put out more of a metal than went in, beyond the tolerance and without a reason.",
        always("high"), _OWN, _GAINED + ", beyond the tolerance of {tolerance_ppm} and without a reason", *_GAIN,
    ),
}  # fmt: skip

_HERITAGE: Final[dict[FindingCode, FindingText]] = {
    FindingCode.SHORTFALL: FindingText(
        "Material was taken, or sent, of which a correction left too little; its origin is unknown.",
        *always("high"),
        _OWN,
        {
            "": Words(
                "[{short_mg} of ]what run {run} took came from a lot that a correction left too small; origin unknown "
                "(statement {cause}...)",
                "{uncovered} takings that are not covered", "every taking covered",
            ),
            "sent": Words(
                "{site} sent {lots}, of which a correction left nothing; what was sent is of origin unknown",
                "{sent_mg} sent", "every shipment covered",
            ),
            "returned": Words(
                "{site} took back a part of a lot that a correction left too small; what it lacks is of origin unknown",
                "{short_mg} that is not covered", "every taking covered",
            ),
            "rejected": Words(
                "{site} rejected a part of a lot that a correction left too small; what it lacks is of origin unknown",
                "{short_mg} that is not covered", "every taking covered",
            ),
        },
    ),
    FindingCode.OWNERS_MIXED: one_case(
        "A run pooled lots of different owners.",
        always("medium"), _OWN,
        "run {run} pooled lots of different owners, so that its outputs are nobody's alone",
        "several owners", limit="one owner a run",
    ),
    FindingCode.CUSTODY_WEAKENED: one_case(
        "A run was stated under a stronger chain of custody than its inputs allow.",
        always("medium"), _OWN,
        "run {run} was stated as {stated}, but what it took allows {custody} at best (ISO 22095)",
        "{custody}", limit="{stated}",
    ),
}  # fmt: skip

RUNS: Final[dict[FindingCode, FindingText]] = {**_LINES, **_MASSES, **_YIELDS, **_GAINS, **_HERITAGE}
