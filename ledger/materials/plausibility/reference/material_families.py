"""Which materials one load may be taken for: a load that is entered again is rarely called by the very same name.

The cut is this ledger's own: lead and all that comes of lead-acid batteries, everything
else, and what may come of either.
"""

from __future__ import annotations

from typing import Final

_LEAD: Final = frozenset({
    "lead_acid_battery", "lead_scrap", "lead_paste", "desulphurised_paste", "lead_bullion", "refined_lead",
    "lead_alloy", "primary_lead", "lead_dross", "lead_oxide", "lead_carbonate",
})  # fmt: skip
_EITHER: Final = frozenset({
    "mixed_battery", "other", "electronics", "cable", "matte", "flue_dust", "slag", "leach_residue", "leach_solution",
    "filter_cake", "separator", "polypropylene", "mixed_plastic", "electrolyte", "sulfuric_acid", "gypsum",
})  # fmt: skip


def is_one_family(one: str, other: str) -> bool:
    """Say whether one load may be called by both names."""
    return one in _EITHER or other in _EITHER or (one in _LEAD) == (other in _LEAD)
