"""The balance of a site and month: opening + in - out = closing, per metal and origin.

Per figure (net, dry, and each metal by origin): opening + receipts (from outside) +
arrivals (from another party of the ledger) + additions + gains +
shortfalls - losses - dispatches - departures = closing. The closing is taken from the
lots, not from the postings, so what does not add up shows as unexplained. Claims move no
metal and stand beside it.

It is worked out of sums by month and kind (:mod:`ledger.materials.state.posting_sums`). Invariants: integer
milligrams; a month's figures at a tree size never change with what came after; each figure is the sum of its
movements, and each of those names its statement.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ledger.materials.mass.mix import by_origin
from ledger.materials.mass.months import preceding
from ledger.materials.moves.postings import INCOMING, MEMO, OUTGOING
from ledger.materials.state.posting_sums import Sum, Sums, less
from ledger.materials.state.records import Lot, Posting, PostingKind
from schemas.codes import METALS, ORIGINS
from schemas.ids import PartyId
from schemas.quantity import MG_PER_KG

Line = tuple[str, str]
"""``("net", "")``, ``("dry", "")``, or metal and origin."""

NET: Line = ("net", "")
DRY: Line = ("dry", "")
NAMES: dict[PostingKind, str] = {
    "receipt": "receipts",
    "arrival": "arrivals",
    "addition": "additions",
    "gain": "gains",
    "shortfall": "shortfalls",
    "loss": "losses",
    "dispatch": "dispatches",
    "departure": "departures",
    "claim_service": "claimed_recycling_service",
    "claim_content": "claimed_recycled_content",
    "credit_earned": "credits_earned",
    "credit_drawn": "credits_drawn",
}
KINDS: tuple[PostingKind, ...] = (*INCOMING, *OUTGOING, *MEMO)
_SIGNS: dict[PostingKind, int] = dict.fromkeys(INCOMING, 1) | dict.fromkeys(OUTGOING, -1)
"""What adds to the stock and what takes from it; claims and credits do neither."""


@dataclass(slots=True)
class Balance:
    """The figures of a site and month, in mg.

    With ``until``, of all months from ``period`` to that one: the opening of the first, the closing of the last.
    ``later`` is what was moved after the months, or said after the tree size at which the balance is: it is taken
    out of what the site holds now.
    """

    site: PartyId
    period: str
    until: str
    opening: dict[Line, int] = field(default_factory=dict)
    moved: dict[PostingKind, dict[Line, int]] = field(default_factory=dict)
    later: dict[Line, int] = field(default_factory=dict)
    held: dict[Line, int] = field(default_factory=dict)

    def add(self, sums: Sums) -> None:
        """Let postings in: before, in or after the months."""
        for (period, kind), part in sums.items():
            if self.period <= period <= self.until and kind in NAMES:
                _sum(self.moved.setdefault(kind, {}), lines_of(part), 1)
            else:
                _sum(self.later if period > self.until else self.opening, lines_of(part), _SIGNS.get(kind, 0))

    def add_later(self, sums: Sums) -> None:
        """Let postings in that were said after the tree size at which the balance is."""
        for (_, kind), part in sums.items():
            _sum(self.later, lines_of(part), _SIGNS.get(kind, 0))

    def close(self, lots: Iterable[Lot]) -> None:
        """Set what the site holds now; the closing is that without what was moved, or said, later."""
        for lot in lots:
            _sum(self.held, {NET: lot.net, DRY: lot.dry_or_net} | _contents(lot), 1)

    def computed(self, line: Line) -> int:
        """Return the closing that the postings give."""
        total = self.opening.get(line, 0)
        for kind, masses in self.moved.items():
            if kind in INCOMING:
                total += masses.get(line, 0)
            elif kind in OUTGOING:
                total -= masses.get(line, 0)
        return total

    def closing(self, line: Line) -> int:
        """Return the closing that the lots give."""
        return self.held.get(line, 0) - self.later.get(line, 0)

    def lines(self) -> list[Line]:
        """Return the lines that have a figure: net, dry, then metals and origins in the order of the contract."""
        known = {*self.opening, *self.held, *self.later}.union(*self.moved.values()) - {NET, DRY}
        known = {line for line in known if self._has_figure(line)}
        order = sorted(known, key=lambda line: (METALS.index(line[0]), ORIGINS.index(line[1])))
        return [NET, DRY, *order]

    def _has_figure(self, line: Line) -> bool:
        if self.opening.get(line) or self.closing(line) or self.computed(line):
            return True
        return any(masses.get(line) for masses in self.moved.values())


def balance_of(
    site: PartyId, period: str, sums: Sums, lots: Iterable[Lot], *, past: Sums | None = None, until: str = ""
) -> Balance:
    """Return the balance of a site and month, or of several.

    Args:
        site: the party's id.
        period: the month ``YYYY-MM``.
        sums: those of all postings of the site up to now.
        lots: the lots that it holds now.
        past: those of the postings up to the tree size at which the balance is wanted, where that is not now.
        until: the last month, where that is not the first.
    """
    balance = Balance(site, period, until or period)
    balance.add(sums if past is None else past)
    if past is not None:
        balance.add_later(less(sums, past))
    balance.close(lots)
    return balance


def lines_of(row: Posting | Sum) -> dict[Line, int]:
    """Return the figures of a posting, or of several together, by line."""
    lines = {(metal, origin): mass for metal in row.mix for origin, mass in by_origin(row.mix[metal])}
    return {NET: row.net, DRY: row.dry} | {line: mass for line, mass in lines.items() if mass}


def balance_report(balance: Balance, tree_size: int) -> dict[str, Any]:
    """Return the answer of ``balance --json``; masses in kg as texts, with a sign where below zero.

    ``opening_from`` is the month whose closing the opening is.
    """
    rows = []
    for line in balance.lines():
        closing = balance.closing(line)
        figures = {
            "opening": signed_kg(balance.opening.get(line, 0)),
            **{NAMES[kind]: signed_kg(balance.moved.get(kind, {}).get(line, 0)) for kind in KINDS},
            "closing": signed_kg(closing),
            "unexplained": signed_kg(balance.computed(line) - closing),
        }
        name = {"figure": line[0]} if not line[1] else {"figure": "content", "metal": line[0], "origin": line[1]}
        rows.append({**name, **figures})
    return {
        "site": balance.site,
        "period": balance.period,
        "unit": "kg",
        "lines": rows,
        "opening_from": preceding(balance.period),
        "totals": totals_hash(balance),
        "tree_size": tree_size,
    }


def movement(row: Posting) -> dict[str, Any]:
    """Return a movement: its kind, which entry said it, of which lot or run, and what it moved.

    The masses of a kind in a line add up to the figure of that kind and line. One with ``happened`` belongs to that
    earlier month, which was closed.
    """
    origins = {
        metal: {origin: signed_kg(mass) for origin, mass in by_origin(row.mix[metal]) if mass}
        for metal in METALS
        if metal in row.mix
    }
    moved = {
        "kind": NAMES[row.kind], "index": row.index, "statement": row.statement, "record": row.record,
        "net_kg": signed_kg(row.net), "dry_kg": signed_kg(row.dry), "origin_kg": origins,
    }  # fmt: skip
    return {**moved, "happened": row.happened} if row.happened else moved


def totals_hash(balance: Balance) -> str:
    """Return the SHA-256 that a ``period_close`` signs: over the lines of the balance, without drill-down.

    The text is compact JSON of ``[site, period, [[figure, origin, opening, moved..., closing]...]]``
    in milligrams, the lines in order, those without any mass left out.
    """
    rows = []
    for line in balance.lines():
        figures = [
            balance.opening.get(line, 0),
            *(balance.moved.get(kind, {}).get(line, 0) for kind in KINDS),
            balance.computed(line),
        ]
        if any(figures):
            rows.append([*line, *figures])
    text = json.dumps([balance.site, balance.period, rows], separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def signed_kg(milligrams: int) -> str:
    """Return kilograms as a text, with ``-`` before what is below zero."""
    whole, rest = divmod(abs(milligrams), MG_PER_KG)
    text = f"{whole}.{rest:06d}".rstrip("0") if rest else str(whole)
    return f"-{text}" if milligrams < 0 else text


def _contents(lot: Lot) -> dict[Line, int]:
    return {(metal, origin): mass for metal, split in lot.mix.items() for origin, mass in by_origin(split) if mass}


def _sum(total: dict[Line, int], lines: dict[Line, int], sign: int) -> None:
    for line, mass in lines.items() if sign else ():
        total[line] = total.get(line, 0) + sign * mass
