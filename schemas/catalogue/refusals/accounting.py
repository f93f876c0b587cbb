"""Refusals about claims, credits, agreements and closed months."""

from __future__ import annotations

from schemas.catalogue.refusals.codes import RefusalCode
from schemas.catalogue.refusals.refusal import Refusal, refusal

_ORDER = "contract, section 7"
_ACCOUNTS = "contract, section 5"

_CLAIMS: tuple[Refusal, ...] = (
    refusal(
        RefusalCode.CLAIM_EXISTS,
        "The number of the scheme was used before; case and spaces do not count.",
        _ORDER,
        "expected a new number of {scheme}, got {number}, which was used before",
    ),
    refusal(
        RefusalCode.NOT_CLAIMABLE,
        "Only metal of waste origins is recycled.",
        _ACCOUNTS,
        "expected metal from waste to be claimed, got {metal} of origin {origin}",
    ),
    refusal(
        RefusalCode.EXCEEDS_CLAIMABLE,
        "More is claimed than is left to claim of the lot for this kind of claim.",
        _ACCOUNTS,
        "expected at most the {left_mg} {metal} of {origin} that are left to claim of {lot} as {kind}, got "
        "{claimed_mg}",
    ),
    refusal(
        RefusalCode.NOT_CREDITABLE,
        "A credit is drawn for a lot made under mass balance, of waste origins, and for what it holds.",
        _ACCOUNTS,
        no_account="expected a lot made under mass balance to draw credit for, got {lot}",
        not_made_yet="expected credit for {lot} to be drawn after it began to be made at {since}, got {time}",
        no_waste="expected credit of waste origins, found a different origin for {metal}",
        holds_less="expected at most the {left_mg} {metal} that {lot} holds without credit, got {drawn_mg}",
    ),
    refusal(
        RefusalCode.CREDIT_EXCEEDED,
        "The site's account has less credit than is drawn.",
        _ACCOUNTS,
        "expected at most the {left_mg} {metal} of {origin} that are left in the account of {site} on {day}, got "
        "{drawn_mg}",
        drawn_later="expected at most the {left_mg} {metal} of {origin} that are left in the account of {site} on "
        "{day}, of which later draws need a part, got {drawn_mg}",
    ),
)

_AGREEMENTS: tuple[Refusal, ...] = (
    refusal(
        RefusalCode.AGREEMENT_EXISTS,
        "The id is used, or the agreement is effective already.",
        _ORDER,
        "expected a new agreement id, got {agreement}, which is used",
        effective="expected an agreement that is not effective yet, got {agreement}",
    ),
    refusal(
        RefusalCode.UNKNOWN_AGREEMENT,
        "What is confirmed is not the statement that offers this agreement.",
        _ORDER,
        "expected the statement that offers {agreement}, got {statement}",
    ),
    refusal(
        RefusalCode.TERMS_DIFFER,
        "The buyer confirms the terms that the seller offered, member by member.",
        _ORDER,
        "expected the terms of {agreement} as offered, got others for {members}",
    ),
)

_PERIODS: tuple[Refusal, ...] = (
    refusal(
        RefusalCode.PERIOD_CLOSED,
        "The month is closed; what came late is posted in the month that is open.",
        _ACCOUNTS,
        "expected a month after {closed}, which is closed, got {period}",
    ),
    refusal(
        RefusalCode.PERIOD_OPEN,
        "The month had not ended, in the party's own time zone.",
        _ACCOUNTS,
        "expected a month that had ended by {time} where {party} is, got {period}",
    ),
    refusal(
        RefusalCode.TOTALS_DIFFER,
        "The ledger has other totals for the month; compare the balance before closing.",
        _ACCOUNTS,
        "expected the totals {expected} that the ledger has for {period}, got {totals}",
    ),
    refusal(
        RefusalCode.LOTS_DIFFER,
        "The ledger has other open lots; compare them before closing.",
        _ACCOUNTS,
        "expected the root {expected} over the open lots, got {lots_root}",
    ),
)

OF_ACCOUNTING: tuple[Refusal, ...] = (*_CLAIMS, *_AGREEMENTS, *_PERIODS)
