"""The member ``lot`` of ``battery-ledger-bundle/1``: what a reader is shown of the lot, and the verifier recomputes.

The API answers the same today and may say more tomorrow; this member stays what it is.
"""

from __future__ import annotations

from typing import Any, Final

from ledger.files.codes_1 import CLAIM_KINDS, EU_RULES, ISO_RULES, METALS, ORIGINS
from ledger.materials.claims.marks import claimable
from ledger.materials.mass.mix import Mix
from ledger.materials.moves.balance import signed_kg
from ledger.materials.rulesets import Shares, recycled_shares, share_basis
from ledger.materials.state.lot_words import shown
from ledger.materials.state.records import Lot
from schemas.quantity import format_kg
from schemas.rules.version import Rules

OF_ACCOUNT: Final = "credit_kg", "claimable_kg", "corrections"
"""Members that the account of a lot made under mass balance may have lessened."""

OF_CREDIT: Final = ("recycled_share",)
"""Members that follow from the credit that is shown."""

LIMIT_OF_ACCOUNT: Final = {"is": "at most", "reason": "account-not-shown"}
"""What the share of such a lot is in a file without that account, which may have undone draws since."""


def spell_lot(lot: Lot, rules: Rules, tree_size: int) -> dict[str, Any]:
    """Return a lot at a tree size, by the rules in force there; masses in kg as texts, what has no mass is absent.

    ``dry_kg`` and ``owner`` are there where they were stated, ``credit_kg``, ``physical_share``
    and ``share_limit`` where an account has the claims on its metal, ``holds`` where one stands,
    ``returned_kg`` where a part came back after it had left,
    ``gained_kg`` (below zero where more was taken away) and ``lifted_kg`` where words added to its metal.
    """
    members = {
        "lot": lot.id,
        "material": lot.material,
        "holder": lot.holder,
        "status": lot.status,
        "held": bool(shown(lot.holds)),
        "net_kg": format_kg(lot.net),
        "content_kg": {metal: format_kg(sum(lot.mix[metal])) for metal in METALS if metal in lot.mix},
        "origin_kg": _by_origin(lot.mix),
        "recycled_share": _known(recycled_shares(lot.mix, rules, lot.credit)),
        "share_basis": share_basis(lot.custody),
        "custody": lot.custody,
        "claimable_kg": {kind: _by_origin(claimable(lot, kind)) for kind in CLAIM_KINDS},
        "corrections": list(lot.corrections),
        "tree_size": tree_size,
    }
    if standing := shown(lot.holds):
        members["holds"] = [{"statement": h.statement, "issuer": h.issuer, "since": h.since} for h in standing]
    if lot.dry is not None:
        members["dry_kg"] = format_kg(lot.dry)
    if lot.credit is not None:
        members["credit_kg"] = _by_origin(lot.credit)
        members["physical_share"] = _known(recycled_shares(lot.mix, rules))
        members["share_limit"] = dict(LIMIT_OF_ACCOUNT)
    if lot.owner is not None:
        members["owner"] = lot.owner
    if lot.returned:
        members["returned_kg"] = format_kg(lot.returned)
    for name, masses in (("gained_kg", lot.grown.gained), ("lifted_kg", lot.grown.lifted)):
        if masses:
            members[name] = {metal: signed_kg(masses[metal]) for metal in METALS if metal in masses}
    return members


def _known(shares: Shares) -> Shares:
    return {name: shares[name] for name in (EU_RULES, ISO_RULES) if name in shares}


def _by_origin(mix: Mix) -> dict[str, dict[str, str]]:
    return {
        metal: {origin: format_kg(mass) for origin, mass in zip(ORIGINS, mix[metal], strict=True) if mass}
        for metal in METALS
        if metal in mix
    }
