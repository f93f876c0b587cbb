"""How much of a lot was recycled in a country, from waste of that country.

Imported waste that is recycled at home, and waste that was not recycled yet, do not count.
Walked forward, run by run: each hands the domestic part of its pool to all that it made,
as the contributions of :mod:`ledger.materials.answers.provenance` would, but in integer milligrams
rounded down, so that a park's year can be worked out in one go.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ledger.materials.mass.mix import Mix, claimable_mass
from ledger.materials.moves.parting import is_parting
from ledger.materials.state.records import Lot, Ratio, Run
from schemas.codes import CLAIMABLE_ORIGINS, Metal
from schemas.ids import LotId, PartyId, RunId
from schemas.intake import Intake

_ALL: Ratio = (1, 1)
_NONE: Ratio = (0, 1)


class Domestic:
    """Which part of what runs made came from waste of a country and was recycled there."""

    def __init__(
        self, country: str, runs: Iterable[Run], batches: Mapping[LotId, Intake], sites: Mapping[PartyId, str]
    ) -> None:
        """Walk the runs.

        Args:
            country: ISO 3166-1 alpha-2.
            runs: all that the lots in question came through.
            batches: the intakes that they began with, by lot.
            sites: the country of each park, by its id.
        """
        self._country = country
        self.batches = dict(batches)
        self._run_of: dict[LotId, RunId] = {}
        self._parts: dict[tuple[RunId, Metal], Ratio] = {}
        for run in sorted(runs, key=lambda run: run.index):
            if self._is_of_batch(run):
                continue
            self._run_of.update((made.lot, run.id) for made in run.outputs)
            if sites.get(run.issuer) == country:
                self._add(run)

    def _is_of_batch(self, run: Run) -> bool:
        """Let a part of a batch that nobody recycled yet count as that batch; say whether a run is such a parting."""
        parts = {made.lot: taken.lot for made in run.outputs if is_parting(run) for taken in run.inputs}
        whole = {part: batch for part, lot in parts.items() if (batch := self.batches.get(lot)) is not None}
        self.batches.update(whole)
        return bool(whole)

    def metal_in(self, lot: Lot) -> int:
        """Return the milligrams of a lot's metal that are domestic; none of a batch that nobody recycled yet.

        Of a lot made under mass balance no more than the credit drawn for it.
        """
        return self.metal_of(lot.id, lot.mix, lot.sourced, lot.base)

    def metal_of(self, lot: LotId, mix: Mix, sourced: Mapping[Metal, Ratio], base: Mix | None = None) -> int:
        """Return the domestic milligrams in a mix that is, or was taken from, a lot.

        Args:
            lot: its id.
            mix: per metal and origin.
            sourced: how much of each metal came from the pool of the lot's run.
            base: what may be claimed of it, where that is not its own mix.
        """
        if lot not in self._run_of:
            return 0
        claimed = mix if base is None else base
        return sum(
            min(self._part(lot, metal, sum(split), sourced), claimable_mass(claimed.get(metal, ())))
            for metal, split in mix.items()
        )

    def _add(self, run: Run) -> None:
        for metal, pool in run.pool.items():
            found = sum(
                min(self._part(taken.lot, metal, sum(split), taken.sourced), claimable_mass(split))
                for taken in run.inputs
                if (split := taken.mix.get(metal))
            )
            self._parts[run.id, metal] = (found, pool)

    def _part(self, lot: LotId, metal: Metal, mass: int, sourced: Mapping[Metal, Ratio]) -> int:
        """Return the domestic part of a metal of a lot."""
        run = self._run_of.get(lot)
        if run is None:
            part, whole = self._batch(lot, metal)
            return mass * part // whole
        part, whole = self._parts.get((run, metal), _NONE)
        got, of = sourced.get(metal, _ALL)
        return mass * part * got // (whole * of) if whole else 0

    def _batch(self, lot: LotId, metal: Metal) -> Ratio:
        """Return how much of a batch's metal is waste of the country."""
        batch = self.batches.get(lot)
        if batch is None or batch.country != self._country:
            return _NONE
        if batch.origin_kg is None:
            return _ALL if batch.origin in CLAIMABLE_ORIGINS else _NONE
        split = batch.origin_kg.get(metal, {})
        waste = sum(split.get(origin, 0) for origin in CLAIMABLE_ORIGINS)
        return (waste, sum(split.values())) if waste else _NONE
