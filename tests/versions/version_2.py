"""A made-up version 2 of the rules, for tests: one limit, one member, one type of event and one finding differ."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from pydantic import Field, TypeAdapter

from schemas.assay import Assay
from schemas.catalogue.findings.codes import FindingCode
from schemas.claims import Claim
from schemas.correction import Correction
from schemas.events import READERS
from schemas.fields import Text
from schemas.handover import Acceptance, Dispatch
from schemas.intake import Intake
from schemas.stock import StockCount
from schemas.transformation import Transformation
from schemas.versions import VERSION_1


class SealedDispatch(Dispatch):
    """A dispatch of version 2: it may name the seal on the truck."""

    seal: Text | None = None


class LaterCorrection(Correction):
    """A correction of version 2, whose replacement may name the seal as well."""

    replacement: (
        Annotated[
            Intake | Transformation | SealedDispatch | Acceptance | Assay | StockCount | Claim,
            Field(discriminator="type"),
        ]
        | None
    ) = None


KEPT: dict[str, TypeAdapter[object]] = {name: reader for name, reader in READERS.items() if name != "hold"}

VERSION_2 = replace(
    VERSION_1,
    number=2,
    readers={**KEPT, "dispatch": TypeAdapter(SealedDispatch), "correction": TypeAdapter(LaterCorrection)},
    limits=VERSION_1.limits._replace(delivery_warn_kg=10_000, handover_warn_ppm=50_000, handover_high_ppm=60_000),
    findings=VERSION_1.findings - {FindingCode.NO_WEIGHING_DOCUMENT},
)
"""No event ``hold``, a member ``seal`` of a dispatch, a sixth of the mass from which a delivery is odd, and no
finding on a delivery that nothing weighed."""
