"""The period close event: a party fixes its totals of a month by hash."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

from schemas.documents import Document
from schemas.event_base import MaterialBase
from schemas.fields import Many, Sha256, Text
from schemas.shapes import PERIOD

PeriodName = Annotated[str, StringConstraints(pattern=PERIOD)]
"""A calendar month in the party's own time zone, such as ``2026-01``."""


class PeriodClose(MaterialBase):
    """``totals`` is the SHA-256 of the balance of all that was posted up to the end of ``period``.

    ``lots_root`` is the RFC 6962 root over the party's open lots (net and origin masses) as
    they are at the close's own entry.
    """

    type: Literal["period_close"]
    period: PeriodName
    totals: Sha256
    lots_root: Sha256
    documents: Many[Document] = ()
    note: Text | None = None
