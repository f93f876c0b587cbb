"""A kind of event that there is not: what has to be written for it, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest

from ledger.materials import registry
from ledger.materials.corrections.refold import refold
from ledger.materials.events.kind import Kind, Supply
from ledger.materials.history.closure import gather
from ledger.materials.judging import judge_material
from ledger.materials.moves.preconditions import check_lot
from ledger.materials.state.book import LoggedEvent, Speaker
from ledger.materials.state.findings import NO_BOUND, find
from ledger.materials.state.ground import Ground
from ledger.materials.state.layer import Layer
from ledger.materials.state.memory_book import MaterialMemory
from ledger.materials.state.records import Posting
from schemas.catalogue.findings.codes import FindingCode
from schemas.catalogue.refusals import RefusalCode
from schemas.event_base import MaterialBase
from schemas.fields import Kg, LotIds
from schemas.findings import Finding
from schemas.ids import LotId, PartyId, StatementId
from schemas.intake import Intake
from schemas.party import Party
from schemas.refusal import RefusedError
from schemas.versions import VERSION_1
from tests.schemas.samples import AT, HASH, NONCE, SAMPLES, read

PARTY = Party(PartyId("MUN"), "MUN", ("park",), "IN", StatementId(HASH))


class Drying(MaterialBase):
    """So much water left each of the lots, in mg; a kind that only this test knows."""

    type: Literal["drying"]
    lots: LotIds
    lost_kg: Kg

    def named_lots(self) -> tuple[LotId, ...]:
        """Return the lots."""
        return self.lots


class DryingKind(Kind[Drying]):
    """What a drying demands, does, and what is odd about it."""

    schema = Drying
    moves = True

    def check(self, event: Drying, speaker: Speaker, ground: Ground) -> None:
        """Demand lots of which so much is there."""
        for name in filter(ground.looks_at, event.lots):
            lot = check_lot(name, ground.lots)
            if lot.net < event.lost_kg:
                raise RefusedError(RefusalCode.INSUFFICIENT_MASS, "used_up", lot=name)

    def apply(self, event: Drying, speaker: Speaker, layer: Layer, supply: Supply) -> None:
        """Take the water out, as far as there is any."""
        for name in filter(layer.knows, event.lots):
            if (lot := layer.book.lots.get(name)) is not None:
                lost = min(event.lost_kg, lot.net)
                layer.effects.lots[name] = lot._replace(net=lot.net - lost)
                layer.effects.postings.append(
                    Posting(lot.holder, "loss", name, lot.material, lost, lost, {}, speaker.index, speaker.statement)
                )

    def find(self, event: Drying, speaker: Speaker, layer: Layer) -> Iterator[Finding]:
        """Yield that it is odd, in words that are there already."""
        yield find(FindingCode.OWNERS_MIXED, "low", (), NO_BOUND, speaker, event.lots, about=(("run", "none"),))


@pytest.fixture
def book(monkeypatch: pytest.MonkeyPatch) -> MaterialMemory:
    """A book with one lot of 10 kg, where the list holds one kind more."""
    kind = DryingKind()
    monkeypatch.setitem(registry._KINDS, kind.name, kind)
    book = MaterialMemory()
    book.parties[PartyId("MUN")] = PARTY
    book.apply(judge_material(_intake(), _speaker(0), book), 0)
    return book


def _intake() -> Intake:
    event = read(SAMPLES["intake"])
    assert isinstance(event, Intake)
    return event


def _speaker(index: int) -> Speaker:
    return Speaker(PARTY, AT, index, StatementId(f"{index:064x}"), VERSION_1)


def _drying(lost: str) -> Drying:
    return Drying.model_validate({"nonce": NONCE, "type": "drying", "lots": ["MUN-B-1"], "lost_kg": lost})


def test_it_is_judged(book: MaterialMemory) -> None:
    """Checked, applied, found, its postings dated and counted."""
    effects = judge_material(_drying("3"), _speaker(1), book)  # type: ignore[arg-type]
    assert effects.lots[LotId("MUN-B-1")].net == 7_000_000
    assert [(row.kind, row.net, row.period) for row in effects.postings] == [("loss", 3_000_000, "2026-01")]
    assert [finding.code for finding in effects.findings] == [FindingCode.OWNERS_MIXED]


def test_it_is_refused(book: MaterialMemory) -> None:
    """And leaves nothing behind."""
    with pytest.raises(RefusedError) as refused:
        judge_material(_drying("11"), _speaker(1), book)  # type: ignore[arg-type]
    assert refused.value.code == RefusalCode.INSUFFICIENT_MASS
    assert book.lots[LotId("MUN-B-1")].net == 10_000_000


def test_a_part_of_it_is_judged(book: MaterialMemory) -> None:
    """Of lots that are not known nothing is done."""
    effects = judge_material(_drying("11"), _speaker(1), book, frozenset())  # type: ignore[arg-type]
    assert not effects.lots


def test_it_is_folded_again(book: MaterialMemory) -> None:
    """With the rest of a lot's closure, refusing nothing."""
    logged_events = [
        LoggedEvent(at, f"{at:064x}", "MUN", AT, event, VERSION_1)  # type: ignore[arg-type]
        for at, event in enumerate((_intake(), _drying("3"), _drying("9")))
    ]
    closure = gather((LotId("MUN-B-1"),), book.history, 0, extra=logged_events)
    assert refold(closure, book, 3).book.lots[LotId("MUN-B-1")].net == 0
