"""Codes of findings that stand on no entry's judgement: of a site over time, or of a key after the fact.

Such a finding is computed when it is asked for, or given by a later entry, so a
certifier's word on it is held to its code alone, not to its figure at that time.
"""

from __future__ import annotations

from schemas.catalogue.findings.codes import FindingCode

SITE_CODES = (
    FindingCode.BATTERIES_OVERSTATED,
    FindingCode.CAMPAIGN_BLACK_MASS_YIELD,
    FindingCode.CAMPAIGN_LOSS_UNUSUAL,
    FindingCode.CAMPAIGN_YIELD_ABOVE_CONTAINED,
    FindingCode.DELIVERY_IN_POUNDS,
    FindingCode.HANDLING_GAIN,
    FindingCode.IDENTICAL_OUTPUTS,
    FindingCode.IDENTICAL_WEIGHTS,
    FindingCode.LEAD_OF_BATTERIES,
    FindingCode.LOT_COMES_BACK_AS_WASTE,
    FindingCode.MANY_CUSTOMER_RETURNS,
    FindingCode.MONTH_WITHOUT_POWER,
    FindingCode.OUT_AND_IN,
    FindingCode.OVERLAPPING_RUNS,
    FindingCode.PAPERS_MISSING,
    FindingCode.POWER_NOT_STATED,
    FindingCode.PRODUCT_RATIO,
    FindingCode.QUARTER_BIAS,
    FindingCode.RECOVERY_TOO_GOOD,
    FindingCode.RESIDENCE_THROUGH_HANDLING,
    FindingCode.SUPPLIER_NEW,
    FindingCode.SUPPLIER_SPIKE,
    FindingCode.THROUGHPUT_ABOVE_NAMEPLATE,
    FindingCode.UNIT_TWICE,
    FindingCode.YIELD_WITHOUT_LOSS,
)
"""What :func:`ledger.materials.plausibility.site.findings.find_in_site` gives."""

FREE_CODES = frozenset((*SITE_CODES, FindingCode.COMPROMISED_KEY))
"""With the finding that a revocation puts on what the key had signed before."""
