"""How a lot stands: what was found on its way, with the share of its metal that came that way.

Nothing is stored: a standing is computed when it is asked for, from the lot, the lots and
runs that its metal came through, and the findings and words on these. It is the same
computation for a ledger and for the closure that a bundle holds.

Layer: above ``answers`` and ``judging``.
It may not know where lots, findings and words are kept, or who asks.
"""

from ledger.materials.standing.on_record import ByLot, OnRecord, on_record, sites_of
from ledger.materials.standing.report import standing_report
from ledger.materials.standing.values import Level, LotStanding, Reason
from ledger.materials.standing.weighing import standing_of, together

__all__ = [
    "ByLot",
    "Level",
    "LotStanding",
    "OnRecord",
    "Reason",
    "on_record",
    "sites_of",
    "standing_of",
    "standing_report",
    "together",
]
