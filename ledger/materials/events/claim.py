"""Claims: a kilogram is claimed to the outside once per kind.

Invariants: what is claimed of a lot and kind, with what its receiver did not get, never
exceeds the metal in it per metal and origin; a claim does not move metal; a claim that
a correction uncovered bars all further claims on its lot.
"""

from __future__ import annotations

from collections.abc import Iterator

from ledger.materials.claims.marks import claimable
from ledger.materials.events.documents import check_documents
from ledger.materials.events.kind import CorrectableKind, Supply
from ledger.materials.mass.mix import NO_MASS, Mix, smaller, split_by
from ledger.materials.moves.inheritance import MIXED
from ledger.materials.moves.parting import is_parted
from ledger.materials.moves.postings import post_claim
from ledger.materials.moves.preconditions import check_lot
from ledger.materials.state.book import Speaker
from ledger.materials.state.citations import LET_GO, CitationUse
from ledger.materials.state.findings import NO_BOUND, Bound, find
from ledger.materials.state.ground import Ground
from ledger.materials.state.layer import Layer
from ledger.materials.state.lot_words import shown
from ledger.materials.state.records import Lot, Mark
from schemas.catalogue.findings.codes import FindingCode
from schemas.catalogue.refusals import RefusalCode
from schemas.claims import Claim, ClaimedLot
from schemas.codes import CLAIMABLE_ORIGINS, ORIGINS
from schemas.documents import Citation
from schemas.findings import Finding
from schemas.refusal import RefusedError
from schemas.rules.characters import version_14

_BATTERIES = ("lead_acid_battery", "lithium_ion_battery", "mixed_battery")
_NO_USE = ("disposal", "energy", "returned", "lost")


class ClaimKind(CorrectableKind[Claim]):
    """Kilograms that are used up for one certificate, declaration or credit."""

    schema = Claim
    moves = True

    def check(self, event: Claim, speaker: Speaker, ground: Ground) -> None:
        """Demand a new number, and metal that the party may still claim.

        Raises:
            RefusedError: ``claim-exists`` (the same scheme and number), per lot
                ``unknown-lot``, ``not-entitled``, ``not-claimable`` (an origin that is no
                waste), ``exceeds-claimable``; ``duplicate-document``.
        """
        for used in ground.layer.uses_of(number_of(event)):
            raise RefusedError(
                RefusalCode.CLAIM_EXISTS, scheme=event.scheme, number=event.number,
                collides_with=used.statement if used.issuer == speaker.party.id else None,
            )  # fmt: skip
        for line in event.lots:
            free = None
            if ground.looks_at(line.lot):
                lot = check_lot(line.lot, ground.lots)
                _check_entitled(event, lot, speaker)
                free = claimable(lot, event.kind)
            _check_free(event, line, free)
        check_documents(event.documents, speaker, ground.layer)

    def apply(self, event: Claim, speaker: Speaker, layer: Layer, supply: Supply) -> None:
        """Mark what is claimed; a claim that is no longer covered stays, and bars all others."""
        for line, lot in _lines(event, layer):
            mix = wanted(line)
            free = claimable(lot, event.kind)
            is_covered = _is_within(mix, free)
            mark = Mark(speaker.statement, event.kind, mix if is_covered else smaller(mix, free), is_covered)
            layer.effects.lots[line.lot] = lot._replace(marks=(*lot.marks, mark))
            layer.effects.postings.append(post_claim(event.kind, speaker.party.id, lot, mix, speaker))

    def find(self, event: Claim, speaker: Speaker, layer: Layer) -> Iterator[Finding]:
        """Yield what is odd about claims on the lots as they were."""
        for line, lot in _lines(event, layer):
            if not layer.effects.lots[line.lot].marks[-1].covered:
                yield _uncovered(event, wanted(line), lot, speaker)
            yield from _find_odd(event, lot, speaker)

    def record(self, event: Claim, speaker: Speaker, layer: Layer) -> None:
        """Use the number up, and the documents."""
        layer.effects.citations[number_of(event)] = (CitationUse(speaker.statement, speaker.party.id),)
        super().record(event, speaker, layer)

    def free(self, event: Claim, speaker: Speaker, layer: Layer) -> None:
        """Let the documents go, and the number."""
        super().free(event, speaker, layer)
        layer.effects.citations[number_of(event)] = LET_GO

    def use_again(self, said: Claim, speaker: Speaker, layer: Layer) -> None:
        """Use the documents up, and the number of the replacement."""
        super().use_again(said, speaker, layer)
        layer.effects.citations[number_of(said)] = (CitationUse(speaker.statement, speaker.party.id),)


def _lines(event: Claim, layer: Layer) -> Iterator[tuple[ClaimedLot, Lot]]:
    """Yield the lines about lots that are known, each with the lot before the claim."""
    for line in event.lots:
        lot = layer.book.lots.get(line.lot)
        if lot is not None and layer.knows(line.lot):
            yield line, lot


def number_of(event: Claim) -> Citation:
    """Return the identity under which a claim is used up, beside those of documents; case and spaces do not count."""
    plain = version_14().plain
    return Citation(plain(event.scheme), "claim", plain(event.number), "", "")


def wanted(line: ClaimedLot) -> Mix:
    """Return what a line claims, in mg per metal and origin."""
    return {metal: split_by(split) for metal, split in line.origin_kg.items() if split}


def _check_entitled(event: Claim, lot: Lot, speaker: Speaker) -> None:
    party = speaker.party.id
    if event.kind == "recycling_service":
        park = lot.recovered_by or lot.park
        if park == MIXED:
            raise RefusedError(RefusalCode.NOT_ENTITLED, "claim_blend", lot=lot.id, party=party, collides_with=lot.id)
        if party != park:
            raise RefusedError(
                RefusalCode.NOT_ENTITLED, "claim_service", park=park, lot=lot.id, party=party, collides_with=lot.id
            )
    elif party != lot.holder:
        raise RefusedError(
            RefusalCode.NOT_ENTITLED, "claim_content", holder=lot.holder, lot=lot.id, party=party, collides_with=lot.id
        )
    elif lot.status not in ("open", "left"):
        raise RefusedError(
            RefusalCode.NOT_ENTITLED, "claim_status", lot=lot.id, status=lot.status, collides_with=lot.id
        )


def _check_free(event: Claim, line: ClaimedLot, free: Mix | None) -> None:
    """Demand of a line that it claims waste, and no more than is ``free``, where that is looked at."""
    for metal, split in wanted(line).items():
        have = free.get(metal, NO_MASS) if free is not None else split
        for origin, mass, left in zip(ORIGINS, split, have, strict=True):
            if mass and origin not in CLAIMABLE_ORIGINS:
                raise RefusedError(RefusalCode.NOT_CLAIMABLE, metal=metal, origin=origin, collides_with=line.lot)
            if mass > left:
                raise RefusedError(
                    RefusalCode.EXCEEDS_CLAIMABLE, left_mg=left, metal=metal, origin=origin, lot=line.lot,
                    kind=event.kind, claimed_mg=mass, collides_with=line.lot,
                )  # fmt: skip


def _is_within(mix: Mix, free: Mix) -> bool:
    return all(
        mass <= left for metal, split in mix.items() for mass, left in zip(split, free.get(metal, NO_MASS), strict=True)
    )


def _find_odd(event: Claim, lot: Lot, speaker: Speaker) -> Iterator[Finding]:
    """Yield what is odd about a claim on a lot, though its metal is there."""
    if event.kind == "recycling_service":
        if (lot.run is None or is_parted(lot)) and lot.material in _BATTERIES:
            yield find(
                FindingCode.CLAIM_BEFORE_RECYCLING, "medium", (("material", lot.material),), NO_BOUND, speaker,
                lots=(lot.id,), about=(("number", event.number), ("scheme", event.scheme)),
            )  # fmt: skip
        return
    if lot.status == "left" and lot.disposition in _NO_USE:
        yield find(
            FindingCode.CLAIM_ON_DEPARTED, "medium", (("disposition", lot.disposition),), NO_BOUND, speaker,
            lots=(lot.id,), about=(("number", event.number), ("scheme", event.scheme)),
        )  # fmt: skip
    if shown(lot.holds):
        yield find(
            FindingCode.CLAIM_ON_HELD, "medium", (), NO_BOUND, speaker, lots=(lot.id,),
            about=(("number", event.number), ("scheme", event.scheme)),
        )  # fmt: skip


def _uncovered(event: Claim, mix: Mix, lot: Lot, speaker: Speaker) -> Finding:
    total = sum(sum(split) for split in mix.values())
    free = sum(sum(split) for split in claimable(lot, event.kind).values())
    return find(
        FindingCode.CLAIM_UNCOVERED, "high", (("claimed_mg", total),), Bound((("free_mg", free),)), speaker,
        lots=(lot.id,), case="corrected", about=(("number", event.number), ("scheme", event.scheme)),
    )  # fmt: skip


CLAIM = ClaimKind()
