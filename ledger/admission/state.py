"""The one list of the ledger's state: that of materials, and what only admission knows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from ledger.log.chains import Head
from ledger.materials.state.kind import Asking, Keys, Kind, kinds_of
from ledger.materials.state.kinds import MaterialLogs, MaterialState
from ledger.materials.state.layout import Column, Layout, key
from ledger.materials.state.log import Log, logs_of
from ledger.materials.state.row_text import members_of, reader_of, write_text
from ledger.materials.state.stamping import UPCOMING, stamp_of
from schemas.encoding import decode_base64, encode_base64
from schemas.events import Event, speaks_of_materials
from schemas.ids import KeyId, PartyId, StatementId
from schemas.versions import RulesHistory


class KeyRecord(NamedTuple):
    """A key that was registered once; its status is taken at an entry's own index."""

    keyid: KeyId
    participant: PartyId
    algorithm: str
    der: bytes
    added: int
    revoked: int | None = None

    @property
    def is_active(self) -> bool:
        """Whether no entry has revoked it yet."""
        return self.revoked is None


class Facts(NamedTuple):
    """What the genesis says of the ledger as a whole, and which rules hold at which entry."""

    genesis: StatementId
    origin: str
    log_keys: tuple[str, str]
    rules: RulesHistory
    authorities: tuple[PartyId, ...]


def stamp_facts(facts: Facts, index: int) -> Facts:
    """Return the facts with the entry from which a version holds that the entry ``index`` began, if it began one."""
    *before, (start, number) = facts.rules.spans
    if start <= UPCOMING:
        return facts
    return facts._replace(rules=RulesHistory((*before, (index + 1, number))))


def write_key(key: KeyRecord) -> str:
    """Return the row text of a key."""
    return write_text(key._replace(der=encode_base64(key.der)))  # type: ignore[arg-type]


@reader_of
def read_key(body: str) -> KeyRecord:
    """Return the key of a row text."""
    fields: list[Any] = members_of(body)
    fields[3] = decode_base64(fields[3])
    return KeyRecord(*fields)


@reader_of
def read_facts(body: str) -> Facts:
    """Return the ledger's facts of a row text."""
    genesis, origin, log_keys, rules, authorities = members_of(body)
    # Rows of before there was a history name the one version that there was.
    (spans,) = rules if isinstance(rules, list) else ([(0, rules)],)
    return Facts(genesis, origin, (log_keys[0], log_keys[1]), RulesHistory.read(spans), tuple(authorities))


def _asked_keys(asking: Asking) -> tuple[KeyId, ...]:
    return tuple(asking.keyids)


@reader_of
def _read_head(members: Any) -> Head:  # noqa: ANN401 - the columns of a row
    sequence, statement = members
    if not isinstance(sequence, int):
        raise TypeError(f"expected a sequence, got {type(sequence).__name__}")
    return Head(sequence, statement)


def _of_parties(event: Event, _: Sequence[bool]) -> tuple[bool, ...]:
    return () if speaks_of_materials(event) else (True,)


def _rows_of_party_entries(index: int, _: Sequence[bool]) -> tuple[dict[str, Any], ...]:
    return ({"index": index},)


class LedgerState(MaterialState):
    """All that is known, each kind by its key."""

    keys = Kind[KeyId, KeyRecord](
        "signing_key",
        read_key,
        write_key,
        keys=Keys("keyid", str, str),
        asked=_asked_keys,
        stamp=stamp_of(KeyRecord, "added", "revoked"),
    )
    """Keys by keyid."""

    heads = Kind[tuple[PartyId, str], Head](
        "chain_head",
        _read_head,
        tuple,
        members=(key("issuer"), key("chain"), Column("sequence", "number"), Column("statement_id")),
    )
    """The last statement per issuer and chain."""


class LedgerLogs(MaterialLogs):
    """All that entries only add to."""

    party_entries = Log[bool](
        Layout("party_entry", (key("index", "number"),), is_by_key=False), rows=_rows_of_party_entries, said=_of_parties
    )
    """Which entries are about parties: genesis, participant, key, rules."""


STATE = kinds_of(LedgerState)
LOGS = logs_of(LedgerLogs)
