"""The assay event: what a laboratory found in a lot, or in a composite of several."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import model_validator

from schemas.codes import AssayBasis, AssayStage, Metal
from schemas.documents import Document
from schemas.event_base import MaterialBase
from schemas.fields import Fraction, LotIds, Many, Sha256, StatementName, Text, WireModel
from schemas.fraction import BILLION, format_fraction
from schemas.ids import LotId, StatementId


class Result(WireModel):
    """A metal's mass fraction and its expanded uncertainty (k=2), both absolute, in parts per billion.

    What was not detected has the fraction 0, and the detection limit as its uncertainty.
    """

    fraction: Fraction
    uncertainty: Fraction = 0


class Assay(MaterialBase):
    """Either what was found (``results``), or the park's word that another's assay holds (``confirms``).

    ``basis`` says what the fractions are of: the lot as weighed (``wet``) or its dry
    mass; ``moisture`` is the part of the wet mass that dries off.
    """

    correctable: ClassVar[bool] = True
    reaches_run: ClassVar[bool] = True
    precedes_use: ClassVar[bool] = True

    type: Literal["assay"]
    lots: LotIds
    stage: AssayStage | None = None
    results: dict[Metal, Result] | None = None
    basis: AssayBasis | None = None
    moisture: Fraction | None = None
    method: Text | None = None
    sample: Text | None = None
    report: Sha256 | None = None
    confirms: StatementName | None = None
    documents: Many[Document] = ()
    note: Text | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if (self.results is None) == (self.confirms is None):
            raise ValueError('expected either "results" or "confirms", got both or neither')
        if self.results is not None:
            self._check_results(self.results)
        elif any(
            part is not None for part in (self.stage, self.basis, self.method, self.sample, self.moisture, self.report)
        ):
            raise ValueError('expected nothing about the analysis beside "confirms", got some of it')
        return self

    def _check_results(self, results: dict[Metal, Result]) -> None:
        found = (self.stage, self.basis, self.method, self.sample)
        if any(part is None for part in found):
            raise ValueError('expected "stage", "basis", "method" and "sample" beside "results", got not all of them')
        if not results:
            raise ValueError('expected at least one metal in "results", got none')
        total = sum(result.fraction for result in results.values())
        if total > BILLION:
            raise ValueError(
                f"expected the fractions of all metals to add up to at most 1, got {format_fraction(total)}"
            )
        if any(0 < result.fraction < result.uncertainty for result in results.values()):
            raise ValueError("expected an uncertainty (k=2, absolute) at most its fraction, got a larger one")

    def named_lots(self) -> tuple[LotId, ...]:
        """Return every lot that it names, each once, in the order of the event."""
        return self.lots

    def rests_on(self) -> tuple[StatementId, ...]:
        """Return the assay that it confirms, if it does."""
        return () if self.confirms is None else (self.confirms,)

    def named_files(self) -> tuple[str, ...]:
        """Return the file of the report."""
        return () if self.report is None else (self.report,)
