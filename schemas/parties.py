"""Events about who may sign: genesis, participant, key, rules (contract, section 4)."""

from __future__ import annotations

from typing import Annotated, Literal, Self, TypeVar

from pydantic import Field, StringConstraints, model_validator

from schemas.codes import Algorithm, Feed, RevocationReason, Role
from schemas.errors import MalformedError
from schemas.event_base import EventBase
from schemas.fields import (
    AtLeastOne,
    Country,
    Day,
    Instant,
    KeyName,
    Kg,
    Many,
    PartyName,
    Text,
    WireModel,
)
from schemas.limits import Limits, out_of_order
from schemas.shapes import ORIGIN_NAME, TIME_ZONE

Model = TypeVar("Model", bound=WireModel)

RulesVersion = Annotated[int, Field(ge=1)]
"""The number of a version of the rules; whether this software knows it is asked when the event is judged."""

OriginName = Annotated[str, StringConstraints(pattern=ORIGIN_NAME)]
TimeZoneName = Annotated[str, StringConstraints(pattern=TIME_ZONE, max_length=64)]


def _spans(value: Model, first: str, last: str) -> Model:
    """Demand that a span of days does not end before it begins."""
    begins, ends = getattr(value, first), getattr(value, last)
    if begins is not None and ends is not None and ends < begins:
        raise ValueError(f'expected "{last}" at or after "{first}" {begins}, got {ends} (mixed up?)')
    return value


class PublicKeyFields(WireModel):
    """A public key as DER SubjectPublicKeyInfo in base64."""

    algorithm: Algorithm
    public_key: Annotated[str, StringConstraints(min_length=1, max_length=4000)]


class ProvenKeyFields(PublicKeyFields):
    """A public key with its proof of possession in base64."""

    proof: Annotated[str, StringConstraints(min_length=1, max_length=4000)]


class Authority(WireModel):
    """The party that registers all others; described in the genesis."""

    id: PartyName
    name: Text
    country: Country
    keys: AtLeastOne[PublicKeyFields]


class Genesis(EventBase):
    """Entry 0: which ledger this is, which keys sign its checkpoints, who registers."""

    type: Literal["genesis"]
    origin: OriginName
    rules: RulesVersion
    log_keys: Annotated[tuple[Annotated[str, StringConstraints(max_length=3000)], ...], Field(strict=False)]
    authority: Authority
    predecessor: OriginName | None = None

    @model_validator(mode="after")
    def _two_log_keys(self) -> Self:
        if len(self.log_keys) != 2:
            raise ValueError(f"expected two log keys (0x01 Ed25519, 0x06 ML-DSA-44), got {len(self.log_keys)}")
        return self


class Line(WireModel):
    """A plant line: what it takes, how much a year in tonnes, since when."""

    line: Text
    feed: Feed
    capacity_t_per_year: Kg
    commissioned_on: Day


class Scale(WireModel):
    """A scale and the span of its calibration."""

    scale: Text
    interval_kg: Kg | None = None
    calibrated_on: Day | None = None
    calibrated_until: Day | None = None

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        return _spans(self, "calibrated_on", "calibrated_until")


class Permit(WireModel):
    """A permit of a site and the span of its validity."""

    issuer: Text
    number: Text
    valid_from: Day | None = None
    valid_until: Day | None = None
    description: Text | None = None

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        return _spans(self, "valid_from", "valid_until")


class Participant(EventBase):
    """Registers a party (with ``keys``) or replaces what is known of it (without)."""

    type: Literal["participant"]
    id: PartyName
    name: Text
    roles: AtLeastOne[Role]
    country: Country
    identifiers: dict[Text, Text]
    keys: AtLeastOne[ProvenKeyFields] | None = None
    require: AtLeastOne[Algorithm] | None = None
    lines: Many[Line] = ()
    scales: Many[Scale] = ()
    permits: Many[Permit] = ()
    timezone: TimeZoneName | None = None
    limits: dict[str, Annotated[int, Field(ge=1)]] = Field(default_factory=dict)
    """Limits of plausibility in place of the defaults, by their names in :mod:`schemas.limits`."""

    @model_validator(mode="after")
    def _names_are_unique(self) -> Self:
        for member, names in (
            ("roles", self.roles),
            ("require", self.require or ()),
            ("lines", [line.line for line in self.lines]),
            ("scales", [scale.scale for scale in self.scales]),
        ):
            if len(set(names)) != len(names):
                raise ValueError(f'expected each entry of "{member}" once, got one twice')
        return self


def check_limits(event: Participant, defaults: Limits) -> None:
    """Demand that a party's own limits are among those of the rules, and in order with the others.

    Raises:
        MalformedError: otherwise.
    """
    if not event.limits:
        return
    unknown = sorted(set(event.limits) - set(defaults._fields))
    if unknown:
        raise MalformedError(f"expected limits among {', '.join(defaults._fields)}, got {', '.join(unknown)[:80]}")
    if pair := out_of_order(defaults._replace(**event.limits)):
        raise MalformedError(
            f"expected the limit {pair[0]} at most {pair[1]}, as the defaults are, got more (a limit that is not "
            "given has its default)"
        )


class KeyAddition(EventBase):
    """Adds a key to a party that is already registered."""

    type: Literal["key"]
    participant: PartyName
    action: Literal["add"]
    algorithm: Algorithm
    public_key: Annotated[str, StringConstraints(min_length=1, max_length=4000)]
    proof: Annotated[str, StringConstraints(min_length=1, max_length=4000)]
    reason: Text | None = None


class KeyRevocation(EventBase):
    """Ends a key from the next entry on; ``since`` only where it was compromised."""

    type: Literal["key"]
    participant: PartyName
    action: Literal["revoke"]
    keyid: KeyName
    reason: RevocationReason
    since: Instant | None = None

    @model_validator(mode="after")
    def _since_belongs_to_compromised(self) -> Self:
        if (self.since is not None) != (self.reason == "compromised"):
            raise ValueError('expected "since" exactly where the reason is "compromised"')
        return self

    def stated_times(self) -> tuple[str, ...]:
        """Return since when the key was compromised."""
        return () if self.since is None else (self.since,)


class RulesChange(EventBase):
    """From the next entry on this version of rules and code lists holds."""

    type: Literal["rules"]
    rules: RulesVersion
    reason: Text | None = None
