"""Refusals about material: lots, runs, hand-overs, assays, counts and holds."""

from __future__ import annotations

from schemas.catalogue.refusals.codes import RefusalCode
from schemas.catalogue.refusals.refusal import Refusal, refusal

_ORDER = "contract, section 7"
_IDS = "contract, section 4"

_LOTS: tuple[Refusal, ...] = (
    refusal(
        RefusalCode.UNKNOWN_LOT,
        "The lot is not in this ledger, or was not when the statement was made.",
        _ORDER,
        "expected a lot of this ledger, got {lot}, which is none",
        later="expected a lot that was there when the statement was made, got {lot}",
    ),
    refusal(
        RefusalCode.LOT_EXISTS,
        "The id is used; every id is used once within its kind, ever.",
        _IDS,
        "expected a new lot id, got {lot}, which is used",
    ),
    refusal(
        RefusalCode.LOT_IN_TRANSIT,
        "The lot is on its way; its receiver must accept or reject it first.",
        _ORDER,
        "expected an open lot, got {lot}, which is in transit",
    ),
    refusal(
        RefusalCode.LOT_DISPUTED,
        "The receiver disputes the lot; it must be settled or rejected first.",
        _ORDER,
        "expected an open lot, got {lot}, which is disputed",
    ),
    refusal(
        RefusalCode.LOT_LEFT,
        "The lot has left the ledger; what comes back enters by an intake.",
        _ORDER,
        "expected an open lot, got {lot}, which has left the ledger",
    ),
    refusal(
        RefusalCode.LOT_HELD,
        "A hold stands on the lot; who set it must release it first.",
        _ORDER,
        "expected a lot without a hold, got {lot}, which {issuer} has held since {since}",
    ),
    refusal(
        RefusalCode.UNKNOWN_HOLD,
        "No such hold stands on the lot: there was none, or it has been released.",
        _ORDER,
        "expected a hold that stands on {lot}, got {hold}",
    ),
    refusal(
        RefusalCode.HOLD_DIFFERS,
        "A hold on a run, a document or a site's month does not name the lots of it: all of them, and no others.",
        _ORDER,
        "expected all lots of {what}, of which {missing_lots} are missing: {lots}",
        beyond="expected the lots of {what}, got {lot} beside them",
        nothing="expected a run, document or month of a site with lots, got {what}, of which none are known",
    ),
    refusal(
        RefusalCode.INSUFFICIENT_MASS,
        "More is taken of a lot than is left of it.",
        _ORDER,
        "expected at most the {left_mg} that are left of {lot}, got {taken_mg}",
        used_up="expected a lot with mass left, got {lot}, which is used up",
        withdrawn="expected a lot with mass left, got {lot}, of which a correction says that it never was",
        rejected="expected less than the {left_mg} of {lot} to be rejected in part, got {taken_mg}, which leaves "
        'nothing to accept: then the decision is "rejected"',
    ),
    refusal(
        RefusalCode.EXCEEDS_DEPARTED,
        "More comes back of a lot than left the ledger and did not come back yet.",
        _ORDER,
        "expected at most the {left_mg} of {lot} that left and did not come back, got {returned_mg}",
        not_left="expected a lot that left the ledger to come back, got {lot}, which is {status}",
    ),
    refusal(
        RefusalCode.CONTENT_EXCEEDS_NET,
        "The metals weigh more than the whole: a unit, a comma, or wet for dry mixed up.",
        _ORDER,
        net="expected the metals in {what} to weigh at most its net_kg of {limit_mg}, got {content_mg} (a unit or a "
        "comma mixed up?)",
        dry="expected the metals in {what} to weigh at most its dry_kg of {limit_mg}, got {content_mg} (a unit or a "
        "comma mixed up?)",
        assay_net="expected the metals in {lot} to weigh at most its {limit_mg} of net mass, got {content_mg} (wet for "
        "dry mixed up?)",
        assay_dry="expected the metals in {lot} to weigh at most its {limit_mg} of dry mass, got {content_mg} (wet for "
        "dry mixed up?)",
    ),
)

_RUNS: tuple[Refusal, ...] = (
    refusal(
        RefusalCode.RUN_EXISTS,
        "The id is used; every id is used once within its kind, ever.",
        _IDS,
        "expected a new run id, got {run}, which is used",
    ),
    refusal(
        RefusalCode.NET_GAIN,
        "Packing and sorting put out what went in, and no more (1 % is left to the scales).",
        _ORDER,
        "expected {process} to put out at most 1 % more than the {in_mg} put in, got {out_mg}",
    ),
    refusal(
        RefusalCode.GAIN_EXCEEDS_TOLERANCE,
        "More of a metal comes out than went in; beyond 2 % a gain_reason is needed, beyond the mass of all inputs "
        "none helps.",
        _ORDER,
        "expected at most 2 % more {metal} out than the {in_mg} that went in, or a gain_reason, got {out_mg}",
        contained="expected at most as much {metal} as the {in_mg} that all inputs weigh, got {out_mg}",
    ),
)

_HANDOVERS: tuple[Refusal, ...] = (
    refusal(
        RefusalCode.SHIPMENT_EXISTS,
        "The id is used; every id is used once within its kind, ever.",
        _IDS,
        "expected a new shipment id, got {shipment}, which is used",
    ),
    refusal(
        RefusalCode.UNKNOWN_RECEIVER,
        "The receiver is not registered in this ledger; a lot that leaves it needs a disposition instead.",
        _ORDER,
        "expected a registered participant as receiver, got {party}",
        later="expected a receiver that was registered when the dispatch was made, got {party}, registered at entry "
        "{entry}",
    ),
    refusal(
        RefusalCode.UNKNOWN_SHIPMENT,
        "No dispatch of this ledger has this shipment id.",
        _ORDER,
        "expected a shipment of this ledger, got {shipment}, which is none",
    ),
    refusal(
        RefusalCode.NOT_IN_SHIPMENT,
        "The lot was not sent in this shipment.",
        _ORDER,
        "expected a lot of {shipment}, got {lot}",
    ),
    refusal(
        RefusalCode.ALREADY_SETTLED,
        "The lot does not wait for this decision: in transit it is accepted, rejected or disputed, disputed it is "
        "settled or rejected.",
        _ORDER,
        'expected a decision that {lot} in {shipment} waits for, got "{decision}" where it is {state}',
    ),
)

_CHECKS: tuple[Refusal, ...] = (
    refusal(
        RefusalCode.UNKNOWN_ASSAY,
        "What is confirmed is no assay with results, or not one of these lots.",
        _ORDER,
        "expected the statement of an assay with results, got {statement}",
        other_lots="expected lots that the confirmed assay names, got {lots} besides",
    ),
    refusal(
        RefusalCode.UNKNOWN_COUNT,
        "What is confirmed is no stock count, or not the count of these lots.",
        _ORDER,
        "expected the statement of a stock count, got {statement}",
        other_lots="expected the lots of the confirmed count ({lots}), got others",
    ),
    refusal(
        RefusalCode.IMPLAUSIBLE_COUNT,
        "No scale can have shown this beside the book: a unit is mixed up, or a lot left out.",
        _ORDER,
        too_much="expected a count of at most twice the {book_mg} in the book, got {counted_mg} ({method}): a unit "
        "mixed up, or a lot left out?",
        too_little="expected a count of more than a five-hundredth of the {book_mg} in the book, got {counted_mg} "
        "({method}): tonnes for kilograms?",
    ),
    refusal(
        RefusalCode.UNKNOWN_STATEMENT,
        "The ledger has no such statement about materials.",
        _ORDER,
        "expected a statement of this ledger about materials, got {statement}",
        supplier="expected an intake of the supplier that the attestation names, got {statement}",
    ),
    refusal(
        RefusalCode.UNKNOWN_FINDING,
        "The statement has no finding of this code that a certifier could speak of.",
        _ORDER,
        "expected the code of a finding on that statement ({codes}), got {given}",
        none="expected the code of a finding on that statement, which has none, got {given}",
    ),
    refusal(
        RefusalCode.NOT_CORRECTABLE,
        "Only what happened to material can be corrected.",
        _ORDER,
        "expected a statement that says what happened to material, got one of type {event}: correct the statement "
        "itself once more, or end it by its own opposite",
    ),
    refusal(
        RefusalCode.REPLACEMENT_DIFFERS,
        "A replacement is of the same kind and id as what it replaces; withdraw the statement and say another.",
        _ORDER,
        "expected {identity} in place of the corrected one, got {given}",
        ref="expected the ref of the corrected statement ({own}) or none in the replacement, got {ref}",
    ),
)

OF_MATERIALS: tuple[Refusal, ...] = (*_LOTS, *_RUNS, *_HANDOVERS, *_CHECKS)
