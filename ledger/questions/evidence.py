"""What a page says it verified, verified at the time of asking.

The server checks its own answer as a reader would: the statement's signatures under the
keys of its issuer, and its place in the tree up to both signatures of the checkpoint.
Nothing is taken from the projections that an entry's bytes can say themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

from ledger.admission.signatures import try_signatures
from ledger.log.checkpoint import parse_log_keys
from ledger.log.envelopes import parse_entry, statement_id
from ledger.log.proofs import format_proof, verify_proof
from ledger.log.statements import parse_header
from ledger.store.snapshot import Snapshot
from schemas.errors import LedgerStateError, MalformedError, NotFoundError, ProofError
from schemas.events import Event
from schemas.ids import PartyId, StatementId
from schemas.instants import format_time


@dataclass(frozen=True, slots=True)
class Evidence:
    """One entry with what was found out about it; ``fault`` is empty where all holds."""

    index: int
    statement: StatementId
    issuer: PartyId
    occurred_at: str
    algorithms: tuple[str, ...]
    tree_size: int
    checked_at: str
    event: Event
    fault: str


def collect_evidence(snapshot: Snapshot, index: int) -> Evidence:
    """Return what verifies about an entry, and says what does not."""
    raw = snapshot.entry(index)
    envelope = parse_entry(raw)
    header = parse_header(envelope.payload)
    issuer = snapshot.parties.get(header.issuer)
    keys = snapshot.keys.many(issuer.keyids if issuer is not None else ())
    algorithms = tuple(keys[one.keyid].algorithm for one in envelope.signatures if one.keyid in keys)
    good, _ = try_signatures(envelope, keys.get)
    checked_at, faults = "", []
    if len(good) < len(envelope.signatures):
        faults.append("a signature does not verify")
    try:
        checked_at = _check_inclusion(snapshot, index, raw)
    except (ProofError, MalformedError):
        faults.append("its place in the tree does not verify")
    return Evidence(
        index=index,
        statement=statement_id(envelope.payload),
        issuer=header.issuer,
        occurred_at=header.occurred_at,
        algorithms=algorithms,
        tree_size=snapshot.size,
        checked_at=checked_at,
        event=snapshot.history.event_of(index, header.issuer, snapshot.event(index)),
        fault=" and ".join(faults),
    )


def _check_inclusion(snapshot: Snapshot, index: int, entry: bytes) -> str:
    if snapshot.facts is None:
        raise LedgerStateError("expected a ledger with a genesis, got an empty one")
    proof = format_proof(index, snapshot.path(index), snapshot.checkpoint())
    signed = verify_proof(proof, entry, parse_log_keys(snapshot.facts.log_keys))
    if signed.checkpoint.size != snapshot.size:
        raise NotFoundError("checkpoint", str(snapshot.size))
    return format_time(signed.time_s)
