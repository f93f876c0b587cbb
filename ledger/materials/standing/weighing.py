"""How heavy what was raised weighs: by the share of the lot's metal that came that way.

A furnace's heel carries a trace of every batch for years, so what reaches less than a
thousandth, or a hundredth, of every metal that may be claimed is listed and changes nothing.
Things of one kind are weighed together, so that many small batches weigh as one large one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ledger.materials.answers.provenance import ONE, Ancestry, Followed
from ledger.materials.rulesets import recycled_shares
from ledger.materials.standing.on_record import OnRecord
from ledger.materials.standing.raised import raised_on
from ledger.materials.standing.values import LEVELS, Level, LotStanding, Reason
from ledger.materials.state.records import Lot
from schemas.codes import METALS, Metal, Severity
from schemas.ids import LotId
from schemas.rules.version import Rules

_HUNDREDTH = ONE // 100
_THOUSANDTH = ONE // 1000
_REACHING: dict[Severity, tuple[tuple[int, Level], ...]] = {
    "high": ((_HUNDREDTH, "stop"), (_THOUSANDTH, "look")),
    "medium": ((_HUNDREDTH, "look"),),
    "low": (),
}
"""From which share of a metal on what is raised makes a lot stand so, the worst first."""

_NOTHING = "0.000000"


class _Kind(NamedTuple):
    """What is weighed together."""

    code: str
    severity: Severity
    settled: bool
    proven: bool
    reported: bool


def standing_of(ancestry: Ancestry, followed: Followed, said: OnRecord, rules: Rules) -> LotStanding:
    """Return how a lot stands.

    Args:
        ancestry: the lot with the lots and runs that its metal came through.
        followed: its metals followed back.
        said: what is said of these lots.
        rules: the version that names the rule sets by which its metals count.
    """
    counted = _counted(ancestry.lot, rules)
    lots: dict[_Kind, set[LotId]] = {}
    by_itself: set[_Kind] = set()
    for raised in raised_on(ancestry, said):
        kind = _Kind(raised.code, raised.severity, raised.settled, raised.proven, raised.reported)
        lots.setdefault(kind, set()).update(raised.lots)
        if raised.by_itself:
            by_itself.add(kind)
    reasons = (_reason(kind, named, followed, counted, by_itself) for kind, named in lots.items())
    return _standing(reason for reason in reasons if reason is not None)


def together(standings: Iterable[LotStanding]) -> LotStanding:
    """Return how several lots stand: as the worst of them, each reason with the largest share that it has in one."""
    largest: dict[_Kind, Reason] = {}
    for reason in (row for standing in standings for row in standing.reasons):
        kind = _Kind(reason.code, reason.severity, reason.settled, reason.proven, reason.reported)
        known = largest.get(kind)
        largest[kind] = reason if known is None else min(known, reason, key=_worst_first)
    return _standing(largest.values())


def _standing(reasons: Iterable[Reason]) -> LotStanding:
    ordered = tuple(sorted(reasons, key=_worst_first))
    return LotStanding(
        _worst(row for row in ordered if row.proven), _worst(row for row in ordered if row.reported), ordered
    )


def _counted(lot: Lot, rules: Rules) -> frozenset[Metal]:
    """Return the metals of a lot whose share under a rule set is above zero.

    Of a lot that is used up nothing is left to count, and what the credit of another is only its
    account shows, which its closure lacks: what such a lot held counts.
    """
    if not lot.mix or lot.credit is not None:
        return frozenset(lot.metals)
    by_rule_set = recycled_shares(lot.mix, rules).values()
    return frozenset(metal for metal in METALS if any(_is_above_zero(shares.get(metal)) for shares in by_rule_set))


def _is_above_zero(share: str | dict[str, str] | None) -> bool:
    parts = share.values() if isinstance(share, dict) else (share,)
    return any(part not in (None, _NOTHING) for part in parts)


def _reason(
    kind: _Kind, lots: Iterable[LotId], followed: Followed, counted: frozenset[Metal], by_itself: set[_Kind]
) -> Reason | None:
    """Return what of one kind was raised, ``None`` where none of the lot's metal came that way."""
    named = tuple(lots)
    shares = {metal: min(ONE, sum(passed.get(lot, 0) for lot in named)) for metal, passed in followed.passed.items()}
    is_own = kind in by_itself
    reached = max((share for metal, share in shares.items() if metal in counted), default=0)
    metal = max(shares, key=lambda metal: (metal in counted, shares[metal], -METALS.index(metal)), default=None)
    share = ONE if is_own or metal is None else shares[metal]
    if not share or (metal is None and not is_own):
        return None
    level: Level = "stop" if is_own else "clear" if kind.settled else _level(kind.severity, reached)
    return Reason(
        code=kind.code, severity=kind.severity, metal=metal, share=share, level=level, settled=kind.settled,
        proven=kind.proven,
        reported=kind.reported,
    )  # fmt: skip


def _level(severity: Severity, share: int) -> Level:
    return next((level for least, level in _REACHING[severity] if share >= least), "clear")


def _worst(reasons: Iterable[Reason]) -> Level:
    return max((reason.level for reason in reasons), key=LEVELS.index, default="clear")


def _worst_first(reason: Reason) -> tuple[int, bool, int, str, bool]:
    return -LEVELS.index(reason.level), reason.severity != "high", -reason.share, reason.code, not reason.proven
