"""The transformation event: a run consumes lots and creates lots."""

from __future__ import annotations

from typing import ClassVar, Literal, Self

from pydantic import model_validator

from schemas.codes import ContentBasis, Form, GainReason, Material, OutputRole, Process
from schemas.documents import Document, described
from schemas.event_base import LotMove, MaterialBase, StatedLot
from schemas.fields import AtLeastOne, Custody, Instant, Kg, KgOrZero, LotName, Many, Masses, RunName, Text, WireModel
from schemas.ids import LotId, RunId


class Input(WireModel):
    """``net_kg`` of a lot goes in; with ``closes`` all that is left of it does."""

    lot: LotName
    net_kg: Kg
    closes: bool = False


class Addition(WireModel):
    """A reagent: its metal is never recycled content."""

    material: Text
    net_kg: Kg
    content_kg: Masses
    origin: Literal["primary", "unknown"]
    documents: Many[Document] = ()


class Unit(WireModel):
    """One bundle or bag of an output."""

    id: Text
    net_kg: Kg


class Output(WireModel):
    """A lot that the run creates; masses in integer milligrams."""

    lot: LotName
    material: Material
    role: OutputRole
    net_kg: Kg
    content_kg: Masses
    grade: Text | None = None
    units: Many[Unit] = ()
    dry_kg: Kg | None = None
    content_basis: ContentBasis | None = None
    form: Form | None = None
    description: Text | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.dry_kg is not None and self.dry_kg > self.net_kg:
            raise ValueError('expected "dry_kg" at most "net_kg", got more')
        if self.units and len({unit.id for unit in self.units}) != len(self.units):
            raise ValueError('expected each id once in "units", got one twice')
        return described(self, self.material == "other", "material")


class Transformation(MaterialBase):
    """A run: lots in, wholly or in part, and reagents; lots out; the rest is loss."""

    correctable: ClassVar[bool] = True

    type: Literal["transformation"]
    run: RunName
    process: Process
    started_at: Instant
    ended_at: Instant
    inputs: AtLeastOne[Input]
    outputs: AtLeastOne[Output]
    additions: Many[Addition] = ()
    line: Text | None = None
    campaign: Text | None = None
    vessel: Text | None = None
    documents: Many[Document] = ()
    gain_reason: GainReason | None = None
    electricity_kwh: KgOrZero | None = None
    custody: Custody | None = None
    description: Text | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        lots = [output.lot for output in self.outputs]
        if len(set(lots)) != len(lots):
            raise ValueError("expected each lot once among the outputs, got one twice")
        described(self, self.gain_reason == "other", "gain_reason")
        return described(self, self.process == "other", "process")

    def named_lots(self) -> tuple[LotId, ...]:
        """Return every lot that it names, each once, in the order of the event."""
        lots = [line.lot for line in self.inputs] + [line.lot for line in self.outputs]
        return tuple(dict.fromkeys(lots))

    def created_lots(self) -> tuple[LotId, ...]:
        """Return its outputs."""
        return tuple(output.lot for output in self.outputs)

    def stated_lots(self) -> tuple[StatedLot, ...]:
        """Return its outputs as they were weighed."""
        return tuple(
            StatedLot(line.lot, line.material, line.net_kg, line.content_kg, line.content_basis)
            for line in self.outputs
        )

    def input_lots(self) -> tuple[LotId, ...]:
        """Return what it took, each lot once."""
        return tuple(dict.fromkeys(line.lot for line in self.inputs))

    def named_runs(self) -> tuple[RunId, ...]:
        """Return the run."""
        return (self.run,)

    def lot_moves(self, occurred_at: str) -> tuple[LotMove, ...]:  # noqa: ARG002
        """Return what it took of each lot, when it started."""
        masses: dict[LotId, int] = {}
        for line in self.inputs:
            masses[line.lot] = masses.get(line.lot, 0) + line.net_kg
        return tuple(LotMove(lot, self.started_at, mass) for lot, mass in masses.items())

    def stated_words(self) -> tuple[object, ...]:
        """Return process, line, vessel and custody, and of each output its material, form and role."""
        made = ((output.lot, output.material, output.form, output.role) for output in self.outputs)
        return self.process, self.line, self.vessel, self.custody, *made

    def moves_credit(self) -> bool:
        """Return whether it is made under mass balance."""
        return self.custody == "mass_balance"

    def taken_at(self, occurred_at: str) -> str:  # noqa: ARG002
        """Return its start: what a run takes goes in then."""
        return self.started_at

    def moved_at(self, occurred_at: str) -> str:  # noqa: ARG002
        """Return its end."""
        return self.ended_at

    def stated_times(self) -> tuple[str, ...]:
        """Return when it started and ended."""
        return self.started_at, self.ended_at

    def identity(self) -> tuple[str, ...]:
        """Return the run."""
        return (self.run,)

    def cited_documents(self) -> tuple[Document, ...]:
        """Return the documents of the run and of its additions."""
        return *self.documents, *(document for line in self.additions for document in line.documents)
