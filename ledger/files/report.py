"""What a verification says: every fault as a value, and what was and was not checked.

Invariants: a file without fault has ``ok`` true; a verifier never raises for what a
file holds, it adds a fault; the codes are stable. At most :data:`MAX_FAULTS` faults are
kept, the first ones, so that a small file cannot fill a memory or a terminal; all are
counted, and one that is only counted weighs as much as one that is listed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from schemas.catalogue.faults import FaultCode
from schemas.catalogue.figures import Figures
from schemas.catalogue.refusals import ONLY, RefusalCode
from schemas.errors import LedgerError, MalformedError, NewerVersionError
from schemas.refusal import RefusedError

MAX_FAULTS: Final = 1_000
"""How many faults a report lists; beyond them it counts."""

Progress = Callable[[int, int], None]
"""Called with how many entries are done, and of how many."""


class Fault(NamedTuple):
    """One thing that is wrong; ``entry`` is the index of the entry it concerns, if one.

    ``code`` is one of :class:`FaultCode`, or that of the refusal that an entry would have met,
    whose ``case`` and ``figures`` stand beside it then.
    """

    code: str
    message: str
    entry: int | None = None
    case: str = ONLY
    figures: Figures = ()

    def as_dict(self) -> dict[str, Any]:
        """Return the fault as a report in JSON lists it."""
        return {**self._asdict(), "figures": dict(self.figures)}


@dataclass(frozen=True, slots=True)
class Report:
    """The answer about one file.

    ``kind`` is ``bundle``, ``export`` or ``unknown``; ``checked`` and ``not_checked``
    are sentences for the reader of the report. ``faults`` are the first that were found,
    ``faults_total`` says how many there were.
    """

    kind: str
    checked: tuple[str, ...]
    not_checked: tuple[str, ...]
    faults: tuple[Fault, ...]
    faults_total: int

    @property
    def ok(self) -> bool:
        """Whether no fault was found."""
        return self.faults_total == 0

    def as_dict(self) -> dict[str, Any]:
        """Return the report as JSON of ``verify --json``."""
        return {
            "kind": self.kind,
            "ok": self.ok,
            "checked": list(self.checked),
            "not_checked": list(self.not_checked),
            "faults": [fault.as_dict() for fault in self.faults],
            "faults_total": self.faults_total,
        }


@dataclass(slots=True)
class Findings:
    """Collects what a verification finds, in the order of its plan; of many faults it keeps the first."""

    faults: list[Fault] = field(default_factory=list)
    total: int = 0
    checked: list[str] = field(default_factory=list)
    not_checked: list[str] = field(default_factory=list)

    def add(self, code: FaultCode | RefusalCode, message: str, entry: int | None = None) -> None:
        """Note a fault."""
        self.take(Fault(code.value, message, entry))

    def add_error(self, error: LedgerError, entry: int | None = None, *, code: FaultCode | None = None) -> None:
        """Note a fault that a reader or a judge raised as an error."""
        self.take(fault_of(error, entry, code=code))

    def take(self, fault: Fault) -> None:
        """Count a fault, and keep it if it is one of the first."""
        self.total += 1
        if len(self.faults) < MAX_FAULTS:
            self.faults.append(fault)

    def report(self, kind: str) -> Report:
        """Return the report of what was collected."""
        return Report(kind, tuple(self.checked), tuple(self.not_checked), tuple(self.faults), self.total)


def fault_of(error: LedgerError, entry: int | None = None, *, code: FaultCode | None = None) -> Fault:
    """Return the fault that an error stands for: a refusal's own code, else ``malformed``.

    An event that does not hash to what its statement says is ``event-mismatch``.
    """
    if code is not None:
        return Fault(code.value, str(error), entry)
    if isinstance(error, RefusedError):
        return Fault(str(error.code), str(error), entry, error.case, error.figures)
    if isinstance(error, NewerVersionError):
        return Fault(RefusalCode.NEWER_VERSION.value, str(error), entry)
    is_event = isinstance(error, MalformedError) and error.where == "event"
    return Fault(FaultCode.EVENT_MISMATCH.value if is_event else RefusalCode.MALFORMED.value, str(error), entry)
