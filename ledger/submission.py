"""A submission, and its JSON: what ``POST /v1/statements`` takes (contract, section 6).

Server and sender read and write the same form.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ledger.log.envelopes import PAYLOAD_TYPE, Envelope, parse_envelope
from schemas.encoding import decode_base64, encode_base64
from schemas.errors import MalformedError
from schemas.strict_json import dump_json, parse_json

MAX_SUBMISSION_BYTES = 1_700_000
_MAX_TEXT = 1_400_000


@dataclass(frozen=True, slots=True)
class Submission:
    """A signed statement with its event document and sealed facts, not judged yet."""

    envelope: Envelope
    event: bytes
    disclosures: tuple[str, ...] = ()


def write_submission(submission: Submission) -> bytes:
    """Return one line of JSON."""
    members: dict[str, Any] = {
        "envelope": {
            "payloadType": PAYLOAD_TYPE,
            "payload": encode_base64(submission.envelope.payload),
            "signatures": [
                {"keyid": signature.keyid, "sig": encode_base64(signature.sig)}
                for signature in submission.envelope.signatures
            ],
        },
        "event": encode_base64(submission.event),
    }
    if submission.disclosures:
        members["disclosures"] = list(submission.disclosures)
    return dump_json(members)


def read_submission(raw: bytes) -> Submission:
    """Return the submission of a JSON text.

    Raises:
        MalformedError: if it is not strict JSON of exactly these members.
    """
    members = parse_json(raw, max_bytes=MAX_SUBMISSION_BYTES, max_text=_MAX_TEXT)
    if not isinstance(members, dict) or not {"envelope", "event"} <= members.keys() <= {
        "envelope",
        "event",
        "disclosures",
    }:
        raise MalformedError(
            'expected an object with "envelope", "event" and at most "disclosures", found a different one'
        )
    event, disclosures = members["event"], members.get("disclosures", [])
    if not isinstance(event, str):
        raise MalformedError(f"expected base64, got {type(event).__name__}", "event")
    if not isinstance(disclosures, list) or not all(isinstance(text, str) for text in disclosures):
        raise MalformedError("expected a list of disclosures as texts, found something else", "disclosures")
    if len(disclosures) > 32:
        raise MalformedError(f"expected at most 32 disclosures, got {len(disclosures)}", "disclosures")
    return Submission(parse_envelope(members["envelope"]), decode_base64(event, "event"), tuple(disclosures))
