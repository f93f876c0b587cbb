"""The answer about a recall: masses in kg as texts, shares with nine decimals, rounded up."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from ledger.materials.answers.recall.recall import Reached, Recall, Sent
from ledger.materials.answers.recall.search import Match
from ledger.materials.answers.recall.shares import ONE, Part, share_of
from ledger.materials.answers.sources import addition
from ledger.materials.state.records import Lot
from schemas.codes import METALS
from schemas.quantity import format_kg

_PRINTED = 10**9


class Figure(NamedTuple):
    """A share, of :data:`~ledger.materials.answers.recall.shares.ONE`, and the mass in mg that it is of."""

    share: int
    mass: int


Figures = dict[str, Figure]
"""By ``net`` and by metal."""

_NOTHING: Figures = {"net": Figure(0, 0)}


def recall_report(found: Recall, matches: Iterable[Match], tree_size: int) -> dict[str, Any]:
    """Return the answer of ``recall --json``."""
    return {
        "seeds": [*found.seeds.lots, *(addition(run, number).text for run, number in found.seeds.additions)],
        "documents": [match._asdict() for match in matches],
        "lots": [_lot_row(row) for row in found.lots],
        "recipients": _recipients(found.sent),
        "shipments": [_shipment_row(row) for row in found.sent],
        "tree_size": tree_size,
    }


def _lot_row(row: Reached) -> dict[str, Any]:
    """Return a lot with what is left of it, and with what it held when it was made."""
    lot = row.lot
    return {
        "lot": lot.id,
        "material": lot.material,
        "holder": lot.holder,
        "status": lot.status,
        "held": lot.held,
        "made": _in_kilograms(_figures(row.made, row.part)),
        **_in_kilograms(_figures(lot, row.part)),
    }


def _shipment_row(sent: Sent) -> dict[str, Any]:
    sending = sent.sending
    members = {name: value for name, value in sending._asdict().items() if name != "kept"}
    return {**members, "lot": sending.lot.id, **_in_kilograms(_figures(sending.lot, sent.part))}


def _recipients(sent: Iterable[Sent]) -> list[dict[str, Any]]:
    """Return who was sent what, by name.

    A lot counts once for a recipient, however often it was sent there, and not at all
    where the recipient rejected it: then its sender has it, as it has a part that was rejected.
    """
    lots: dict[str, dict[str, Figures]] = {}
    for row in sent:
        sending = row.sending
        known = lots.setdefault(sending.recipient, {})
        figures = _figures(sending.kept, row.part) if sending.decision != "rejected" else _NOTHING
        known[sending.lot.id] = max(known.get(sending.lot.id, _NOTHING), figures, key=lambda part: part["net"].mass)
    return [
        {"recipient": name, "lots": list(known), **_in_kilograms(_together(known.values()))}
        for name, known in sorted(lots.items())
    ]


def _figures(lot: Lot, part: Part) -> Figures:
    """Return what of a lot is reached, as the lot is given."""
    figures: Figures = {"net": Figure(part.net, lot.net)}
    figures.update((metal, Figure(part.of(metal, lot.sourced), sum(split))) for metal, split in lot.mix.items())
    return figures


def _together(rows: Iterable[Figures]) -> Figures:
    """Return the figures of several lots as those of one."""
    total: dict[str, tuple[int, int]] = {}
    for row in rows:
        for name, (share, mass) in row.items():
            amount, whole = total.get(name, (0, 0))
            total[name] = amount + share * mass, whole + mass
    return {name: Figure(share_of(amount, mass or 1), mass) for name, (amount, mass) in total.items()}


def _in_kilograms(figures: Figures) -> dict[str, Any]:
    """Return figures as JSON, without metals of which nothing was reached."""
    content = {metal: figures[metal] for metal in METALS if metal in figures}
    return {
        "net": _texts(figures["net"]),
        "content": {metal: _texts(figure) for metal, figure in content.items() if figure.share},
    }


def _texts(figure: Figure) -> dict[str, str]:
    whole, rest = divmod(share_of(figure.share * _PRINTED, ONE), _PRINTED)
    return {
        "share": f"{whole}.{rest:09d}",
        "kg": format_kg(share_of(figure.mass * figure.share, ONE)),
        "of_kg": format_kg(figure.mass),
    }
