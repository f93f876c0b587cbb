"""The shapes of the answers about accounting: balances, rule sets, agreements, accounts and assays."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from api import examples
from api.responses import SharesByRuleSet, like
from api.standing_responses import StandingAnswer
from ledger.materials.rulesets import ShareBasis
from schemas.codes import CustodyModel
from schemas.fields import Many, WireModel

Movement = Literal[
    "receipts", "arrivals", "additions", "gains", "shortfalls", "losses", "dispatches", "departures",
    "claimed_recycling_service", "claimed_recycled_content", "credits_earned", "credits_drawn",
]  # fmt: skip
"""The kinds of movements, as the figures of a balance are called."""


class MovementAnswer(WireModel):
    """What an entry moved, of which lot or run; `happened` is its month where that was closed by then."""

    kind: Movement
    index: int
    statement: str
    record: str
    net_kg: str
    dry_kg: str
    origin_kg: dict[str, dict[str, str]]
    happened: str | None = None


class BalanceAnswer(WireModel):
    """A site's balance of a month, in kg; each line is net, dry, or a metal of one origin.

    Of several months: `months` (first, last), and no `totals` or `lots_root`, which are signed for a month.
    """

    model_config = like(examples.BALANCE)
    site: str
    period: str
    unit: Literal["kg"]
    lines: Many[dict[str, str]]
    opening_from: str
    totals: str | None = None
    months: Many[str] | None = None
    tree_size: int
    custody: CustodyModel
    lots_root: str | None = None


class MovementsAnswer(WireModel):
    """What the figures of a balance are made of, in kg, by entry; a page of it."""

    model_config = like(examples.MOVEMENTS)
    site: str
    period: str
    unit: Literal["kg"]
    movements: Many[MovementAnswer]
    tree_size: int


class VerdictAnswer(WireModel):
    """A share against a minimum; `margin` is how far it is above, with `-` how much is missing; `reason` why."""

    rule_set: str
    version: str
    kind: str
    of: str
    share: str
    minimum: str
    from_: str = Field(alias="from")
    status: str
    in_force: bool
    passes: bool
    margin: str
    reason: str | None = None


class DutyAnswer(WireModel):
    """What a rule without a minimum asks to declare of a metal, with the shares to state."""

    rule_set: str
    version: str
    kind: str
    of: str
    shares: dict[str, str]
    from_: str = Field(alias="from")
    status: str
    in_force: bool
    text: str


class RuleAnswer(WireModel):
    """A rule of a rule set, with its minimum shares by metal or class."""

    kind: str
    from_: str = Field(alias="from")
    status: str
    text: str
    minimum: dict[str, str]


class RuleSetAnswer(WireModel):
    """A law or standard in one version."""

    id: str
    version: str
    title: str
    source: str
    text: str
    open: str
    rules: Many[RuleAnswer]


class SharesAnswer(WireModel):
    """Recycled shares that may be claimed, and how they are judged.

    `basis` is `credits` where an account has the claims and what was drawn counts, else
    `physical`; the share of the mix then stands beside as `physical_share`.
    """

    basis: Literal["physical", "credits"]
    recycled_share: SharesByRuleSet
    share_basis: ShareBasis
    physical_share: SharesByRuleSet | None = None
    verdicts: Many[VerdictAnswer]
    duties: Many[DutyAnswer]


class RulesAnswer(SharesAnswer):
    """What a lot's recycled shares are worth under the rule sets."""

    lot: str
    day: str
    custody: str
    rule_sets: Many[RuleSetAnswer]
    tree_size: int
    standing: StandingAnswer


class ClassAnswer(WireModel):
    """A chemistry class of a site's year."""

    class_: str = Field(alias="class")
    input_dry_kg: str
    output_kg: str
    metals_in_kg: dict[str, str]
    metals_out_kg: dict[str, str]
    custody: str | None
    verdicts: Many[VerdictAnswer]


class ProductsAnswer(SharesAnswer):
    """All that a site made in a year as products, under the weakest model of custody among them."""

    custody: str | None
    content_kg: dict[str, str]


class YearAnswer(WireModel):
    """A site's year by the rule sets."""

    site: str
    year: int
    custody: str | None
    classes: Many[ClassAnswer]
    products: ProductsAnswer
    rule_sets: Many[RuleSetAnswer]
    tree_size: int


class AgreementAnswer(WireModel):
    """An agreement with its figures per year, park and metal, and for the whole term; masses in kg.

    A row whose `park` is null is of all parks together. `offer` is the statement that the buyer names in
    `confirms`, `confirmation` the one that did. `left_kg` is what was agreed less what was accepted,
    `left_of_share_kg` what the share of the production leaves to be sent, with `-` where it was passed.
    """

    model_config = like(examples.AGREEMENT)

    agreement: str
    seller: str
    buyer: str
    effective: bool
    offer: str
    confirmation: str | None = None
    starts_on: str
    ends_on: str
    tolerance: str
    share: str | None = None
    years: Many[dict[str, str | int | bool | None]]
    totals: Many[dict[str, str | int | bool | None]]
    tree_size: int


class AccountAnswer(WireModel):
    """A metal in a mass-balance account: what may be drawn, and the credited share of what was made."""

    metal: str
    custody: str
    available_kg: dict[str, str]
    rolling_average: str


class CreditsAnswer(WireModel):
    """The mass-balance accounts of a site in a month."""

    site: str
    month: str
    accounts: Many[AccountAnswer]
    tree_size: int


class ResultAnswer(WireModel):
    """A mass fraction with its expanded uncertainty (k=2)."""

    fraction: str
    uncertainty: str


class AssayAnswer(WireModel):
    """An assay and who says it; either what was found, or which other assay it confirms."""

    statement: str
    index: int
    issuer: str
    voice: Literal["park", "laboratory", "certifier", "holder"]
    occurred_at: str
    lots: Many[str]
    stage: str | None = None
    basis: str | None = None
    moisture: str | None = None
    report: str | None = None
    method: str | None = None
    sample: str | None = None
    results: dict[str, ResultAnswer] | None = None
    confirms: str | None = None


class AssaysAnswer(WireModel):
    """The assays of a lot."""

    lot: str
    assays: Many[AssayAnswer]
    tree_size: int
