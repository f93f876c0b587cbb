"""The field types that events are built from, and the one pydantic base.

Every reader here is strict: it takes one spelling of a value and says what it
expected otherwise. Masses come out as integer milligrams.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainValidator, StringConstraints

from schemas.codes import COUNTRIES, CUSTODY_MODELS, METALS, ORIGINS, CustodyModel, Metal, Origin
from schemas.errors import MalformedError
from schemas.fraction import parse_fraction
from schemas.ids import AgreementId, KeyId, LotId, PartyId, RunId, ShipmentId, StatementId
from schemas.instants import parse_date, parse_time
from schemas.quantity import parse_kg, parse_positive_kg
from schemas.shapes import PARTY_ID, RECORD_ID, SEALED_DIGEST, SHA256
from schemas.wording import shown

_PERIOD = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])", re.ASCII)
_PARTY_ID = re.compile(r"[A-Z][A-Z0-9-]{1,19}", re.ASCII)
_HEX = re.compile(r"[0-9a-f]*", re.ASCII)
_GENESIS_DIGITS = 64

Member = TypeVar("Member")


class WireModel(BaseModel):
    """Base of all wire values: frozen, strict, no unknown member."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


def _in_words(reader: Any) -> Any:  # noqa: ANN401
    """Let pydantic collect the reader's sentence beside the member's path."""

    def read(value: object) -> object:
        """Read a value; raises ``ValueError`` with the sentence of a ``MalformedError``."""
        try:
            return reader(value)
        except MalformedError as error:
            raise ValueError(str(error)) from error

    return PlainValidator(read)


def check_party_id(name: str) -> PartyId:
    """Return ``name`` if it may be the id of a participant (contract, section 4).

    Raises:
        MalformedError: otherwise.
    """
    if not _PARTY_ID.fullmatch(name):
        raise MalformedError(f"expected the id of a participant such as MUN, got {name[:40]!r}")
    return PartyId(name)


def check_period(text: str) -> str:
    """Return ``text`` if it is a month ``YYYY-MM``.

    Raises:
        MalformedError: otherwise.
    """
    if not _PERIOD.fullmatch(text):
        raise MalformedError(f"expected a month such as 2026-01, got {text[:40]!r}")
    return text


def check_genesis(text: str) -> StatementId:
    """Return ``text`` if it may be the id of a genesis: 64 hex digits in lower case.

    Raises:
        MalformedError: otherwise; it says what a slip of the pen changed.
    """
    if not _HEX.fullmatch(text.lower()):
        slip = f"got {text[:80]!r}"
    elif len(text) != _GENESIS_DIGITS:
        slip = f"got {len(text)} digits: was it cut off, or copied twice?"
    elif text != text.lower():
        slip = f"got capitals: write it {text.lower()}"
    else:
        return StatementId(text)
    raise MalformedError(f"expected the id of a genesis, {_GENESIS_DIGITS} hex digits in lower case, {slip}")


def _read_country(value: object) -> str:
    if not isinstance(value, str) or value not in COUNTRIES:
        raise MalformedError(f"expected a country code of ISO 3166-1 alpha-2 such as IN, got {shown(value)}")
    return value


def _read_custody(value: object) -> str:
    if value == "book_and_claim":
        raise MalformedError(
            "expected a model that follows the material, got book_and_claim: a claim that is traded apart from the "
            "metal has no place in this ledger (ISO 22095)"
        )
    if not isinstance(value, str) or value not in CUSTODY_MODELS:
        raise MalformedError(f"expected one of the models {', '.join(CUSTODY_MODELS)}, got {shown(value)}")
    return value


def _read_masses(value: object) -> dict[Metal, int]:
    if not isinstance(value, dict):
        raise MalformedError(f'expected masses by metal such as {{"Pb":"12655.5"}}, got {shown(value)}')
    masses: dict[Metal, int] = {}
    for metal, text in value.items():
        if metal not in METALS:
            raise MalformedError(f"expected one of the metals {', '.join(METALS)}, got {shown(metal)}")
        if milligrams := parse_kg(text):
            masses[metal] = milligrams
    return masses


def _read_origin_masses(value: object) -> dict[Metal, dict[Origin, int]]:
    if not isinstance(value, dict):
        raise MalformedError(f"expected masses by metal and origin, got {shown(value)}")
    masses: dict[Metal, dict[Origin, int]] = {}
    for metal, split in value.items():
        if metal not in METALS:
            raise MalformedError(f"expected one of the metals {', '.join(METALS)}, got {shown(metal)}")
        if not isinstance(split, dict):
            raise MalformedError(f"expected masses by origin for {metal}, got {shown(split)}")
        for origin, text in split.items():
            if origin not in ORIGINS:
                raise MalformedError(f"expected one of the origins {', '.join(ORIGINS)}, got {shown(origin)}")
            if milligrams := parse_kg(text):
                masses.setdefault(metal, {})[origin] = milligrams
    return masses


Kg = Annotated[int, _in_words(parse_positive_kg)]
KgOrZero = Annotated[int, _in_words(parse_kg)]
Masses = Annotated[dict[Metal, int], _in_words(_read_masses)]
OriginMasses = Annotated[dict[Metal, dict[Origin, int]], _in_words(_read_origin_masses)]
Fraction = Annotated[int, _in_words(parse_fraction)]
"""A fraction from 0 to 1 in parts per billion."""
Instant = Annotated[str, _in_words(parse_time)]
Custody = Annotated[CustodyModel, _in_words(_read_custody)]
Day = Annotated[str, _in_words(parse_date)]
Country = Annotated[str, _in_words(_read_country)]


def each_once(lots: Sequence[LotId]) -> Sequence[LotId]:
    """Return the ids of a list of lots in which none stands twice."""
    if len(set(lots)) != len(lots):
        raise ValueError('expected each lot once in "lots", got one twice')
    return lots


Text = Annotated[str, StringConstraints(min_length=1, max_length=1000)]
Ref = Annotated[str, StringConstraints(min_length=1, max_length=64)]
"""The id of a record in its owner's own system."""
PartyName = Annotated[PartyId, StringConstraints(pattern=PARTY_ID)]
_RECORD_ID = StringConstraints(pattern=RECORD_ID)
LotName = Annotated[LotId, _RECORD_ID]
RunName = Annotated[RunId, _RECORD_ID]
ShipmentName = Annotated[ShipmentId, _RECORD_ID]
AgreementName = Annotated[AgreementId, _RECORD_ID]
RecordId = Annotated[str, _RECORD_ID]
Sha256 = Annotated[str, StringConstraints(pattern=SHA256)]
StatementName = Annotated[StatementId, StringConstraints(pattern=SHA256)]
KeyName = Annotated[KeyId, StringConstraints(pattern=SHA256)]
SealedDigest = Annotated[str, StringConstraints(pattern=SEALED_DIGEST)]

# JSON gives arrays as lists; only this step from list to tuple is lax.
Many = Annotated[tuple[Member, ...], Field(strict=False)]
AtLeastOne = Annotated[tuple[Member, ...], Field(strict=False, min_length=1)]
LotIds = Annotated[AtLeastOne[LotName], AfterValidator(each_once)]
