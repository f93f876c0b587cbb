"""Intakes: a batch enters and becomes a lot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ledger.materials.events.documents import Cited, check_documents
from ledger.materials.events.entered_again import enter_again, note_withdrawn
from ledger.materials.events.kind import Brought, CorrectableKind, Supply
from ledger.materials.events.vouching import heed_words
from ledger.materials.mass.mix import content_of, intake_mix
from ledger.materials.moves.customer_return import OUT, bring_back_part
from ledger.materials.moves.inheritance import DEFAULT, weakest
from ledger.materials.moves.postings import post_lot
from ledger.materials.moves.preconditions import check_content, check_lot, check_new_lot, check_own_id, check_role
from ledger.materials.plausibility.entry.intakes import find_in_intake
from ledger.materials.plausibility.entry.lifts import Yielded
from ledger.materials.plausibility.entry.origins import find_changed_origin
from ledger.materials.plausibility.entry.returns import find_in_return
from ledger.materials.state.book import Effects, LoggedEvent, MaterialBook, Speaker
from ledger.materials.state.ground import Ground
from ledger.materials.state.layer import Layer
from ledger.materials.state.records import Lot
from schemas.catalogue.refusals import RefusalCode
from schemas.codes import CustodyModel, Metal
from schemas.findings import Finding
from schemas.ids import LotId, PartyId
from schemas.intake import Intake
from schemas.refusal import RefusedError
from schemas.transformation import Input


class IntakeKind(CorrectableKind[Intake]):
    """A batch that enters; no other entry is needed to know its lot."""

    schema = Intake
    moves = True

    def check(self, event: Intake, speaker: Speaker, ground: Ground) -> None:
        """Demand that a lot may be created of a batch.

        Raises:
            RefusedError: ``not-entitled``, ``lot-exists``, of a return ``unknown-lot``,
                ``not-entitled`` (another sent it) and ``exceeds-departed``,
                ``content-exceeds-net``, ``duplicate-document``.
        """
        check_role(speaker.party, ("park", "processor"), "intake")
        check_own_id(event.lot, "lot", speaker.party)
        check_new_lot(event.lot, ground)
        if event.returned_lot is not None and ground.looks_at(event.returned_lot):
            _check_return(event.returned_lot, event.net_kg, speaker, ground)
        check_content(event.lot, event.content_kg, event.net_kg, event.dry_kg)
        check_documents(event.documents, speaker, ground.layer)

    def apply(self, event: Intake, speaker: Speaker, layer: Layer, supply: Supply) -> None:
        """Create the lot, whatever else the book holds; what came back is a part of the lot that had left."""
        if event.returned_lot is not None:
            bring_back_part(event, event.returned_lot, speaker, layer, supply)
            return
        if not layer.knows(event.lot):
            return
        park = speaker.party.id
        lot = Lot(
            id=event.lot, material=event.material, park=park, holder=park, status="open", net=event.net_kg,
            mix=intake_mix(event), since=speaker.occurred_at, created=speaker.index, run=None,
            metals=tuple(event.content_kg), chemistry=event.chemistry, form=event.form, dry=event.dry_kg,
            custody=_custody(event, park), owner=None if event.owner == park else event.owner,
        )  # fmt: skip
        layer.effects.lots[event.lot] = lot
        layer.effects.postings.append(post_lot("receipt", park, lot, speaker))

    def find(self, event: Intake, speaker: Speaker, layer: Layer) -> Iterable[Finding]:
        """Return what is odd about the batch."""
        if not layer.knows(event.lot):
            return ()
        if event.returned_lot is None:
            return find_in_intake(event, speaker)
        return find_in_return(event, event.returned_lot, speaker, layer)

    def moved(self, effects: Effects) -> Iterator[tuple[LotId, int, dict[Metal, int]]]:
        """Yield what came back of a lot."""
        for run in effects.runs.values():
            yield from ((taken.lot, taken.booked, content_of(taken.mix)) for taken in run.inputs)

    def yielded(self, event: Intake, issuer: PartyId, layer: Layer) -> Yielded:
        """Return the batch as it is stated, or what came back."""
        lot = layer.effects.lots.get(event.lot)
        if lot is not None and event.returned_lot is not None:
            return Yielded(lot.net, lot.mix, custody=lot.custody, is_return=True)
        return Yielded() if lot is None else _stated(event, issuer)

    def would_yield(self, event: Intake, issuer: PartyId, brought: Brought) -> Yielded:
        """Return the batch as it is stated, which takes nothing, or what would come back."""
        if event.returned_lot is None:
            return _stated(event, issuer)
        line = Input.model_construct(lot=event.returned_lot, net_kg=event.net_kg, closes=False)
        lot = brought(line)
        if lot is None:
            return Yielded()
        custody = weakest(event.custody or DEFAULT, lot.custody)
        return Yielded(event.net_kg, lot.mix, custody=custody, is_return=True)

    def record(self, event: Intake, speaker: Speaker, layer: Layer) -> None:
        """Use the documents up, and let words on the supplier's waste stand beside the findings."""
        heed_words(event, speaker, layer)
        super().record(event, speaker, layer)
        if layer.knows(event.lot):
            enter_again(event, speaker, layer)

    def reword(
        self,
        was: Intake | None,
        now: Intake | None,
        target: LoggedEvent,
        speaker: Speaker,
        book: MaterialBook,
        effects: Effects,
    ) -> None:
        """Keep in mind that the batch did not occur, for it may come in again."""
        note_withdrawn(target, now, book, effects)

    def weighed(self, event: Intake, layer: Layer) -> Iterable[Cited]:
        """Yield its documents: all of it came in under each."""
        scale = event.weighing.scale if event.weighing is not None else None
        return (Cited(document, event.net_kg, scale=scale) for document in event.documents)

    def find_changed(
        self, was: Intake | None, now: Intake | None, effects: Effects, speaker: Speaker
    ) -> Iterable[Finding]:
        """Return where a correction makes metal claimable that was used already under another origin."""
        return find_changed_origin(was, now, effects, speaker)


def _stated(event: Intake, issuer: PartyId) -> Yielded:
    return Yielded(event.net_kg, intake_mix(event), custody=_custody(event, issuer))


def _custody(event: Intake, park: PartyId) -> CustodyModel:
    custody = event.custody or DEFAULT
    return custody if event.owner in (None, park) else weakest(custody, "mass_balance")


def _check_return(name: LotId, net: int, speaker: Speaker, ground: Ground) -> None:
    """Demand that the party sent the lot out of the ledger, and so much of it."""
    lot = check_lot(name, ground.lots)
    if lot.holder != speaker.party.id:
        raise RefusedError(
            RefusalCode.NOT_ENTITLED, "returned", party=speaker.party.id, lot=name, holder=lot.holder,
            collides_with=name,
        )  # fmt: skip
    if lot.status not in OUT:
        raise RefusedError(RefusalCode.EXCEEDS_DEPARTED, "not_left", lot=name, status=lot.status, collides_with=name)
    # What a replacement brings back too much of is found, as for any taking that stands.
    if net > lot.net and not ground.takings_stand:
        raise RefusedError(RefusalCode.EXCEEDS_DEPARTED, left_mg=lot.net, lot=name, returned_mg=net, collides_with=name)


INTAKE = IntakeKind()
