"""The shapes of the answer about a recall."""

from __future__ import annotations

from api import examples
from api.responses import like
from api.standing_responses import StandingAnswer
from schemas.codes import Decision, LotStatus
from schemas.fields import Many, WireModel


class FigureAnswer(WireModel):
    """A share, and the kilograms that it is of a mass."""

    share: str
    kg: str
    of_kg: str


class ReachedMassAnswer(WireModel):
    """What is reached of a mass and of each metal in it."""

    net: FigureAnswer
    content: dict[str, FigureAnswer]


class ReachedAnswer(ReachedMassAnswer):
    """A lot that was reached: `made` is of what it held when it was made, `net` and `content` of what is left."""

    lot: str
    material: str
    holder: str
    status: LotStatus
    held: bool
    made: ReachedMassAnswer


class RecipientAnswer(ReachedMassAnswer):
    """Who was sent lots that were reached, or how they left; a lot counts once, and not where it was rejected."""

    recipient: str
    lots: Many[str]


class SentAnswer(ReachedMassAnswer):
    """A shipment of a lot that was reached, as the lot was then.

    `withdrawn`: the sender took back that it sent the lot there, but who is named had it.
    """

    lot: str
    shipment: str
    sender: str
    recipient: str
    occurred_at: str
    statement: str
    decision: Decision | None
    withdrawn: bool


class CitedAnswer(WireModel):
    """A document that was meant, and the statement that cites it; a report that an assay names has a kind only."""

    issuer: str | None
    kind: str
    number: str | None
    statement: str


class LeftOutAnswer(WireModel):
    """How many lots and shipments a recall leaves out, since too little of them is reached."""

    lots: int
    shipments: int


class RecallAnswer(WireModel):
    """Every lot and recipient that something reached.

    Seeds are lots, and additions as `addition:<run>:<number>`, counted from 0. `min_share` and
    `left_out` are there where lots with a smaller share were to be left out. `standing` is that of
    the lots at which it begins: as the worst of them stands, for the reasons of all.
    """

    model_config = like(examples.RECALL)
    seeds: Many[str]
    documents: Many[CitedAnswer]
    lots: Many[ReachedAnswer]
    recipients: Many[RecipientAnswer]
    shipments: Many[SentAnswer]
    tree_size: int
    min_share: str | None = None
    left_out: LeftOutAnswer | None = None
    standing: StandingAnswer
