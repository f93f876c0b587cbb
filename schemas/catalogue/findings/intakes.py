"""Findings about a batch that enters: its mass, its pieces, its scale, its reason, its origin."""

from __future__ import annotations

from typing import Final

from schemas.catalogue.findings.codes import FindingCode
from schemas.catalogue.findings.sources import Source
from schemas.catalogue.findings.words import FindingText, Words, always, level, one_case

_OWN = (Source.OWN_ENTRIES,)
_FEW = "fits no {pieces} pieces of {material}"
_ODD_MASS = "{lots} weighs what no delivery does (grams, kilograms and tonnes mixed up?)"

_MASSES: Final[dict[FindingCode, FindingText]] = {
    FindingCode.DELIVERY_MASS: FindingText(
        "The mass of a delivery is one that no delivery has, or that no weighbridge shows.",
        *level("high where a unit is surely mixed up: beyond the `high` limit, or a truck load in tonnes"),
        ("delivery_warn_kg", "delivery_high_kg", "truck_warn_kg", "truck_high_kg"),
        {
            "": Words(_ODD_MASS, "{net_mg}", "{limit}"),
            "too_little": Words(_ODD_MASS, "{net_mg}", "at least {least_mg}"),
            "weighbridge": Words(
                "{lots} weighs less than a weighbridge can show (tonnes taken for kilograms?)",
                "{weighbridge_mg} on a weighbridge", "more than {limit}",
            ),
        },
    ),
    FindingCode.PIECES_DO_NOT_FIT: FindingText(
        "The mass of one piece is not that of such a battery.",
        *level("high where it is out by a factor of 100 or more, else medium"),
        (Source.PIECES,),
        {
            "": Words("{lots}: {net_mg} " + _FEW, "{each_mg} a piece", "{from_kg} to {to_kg} a piece"),
            "unit": Words(
                "{lots}: {net_mg} " + _FEW + " (a unit mixed up by 1,000?)",
                "{each_mg} a piece", "{from_kg} to {to_kg} a piece",
            ),
        },
    ),
    FindingCode.DRY_EQUALS_WET: one_case(
        "A material that comes wet has its whole mass as dry mass.",
        always("medium"), _OWN,
        "{lots} is {material}, which comes wet, yet its dry mass is its whole mass (wet for dry?)",
        "dry {dry_mg}", limit="less than the wet mass",
    ),
}  # fmt: skip

_AGAIN = "{net_mg}, {off_ppm} off, {lay_days} after it, the same {shares}"
_ENTERED_AGAIN: Final[dict[FindingCode, FindingText]] = {
    FindingCode.ENTERED_AGAIN: FindingText(
        "A batch comes in after one that did not occur: of the same mass, or by a paper or supplier the same one, "
        "after something was found on that, or a hold set.",
        ("low", "medium", "high"),
        "high under a hold; by paper or supplier as what was found on the first, low where only figures were mended; "
        "else medium",
        ("out_and_in_warn_ppm", "entered_anew_warn_days"),
        {
            "": Words(
                "{site} entered {batch} with the mass of {lot}, which did not occur",
                _AGAIN, "{limit} off in mass, within {most_days}",
            ),
            "found": Words(
                "{site} entered {batch} in place of {lot}, which did not occur and on which {code} was found",
                _AGAIN, "by paper or supplier, within {most_days}",
            ),
            "held": Words(
                "{site} entered {batch} in place of {lot}, which did not occur and which {holder} holds; "
                "the hold went along",
                _AGAIN, "by paper, supplier or mass, within {most_days}",
            ),
        },
    ),
}  # fmt: skip

_SCALES: Final[dict[FindingCode, FindingText]] = {
    FindingCode.WEIGHING_DOES_NOT_ADD_UP: one_case(
        "Gross less tare is not the net mass.",
        level(), ("weighing_warn_ppm", "weighing_high_ppm"),
        "{lots}: {gross_mg} gross less {tare_mg} tare is not {net_mg}", "{off_ppm} off", limit="{limit}",
    ),
    FindingCode.NO_SCALE: one_case(
        "A weighing names none of the scales that the site has registered.",
        always("low"), _OWN,
        "{lots} was weighed, but not said on which of the scales of {site}", "no scale named", limit="{scales}",
    ),
    FindingCode.UNKNOWN_SCALE: one_case(
        "A weighing names a scale that the site has not registered.",
        always("medium"), _OWN,
        "{lots} was weighed on a scale that {site} has not registered", "{scale}", limit="{scales}",
    ),
    FindingCode.SCALE_OUT_OF_CALIBRATION: one_case(
        "The calibration of the scale did not hold on the day of the weighing.",
        always("medium"), _OWN,
        "{lots} was weighed on {scale}, whose calibration did not hold that day",
        "weighed on {day}", limit="calibrated from {calibrated_from} to {calibrated_until}",
    ),
}  # fmt: skip

_REASONS: Final[dict[FindingCode, FindingText]] = {
    FindingCode.OPENING_STOCK: one_case(
        "A batch was there before the ledger.",
        always("medium"), _OWN,
        "{lots} was there before the ledger: nothing in it shows where it came from",
        "{net_mg}", limit="an attestation by a certifier",
    ),
    FindingCode.FOUND_STOCK: one_case(
        "A batch was found in the yard.",
        always("medium"), _OWN,
        "{lots} was found: nothing in the ledger shows where it came from",
        "{net_mg}", limit="a delivery with its documents",
    ),
    FindingCode.CUSTOMER_RETURN: one_case(
        "A part of a lot that had left came back from a customer; it cannot be claimed until a certifier settles this.",
        always("medium"), _OWN,
        "{site} took back a part of {lot} as {lots}, which cannot be claimed until a certifier has settled it",
        "{returned_mg}", limit="at most the {left_mg} that were out, and an attestation by a certifier",
    ),
    FindingCode.RETURN_CONTRADICTED: one_case(
        "A lot came back that, by a correction, had not left its site.",
        always("high"), _OWN,
        "{site} took back {lots}, of a lot that did not leave it, as a correction says",
        "{lot} is {status} with {holder}", limit="a lot that left",
    ),
    FindingCode.NO_WEIGHING_DOCUMENT: one_case(
        "A batch came in without a document that shows its weight.",
        always("low"), (Source.INPUT_RECORDS,),
        "{lots} came in without a document that shows its weight",
        "none", limit="a weighbridge slip, bill of lading, packing list or count sheet",
    ),
}  # fmt: skip

_STATED = "{material} stated as {origin}"
_PURE = "{found_ppm} {metal} stated as {origin}"

_ORIGINS: Final[dict[FindingCode, FindingText]] = {
    FindingCode.ORIGIN_DOES_NOT_FIT: FindingText(
        "A batch is stated as waste of an origin that its material or its reason rules out.",
        *level("high for virgin metal, else medium"),
        (Source.OWN_ENTRIES,),
        {
            "virgin": Words("{lots}: {material} is virgin metal by its own name", _STATED, "primary"),
            "battery_making": Words(
                "{lots}: {material} is waste of battery making", _STATED, "battery_manufacturing"
            ),
            "product": Words(
                "{lots}: {material} is made of batteries, and is none", _STATED, "internal, unknown or primary"
            ),
            "sold": Words(
                "{lots}: {material} was sold before, and counted as waste then", _STATED, "internal or unknown"
            ),
        },
    ),
    FindingCode.PURER_THAN_WASTE: FindingText(
        "Waste is stated as pure as refined metal, or with as much metal as new cathode material.",
        *level("high for used batteries, for bullion, and for cathode content in used material; else medium"),
        ("scrap_purity_warn_ppm", "battery_purity_high_ppm", "bullion_purity_high_ppm",
         "cathode_content_warn_ppm", "cathode_content_high_ppm"),
        {
            "batteries": Words(
                "{lots}: {material} of used batteries is said to be as pure as refined metal",
                _PURE, "up to {limit} {metal} in what comes of used batteries",
            ),
            "bullion": Words(
                "{lots} is called {material}, and as pure as refined lead",
                _PURE, "up to {limit} {metal} in bullion",
            ),
            "scrap": Words(
                "{lots}: {material} is stated as waste, and as pure as metal that is made",
                _PURE, "up to {limit} {metal} in scrap",
            ),
            "cathode": Words(
                "{lots}: {material} is stated as waste, and holds as much as new cathode material",
                "{cathode_ppm} of the {metals} in pure cathode material, stated as {origin}", "up to {limit} of it",
            ),
        },
    ),
    FindingCode.ORIGIN_CORRECTED: one_case(
        "A correction makes a batch more claimable after metal of it had been used.",
        always("medium"), _OWN,
        "{site} made {lot} more claimable after metal of it had been used",
        "{origins}", limit="the origin as first stated",
    ),
    FindingCode.CONTENT_CORRECTED: one_case(
        "A correction puts more metal into a batch after metal of it had been used.",
        always("medium"), ("metal_out_high_ppm",),
        "{site} put more {metal} into {lot} after metal of it had been used",
        "{content_mg} {metal}", limit="{limit} of the {first_mg} first stated",
    ),
}  # fmt: skip

_LIFTS: Final[dict[FindingCode, FindingText]] = {
    FindingCode.ORIGIN_LIFTED: FindingText(
        "Later words make metal recycled that was stated as primary, unknown or internal at first.",
        *level("high; medium where the first origin was `unknown`, nobody used the lot yet, and a supplier's "
               "declaration with its hash is cited"), ("lift_origin_high_ppm",),
        {
            "": Words("{site} made {lifted_mg} {metal} of {lots} recycled by a correction",
                      "{lift_ppm} of the {metal}", "{limit}"),
            "declared": Words("{site} made {lifted_mg} {metal} of {lots} recycled by a correction, for which a "
                              "supplier's declaration speaks", "{lift_ppm} of the {metal}", "{limit}"),
            "way": Words("a correction by {site} adds to what corrections made recycled on the way of {lots}",
                         "{lifted_mg} {metal}, {lift_ppm} of it", "{limit}"),
        },
    ),
    FindingCode.CONTENT_LIFTED: FindingText(
        "Later words put more claimable metal into what a statement made than it said at first.",
        *level("high beyond the `high` limit; medium below it, where the mass is borne out by gross less tare or by "
               "the hashed slip cited first, and where it mends a slip of units before any use"),
        ("assay_change_warn_ppm", "assay_change_high_ppm"),
        {
            "": Words("{site} put more {metal} into each kilogram of {lots} by a correction",
                      "{content_mg} {metal}, {change_ppm} more a kilogram",
                      "{limit} more than the {first_mg} first stated"),
            "mass": Words("{site} made {lots} heavier by a correction",
                          "{content_mg} {metal}, {change_ppm} more", "{limit} more than the {first_mg} first stated"),
            "found": Words("{site} put more {metal} into {lots} by correcting what it had found there",
                           "{content_mg} {metal}, {change_ppm} more", "{limit} more than the {first_mg} first found"),
        },
    ),
    FindingCode.CUSTODY_STRENGTHENED: one_case(
        "A correction puts what a statement made under a stronger model of custody than it was at first.",
        always("high"), _OWN,
        "{site} put {lots} under a stronger model of custody by a correction",
        "{custody}", limit="{first} at first",
    ),
}  # fmt: skip

INTAKES: Final[dict[FindingCode, FindingText]] = {
    **_MASSES,
    **_SCALES,
    **_REASONS,
    **_ORIGINS,
    **_LIFTS,
    **_ENTERED_AGAIN,
}
