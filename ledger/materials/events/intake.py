"""The judge of intakes: a batch enters and becomes a lot."""

from __future__ import annotations

from ledger.materials.mass.mix import intake_mix
from ledger.materials.moves.inheritance import DEFAULT, weakest
from ledger.materials.moves.postings import post_lot
from ledger.materials.moves.preconditions import check_content, check_new_lot, check_own_id, check_role, cite
from ledger.materials.plausibility.entry.intakes import find_in_intake
from ledger.materials.state.book import Effects, MaterialBook, Speaker
from ledger.materials.state.records import Lot
from schemas.intake import Intake


def judge_intake(event: Intake, speaker: Speaker, book: MaterialBook) -> Effects:
    """Create a lot from a batch that enters.

    Raises:
        RefusedError: ``not-entitled``, ``lot-exists``, ``content-exceeds-net``,
            ``duplicate-document``.
    """
    check_role(speaker.party, ("park", "processor"), event.type)
    check_own_id(event.lot, "lot", speaker.party)
    check_new_lot(event.lot, book)
    check_content(event.lot, event.content_kg, event.net_kg, event.dry_kg)
    effects = fold_intake(event, speaker)
    cite(event.documents, speaker, book, (event.lot,), effects)
    return effects


def fold_intake(event: Intake, speaker: Speaker) -> Effects:
    """Return the lot of an intake, whatever else the book holds."""
    effects = Effects()
    park = speaker.party.id
    owner = None if event.owner == park else event.owner
    custody = event.custody or DEFAULT
    lot = Lot(
        event.lot, event.material, park, park, "open", event.net_kg, intake_mix(event), speaker.occurred_at,
        speaker.index, None, tuple(event.content_kg), event.chemistry, event.form, event.dry_kg,
        custody if owner is None else weakest(custody, "mass_balance"), owner,
    )  # fmt: skip
    effects.lots[event.lot] = lot
    effects.postings.append(post_lot("receipt", park, lot, speaker))
    effects.findings.extend(find_in_intake(event, speaker))
    return effects
