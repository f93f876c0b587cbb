"""Participants: who may sign, with which keys, and where their chains stand."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response

from api.deps import DeskDep, PartyId
from api.problems import Json
from api.responses import PROBLEMS, ParticipantAnswer
from ledger.admission.state import KeyRecord
from schemas.encoding import encode_base64
from schemas.errors import NotFoundError

router = APIRouter(tags=["participants"])


@router.get(
    "/v1/participants/{id}",
    summary="Read a participant",
    responses={200: {"model": ParticipantAnswer}, 404: PROBLEMS[404]},
)
def get_participant(id: PartyId, desk: DeskDep) -> Response:  # noqa: A002 - the name in the contract
    """Return a participant with its keys and the heads of its chains.

    The first statement of a new chain has sequence 1 and points to `registration`.
    """
    with desk.home.store.reading() as snapshot:
        party = snapshot.parties.get(id)
        if party is None:
            raise NotFoundError("participant", id)
        keys = list(snapshot.keys.many(party.keyids).values())
        heads = snapshot.heads_of(id)
        size = snapshot.size
    return Json(
        {
            "id": party.id,
            "name": party.name,
            "roles": list(party.roles),
            "country": party.country,
            "identifiers": dict(party.identifiers),
            "timezone": party.timezone,
            "registration": party.registration,
            "require": list(party.require),
            "keys": [_key(key) for key in keys],
            "heads": {chain: {"sequence": head.sequence, "id": head.id} for chain, head in sorted(heads.items())},
            "tree_size": size,
        }
    )


def _key(key: KeyRecord) -> dict[str, Any]:
    return {
        "keyid": key.keyid,
        "algorithm": key.algorithm,
        "public_key": encode_base64(key.der),
        "status": "active" if key.is_active else "revoked",
        "added": key.added,
        "revoked": key.revoked,
    }
