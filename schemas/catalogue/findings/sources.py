"""On whose authority a limit stands: a short code, and its words.

A limit of :class:`schemas.limits.Limits` is its own code, the name of the limit; one that
the authority set for a site is ``site``; all others have a code here.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from schemas.limits import SOURCES


class Source(StrEnum):
    """Sources other than the name of a limit."""

    OWN_ENTRIES = "own-entries"
    SITE = "site"
    STOICHIOMETRY = "stoichiometry"
    EVERBATT = "everbatt"
    PIECES = "masses-of-pieces"
    RANGES = "ranges-of-materials"
    GRADES = "grades-of-lead"
    WASTE_LIST = "list-of-waste"
    BLACK_MASS_BAN = "black-mass-ban"
    BASEL = "basel"
    INPUT_RECORDS = "ul-2809-1"


_WORDS: Final[dict[str, str]] = {
    Source.OWN_ENTRIES: "the ledger's own entries",
    Source.SITE: "set for this site by the authority",
    Source.STOICHIOMETRY: "stoichiometry of the formula, with atomic weights of IUPAC",
    Source.EVERBATT: "EverBatt 2023, Argonne National Laboratory",
    Source.PIECES: "Basel fact sheet on lead-acid batteries; EverBatt 2023, Argonne National Laboratory",
    Source.RANGES: "default: far more than such material carries; alloys and sulphides by their standards and formulas",
    Source.GRADES: "EN 12659:1999; ASTM B29-14, Table 1",
    Source.WASTE_LIST: "List of Waste, Decision 2000/532/EC as amended by Decision (EU) 2025/934",
    Source.BLACK_MASS_BAN: "Decision (EU) 2025/934 with Regulation (EU) 2024/1157",
    Source.BASEL: "Basel Convention, Annexes I and VIII",
    Source.INPUT_RECORDS: "UL 2809-1, records of inputs",
}


def source_in_words(code: str) -> str:
    """Return a source as a person reads it.

    Raises:
        KeyError: for a code that is neither here nor the name of a limit, a fault of the program.
    """
    return _WORDS[code] if code in _WORDS else SOURCES[code]
