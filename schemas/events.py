"""Events: from the bytes that travel beside a statement to a frozen value.

:func:`parse_event` is the only reader. It never re-serialises: the bytes it read are
the bytes that are stored and hashed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated, Any, cast, get_args

from pydantic import Field, TypeAdapter, ValidationError

from schemas.agreements import Agreement
from schemas.attestation import Attestation
from schemas.correction import Correctable, Correction
from schemas.errors import MalformedError
from schemas.faults import sentence
from schemas.handover import Dispatch
from schemas.holding import Hold, Release
from schemas.ids import PartyId, StatementId
from schemas.parties import Genesis, KeyAddition, KeyRevocation, Participant, RulesChange, check_limits
from schemas.periods import PeriodClose
from schemas.rules.version import Reader, Rules
from schemas.strict_json import check_characters, parse_object
from schemas.wording import shown

if TYPE_CHECKING:
    from typing_extensions import TypeIs

MAX_EVENT_BYTES = 1_000_000

MAX_KEY_TEXT = 4_000
"""Characters of a key, a proof or a vkey: those of ML-DSA-44 take up to 3,228 (FIPS 204).

All other texts of an event are held to 1,000 by their fields.
"""

KeyEvent = Annotated[KeyAddition | KeyRevocation, Field(discriminator="action")]
PartyEvent = Genesis | Participant | KeyAddition | KeyRevocation | RulesChange
MaterialEvent = Correctable | Correction | Hold | Release | PeriodClose | Agreement | Attestation
Event = PartyEvent | MaterialEvent

READERS: Mapping[str, TypeAdapter[Any]] = {
    "genesis": TypeAdapter(Genesis),
    "participant": TypeAdapter(Participant),
    "key": TypeAdapter(KeyEvent),
    "rules": TypeAdapter(RulesChange),
    **{
        name: TypeAdapter(kind)
        for kind in get_args(MaterialEvent)
        for name in get_args(kind.model_fields["type"].annotation)
    },
}
"""What reads each type of event in version 1 of the rules."""


RulesOf = Callable[[StatementId], Rules | None]
"""Which version of the rules holds at the entry of a statement, by its id; ``None`` where there is no such entry."""


def parse_event(raw: bytes, issuer: PartyId, rules: Rules, replaced: RulesOf | None = None) -> Event:
    """Return the event of an event document of at most 1,000,000 bytes.

    Args:
        raw: the document as received; it begins with its ``nonce``.
        issuer: the party whose statement it belongs to.
        rules: the version that holds at its entry.
        replaced: asked for the version under which a correction's replacement is read, that of the
            statement it replaces; without it the replacement is read as the correction is.

    Raises:
        MalformedError: with every fault that the reader found, each with its path.
    """
    members = parse_object(raw, max_bytes=MAX_EVENT_BYTES, max_text=MAX_KEY_TEXT, characters=rules.characters)
    if next(iter(members), None) != "nonce":
        raise MalformedError('expected an event that begins with its "nonce", found a different first member')
    if b"null" in raw:
        _refuse_null(members, "")
    return _read(members, issuer, rules, replaced)


def read_event(members: dict[str, Any], issuer: PartyId, rules: Rules) -> Event:
    """Return the event of an already parsed object (see :func:`parse_event`)."""
    _refuse_null(members, "")
    return _read(members, issuer, rules)


def _read(members: dict[str, Any], issuer: PartyId, rules: Rules, replaced: RulesOf | None = None) -> Event:
    reader = rules.readers.get(kind) if isinstance(kind := members.get("type"), str) else None
    if reader is None:
        raise MalformedError(f"expected a type among {', '.join(rules.readers)}, got {shown(kind)}", "type")
    event = _validated(reader, members)
    if replaced is not None and isinstance(event, Correction):
        event = _as_of(event, members, rules, replaced)
    if isinstance(event, Participant):
        rules.zones.zone(event.timezone)
        check_limits(event, rules.limits)
    for said in event.stands():
        if isinstance(said, Dispatch) and said.to == issuer:
            raise MalformedError(f"expected a receiver other than the sender, got {issuer} itself", "to")
    return event


def _validated(reader: Reader, members: dict[str, Any]) -> Event:
    try:
        return cast("Event", reader.validate_python(members))
    except ValidationError as error:
        raise MalformedError(sentence(error, members)) from error


def _as_of(event: Correction, members: dict[str, Any], rules: Rules, replaced: RulesOf) -> Correction:
    """Return a correction with each replacement read under the version of the statement that it replaces."""
    several = members.get("corrections", (members,))
    read: list[Correctable | None] = []
    for place, (repair, said) in enumerate(zip(event.repairs(), several, strict=True)):
        then = replaced(repair.statement)
        if repair.replacement is None or then is None or then is rules:
            read.append(repair.replacement)
        else:
            where = f"corrections[{place}].replacement" if event.corrections else "replacement"
            read.append(_read_under(then, {"nonce": event.nonce, **said["replacement"]}, where))
    if not event.corrections:
        return event.model_copy(update={"replacement": read[0]})
    corrections = (
        one.model_copy(update={"replacement": said}) for one, said in zip(event.corrections, read, strict=True)
    )
    return event.model_copy(update={"corrections": tuple(corrections)})


def _read_under(then: Rules, said: dict[str, Any], where: str) -> Correctable:
    check_characters(said, then.characters, where)
    reader = then.readers.get(said["type"])
    if reader is None:
        raise MalformedError(f"expected a type among {', '.join(then.readers)}, got {said['type']}", f"{where}.type")
    try:
        return cast("Correctable", _validated(reader, said))
    except MalformedError as error:
        raise MalformedError(f"under version {then.number} of the rules {error}", where) from error


def _refuse_null(value: Any, where: str) -> None:  # noqa: ANN401
    """An optional member is left out; ``null`` is of no type that a member has."""
    if value is None:
        raise MalformedError("expected a value, or no such member, got null", where)
    if isinstance(value, dict):
        for name, member in value.items():
            _refuse_null(member, f"{where}.{name}" if where else name)
    elif isinstance(value, list):
        for number, member in enumerate(value):
            _refuse_null(member, f"{where}[{number}]")


def speaks_of_materials(event: Event) -> TypeIs[MaterialEvent]:
    """Say whether an event is about materials, not about who may sign or by which rules."""
    return not isinstance(event, PartyEvent)
