"""Every code of a refusal, once.

Invariant: a code is public and stable; it is never renamed, and its meaning never changes.
The codes stand in the order in which they are asked for by hand: first those of every
statement, then those of parties, lots, runs, hand-overs, claims and accounts.
"""

from __future__ import annotations

from enum import StrEnum


class RefusalCode(StrEnum):
    """The codes of contract section 7; the text of a member is what stands on the wire."""

    MALFORMED = "malformed"
    WRONG_LEDGER = "wrong-ledger"
    UNKNOWN_ISSUER = "unknown-issuer"
    CHAIN_CONFLICT = "chain-conflict"
    BAD_SIGNATURE = "bad-signature"
    REVOKED_KEY = "revoked-key"
    NOT_ENTITLED = "not-entitled"
    TIME_ORDER = "time-order"
    DUPLICATE_DOCUMENT = "duplicate-document"
    REF_EXISTS = "ref-exists"
    REF_CONFLICT = "ref-conflict"

    UNKNOWN_PARTICIPANT = "unknown-participant"
    KEY_EXISTS = "key-exists"
    UNKNOWN_KEY = "unknown-key"
    LAST_KEY = "last-key"
    ID_CLASH = "id-clash"
    OLDER_VERSION = "older-version"
    NEWER_VERSION = "newer-version"

    UNKNOWN_LOT = "unknown-lot"
    LOT_EXISTS = "lot-exists"
    LOT_IN_TRANSIT = "lot-in-transit"
    LOT_DISPUTED = "lot-disputed"
    LOT_LEFT = "lot-left"
    LOT_HELD = "lot-held"
    UNKNOWN_HOLD = "unknown-hold"
    HOLD_DIFFERS = "hold-differs"
    INSUFFICIENT_MASS = "insufficient-mass"
    EXCEEDS_DEPARTED = "exceeds-departed"
    CONTENT_EXCEEDS_NET = "content-exceeds-net"
    RUN_EXISTS = "run-exists"
    NET_GAIN = "net-gain"
    GAIN_EXCEEDS_TOLERANCE = "gain-exceeds-tolerance"
    SHIPMENT_EXISTS = "shipment-exists"
    UNKNOWN_RECEIVER = "unknown-receiver"
    UNKNOWN_SHIPMENT = "unknown-shipment"
    NOT_IN_SHIPMENT = "not-in-shipment"
    ALREADY_SETTLED = "already-settled"
    UNKNOWN_ASSAY = "unknown-assay"
    UNKNOWN_COUNT = "unknown-count"
    IMPLAUSIBLE_COUNT = "implausible-count"

    UNKNOWN_STATEMENT = "unknown-statement"
    UNKNOWN_FINDING = "unknown-finding"
    NOT_CORRECTABLE = "not-correctable"
    REPLACEMENT_DIFFERS = "replacement-differs"

    CLAIM_EXISTS = "claim-exists"
    NOT_CLAIMABLE = "not-claimable"
    EXCEEDS_CLAIMABLE = "exceeds-claimable"
    NOT_CREDITABLE = "not-creditable"
    CREDIT_EXCEEDED = "credit-exceeded"
    AGREEMENT_EXISTS = "agreement-exists"
    UNKNOWN_AGREEMENT = "unknown-agreement"
    TERMS_DIFFER = "terms-differ"
    PERIOD_CLOSED = "period-closed"
    PERIOD_OPEN = "period-open"
    TOTALS_DIFFER = "totals-differ"
    LOTS_DIFFER = "lots-differ"
