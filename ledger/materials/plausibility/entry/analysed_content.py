"""What is odd about an analysis of a lot, whoever made it and whether or not it changes anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ledger.materials.mass.mix import by_origin
from ledger.materials.plausibility.entry.composition import check_content
from ledger.materials.plausibility.entry.purity import Batch, find_too_pure
from ledger.materials.state.book import Speaker
from ledger.materials.state.records import Lot
from schemas.codes import Metal
from schemas.findings import Finding

_RATIO: tuple[Metal, Metal] = ("Ni", "Co")


def find_in_analysis(
    lot: Lot, content: Mapping[Metal, int], masses: tuple[int, int], speaker: Speaker
) -> Iterator[Finding]:
    """Yield what the lot cannot hold, or hardly does.

    Args:
        lot: as the book has it.
        content: what was found, in mg; metals that were not analysed are not judged.
        masses: what it was found in, as received and dry, in mg.
        speaker: whose word it is.
    """
    found = dict(content)
    if any(metal in found for metal in _RATIO):
        # One of two metals analysed anew changes the ratio of both.
        found = {metal: sum(lot.mix[metal]) for metal in _RATIO if metal in lot.mix} | found
    mass = masses[0 if lot.material == "lead_acid_battery" else 1]
    yield from check_content(lot.material, lot.chemistry, lot.form, mass, found, speaker=speaker, lots=(lot.id,))
    if lot.run is None:
        origins = {
            metal: tuple(origin for origin, part in by_origin(split) if part) for metal, split in lot.mix.items()
        }
        batch = Batch(
            material=lot.material,
            chemistry=lot.chemistry,
            form=lot.form,
            mass=mass,
            content=content,
            origins=origins,
        )
        yield from find_too_pure(batch, speaker, (lot.id,))
