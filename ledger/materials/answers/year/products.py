"""A site's products of a year: recycled shares over all of them, per metal, with the model of custody.

What later runs took of the site's own products is taken off, so that each kilogram stands
in one product of one year. Under mass balance physical metal does not count: the credits
that are drawn for a lot do, of all the metal that is in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ledger.materials.answers.year.domestic import Domestic
from ledger.materials.answers.year.flows import Flow, add
from ledger.materials.mass.mix import NO_MASS, Mix, content_of
from ledger.materials.moves.inheritance import weakest
from ledger.materials.rulesets.shares import shown_shares
from ledger.materials.rulesets.verdicts import duties_of, judge_lot
from ledger.materials.state.records import Lot
from schemas.codes import CustodyModel
from schemas.ids import LotId
from schemas.quantity import format_kg
from schemas.rules.version import Rules


class Products:
    """Products that a site made in a year, less what its runs took of its own ones."""

    def __init__(self, lots: Mapping[LotId, Lot], domestic: Domestic, flows: Iterable[Flow]) -> None:
        """Keep what is product, and the lots as they stand."""
        self._lots = lots
        self._domestic = domestic
        self._flows = [flow for flow in flows if flow.kind == "product" and flow.is_own]

    def custody(self, kind: str | None = None) -> CustodyModel | None:
        """Return the weakest model of custody among what was made, of a class where one is given."""
        models = [
            self._lots[flow.lot].custody
            for flow in self._flows
            if flow.sign > 0 and flow.lot in self._lots and kind in (None, flow.chemistry_class)
        ]
        return weakest(*models) if models else None

    def mixes(self) -> tuple[Mix, Mix]:
        """Return all metal of the products, and what may be claimed of it, in mg."""
        mix: Mix = {}
        base: Mix = {}
        for flow in self._flows:
            add(mix, flow.mix, flow.sign)
            if flow.credit is None:
                add(base, flow.mix, flow.sign)
            elif flow.sign > 0:
                # What went on into another lot took its credit along; here is what is still drawn for this one.
                add(base, flow.credit)
        return _there(mix), _there(base)

    def basis(self) -> str:
        """Say what is counted: the metal itself, or credits."""
        return basis_of(any(flow.credit is not None for flow in self._flows))

    def domestic_dry(self, kind: str) -> tuple[int, int]:
        """Return the domestic dry mass of a class, and all of it, in mg; what holds no metal is left out."""
        domestic = total = 0
        for flow in self._flows:
            metal = sum(content_of(flow.mix).values())
            if flow.chemistry_class != kind or metal <= 0:
                continue
            # Credit that went on with what was taken is no longer drawn for this lot.
            base = flow.mix if flow.credit is None else flow.credit if flow.sign > 0 else {}
            part = self._domestic.metal_of(flow.lot, flow.mix, flow.sourced, base)
            total += flow.sign * flow.dry
            domestic += flow.sign * flow.dry * part // metal
        return domestic, total


def basis_of(is_credited: bool) -> str:
    """Return the name of what shares are judged on."""
    return "credits" if is_credited else "physical"


def shares_report(mix: Mix, base: Mix | None, custody: CustodyModel | None, day: str, rules: Rules) -> dict[str, Any]:
    """Return shares, verdicts and duties of metal of which ``base`` may be claimed (``None``: itself)."""
    return {
        "basis": basis_of(base is not None),
        **shown_shares(mix, rules, custody, base),
        "verdicts": [verdict.as_json() for verdict in judge_lot(mix, day, rules, base)],
        "duties": [duty.as_json() for duty in duties_of(mix, day, rules, base)],
    }


def products_report(products: Products, day: str, rules: Rules) -> dict[str, Any]:
    """Return the products' content, shares, verdicts and duties, judged on a day and later."""
    mix, base = products.mixes()
    content = {metal: format_kg(mass) for metal, mass in content_of(mix).items()}
    custody = products.custody()
    shares = shares_report(mix, base if products.basis() == "credits" else None, custody, day, rules)
    return {"custody": custody, "content_kg": content, **shares}


def _there(mix: Mix) -> Mix:
    """Return what is left of sums that later takings may have brought below nothing."""
    found = {metal: tuple(max(mass, 0) for mass in split) for metal, split in mix.items()}
    return {metal: split for metal, split in found.items() if split != NO_MASS}
