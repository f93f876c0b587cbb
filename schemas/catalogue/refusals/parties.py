"""Refusals of registrations: participants, their ids and their keys."""

from __future__ import annotations

from schemas.catalogue.refusals.codes import RefusalCode
from schemas.catalogue.refusals.refusal import Refusal, refusal

_KEYS = "contract, section 3.2"
_IDS = "contract, section 4"

OF_PARTIES: tuple[Refusal, ...] = (
    refusal(
        RefusalCode.UNKNOWN_PARTICIPANT,
        "The participant that is named is not registered in this ledger.",
        _KEYS,
        "expected a registered participant, got {party}",
        no_keys="expected keys for {party}, which is not registered yet, got none",
    ),
    refusal(
        RefusalCode.KEY_EXISTS,
        "The key was registered before; every key is used once, ever, also after it was revoked.",
        _KEYS,
        "expected a key that was never registered, got {keyid}",
    ),
    refusal(
        RefusalCode.UNKNOWN_KEY,
        "The key that is to be revoked is none of the party's active keys.",
        _KEYS,
        "expected an active key of {party}, got {keyid}",
    ),
    refusal(
        RefusalCode.LAST_KEY,
        "The ledger would be left without an authority that can sign; add another key first.",
        _KEYS,
        "expected an authority key to remain active, got a revocation of the last one",
        role="expected an authority with a key to remain, got {party} without that role",
    ),
    refusal(
        RefusalCode.ID_CLASH,
        "The id is taken, or ids of records could not be distinguished from another party's.",
        _IDS,
        'expected an id that with "-" begins no other and is begun by none, got {party} beside {other}',
        registered="expected a new id with keys, got {party}, which is registered already",
    ),
    refusal(
        RefusalCode.OLDER_VERSION,
        "The version of the rules only rises; what was entered keeps the version under which it came.",
        _IDS,
        "expected rules of version {known} or above, got version {version}",
    ),
    refusal(
        RefusalCode.NEWER_VERSION,
        "This software does not know that version of the rules; install a newer release first.",
        _IDS,
        "expected rules of version {known} or before, the newest that this software knows, got version {version}",
    ),
)
