"""Shapes of answers about findings: in words, and as data with units in the names."""

from __future__ import annotations

from typing import Literal

from api import examples
from api.responses import like
from schemas.codes import Severity, Verdict
from schemas.fields import Many, WireModel


class AttestedAnswer(WireModel):
    """The last word on it: a certifier's verdict, or a second party's `confirmed` of a count."""

    statement: str
    issuer: str
    codes: Many[str]
    verdict: Verdict | Literal["confirmed"]


class FindingAnswer(WireModel):
    """Something odd that was taken, in words (`figure`, `limit`, `source`, `message`) and as data.

    Members of `figures`, `limit_figures` and `about` end with their unit, as in `gain_mg`. One that a later statement
    removed or softened stays, `withdrawn_by` that statement.
    """

    code: str
    severity: Severity
    figure: str
    limit: str
    source: str
    message: str
    index: int
    statement: str
    lots: Many[str]
    case: str
    figures: dict[str, int | str]
    limit_figures: dict[str, int | str]
    source_code: str
    about: dict[str, int | str]
    confirmed_by: str | None = None
    withdrawn_by: str | None = None
    attested: AttestedAnswer | None = None


class FindingsAnswer(WireModel):
    """The findings on a lot."""

    model_config = like(examples.FINDINGS)
    lot: str
    findings: Many[FindingAnswer]
    tree_size: int


class SiteFindingsAnswer(WireModel):
    """What is odd about a site over time; `lot` findings stand on the lots themselves."""

    site: str
    findings: Many[FindingAnswer]
    tree_size: int
