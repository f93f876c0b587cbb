"""What the ledger answers about a lot (contract, section 6, ``lot --json``)."""

from __future__ import annotations

from typing import Any

from ledger.materials.claims.marks import claimable
from ledger.materials.mass.mix import Mix, by_origin, content_of
from ledger.materials.moves.balance import signed_kg
from ledger.materials.rulesets import shown_shares
from ledger.materials.state.records import Lot
from schemas.codes import CLAIM_KINDS, METALS
from schemas.quantity import format_kg
from schemas.rules.version import Rules


def lot_report(lot: Lot, rules: Rules, tree_size: int) -> dict[str, Any]:
    """Return the public answer about a lot at a tree size, by the rules in force there; masses in kg as texts.

    A metal or an origin without mass is absent; a consumed or withdrawn lot has ``"0"``, empty
    maps and its last holder. ``custody`` is the weakest model of its chain (ISO 22095), under
    which every figure beside it stands; ``recycled_share`` rests on what ``share_basis``
    says; ``claimable_kg`` is what is left to claim of each kind; ``corrections`` are the
    statements that changed these answers, oldest first. ``dry_kg`` and ``owner`` are there
    where they were stated, ``credit_kg`` and ``physical_share`` where an account has the
    claims on its metal, ``holds`` (by whom, since when, by which statement) where one stands,
    ``returned_kg`` where a part came back after it had left,
    ``gained_kg`` and ``lifted_kg`` where words added to its metal on the way.
    """
    shares = shown_shares(lot.mix, rules, lot.custody, lot.credit)
    report = {
        "lot": lot.id,
        "material": lot.material,
        "holder": lot.holder,
        "status": lot.status,
        "held": lot.held,
        "net_kg": format_kg(lot.net),
        "content_kg": {metal: format_kg(mass) for metal, mass in content_of(lot.mix).items()},
        "origin_kg": origin_masses(lot.mix),
        "recycled_share": shares.pop("recycled_share"),
        "share_basis": shares.pop("share_basis"),
        "custody": lot.custody,
        "claimable_kg": {kind: origin_masses(claimable(lot, kind)) for kind in CLAIM_KINDS},
        "corrections": list(lot.corrections),
        "tree_size": tree_size,
    }
    if lot.held:
        standing = (hold for hold in lot.holds if not hold.until)
        report["holds"] = [{"statement": h.statement, "issuer": h.issuer, "since": h.since} for h in standing]
    if lot.dry is not None:
        report["dry_kg"] = format_kg(lot.dry)
    if lot.credit is not None:
        report["credit_kg"] = origin_masses(lot.credit)
        report["physical_share"] = shares["physical_share"]
    if lot.owner is not None:
        report["owner"] = lot.owner
    if lot.returned:
        report["returned_kg"] = format_kg(lot.returned)
    if lot.grown.gained:
        report["gained_kg"] = {metal: signed_kg(mass) for metal, mass in lot.grown.gained.items()}
    if lot.grown.lifted:
        report["lifted_kg"] = {metal: format_kg(mass) for metal, mass in lot.grown.lifted.items()}
    return report


def origin_masses(mix: Mix) -> dict[str, dict[str, str]]:
    """Return masses in kg by metal and origin; what has none is absent."""
    return {
        metal: {origin: format_kg(mass) for origin, mass in by_origin(mix[metal]) if mass}
        for metal in METALS
        if metal in mix
    }
