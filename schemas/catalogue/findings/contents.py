"""Findings about what a material holds, and about analyses that say so."""

from __future__ import annotations

from typing import Final

from schemas.catalogue.findings.codes import FindingCode
from schemas.catalogue.findings.sources import Source
from schemas.catalogue.findings.words import FindingText, Words, always, level, one_case

_OWN = (Source.OWN_ENTRIES,)
_FOUND = "{found_ppm} {metal}"
_SPIKED = "spiked, another chemistry, or a percentage taken for a fraction"

_COMPOSITION: Final[dict[FindingCode, FindingText]] = {
    FindingCode.CONTENT_MISSING: one_case(
        "Lead-acid batteries are stated without any lead.",
        always("medium"), ("lead_content_low_ppm",),
        "{lots} is said to be lead-acid batteries without any lead",
        "no {metal} stated", limit="at least {limit} {metal}",
    ),
    FindingCode.CHEMISTRY_DOES_NOT_FIT: one_case(
        "Batteries are declared with a chemistry that such batteries do not have.",
        always("medium"), _OWN,
        "{lots} is declared with a chemistry that such batteries do not have",
        "{chemistry} for {material}", limit="{chemistries}",
    ),
    FindingCode.ABOVE_STOICHIOMETRIC_CEILING: FindingText(
        "More of a metal is stated than the pure substance, or the richest compound, holds.",
        *level("medium for mixtures and for scrap that errs no more than an analysis, else high"),
        (Source.STOICHIOMETRY,),
        {
            "pure": Words(
                "{lots} is said to hold more {metal} than pure {substance} does: " + _SPIKED,
                _FOUND, "{most_ppm} {metal} in pure {substance}",
            ),
            "richest": Words(
                "{lots} is said to hold more {metal} than the richest compound in {substance} does: " + _SPIKED,
                _FOUND, "{most_ppm} {metal} in the richest compound in {substance}",
            ),
            "together": Words(
                "{lots} is said to hold more metal than any mixture of cathode materials does",
                "{together_ppm} Li, Ni and Co together", "{most_ppm} in pure LCO, the richest",
            ),
        },
    ),
    FindingCode.FOREIGN_METAL: one_case(
        "A metal is stated that the declared chemistry does not have.",
        always("medium"), ("foreign_metal_warn_ppm",),
        "{lots} is declared as {material} of {chemistry}, which has no {metal}", _FOUND, limit="{limit}",
    ),
    FindingCode.CONTENT_UNUSUAL: FindingText(
        "Cells, packs or another material are said to hold more of a metal than such material does.",
        *always("medium"), ("composition_warn_ppm", Source.RANGES),
        {
            "": Words(
                "{lots} is said to hold more {metal} than {material} of {chemistry} does",
                _FOUND, "{limit} of the usual {usual_ppm} {metal}",
            ),
            "material": Words(
                "{lots} is said to hold more {metal} than any {material} does: metal under another name?",
                _FOUND, "{most_ppm} {metal}",
            ),
        },
    ),
    FindingCode.CONTENT_UNIT: FindingText(
        "A tiny part of the usual content is stated: a unit mixed up.",
        *always("high"),
        (Source.EVERBATT, "lead_content_low_ppm"),
        {
            "": Words(
                "{lots} is said to hold a tiny part of the {metal} that {material} has "
                "(a percentage, or tonnes, taken for kilograms?)",
                _FOUND, "{usual_ppm} {metal}",
            ),
            "lead": Words(
                "{lots} is said to hold hardly any lead (a percentage, or tonnes, taken for kilograms?)",
                _FOUND, "{limit}",
            ),
        },
    ),
    FindingCode.PRODUCT_BELOW_FORMULA: one_case(
        "A product holds far less of its metal than its formula gives.",
        always("medium"), ("product_fraction_low_ppm",),
        "{lots} is stated as {material}, but holds far less {metal} than that does",
        _FOUND, limit="{least_ppm} {metal}",
    ),
    FindingCode.LEAD_CONTENT: one_case(
        "Lead-acid batteries are said to hold more or less lead than they do.",
        level(), ("lead_content_low_ppm", "lead_content_warn_ppm", "lead_content_high_ppm"),
        "{lots} is said to hold {found_ppm} lead, which {form} lead-acid batteries do not", _FOUND, limit="{limit}",
    ),
    FindingCode.NICKEL_COBALT_RATIO: one_case(
        "Nickel and cobalt stand in another ratio than in the declared chemistry.",
        level(), ("nickel_cobalt_ratio_warn_ppm", "nickel_cobalt_ratio_high_ppm"),
        "{lots} is declared as {chemistry}, whose nickel and cobalt stand in another ratio",
        "{ni_per_co_millionths} kg Ni per kg Co", limit="{limit} off {formula_millionths}",
    ),
    FindingCode.GRADE_DOES_NOT_FIT: one_case(
        "Lead does not hold what its grade demands, or states itself in percent.",
        always("medium"), (Source.GRADES,),
        "{lots} is sold as {grade}, but does not hold the lead of that grade",
        _FOUND, limit="at least {least_ppm} {metal}",
    ),
}  # fmt: skip

_CHANGED = "{first_mg} {metal} as first said, {limit} apart"
_MORE = "an analysis of {lots} finds more {metal} than run {run} took; the rest is of unknown origin"

_ANALYSES: Final[dict[FindingCode, FindingText]] = {
    FindingCode.UNCERTAINTY_UNUSUAL: one_case(
        "An assay leaves more open than analyses do.",
        always("medium"), ("uncertainty_cap_ppm",),
        "the {stage} assay of {lots} leaves more open than an analysis does; beyond the limit it excuses nothing",
        "{fraction_ppb} +- {uncertainty_ppb} {metal}", limit="{limit} of what was found (k=2)",
    ),
    FindingCode.ASSAY_RAISES_CONTENT: one_case(
        "An analysis finds far more metal than was said when the lot was made.",
        level(), ("assay_change_warn_ppm", "assay_change_high_ppm"),
        "{site} says by an analysis that {lots} holds far more {metal} than was said when it was made",
        "{found_mg} {metal} ({change_ppm} more)", limit=_CHANGED,
    ),
    FindingCode.ASSAY_LOWERS_CONTENT: one_case(
        "An analysis finds far less metal than was said when the lot was made.",
        always("medium"), ("assay_change_warn_ppm",),
        "{site} says by an analysis that {lots} holds far less {metal} than was said when it was made",
        "{found_mg} {metal} ({change_ppm} less)", limit=_CHANGED,
    ),
    FindingCode.GAIN_BY_ASSAY: FindingText(
        "An analysis raises an output above all that its run took.",
        ("low", "medium", "high"),
        "low within the tolerance or the uncertainty, high beyond what a table may be wrong by, else medium",
        (Source.OWN_ENTRIES, "explained_out_high_ppm"),
        {
            "": Words(_MORE, "{gain_mg} {metal}", "{pool_mg} {metal} taken, {tolerance_ppm} or {unsure_mg} more"),
            "much": Words(_MORE, "{gain_mg} {metal}", "{limit} of the {pool_mg} {metal} taken"),
        },
    ),
    FindingCode.GAINED_ON_THE_WAY: FindingText(
        "Settlements, analyses and yields, each within its limit, add up to metal that was never there.",
        ("medium", "high"), "high beyond the `high` limit, else medium",
        ("gained_on_way_warn_ppm", "gained_on_way_high_ppm", "found_on_way_warn_ppm", "found_on_way_high_ppm"),
        {
            "": Words(
                "what {site} found takes the {metal} of {lots} over what may be gained along the way",
                "{gained_mg} {metal} gained, {gain_ppm}", "{limit} of the other {other_mg} {metal}",
            ),
            "first": Words(
                "what {site} found, and what first analyses of batches did, takes the {metal} of {lots} over what "
                "all words together may find along the way",
                "{gained_mg} {metal} gained, {gain_ppm}, {first_mg} of it by first analyses",
                "{limit} of the other {other_mg} {metal}",
            ),
        },
    ),
    FindingCode.ASSAY_WITHOUT_EFFECT: one_case(
        "After a correction an assay finds more metal than the lot weighs, and changes nothing.",
        always("high"), _OWN,
        "after a correction the assay of {lots} by {site} finds more metal than the lot weighs, and changes nothing",
        "{metals_mg} of metals", limit="{weight_mg}",
    ),
    FindingCode.ASSAY_DIFFERS: one_case(
        "An assay that changes nothing differs from the book.",
        always("medium"), _OWN,
        "the {stage} assay of {lots} by {site} differs from the book in {metal}; by itself it changes nothing: before "
        "dispatch the park's own does, or one that it confirms, after it a settlement",
        "{found_mg} {metal} ({fraction_ppb})", limit="{book_mg} {metal} in the book, {allowed_mg} more or less",
    ),
}  # fmt: skip

CONTENTS: Final[dict[FindingCode, FindingText]] = {**_COMPOSITION, **_ANALYSES}
