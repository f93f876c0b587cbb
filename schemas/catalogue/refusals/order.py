"""The order in which refusals are asked for (contract, section 7): the first that applies is the answer.

Where a code is asked for more than once (of each lot, of each output), it stands where it
comes first; what is asked of every lot that is used stands together; of an event that does
one of two things (offers or confirms, adds or revokes) they follow each other. The judges hold this
order by how they are written; the page of codes shows it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from schemas.catalogue.refusals.codes import RefusalCode as Code

BEFORE: Final = (
    Code.MALFORMED,
    Code.WRONG_LEDGER,
    Code.UNKNOWN_ISSUER,
    Code.CHAIN_CONFLICT,
    Code.BAD_SIGNATURE,
    Code.REVOKED_KEY,
    Code.REF_EXISTS,
    Code.REF_CONFLICT,
)
"""Of every statement, before what its event may meet; the last two of one that has a ref."""

LAST: Final = (Code.TIME_ORDER,)
"""Of every statement, once nothing else is against it: no time ahead of the ledger's clock."""

AVAILABLE: Final = (
    Code.UNKNOWN_LOT,
    Code.NOT_ENTITLED,
    Code.LOT_IN_TRANSIT,
    Code.LOT_DISPUTED,
    Code.LOT_LEFT,
    Code.LOT_HELD,
    Code.INSUFFICIENT_MASS,
)
"""Of each lot that is to be used or moved."""

OF_EVENTS: Final[Mapping[str, tuple[Code, ...]]] = MappingProxyType(
    {
        "genesis": (),
        "participant": (Code.NOT_ENTITLED, Code.UNKNOWN_PARTICIPANT, Code.KEY_EXISTS, Code.LAST_KEY, Code.ID_CLASH),
        "key": (Code.NOT_ENTITLED, Code.UNKNOWN_PARTICIPANT, Code.KEY_EXISTS, Code.UNKNOWN_KEY, Code.LAST_KEY),
        "rules": (Code.NOT_ENTITLED, Code.OLDER_VERSION, Code.NEWER_VERSION),
        "intake": (
            Code.NOT_ENTITLED, Code.LOT_EXISTS, Code.UNKNOWN_LOT, Code.EXCEEDS_DEPARTED, Code.CONTENT_EXCEEDS_NET,
            Code.DUPLICATE_DOCUMENT,
        ),
        "transformation": (
            Code.NOT_ENTITLED, Code.RUN_EXISTS, *AVAILABLE, Code.LOT_EXISTS, Code.CONTENT_EXCEEDS_NET,
            Code.DUPLICATE_DOCUMENT, Code.NET_GAIN, Code.GAIN_EXCEEDS_TOLERANCE, Code.TIME_ORDER,
        ),
        "dispatch": (
            Code.NOT_ENTITLED, Code.SHIPMENT_EXISTS, Code.UNKNOWN_RECEIVER, *AVAILABLE, Code.NOT_CREDITABLE,
            Code.CREDIT_EXCEEDED, Code.DUPLICATE_DOCUMENT,
        ),
        "acceptance": (
            Code.UNKNOWN_SHIPMENT, Code.NOT_ENTITLED, Code.NOT_IN_SHIPMENT, Code.ALREADY_SETTLED, Code.LOT_EXISTS,
            Code.INSUFFICIENT_MASS, Code.CONTENT_EXCEEDS_NET,
        ),
        "assay": (
            Code.UNKNOWN_ASSAY, Code.NOT_ENTITLED, Code.UNKNOWN_LOT, Code.CONTENT_EXCEEDS_NET,
            Code.DUPLICATE_DOCUMENT,
        ),
        "correction": (
            Code.UNKNOWN_STATEMENT, Code.NOT_ENTITLED, Code.NOT_CORRECTABLE, Code.REPLACEMENT_DIFFERS,
            Code.UNKNOWN_LOT, Code.DUPLICATE_DOCUMENT,
        ),
        "hold": (Code.UNKNOWN_LOT, Code.NOT_ENTITLED, Code.HOLD_DIFFERS),
        "release": (Code.UNKNOWN_LOT, Code.UNKNOWN_HOLD, Code.NOT_ENTITLED),
        "stock_count": (
            Code.UNKNOWN_COUNT, Code.NOT_ENTITLED, *AVAILABLE, Code.IMPLAUSIBLE_COUNT, Code.DUPLICATE_DOCUMENT
        ),
        "claim": (
            Code.CLAIM_EXISTS, Code.UNKNOWN_LOT, Code.NOT_ENTITLED, Code.NOT_CLAIMABLE, Code.EXCEEDS_CLAIMABLE,
            Code.DUPLICATE_DOCUMENT,
        ),
        "period_close": (
            Code.NOT_ENTITLED, Code.PERIOD_CLOSED, Code.PERIOD_OPEN, Code.TOTALS_DIFFER, Code.LOTS_DIFFER,
            Code.DUPLICATE_DOCUMENT,
        ),
        "agreement": (
            Code.NOT_ENTITLED, Code.AGREEMENT_EXISTS, Code.UNKNOWN_PARTICIPANT, Code.UNKNOWN_AGREEMENT,
            Code.TERMS_DIFFER, Code.DUPLICATE_DOCUMENT,
        ),
        "attestation": (
            Code.NOT_ENTITLED, Code.UNKNOWN_STATEMENT, Code.UNKNOWN_FINDING, Code.DUPLICATE_DOCUMENT
        ),
    }
)  # fmt: skip
"""What each type of event may meet between :data:`BEFORE` and :data:`LAST`. A correction meets besides,
behind ``unknown-lot``, what its replacement itself would have met."""
