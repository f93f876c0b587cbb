"""Signatures of a statement under the keys of its issuer (contract, section 3.2).

All signatures that are listed must verify under active keys of the issuer, at most one
per algorithm, and every algorithm that the party's ``require`` names must be there.
"""

from __future__ import annotations

from collections.abc import Callable

from ledger.admission.state import KeyRecord
from ledger.admission.worker import load_key
from ledger.log.envelopes import PAYLOAD_TYPE, Envelope, pae
from ledger.materials.state.book import Lookup
from schemas.catalogue.refusals import RefusalCode
from schemas.errors import BadSignatureError
from schemas.ids import KeyId
from schemas.party import Party
from schemas.refusal import RefusedError


def try_signatures(
    envelope: Envelope, key_of: Callable[[KeyId], KeyRecord | None]
) -> tuple[frozenset[KeyId], frozenset[KeyId]]:
    """Verify ahead of the sequencer; return the keyids that hold and those that do not.

    This decides nothing: whose key it is and whether it is active is judged at the
    entry's own index.
    """
    message = pae(PAYLOAD_TYPE, envelope.payload)
    good: list[KeyId] = []
    bad: list[KeyId] = []
    for signature in envelope.signatures:
        record = key_of(signature.keyid)
        if record is None:
            continue
        try:
            load_key(record.algorithm, record.der).verify(signature.sig, message)
        except BadSignatureError:
            bad.append(signature.keyid)
        else:
            good.append(signature.keyid)
    return frozenset(good), frozenset(bad)


def check_signatures(
    envelope: Envelope,
    party: Party,
    keys: Lookup[KeyId, KeyRecord],
    *,
    good: frozenset[KeyId] = frozenset(),
    bad: frozenset[KeyId] = frozenset(),
) -> None:
    """Demand that every signature counts.

    Raises:
        RefusedError: ``bad-signature``, or ``revoked-key`` where all else is right.
    """
    records = [_own_key(signature.keyid, party, keys) for signature in envelope.signatures]
    unknown = {record.keyid: record for record in records if record.keyid not in good | bad}
    if unknown:
        bad |= try_signatures(envelope, unknown.get)[1]
    for record in records:
        if record.keyid in bad:
            raise RefusedError(RefusalCode.BAD_SIGNATURE, keyid=record.keyid, party=party.id)
    algorithms = [record.algorithm for record in records]
    if len(set(algorithms)) != len(algorithms):
        raise RefusedError(RefusalCode.BAD_SIGNATURE, "repeated", algorithms=", ".join(algorithms))
    missing = sorted(set(party.require) - set(algorithms))
    if missing:
        raise RefusedError(RefusalCode.BAD_SIGNATURE, "missing", algorithms=", ".join(missing))
    _check_active(records, party)


def _own_key(keyid: KeyId, party: Party, keys: Lookup[KeyId, KeyRecord]) -> KeyRecord:
    record = keys.get(keyid)
    if record is None or record.participant != party.id:
        raise RefusedError(RefusalCode.BAD_SIGNATURE, "foreign_key", party=party.id, keyid=keyid)
    return record


def _check_active(records: list[KeyRecord], party: Party) -> None:
    for record in records:
        if record.revoked is not None:
            raise RefusedError(
                RefusalCode.REVOKED_KEY, party=party.id, keyid=record.keyid, entry=record.revoked,
                collides_with=record.keyid,
            )  # fmt: skip
