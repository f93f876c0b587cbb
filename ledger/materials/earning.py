"""What a run hands on of claims: marks with their metal, or under mass balance all of it to the account."""

from __future__ import annotations

from ledger.materials.apportioning import Mix, add_mix
from ledger.materials.book import Effects, Speaker
from ledger.materials.credits import earned_by, is_bound, spread_credit
from ledger.materials.marks import spread_marks
from ledger.materials.records import Made, Mark, Posting, PostingKind
from ledger.materials.taking import Pool
from schemas.transformation import Transformation


def hand_on_claims(
    event: Transformation, speaker: Speaker, pool: Pool, made: tuple[Made, ...], effects: Effects
) -> tuple[dict[str, tuple[Mark, ...]], dict[str, Mix]]:
    """Return the marks and credits of the outputs; under mass balance post what they earn."""
    if not is_bound(event.custody, pool.taken):
        return spread_marks(pool.taken, pool.mix, made), {}
    credit = spread_credit(pool.taken, made)
    earned = earned_by(pool.taken, made)
    for output, record in zip(event.outputs, made, strict=True):
        rows: tuple[tuple[PostingKind, Mix], ...] = (("credit_earned", earned[output.lot]), ("credit_made", record.mix))
        effects.postings.extend(
            Posting(speaker.party.id, kind, output.lot, output.material, 0, 0, mix, speaker.index, speaker.statement)
            for kind, mix in rows
        )
    bases: Mix = {}
    for part in pool.taken:
        add_mix(bases, part.mix if part.credit is None else part.credit)
    as_credit = [record._replace(mix=credit[record.lot]) for record in made]
    return spread_marks(pool.taken, bases, as_credit), credit
