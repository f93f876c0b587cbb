"""The checks that several events share, each raising its refusal (contract, section 7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ledger.materials.state.book import Lookup
from ledger.materials.state.ground import Ground
from ledger.materials.state.records import Lot
from schemas.catalogue.refusals import RefusalCode
from schemas.codes import Metal
from schemas.ids import LotId
from schemas.party import Party
from schemas.refusal import RefusedError

MAX_ISSUER_ID = 8


def check_own_id(record: str, kind: str, party: Party) -> None:
    """Demand that a new id begins with its issuer's id and ``-``.

    Raises:
        RefusedError: ``not-entitled``.
    """
    if len(party.id) > MAX_ISSUER_ID:
        raise RefusedError(
            RefusalCode.NOT_ENTITLED, "long_id", most=MAX_ISSUER_ID, kind=kind, id=record, party=party.id,
            length=len(party.id),
        )  # fmt: skip
    if not record.startswith(party.id + "-"):
        raise RefusedError(RefusalCode.NOT_ENTITLED, "foreign_id", kind=kind, party=party.id, id=record)


def check_role(party: Party, roles: Iterable[str], statement: str) -> None:
    """Demand one of the roles of who makes a ``statement`` of this type, or runs this process.

    Raises:
        RefusedError: ``not-entitled``.
    """
    wanted = tuple(roles)
    if not set(wanted) & set(party.roles):
        raise RefusedError(
            RefusalCode.NOT_ENTITLED, "role", statement=statement, wanted=", ".join(wanted), party=party.id,
            roles=", ".join(party.roles),
        )  # fmt: skip


def check_lot(lot_id: LotId, lots: Lookup[LotId, Lot]) -> Lot:
    """Return a lot that the ledger knows.

    Raises:
        RefusedError: ``unknown-lot``.
    """
    lot = lots.get(lot_id)
    if lot is None:
        raise RefusedError(RefusalCode.UNKNOWN_LOT, lot=lot_id)
    return lot


def check_available(lot_id: LotId, lot: Lot | None, party: Party, at: str) -> Lot:
    """Return the lot if ``party`` may move or use it.

    A hold does not bar what happened before it (``at``) and is only entered late.

    Raises:
        RefusedError: ``unknown-lot``, ``not-entitled``, ``lot-in-transit``,
            ``lot-disputed``, ``lot-left``, ``lot-held`` or ``insufficient-mass``
            (nothing left), whichever comes first in this order.
    """
    if lot is None:
        raise RefusedError(RefusalCode.UNKNOWN_LOT, lot=lot_id)
    if lot.holder != party.id:
        raise RefusedError(
            RefusalCode.NOT_ENTITLED, "holder", party=party.id, lot=lot.id, holder=lot.holder, collides_with=lot.id
        )
    if lot.status != "open":
        _check_status(lot)
    if lot.holds and (hold := lot.held_at(at)) is not None and not hold.until:
        raise RefusedError(RefusalCode.LOT_HELD, lot=lot.id, issuer=hold.issuer, since=hold.since, collides_with=lot.id)
    if lot.net == 0:
        if lot.status == "withdrawn":
            raise RefusedError(RefusalCode.INSUFFICIENT_MASS, "withdrawn", lot=lot.id, collides_with=lot.id)
        raise RefusedError(RefusalCode.INSUFFICIENT_MASS, "used_up", lot=lot.id, collides_with=lot.id)
    return lot


def _check_status(lot: Lot) -> None:
    match lot.status:
        case "in_transit":
            raise RefusedError(RefusalCode.LOT_IN_TRANSIT, lot=lot.id, collides_with=lot.id)
        case "disputed":
            raise RefusedError(RefusalCode.LOT_DISPUTED, lot=lot.id, collides_with=lot.id)
        case "left":
            raise RefusedError(RefusalCode.LOT_LEFT, lot=lot.id, collides_with=lot.id)
        case _:
            pass


def check_new_lot(lot_id: LotId, ground: Ground) -> None:
    """Demand an id that no lot has, but one that the statement itself made before.

    Raises:
        RefusedError: ``lot-exists``.
    """
    if not ground.made(lot_id) and ground.book.lots.get(lot_id) is not None:
        raise RefusedError(RefusalCode.LOT_EXISTS, lot=lot_id, collides_with=lot_id)


def check_content(what: str, content: Mapping[Metal, int], net: int, dry: int | None = None) -> None:
    """Demand that the contained metals weigh no more than the whole (dry, where given).

    Raises:
        RefusedError: ``content-exceeds-net``.
    """
    total = sum(content.values())
    if dry is None and total > net:
        raise RefusedError(RefusalCode.CONTENT_EXCEEDS_NET, "net", what=what, limit_mg=net, content_mg=total)
    if dry is not None and total > dry:
        raise RefusedError(RefusalCode.CONTENT_EXCEEDS_NET, "dry", what=what, limit_mg=dry, content_mg=total)
