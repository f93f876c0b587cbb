"""Findings about a site over time: computed from all that it said, whenever somebody asks."""

from __future__ import annotations

from typing import Final

from schemas.catalogue.findings.codes import FindingCode
from schemas.catalogue.findings.sources import Source
from schemas.catalogue.findings.words import FindingText, Words, always, level, one_case

_OWN = (Source.OWN_ENTRIES,)
_PLACE = "[{line}][all lines for {feed}]"
_GROUP = "[run {run}][campaign {campaign}][line {line} in ][month {month}] of {site}"
_PUT_OUT = _GROUP + " put out {out_mg} {metal} of {into_mg}"
_SHARE = "{share_ppm} of the {metal} put in"

_CAPACITY: Final[dict[FindingCode, FindingText]] = {
    FindingCode.THROUGHPUT_ABOVE_NAMEPLATE: FindingText(
        "A line, or all lines for a feed, took more in a month or in twelve than it can.",
        *level(),
        ("nameplate_year_high_ppm", "nameplate_month_warn_ppm", "nameplate_month_high_ppm"),
        {
            "year": Words(
                _PLACE + " took more in twelve months than it can in a year ({capacity_mg})",
                "{year_ppm} of the nameplate in twelve months to {month}", "{limit}",
            ),
            "month": Words(
                _PLACE + " took {taken_mg} in {month}, more than it can",
                "{month_ppm} of a twelfth of the nameplate in {month}", "{limit}",
            ),
        },
    ),
    FindingCode.OVERLAPPING_RUNS: one_case(
        "Two runs were in one vessel, or in one line where none is named, at one time.",
        (("low", "medium"), "medium where both name the vessel, else low"), _OWN,
        "{line} ran {run} while it was still busy with {other_run}",
        "{run} from {started_at}", limit="{other_run} until {busy_until}",
    ),
    FindingCode.MONTH_WITHOUT_POWER: one_case(
        "Much was run in a month, and no electricity used.",
        always("high"), ("power_month_kg",),
        "{site} ran {runs} times[ through {line}] in {month}, and states that it took no electricity",
        "{stated_kwh} for {mass_mg}", limit="electricity_kwh where more than {limit} are run",
    ),
    FindingCode.POWER_NOT_STATED: one_case(
        "Much was run in a month, and no electricity stated.",
        (("low", "medium"), "medium where the site states electricity elsewhere, else low"), ("power_month_kg",),
        "{site} ran {runs} times[ through {line}] in {month}, and states no electricity",
        "nothing stated for {mass_mg}", limit="electricity_kwh where more than {limit} are run",
    ),
}  # fmt: skip

_CAMPAIGNS: Final[dict[FindingCode, FindingText]] = {
    FindingCode.CAMPAIGN_YIELD_ABOVE_CONTAINED: one_case(
        "A campaign, or a line's month, put out more of a metal than went in.",
        level(), ("lead_out_warn_ppm", "lead_out_high_ppm", "metal_out_high_ppm"),
        _PUT_OUT, _SHARE, limit="{limit}",
    ),
    FindingCode.CAMPAIGN_LOSS_UNUSUAL: one_case(
        "A campaign, or a line's month, lost more of a metal than is usual.",
        always("medium"), ("lead_loss_warn_ppm", "lithium_loss_warn_ppm", "nickel_cobalt_loss_warn_ppm"),
        _PUT_OUT, _SHARE, limit="losses up to {limit}",
    ),
    FindingCode.RECOVERY_TOO_GOOD: one_case(
        "Salts were made of cells or black mass without the loss that always stays behind.",
        always("medium"), ("lithium_out_warn_ppm", "nickel_cobalt_out_warn_ppm"),
        _PUT_OUT, _SHARE, limit="{limit}",
    ),
    FindingCode.YIELD_WITHOUT_LOSS: one_case(
        "A month's smelting recovered its lead without the loss that always stays behind.",
        always("medium"), ("lead_recovered_warn_ppm",),
        "{site} recovered in {month} {out_mg} {metal} of {into_mg}", "{share_ppm} of the {metal} put in",
        limit="{limit}",
    ),
    FindingCode.QUARTER_BIAS: one_case(
        "A quarter recovered another share of a metal than the quarters before.",
        always("medium"), ("quarter_bias_warn_ppm",),
        "{site} recovered in {quarter} {out_mg} {metal} of {into_mg}, another share than in the quarters before",
        "{share_ppm} of the {metal} put in", limit="{limit} off the {usual_ppm} of the quarters before",
    ),
    FindingCode.BATTERIES_OVERSTATED: FindingText(
        "A quarter's lead-acid batteries are stated with more lead than batteries hold, or as drained and gave acid.",
        *always("medium"), ("quarter_lead_warn_ppm", "drained_acid_warn_ppm"),
        {
            "lead": Words(
                "{site} stated its {deliveries} deliveries of batteries in {quarter} as richer than batteries are",
                "{share_ppm} lead on average, drained ones as before they were", "{limit}",
            ),
            "acid": Words(
                "{site} broke {drained_mg} of batteries in {quarter} that are stated as drained, and got acid of them",
                "{share_ppm} acid, beside the most that whole ones hold", "{limit}",
            ),
        },
    ),
    FindingCode.PRODUCT_RATIO: one_case(
        "Nickel and cobalt were put out in another ratio than they went in.",
        level(), ("nickel_cobalt_ratio_warn_ppm", "nickel_cobalt_ratio_high_ppm"),
        _GROUP + " put out nickel and cobalt in another ratio than they went in",
        "{ni_per_co_millionths} kg Ni per kg Co", limit="{limit} off the {into_millionths} of what went in",
    ),
    FindingCode.CAMPAIGN_BLACK_MASS_YIELD: one_case(
        "A campaign, or a run after others, made another share of black mass than the batteries behind it give.",
        level("high beyond the `high` share, else medium"), ("black_mass_of_packs_high_ppm",),
        _GROUP + " made another share of black mass than the cells and packs behind it give",
        "{found_ppm} black mass", limit="{share_ppm} of the batteries behind it",
    ),
    FindingCode.LEAD_OF_BATTERIES: one_case(
        "A campaign, or a line's month, made another share of refined lead than lead-acid batteries give.",
        level(), ("lead_of_batteries_low_ppm", "lead_of_batteries_warn_ppm", "lead_of_batteries_high_ppm"),
        _GROUP + " made another share of lead than lead-acid batteries give",
        "{found_ppm} refined lead", limit="{limit} of the batteries behind it",
    ),
    FindingCode.HANDLING_GAIN: one_case(
        "Lots grew step by step, though they were only handled.",
        always("medium"), ("handling_gain_warn_ppm", "metal_out_high_ppm"),
        "the lots of run {run} grew step by step, though they were only handled",
        "{out_mg} {what} ({gain_ppm} more)", limit="{into_mg} at the beginning, {limit}",
    ),
    FindingCode.RESIDENCE_THROUGH_HANDLING: one_case(
        "A lot goes back to a batch that is old, though it was packed or blended since.",
        always("low"), ("residence_warn_days",),
        "{lots} goes back to {batch}, {lay_days} before run {run} took it", "{lay_days}", limit="{limit}",
    ),
}  # fmt: skip

_COPIED = "{site} weighed the same to the milligram again and again: copied, not weighed?"

_REPETITIONS: Final[dict[FindingCode, FindingText]] = {
    FindingCode.IDENTICAL_WEIGHTS: FindingText(
        "Deliveries weigh the same to the milligram, in a row or again and again in a month.",
        *always("medium"),
        ("identical_weights", "identical_in_month"),
        {
            "in_a_row": Words(_COPIED, "{count} times {net_mg} in a row", "fewer than {limit}"),
            "in_a_month": Words(_COPIED, "{count} times {net_mg} in {month}", "fewer than {limit}"),
        },
    ),
    FindingCode.IDENTICAL_OUTPUTS: one_case(
        "Products of a month are alike to the milligram in mass and content.",
        always("low"), ("identical_in_month",),
        "{site} made lots of {material} that are alike to the milligram in mass and content",
        "{count} times {net_mg} {material} in {month}", limit="fewer than {limit}",
    ),
    FindingCode.PAPERS_MISSING: FindingText(
        "A delivery above a ton came in without any paper, or without a kind that such deliveries have there.",
        *level("high where it has no paper at all, else medium"),
        ("delivery_papers_kg", "usual_paper_warn_ppm"),
        {
            "none": Words("{lot} came in without any paper", "{net_mg}", "a paper with what weighs more than {limit}"),
            "usual": Words(
                "{lot} came in without the kind of paper that deliveries of {material} have at {site}",
                "{net_mg} without {missing}", "what {limit} of them have",
            ),
        },
    ),
    FindingCode.UNIT_TWICE: one_case(
        "A bundle or bag is said to be in a second lot.",
        always("medium"), _OWN,
        "{lot} is said to have the unit {unit}, which {other_lot} was made with",
        "{unit}", limit="each unit in one lot",
    ),
    FindingCode.LOT_COMES_BACK_AS_WASTE: one_case(
        "The papers of waste name a lot of this ledger.",
        level("high where it is the number of a document, medium among other words"), _OWN,
        "{batch} came in with a {where} that names {lot}, a lot of this ledger: the same metal would count twice",
        "{lot}", limit="waste that is no lot of this ledger",
    ),
}  # fmt: skip

_SUPPLIERS: Final[dict[FindingCode, FindingText]] = {
    FindingCode.SUPPLIER_NEW: one_case(
        "A supplier, behind its digest, brought very much in its first month.",
        (("low", "medium"), "low in the first month of the ledger, else medium"), ("supplier_first_month_kg",),
        "the supplier with digest {supplier}... was never heard of before, and brought very much",
        "{mass_mg} in {month}, its first month", limit="{limit}",
    ),
    FindingCode.OUT_AND_IN: FindingText(
        "Waste comes in with the mass and purity of a product that had left, claimed or half primary, "
        "or of a lot that was rejected.",
        *always("medium"), ("out_and_in_warn_ppm",),
        {
            "product": Words(
                "{lots}: {batch} came in as waste with the mass and the {metal} of {lot}, "
                "which {site} had sent out: {why}",
                "{net_mg}, {off_ppm} off, {lay_days} after it left",
                "{limit} off in mass and in content, within {most_days}",
            ),
            "rejected": Words(
                "{lots}: {batch} came in with the mass of {lot}, which {site} rejected and its sender has not moved: "
                "kept, and entered anew?",
                "{net_mg}, {off_ppm} off, {lay_days} after it was rejected",
                "{limit} off in mass, within {most_days} also in content",
            ),
        },
    ),
    FindingCode.MANY_CUSTOMER_RETURNS: one_case(
        "More came back to a site in a month than customers send back of what it sells.",
        always("high"), ("returns_high_ppm",),
        "{site} took back far more in {month} than is usual of what left it",
        "{returned_mg} came back", limit="{limit} of the {departed_mg} that left in that month",
    ),
    FindingCode.DELIVERY_IN_POUNDS: one_case(
        "A delivery weighs about twice what the last twenty of its supplier do, as pounds for kilograms would.",
        always("medium"), ("supplier_median_warn_ppm",),
        "{lots} weighs about twice what the last {count} deliveries of supplier {supplier} do "
        "(pounds taken for kilograms?)",
        "{net_mg}", limit="less than {limit} of their median, {median_mg}",
    ),
    FindingCode.SUPPLIER_SPIKE: one_case(
        "A supplier, behind its digest, delivered far more than ever before.",
        always("medium"), ("supplier_spike_ppm",),
        "the supplier with digest {supplier}... delivered far more than ever before",
        "{mass_mg} in {month}", limit="{limit} of the {mean_mg} of a month before",
    ),
}  # fmt: skip

OVER_TIME: Final[dict[FindingCode, FindingText]] = {**_CAPACITY, **_CAMPAIGNS, **_REPETITIONS, **_SUPPLIERS}
