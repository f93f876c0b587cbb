"""Refusals that any statement may meet: its ledger, its issuer, its chain, its signatures, its times."""

from __future__ import annotations

from schemas.catalogue.refusals.codes import RefusalCode
from schemas.catalogue.refusals.refusal import Refusal, refusal

_ORDER = "contract, section 7"
_CHAIN = "contract, section 3.1"
_REFS = "contract, section 4"
_KEYS = "contract, section 3.2"

OF_STATEMENTS: tuple[Refusal, ...] = (
    refusal(
        RefusalCode.MALFORMED,
        "The bytes cannot be read as what they claim to be, or are too many. The parser says where and why; "
        "what only the ledger can see is said here.",
        "contract, sections 3.1 and 4",
        dry_basis='expected the "moisture" of {lot} beside fractions of dry mass, or a lot with a dry_kg, got neither: '
        "a fraction of dry mass on a wet weight would make metal out of water",
        later_genesis="expected the genesis as entry 0 only, found one at a later entry",
        close_of_part="expected what is said of some lots, got {event}, which speaks of all that a site holds",
    ),
    refusal(
        RefusalCode.WRONG_LEDGER,
        "The statement was made for another ledger; sign it for this one.",
        _CHAIN,
        "expected a statement for {origin}, got one for {ledger}",
        genesis="expected a genesis of {ledger}, got one of {origin}",
    ),
    refusal(
        RefusalCode.UNKNOWN_ISSUER,
        "Who says it is not registered; the authority registers it with a participant statement.",
        _KEYS,
        "expected a registered participant as issuer, got {issuer}",
        no_genesis="expected a genesis as the first statement of a ledger, found a different event",
        not_authority="expected the authority {authority} as issuer, got {issuer}",
        no_key="expected an issuer whose key is here, got {issuer}",
    ),
    refusal(
        RefusalCode.CHAIN_CONFLICT,
        "The statement does not continue its chain; the answer holds the head that the next one must follow.",
        _CHAIN,
        "expected statement {expected} of chain {chain} of {issuer} after {after}, got statement {sequence} after "
        "{previous}",
        first="expected sequence 1 after 64 zeros, found a different link",
        too_many="expected at most {most} chains of {issuer}, got one more: {chain}",
    ),
    refusal(
        RefusalCode.BAD_SIGNATURE,
        "A signature does not count: it is another's, does not verify, is missing, or is one too many.",
        _KEYS,
        "expected a signature by key {keyid} of {party} over this payload, found one that does not verify",
        foreign_key="expected a signature by a key of {party}, got keyid {keyid}",
        repeated="expected at most one signature per algorithm, got {algorithms}",
        missing="expected also a signature by {algorithms}, got none",
        no_possession="expected a proof of possession of key {keyid} for {party}, got one that does not verify",
    ),
    refusal(
        RefusalCode.REVOKED_KEY,
        "The signature is good, but its key was revoked before; sign with an active key.",
        _KEYS,
        "expected an active key of {party}, got {keyid}, revoked at entry {entry}",
    ),
    refusal(
        RefusalCode.TIME_ORDER,
        "Times contradict each other, or lie ahead of the ledger's clock; it is asked for last.",
        _ORDER,
        ahead="expected no time after {latest} (ten minutes ahead of the ledger's clock), got {time}",
        run_ends_first="expected a run to end after its start at {started_at}, got {ended_at}",
        before_intake="expected a run to end after its input {lot} came in at {since}, got {ended_at}",
        before_making="expected a run to end after its input {lot} began to be made by {run} at {since}, got "
        "{ended_at}",
    ),
    refusal(
        RefusalCode.DUPLICATE_DOCUMENT,
        "A document that can back one statement only backs another already, or stands twice in this one.",
        _ORDER,
        "expected a {kind} that backs no other statement, got number {number} of {issuer}, which was used before",
        undated="expected a {kind} that backs no other statement, got number {number} of {issuer}, which was used "
        "before, in {year}: state the date of each where they are two",
    ),
    refusal(
        RefusalCode.REF_EXISTS,
        "The record was taken before, under the same id of your own system; nothing is left to do. A feed counts it as "
        "a duplicate.",
        _REFS,
        "expected a ref that no {event} of yours has, got {ref}, which statement {statement} has with the same content",
    ),
    refusal(
        RefusalCode.REF_CONFLICT,
        "Your own system's id of the record is that of a statement with other content; if the record has changed "
        "since, correct that statement.",
        _REFS,
        "expected a ref that no {event} of yours has, got {ref}, which statement {statement} has with other content: "
        "correct that statement",
    ),
)
