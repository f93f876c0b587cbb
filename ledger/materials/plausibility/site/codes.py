"""Codes of findings that stand on no entry's judgement: of a site over time, or of a key after the fact.

Such a finding is computed when it is asked for, or given by a later entry, so a
certifier's word on it is held to its code alone, not to its figure at that time.
"""

from __future__ import annotations

SITE_CODES = (
    "campaign-black-mass-yield",
    "campaign-loss-unusual",
    "campaign-yield-above-contained",
    "handling-gain",
    "identical-outputs",
    "identical-weights",
    "lead-of-batteries",
    "lot-comes-back-as-waste",
    "month-without-power",
    "overlapping-runs",
    "power-not-stated",
    "product-ratio",
    "recovery-too-good",
    "residence-through-handling",
    "slip-numbers-alike",
    "supplier-new",
    "supplier-spike",
    "throughput-above-nameplate",
    "unit-twice",
)
"""What :func:`ledger.materials.plausibility.site.findings.find_in_site` gives."""

FREE_CODES = frozenset((*SITE_CODES, "compromised-key"))
"""With the finding that a revocation puts on what the key had signed before."""
