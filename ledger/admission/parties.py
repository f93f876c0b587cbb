"""Judges of the events about parties: genesis, participant, key, rules.

Invariants: a key is registered once, ever, with proof of possession; an authority
keeps an active key; no id followed by ``-`` begins another (contract, sections 3.2, 4).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ledger.admission.book import Book, Registrations
from ledger.admission.state import Facts, KeyRecord
from ledger.log.algorithms import PublicKey, parse_public_key
from ledger.log.signers import check_possession
from ledger.materials.moves.preconditions import check_role
from ledger.materials.state.book import Speaker
from ledger.materials.state.findings import NO_BOUND, find, in_force
from ledger.materials.state.stamping import UPCOMING
from schemas.catalogue.findings.codes import FindingCode
from schemas.catalogue.findings.sources import Source
from schemas.catalogue.refusals import RefusalCode
from schemas.encoding import decode_base64
from schemas.errors import BadSignatureError, MalformedError, NewerVersionError
from schemas.events import Event, PartyEvent
from schemas.findings import Finding
from schemas.ids import KeyId, PartyId, StatementId
from schemas.parties import Genesis, KeyAddition, KeyRevocation, Participant, RulesChange
from schemas.party import Party, PlantLine, ScaleSpan
from schemas.refusal import RefusedError, malformed
from schemas.versions import RulesHistory


def new_keys(event: Event) -> dict[KeyId, PublicKey]:
    """Return the keys that an event brings, by keyid, in the order of the event.

    Raises:
        MalformedError: if a key is not what its RFC prescribes, or stands twice, or a
            proof is not base64.
    """
    match event:
        case Genesis():
            fields = [(key.algorithm, key.public_key) for key in event.authority.keys]
        case Participant():
            fields = [(key.algorithm, key.public_key) for key in event.keys or ()]
            _decode_proofs(key.proof for key in event.keys or ())
        case KeyAddition():
            fields = [(event.algorithm, event.public_key)]
            _decode_proofs([event.proof])
        case _:
            return {}
    keys = [parse_public_key(algorithm, decode_base64(text, "public_key")) for algorithm, text in fields]
    if len({key.keyid for key in keys}) != len(keys):
        raise MalformedError("expected each key once, got one twice", "keys")
    return {key.keyid: key for key in keys}


def _decode_proofs(proofs: Iterable[str]) -> list[bytes]:
    return [decode_base64(proof, "proof") for proof in proofs]


def check_proofs(event: Event, keys: Mapping[KeyId, PublicKey], ledger: str) -> None:
    """Demand a proof of possession for each new key (contract, section 4).

    A genesis brings keys without proof: its own signatures prove them.

    Raises:
        RefusedError: ``bad-signature``.
    """
    match event:
        case Participant():
            participant, proofs = event.id, [key.proof for key in event.keys or ()]
        case KeyAddition():
            participant, proofs = event.participant, [event.proof]
        case _:
            return
    for key, proof in zip(keys.values(), _decode_proofs(proofs), strict=True):
        try:
            check_possession(key, proof, ledger, participant)
        except BadSignatureError as error:
            raise RefusedError(
                RefusalCode.BAD_SIGNATURE, "no_possession", keyid=key.keyid, party=participant
            ) from error


def judge_genesis(event: Genesis, keys: Mapping[KeyId, PublicKey], statement: StatementId) -> Registrations:
    """Return what entry 0 sets up: the ledger's facts and its authority."""
    authority = event.authority
    effects = Registrations()
    keys_of_log = event.log_keys[0], event.log_keys[1]
    effects.facts = Facts(statement, event.origin, keys_of_log, RulesHistory.of(event.rules), (authority.id,))
    effects.parties[authority.id] = Party(
        id=authority.id,
        name=authority.name,
        roles=("authority",),
        country=authority.country,
        registration=statement,
        keyids=tuple(keys),
        since=UPCOMING,
    )
    for key in keys.values():
        effects.keys[key.keyid] = KeyRecord(key.keyid, authority.id, key.algorithm, key.der, UPCOMING)
    return effects


def judge_party_event(
    event: PartyEvent, keys: Mapping[KeyId, PublicKey], speaker: Speaker, book: Book
) -> Registrations:
    """Judge a participant, key or rules event.

    Raises:
        RefusedError: ``not-entitled``, ``unknown-participant``, ``key-exists``,
            ``unknown-key``, ``last-key``, ``id-clash``, ``older-version``,
            ``newer-version``.
        MalformedError: for a genesis: entry 0 is none of these.
    """
    if isinstance(event, Genesis):
        raise malformed("later_genesis", "type")
    if isinstance(event, RulesChange):
        check_role(speaker.party, ("authority",), event.type)
        return _judge_change(event, speaker, book)
    if isinstance(event, Participant):
        check_role(speaker.party, ("authority",), event.type)
        return _judge_participant(event, keys, speaker, book)
    if isinstance(event, KeyAddition):
        effects = _judge_addition(event, keys, speaker, book)
    else:
        effects = _judge_revocation(event, speaker, book)
    effects.findings = in_force(effects.findings, speaker.rules)
    return effects


def _judge_change(event: RulesChange, speaker: Speaker, book: Book) -> Registrations:
    """Let a later version hold from the next entry on; the version that holds already may be named again."""
    known, facts = speaker.rules.number, book.facts
    if event.rules < known:
        raise RefusedError(RefusalCode.OLDER_VERSION, known=known, version=event.rules)
    if facts is None or event.rules == known:
        return Registrations()
    try:
        rules = facts.rules.followed_by(event.rules, speaker.index + 1)
    except NewerVersionError as error:
        raise RefusedError(RefusalCode.NEWER_VERSION, known=error.known, version=error.number) from error
    return Registrations(facts=facts._replace(rules=rules))


def _judge_participant(
    event: Participant, keys: Mapping[KeyId, PublicKey], speaker: Speaker, book: Book
) -> Registrations:
    known = book.parties.get(event.id)
    if known is None and event.keys is None:
        raise RefusedError(RefusalCode.UNKNOWN_PARTICIPANT, "no_keys", party=event.id)
    _check_unused(keys, book)
    facts = book.facts
    authorities = set(facts.authorities) if facts else set()
    is_authority = "authority" in event.roles
    if event.id in authorities and not is_authority and not _authority_keys(authorities - {event.id}, book):
        raise RefusedError(RefusalCode.LAST_KEY, "role", party=event.id)
    if known is not None and event.keys is not None:
        raise RefusedError(RefusalCode.ID_CLASH, "registered", party=event.id, collides_with=event.id)
    if known is None:
        _check_id(event.id, book)
    effects = Registrations()
    effects.parties[event.id] = _party(event, known, tuple(keys), speaker)
    for key in keys.values():
        effects.keys[key.keyid] = KeyRecord(key.keyid, event.id, key.algorithm, key.der, speaker.index)
    changed = authorities | {event.id} if is_authority else authorities - {event.id}
    if facts and changed != authorities:
        effects.facts = facts._replace(authorities=tuple(sorted(changed)))
    return effects


def _judge_addition(event: KeyAddition, keys: Mapping[KeyId, PublicKey], speaker: Speaker, book: Book) -> Registrations:
    is_own = speaker.party.id == event.participant
    if not is_own:
        check_role(speaker.party, ("authority",), event.type)
    party = _require_party(event.participant, book)
    if not is_own and _active_keys(party, book):
        raise RefusedError(RefusalCode.NOT_ENTITLED, "own_keys", owner=party.id, party=speaker.party.id)
    _check_unused(keys, book)
    effects = Registrations()
    for key in keys.values():
        effects.keys[key.keyid] = KeyRecord(key.keyid, party.id, key.algorithm, key.der, speaker.index)
    effects.parties[party.id] = party._replace(keyids=(*party.keyids, *keys))
    if not is_own:
        effects.findings.append(
            find(
                FindingCode.KEY_SET_BY_AUTHORITY, "medium", (("key", next(iter(keys))[:16]),), NO_BOUND, speaker,
                lots=(), about=(("authority", speaker.party.id), ("party", party.id)),
            )
        )  # fmt: skip
    return effects


def _judge_revocation(event: KeyRevocation, speaker: Speaker, book: Book) -> Registrations:
    if speaker.party.id != event.participant:
        check_role(speaker.party, ("authority",), event.type)
    party = _require_party(event.participant, book)
    record = book.keys.get(event.keyid)
    if record is None or record.participant != party.id or not record.is_active:
        raise RefusedError(RefusalCode.UNKNOWN_KEY, party=party.id, keyid=event.keyid)
    authorities = book.facts.authorities if book.facts else ()
    if "authority" in party.roles and not _authority_keys(authorities, book) - {event.keyid}:
        raise RefusedError(RefusalCode.LAST_KEY)
    effects = Registrations()
    effects.keys[record.keyid] = record._replace(revoked=speaker.index)
    if event.since is not None:
        for entry in book.signed_since(event.keyid, event.since):
            effects.findings.append(
                Finding(
                    code=FindingCode.COMPROMISED_KEY, severity="high", figures=(("key", event.keyid[:16]),),
                    limit=(("since", event.since),), source=Source.OWN_ENTRIES, index=entry.index,
                    statement=entry.statement, lots=entry.lots, about=(("party", party.id),),
                )
            )  # fmt: skip
    return effects


def _party(event: Participant, known: Party | None, keyids: tuple[KeyId, ...], speaker: Speaker) -> Party:
    lines = tuple(
        PlantLine(line.line, line.feed, line.capacity_t_per_year * 1000, line.commissioned_on) for line in event.lines
    )
    return Party(
        id=event.id,
        name=event.name,
        roles=event.roles,
        country=event.country,
        registration=known.registration if known else speaker.statement,
        keyids=known.keyids if known else keyids,
        require=event.require or (),
        lines=lines,
        identifiers=tuple(event.identifiers.items()),
        timezone=event.timezone,
        scales=tuple(
            ScaleSpan(scale.scale, scale.calibrated_on, scale.calibrated_until, scale.interval_kg)
            for scale in event.scales
        ),
        limits=tuple(sorted(event.limits.items())),
        since=speaker.index,
        earlier=(*known.earlier, known._replace(earlier=())) if known else (),
    )


def _require_party(name: PartyId, book: Book) -> Party:
    party = book.parties.get(name)
    if party is None:
        raise RefusedError(RefusalCode.UNKNOWN_PARTICIPANT, party=name)
    return party


def _active_keys(party: Party, book: Book) -> list[KeyId]:
    records = [book.keys.get(keyid) for keyid in party.keyids]
    return [record.keyid for record in records if record is not None and record.is_active]


def _authority_keys(authorities: Iterable[PartyId], book: Book) -> set[KeyId]:
    parties = [book.parties.get(name) for name in authorities]
    return {keyid for party in parties if party is not None for keyid in _active_keys(party, book)}


def _check_unused(keys: Mapping[KeyId, PublicKey], book: Book) -> None:
    for keyid in keys:
        if book.keys.get(keyid) is not None:
            raise RefusedError(RefusalCode.KEY_EXISTS, keyid=keyid, collides_with=keyid)


def _check_id(name: PartyId, book: Book) -> None:
    shorter = [PartyId(name[:end]) for end, character in enumerate(name) if character == "-"]
    clash = next((other for other in shorter if book.parties.get(other)), None) or book.party_under(name + "-")
    if clash is not None:
        raise RefusedError(RefusalCode.ID_CLASH, party=name, other=clash, collides_with=clash)
