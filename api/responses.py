"""The shapes of the answers, for the description of the interface and for its tests.

The routes write these shapes straight from the ledger's values; nothing is copied
through a model on the way out. Tests hold the answers and the examples against them.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import ConfigDict, Field

from api import examples
from api.problems import MEDIA_TYPE
from api.standing_responses import StandingAnswer
from ledger.materials.rulesets import ShareBasis
from schemas.codes import ClaimKind, CustodyModel, LotStatus
from schemas.fields import Many, WireModel

SharesByRuleSet = dict[str, dict[str, str | dict[str, str]]]
"""Recycled shares by rule set and metal."""


def like(example: dict[str, Any]) -> ConfigDict:
    """Return the settings of a model with an example."""
    return ConfigDict(json_schema_extra={"examples": [example]})


class SignatureBody(WireModel):
    """A signature by one key."""

    keyid: str
    sig: str


class EnvelopeBody(WireModel):
    """A DSSE envelope."""

    payloadType: Literal["application/vnd.battery-ledger.statement.v1+json"]  # noqa: N815 - DSSE spells it so
    payload: str
    signatures: Many[SignatureBody]


class SubmissionBody(WireModel):
    """A signed statement, its event in base64, and disclosures of sealed facts."""

    model_config = like(examples.SUBMISSION)
    envelope: EnvelopeBody
    event: str
    disclosures: Many[str] = ()


class Receipt(WireModel):
    """That a statement is in the ledger: its index, and a C2SP tlog-proof of it."""

    model_config = like(examples.RECEIPT)
    format: str
    id: str
    index: int
    proof: str


class StatementAnswer(WireModel):
    """A statement as it was received, with its place and a proof."""

    model_config = like({**examples.PLACE, **examples.STATEMENT})
    id: str
    envelope: EnvelopeBody
    event: str
    index: int
    proof: str


class KeyAnswer(WireModel):
    """A key; ``added`` and ``revoked`` are indexes of entries."""

    keyid: str
    algorithm: str
    public_key: str
    status: Literal["active", "revoked"]
    added: int
    revoked: int | None = None


class HeadAnswer(WireModel):
    """The last statement of a chain."""

    sequence: int
    id: str


class ParticipantAnswer(WireModel):
    """A participant, its keys, and the heads of its chains."""

    model_config = like(examples.PARTICIPANT)
    id: str
    name: str
    roles: Many[str]
    country: str
    identifiers: dict[str, str]
    timezone: str | None = None
    registration: str
    require: Many[str]
    keys: Many[KeyAnswer]
    heads: dict[str, HeadAnswer]
    tree_size: int


class HoldAnswer(WireModel):
    """A hold that stands: who set it, since when, by which statement."""

    statement: str
    issuer: str
    since: str


class LotAnswer(WireModel):
    """A lot as it stands at a tree size; masses in kg.

    `recycled_share` is the share that may be claimed; `share_basis` is `mass_balance` where
    that is the custody, else `physical`. A lot of which a mass-balance account has the claims
    has `credit_kg`, which the share then counts, and beside it `physical_share`, that of its mix.
    `gained_kg` and `lifted_kg` are there where words added to its metal on the way.
    `standing` is there where one lot is asked for, not in a list.
    """

    model_config = like(examples.LOT)
    lot: str
    material: str
    holder: str
    status: LotStatus
    held: bool
    net_kg: str
    content_kg: dict[str, str]
    origin_kg: dict[str, dict[str, str]]
    recycled_share: SharesByRuleSet
    share_basis: ShareBasis
    custody: CustodyModel
    claimable_kg: dict[ClaimKind, dict[str, dict[str, str]]]
    corrections: Many[str]
    dry_kg: str | None = None
    credit_kg: dict[str, dict[str, str]] | None = None
    physical_share: SharesByRuleSet | None = None
    returned_kg: str | None = None
    owner: str | None = None
    gained_kg: dict[str, str] | None = None
    lifted_kg: dict[str, str] | None = None
    holds: Many[HoldAnswer] | None = None
    tree_size: int
    standing: StandingAnswer | None = None


class NamedStatementAnswer(WireModel):
    """A statement that has a ref, with the lots that it makes or names."""

    statement: str
    issuer: str
    type: str
    occurred_at: str
    lots: Many[str]
    run: str | None = None
    shipment: str | None = None


class LotsAnswer(WireModel):
    """One page of lots in the order of their ids, or those of the statements that have a ref."""

    model_config = like({"lots": [examples.LOT], "tree_size": examples.TREE_SIZE})
    lots: Many[LotAnswer]
    ref: str | None = None
    statements: Many[NamedStatementAnswer] | None = None
    tree_size: int


class SaidAnswer(WireModel):
    """A statement that names a lot, and what it corrects or by what it was corrected last."""

    index: int
    type: str
    issuer: str
    occurred_at: str
    statement: str
    corrects: Many[str] = ()
    corrected_by: str | None = None


class HistoryAnswer(WireModel):
    """What was said of a lot, oldest first."""

    lot: str
    entries: Many[SaidAnswer]
    tree_size: int


class ContributionAnswer(WireModel):
    """A source of a metal and its share."""

    source: str
    share: str


class AncestorAnswer(WireModel):
    """A lot that the metal came through."""

    lot: str
    material: str
    park: str


class MassAnswer(WireModel):
    """A lot that went into a run or came out of it."""

    lot: str
    net_kg: str


class RunAnswer(WireModel):
    """A run that the metal came through."""

    run: str
    process: str
    inputs: Many[MassAnswer]
    outputs: Many[MassAnswer]


class ProvenanceAnswer(WireModel):
    """Where the metal of a lot came from."""

    model_config = like(examples.PROVENANCE)
    lot: str
    contributions: dict[str, Many[ContributionAnswer]]
    lots: Many[AncestorAnswer]
    runs: Many[RunAnswer]
    custody: CustodyModel
    tree_size: int


class ProofsAnswer(WireModel):
    """A receipt for every statement that names the lot."""

    model_config = like({"lot": "MUN-L-000007", "entries": [examples.RECEIPT], "tree_size": examples.TREE_SIZE})
    lot: str
    entries: Many[Receipt]
    tree_size: int


class LedgerAnswer(WireModel):
    """Which ledger this is: what a verifier pins, and the keys of its checkpoints."""

    model_config = like(examples.LEDGER)
    origin: str
    genesis: str
    log_keys: Many[str]
    size: int


class RefusalFinding(WireModel):
    """Why a statement was refused: as data, and in words; and the record that stands in the way."""

    code: str
    message: str
    collides_with: str | None = None
    case: str = ""
    figures: dict[str, int | str] = Field(default_factory=dict)


class Problem(WireModel):
    """An RFC 9457 problem document."""

    model_config = like(examples.PROBLEMS[409])
    type: str
    title: str
    status: int
    detail: str
    code: str
    findings: Many[RefusalFinding] = ()
    head: HeadAnswer | None = None


def _described(description: str, example: dict[str, Any]) -> dict[str, Any]:
    return {
        "description": description,
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}},
    }


PROBLEMS: dict[int, dict[str, Any]] = {
    status: _described(description, examples.PROBLEMS[status])
    for status, description in (
        (400, "Not a valid GTIN."),
        (404, "The ledger holds no such record."),
        (409, "Refused by the rules; the findings say which and why."),
        (413, "The body is larger than any body may be."),
        (415, "The body is of a media type that is not taken."),
        (422, "Malformed: not what the contract says, or too large for one statement."),
        (503, "Cannot be done now; nothing was taken. Retry-After says when to try again."),
    )
}
