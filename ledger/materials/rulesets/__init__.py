"""Rule sets: laws and standards as versioned data, and the figures judged by them.

The files beside this one say what holds from when and on what authority; ``shares``
says what counts; ``verdicts`` compares. All of it is computed when somebody asks, so a
new version of a rule set never changes a stored fact.

Layer: above ``mass``, below ``answers``.
It may not know an event, or how a lot came about.
"""

from ledger.materials.rulesets.shares import ShareBasis, Shares, recycled_shares, share_basis, shown_shares

__all__ = ["ShareBasis", "Shares", "recycled_shares", "share_basis", "shown_shares"]
