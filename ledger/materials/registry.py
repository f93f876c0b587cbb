"""The one list of the kinds of events about materials.

A kind of event is one file of :mod:`schemas`, one file of :mod:`ledger.materials.events`
and one line here. Whoever judges, folds again or lists events asks this list.
"""

from __future__ import annotations

from typing import Any

from ledger.materials.events.acceptance import ACCEPTANCE
from ledger.materials.events.agreement import AGREEMENT
from ledger.materials.events.assay import ASSAY
from ledger.materials.events.attestation import ATTESTATION
from ledger.materials.events.claim import CLAIM
from ledger.materials.events.correction import CORRECTION
from ledger.materials.events.dispatch import DISPATCH
from ledger.materials.events.hold import HOLD, RELEASE
from ledger.materials.events.intake import INTAKE
from ledger.materials.events.kind import CorrectableKind, Kind, Supply
from ledger.materials.events.period_close import PERIOD_CLOSE
from ledger.materials.events.run import RUN
from ledger.materials.events.stock_count import STOCK_COUNT
from ledger.materials.moves.postings import date
from ledger.materials.state.book import Speaker
from ledger.materials.state.layer import Layer
from schemas.events import MaterialEvent

KINDS: tuple[Kind[Any], ...] = (
    INTAKE,
    RUN,
    DISPATCH,
    ACCEPTANCE,
    ASSAY,
    STOCK_COUNT,
    CLAIM,
    HOLD,
    RELEASE,
    CORRECTION,
    PERIOD_CLOSE,
    AGREEMENT,
    ATTESTATION,
)

# By the type that an event states: a version of the rules may read more of an event, which stays of its kind.
_KINDS: dict[str, Kind[Any]] = {kind.name: kind for kind in KINDS}
_CORRECTABLE: dict[str, CorrectableKind[Any]] = {kind.name: kind for kind in KINDS if isinstance(kind, CorrectableKind)}


def kind_of(event: MaterialEvent) -> Kind[Any]:
    """Return the kind of an event about materials."""
    return _KINDS[event.type]


def correctable_kind_of(event: MaterialEvent) -> CorrectableKind[Any]:
    """Return the kind of an event that says it is ``correctable``."""
    return _CORRECTABLE[event.type]


def fold(event: MaterialEvent, speaker: Speaker, layer: Layer, supply: Supply) -> None:
    """Let an event that was taken before into a layer, refusing nothing.

    Args:
        event: what it says, as it stands.
        speaker: who said it, at the entry that it was.
        layer: the book just before it, and the only lots that are folded.
        supply: what its statement moved of a lot at first.
    """
    kind = kind_of(event)
    kind.apply(event, speaker, layer, supply)
    conclude(kind, event, speaker, layer)


def conclude(kind: Kind[Any], event: MaterialEvent, speaker: Speaker, layer: Layer) -> None:
    """Add to what an event did what is odd about it, and date its postings: alike for every kind."""
    effects = layer.effects
    effects.findings.extend(kind.find(event, speaker, layer))
    if effects.postings:
        at = event.moved_at(speaker.occurred_at)
        effects.postings = date(effects.postings, speaker, at, layer.book)
