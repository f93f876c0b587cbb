"""Recall: every lot and every recipient that something reached, with shares and kilograms.

The walk goes forward, run by run in the order of the ledger, so each is visited once.
Shares are fixed point with thirty decimals, rounded up: what might be reached is told.

Invariant: the masses that a recall tells of a lot never exceed what the lot holds, and
a lot that shares no metal but only mass is told by its mass.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from ledger.materials.book import Deed
from ledger.materials.records import Lot, Run
from schemas.codes import METALS, Metal
from schemas.handover import Acceptance, Dispatch
from schemas.quantity import format_kg

_ONE = 10**30
_PRINTED = 10**9

Shares = dict[str, int]
"""How much of a lot's net mass (``net``) and of each metal comes from what is recalled, of 10**30."""


class Reached(NamedTuple):
    """A lot with the shares in it of what is recalled."""

    lot: Lot
    shares: Shares


class Sent(NamedTuple):
    """A shipment of a lot that was reached, and what the receiver said."""

    lot: str
    shipment: str
    sender: str
    recipient: str
    occurred_at: str
    statement: str
    decision: str | None


class Recall(NamedTuple):
    """What the seeds reached, oldest lot first."""

    seeds: tuple[str, ...]
    lots: tuple[Reached, ...]
    sent: tuple[Sent, ...]


class Known(NamedTuple):
    """Lots and runs as they stand, by id."""

    lots: Mapping[str, Lot]
    runs: Mapping[str, Run]


def recall(seeds: Iterable[str], known: Known, deeds: Mapping[int, Deed]) -> Recall:
    """Follow lots to all that was made of them.

    Args:
        seeds: the lots that are recalled in full.
        known: all lots that were reached, and the runs that made them.
        deeds: the entries that name them.
    """
    names = tuple(dict.fromkeys(name for name in seeds if name in known.lots))
    shares: dict[str, Shares] = {name: _whole() for name in names}
    for run in sorted(known.runs.values(), key=lambda run: run.index):
        found = _through(run, shares)
        for made in run.outputs if found else ():
            shares.setdefault(made.lot, _of_output(found, made.sourced))
    reached = [Reached(known.lots[name], part) for name, part in shares.items() if name in known.lots]
    reached.sort(key=lambda row: (row.lot.created, row.lot.id))
    return Recall(names, tuple(reached), tuple(_sent(shares, deeds)))


def recall_report(found: Recall, tree_size: int) -> dict[str, Any]:
    """Return the answer of ``recall --json``; masses in kg as texts, shares with nine decimals, rounded up."""
    recipients: dict[str, list[str]] = {}
    for sent in found.sent:
        recipients.setdefault(sent.recipient, [])
        if sent.lot not in recipients[sent.recipient]:
            recipients[sent.recipient].append(sent.lot)
    return {
        "seeds": list(found.seeds),
        "lots": [_lot_row(row) for row in found.lots],
        "recipients": [{"recipient": name, "lots": lots} for name, lots in sorted(recipients.items())],
        "shipments": [sent._asdict() for sent in found.sent],
        "tree_size": tree_size,
    }


def _whole() -> Shares:
    return {"net": _ONE} | dict.fromkeys(METALS, _ONE)


def _through(run: Run, shares: Mapping[str, Shares]) -> Shares:
    """Return the shares in the pool of a run, empty where it took nothing that was reached."""
    if not any(taken.lot in shares for taken in run.inputs):
        return {}
    net = sum(taken.booked + taken.short for taken in run.inputs)
    amounts: dict[str, int] = {"net": 0}
    for taken in run.inputs:
        part = shares.get(taken.lot)
        if part is None:
            continue
        amounts["net"] += taken.booked * part["net"]
        for metal, split in taken.mix.items():
            amounts[metal] = amounts.get(metal, 0) + sum(split) * _still(part, metal, taken.sourced)
    pools: dict[str, int] = {"net": net} | {str(metal): mass for metal, mass in run.pool.items()}
    return {name: min(_ONE, -(-amount // pools[name])) for name, amount in amounts.items() if pools.get(name)}


def _still(part: Shares, metal: Metal, sourced: Mapping[Metal, tuple[int, int]]) -> int:
    """Return a lot's share at a taking; what an assay added later had thinned it."""
    share = part.get(metal, 0)
    base = part.get(f"{metal} made")
    if base is None or metal not in sourced:
        return share if base is None else base
    return -(-base * sourced[metal][0] // sourced[metal][1])


def _of_output(pool: Shares, sourced: Mapping[Metal, tuple[int, int]]) -> Shares:
    found = dict(pool)
    for name, share in pool.items():
        if name == "net":
            continue
        # The share in the pool is kept too, as takings apply what was known at their time.
        found[f"{name} made"] = share
        if name in sourced:
            got, of = sourced[name]  # type: ignore[index]
            found[name] = -(-share * got // of)
    return found


def _lot_row(row: Reached) -> dict[str, Any]:
    lot, shares = row
    metals = [metal for metal in METALS if shares.get(metal) and metal in lot.mix]
    return {
        "lot": lot.id,
        "material": lot.material,
        "holder": lot.holder,
        "status": lot.status,
        "held": lot.held,
        "net": _figure(lot.net, shares["net"]),
        "content": {metal: _figure(sum(lot.mix[metal]), shares[metal]) for metal in metals},
    }


def _figure(mass: int, share: int) -> dict[str, str]:
    whole, rest = divmod(-(-share * _PRINTED // _ONE), _PRINTED)
    return {
        "share": f"{whole}.{rest:09d}",
        "kg": format_kg(min(mass, -(-mass * share // _ONE))),
        "of_kg": format_kg(mass),
    }


def _sent(shares: Mapping[str, Shares], deeds: Mapping[int, Deed]) -> list[Sent]:
    """Return the shipments of reached lots, in the order of the ledger."""
    decisions: dict[tuple[str, str], str] = {}
    for index in sorted(deeds):
        event = deeds[index].event
        if isinstance(event, Acceptance):
            decisions.update({(event.shipment, line.lot): line.decision for line in event.lots})
    return [
        Sent(
            line.lot, deed.event.shipment, deed.issuer, deed.event.to or deed.event.disposition or "",
            deed.occurred_at, deed.statement, decisions.get((deed.event.shipment, line.lot)),
        )
        for _, deed in sorted(deeds.items())
        if isinstance(deed.event, Dispatch)
        for line in deed.event.lots
        if line.lot in shares
    ]  # fmt: skip
