"""Runs: lots are taken, pooled and made anew (contract, section 5).

Invariant: per metal and origin, what was taken plus additions, gains and shortfalls
equals what the outputs hold plus the loss, to the milligram; gain and shortfall are of
origin ``unknown``.

Of a run that makes none of the lots that are known, only what it takes from these is applied.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ledger.materials.claims.credit_earning import hand_on_claims
from ledger.materials.events.documents import Cited, check_documents, cite
from ledger.materials.events.kind import Brought, CorrectableKind, Supply
from ledger.materials.events.run_rules import (
    check_additions,
    check_entitled,
    check_inputs,
    check_metal_gain,
    check_net_gain,
    check_times,
)
from ledger.materials.history.content_basis import is_tabled
from ledger.materials.mass.apportioning import apportion
from ledger.materials.mass.mix import NO_MASS, Mix, add_mix, add_split, content_of, split_by, split_of, subtract_split
from ledger.materials.moves.growth import spread
from ledger.materials.moves.inheritance import heritage
from ledger.materials.moves.postings import bring_back, post_borrowed, post_run
from ledger.materials.moves.preconditions import check_content, check_new_lot
from ledger.materials.moves.taking import hand_on_uncertainty, take_inputs
from ledger.materials.plausibility.entry.dates import find_before_it_came, find_entered_late
from ledger.materials.plausibility.entry.growth import find_growth_in_run
from ledger.materials.plausibility.entry.holds import find_moves_around_holds
from ledger.materials.plausibility.entry.lifts import Yielded
from ledger.materials.plausibility.entry.run_balance import find_in_run
from ledger.materials.plausibility.entry.runs import find_odd_run
from ledger.materials.state.book import Effects, Speaker
from ledger.materials.state.ground import Ground
from ledger.materials.state.grown import NOT_GROWN
from ledger.materials.state.layer import Layer, Scope
from ledger.materials.state.pool import Pool
from ledger.materials.state.records import NO_EARNINGS, Lot, Made, Ratio, Run
from schemas.catalogue.refusals import RefusalCode
from schemas.codes import HANDLING_PROCESSES, Metal
from schemas.findings import Finding
from schemas.ids import LotId, PartyId
from schemas.refusal import RefusedError
from schemas.transformation import Input, Output, Transformation


class RunKind(CorrectableKind[Transformation]):
    """A run: lots in, wholly or in part, and reagents; lots out; the rest is loss."""

    schema = Transformation
    moves = True
    cites_first = True
    barred_by_hold = True

    def check(self, event: Transformation, speaker: Speaker, ground: Ground) -> None:
        """Demand that a run could take what it takes, and make of it what it makes.

        Raises:
            RefusedError: in this order ``not-entitled``, ``run-exists``; per input what
                :func:`check_inputs` raises; per output ``lot-exists``,
                ``content-exceeds-net``; per addition ``content-exceeds-net``;
                ``duplicate-document``, ``net-gain``, ``gain-exceeds-tolerance``,
                ``time-order``.
        """
        check_entitled(event, speaker.party)
        if not ground.is_own(event.run) and ground.book.runs.get(event.run) is not None:
            raise RefusedError(RefusalCode.RUN_EXISTS, run=event.run, collides_with=event.run)
        lines = [line for line in event.inputs if ground.looks_at(line.lot)]
        check_inputs(lines, speaker.party, event.started_at, ground)
        for output in event.outputs:
            check_new_lot(output.lot, ground)
            check_content(output.lot, output.content_kg, output.net_kg, output.dry_kg)
        check_additions(event)
        check_documents(event.cited_documents(), speaker, ground.layer)
        check_net_gain(event)
        check_metal_gain(event, ground, speaker)
        if ground.is_dated_anew(event):
            lines = [line for line in event.inputs if ground.knows(line.lot)]
        check_times(event, lines, ground.lots)

    def apply(self, event: Transformation, speaker: Speaker, layer: Layer, supply: Supply) -> None:
        """Take the inputs, and make the outputs of them; what is not covered is shortfall."""
        book, effects = layer.book, layer.effects
        is_draw, inputs = _is_draw(event, layer.scope), _inputs(event, layer.scope)
        for name in dict.fromkeys(line.lot for line in inputs):
            lot = book.lots.get(name)
            if lot is not None and lot.status == "left":
                effects.lots[name] = bring_back(lot, speaker, effects)
        pool = take_inputs(inputs, book.lots, effects.lots, supply)
        post_borrowed(pool.taken, book.lots, speaker, effects)
        if not is_draw:
            _add_additions(pool.mix, event)
            _make(event, speaker, pool, effects)

    def find(self, event: Transformation, speaker: Speaker, layer: Layer) -> Iterator[Finding]:
        """Yield what is odd about the run, its outputs and the lots that it took."""
        if _is_draw(event, layer.scope):
            return
        run, lots = layer.effects.runs[event.run], layer.effects.lots
        yield from find_in_run(event, run, lots[event.outputs[0].lot], speaker)
        by_id = {taken.lot: lots[taken.lot] for taken in run.inputs}
        inputs = tuple(by_id.values())
        yield from find_odd_run(event, run, by_id, speaker, lambda: is_tabled(inputs, layer.book))
        if [made for made in run.outputs if made.sourced]:
            yield from find_growth_in_run(run, (lots[made.lot] for made in run.outputs), speaker)
        yield from find_moves_around_holds(inputs, event.started_at, speaker, event.created_lots())
        yield from find_before_it_came(inputs, event.ended_at, speaker)
        yield from find_entered_late(inputs, event.run, speaker)

    def record(self, event: Transformation, speaker: Speaker, layer: Layer) -> None:
        """Use the documents up; of a run that makes no known lot also its id."""
        if not _is_draw(event, layer.scope):
            super().record(event, speaker, layer)
            return
        cite(map(Cited, event.documents), speaker, layer, tuple(layer.effects.lots))
        self.withdraw(event, speaker, layer.effects)

    def yielded(self, event: Transformation, issuer: PartyId, layer: Layer) -> Yielded:
        """Return its outputs as it made them of what there is."""
        run = layer.effects.runs.get(event.run)
        if run is None or not run.outputs:
            return Yielded()
        custody = layer.effects.lots[run.outputs[0].lot].custody
        return Yielded(sum(made.net for made in run.outputs), run.made(), run.gain(), custody)

    def would_yield(self, event: Transformation, issuer: PartyId, brought: Brought) -> Yielded:
        """Return its outputs if what it takes were there."""
        taken = [lot for line in event.inputs if (lot := brought(line)) is not None]
        pool: Mix = {}
        for lot in taken:
            add_mix(pool, lot.mix)
        _add_additions(pool, event)
        outputs, _ = make_outputs(event.outputs, pool)
        made: Mix = {}
        for output in outputs:
            add_mix(made, output.mix)
        held = content_of(pool)
        above = {metal: mass - held.get(metal, 0) for metal, mass in content_of(made).items()}
        gains = {metal: mass for metal, mass in above.items() if mass > 0}
        custody = heritage(event, tuple({lot.id: lot for lot in taken}.values()), pool, issuer).custody
        return Yielded(sum(line.net_kg for line in event.outputs), made, gains, custody)

    def weighed(self, event: Transformation, layer: Layer) -> Iterator[Cited]:
        """Yield its documents and those of its additions, which came in under them."""
        yield from map(Cited, event.documents)
        yield from (Cited(document, line.net_kg) for line in event.additions for document in line.documents)

    def moved(self, effects: Effects) -> Iterator[tuple[LotId, int, dict[Metal, int]]]:
        """Yield what it took of each input line."""
        for run in effects.runs.values():
            yield from ((part.lot, part.booked, content_of(part.mix)) for part in run.inputs)

    def withdraw(self, event: Transformation, speaker: Speaker, effects: Effects) -> None:
        """Keep the id of a run of which nothing more is known."""
        effects.runs[event.run] = Run(
            id=event.run,
            process=event.process,
            issuer=speaker.party.id,
            index=speaker.index,
            statement=speaker.statement,
            inputs=(),
            additions=(),
            outputs=(),
            pool={},
            loss={},
        )


def _is_draw(event: Transformation, scope: Scope) -> bool:
    """Say whether a run makes none of the lots that are known."""
    return scope is not None and not any(output.lot in scope for output in event.outputs)


def _inputs(event: Transformation, scope: Scope) -> Iterable[Input]:
    """Return the lines that are looked at: all of a run that makes a known lot."""
    if scope is None or not _is_draw(event, scope):
        return event.inputs
    return [line for line in event.inputs if line.lot in scope]


def _add_additions(pool: Mix, event: Transformation) -> None:
    """Add the metal of the additions to what the inputs gave."""
    for addition in event.additions:
        add_mix(pool, split_of(addition.content_kg, addition.origin))


def make_outputs(outputs: Iterable[Output], pool: Mix) -> tuple[tuple[Made, ...], Mix]:
    """Drain the pool into the outputs, in the order of the statement.

    Returns:
        Each output as made, and the loss per metal and origin, in mg.
    """
    lines = list(outputs)
    made = [Made(line.lot, line.net_kg, {}) for line in lines]
    loss: Mix = {}
    metals = dict.fromkeys([*pool, *(metal for line in lines for metal in line.content_kg)])
    for metal in metals:
        contents = [line.content_kg.get(metal, 0) for line in lines]
        rest = pool.get(metal, NO_MASS)
        in_pool = sum(rest)
        is_covered = sum(contents) <= in_pool
        shares = contents if is_covered else apportion(in_pool, contents)
        for place, (content, share) in enumerate(zip(contents, shares, strict=True)):
            if not content:
                continue
            part = tuple(apportion(share, rest))
            rest = subtract_split(rest, part)
            if share < content:
                part = add_split(part, split_by({"unknown": content - share}))
                made[place] = _note_source(made[place], metal, (share, content))
            made[place].mix[metal] = part
        if any(rest):
            loss[metal] = rest
    return tuple(made), loss


def _note_source(made: Made, metal: Metal, ratio: Ratio) -> Made:
    return made._replace(sourced={**made.sourced, metal: ratio})


def _make(event: Transformation, speaker: Speaker, pool: Pool, effects: Effects) -> None:
    """Let the run and its outputs into the effects."""
    made, loss = make_outputs(event.outputs, pool.mix)
    party = speaker.party.id
    inputs = tuple(effects.lots[name] for name in dict.fromkeys(taken.lot for taken in pool.taken))
    is_short = any(taken.short for taken in pool.taken)
    inherited = heritage(event, inputs, pool.mix, party, speaker.statement if is_short else None)
    run = Run(
        id=event.run, process=event.process, issuer=party, index=speaker.index, statement=speaker.statement,
        inputs=pool.taken, additions=tuple(addition.content_kg for addition in event.additions), outputs=made,
        pool=content_of(pool.mix), loss=loss, shortfall=pool.shortfall, drawn=(), campaign=event.campaign,
        added=tuple(addition.net_kg for addition in event.additions),
        reagents=tuple(addition.material for addition in event.additions),
    )  # fmt: skip
    is_known = event.process in HANDLING_PROCESSES and any(taken.uncertainty for taken in pool.taken)
    claims, grown = hand_on_claims(event, speaker, pool, made, effects), spread(pool, made)
    for output, record in zip(event.outputs, made, strict=True):
        effects.lots[output.lot] = Lot(
            id=output.lot, material=output.material, park=party, holder=party, status="open", net=output.net_kg,
            mix=record.mix, since=event.started_at, created=speaker.index, run=event.run,
            metals=tuple(output.content_kg), chemistry=inherited.chemistry, form=output.form, dry=output.dry_kg,
            custody=inherited.custody, owner=inherited.owner, sourced=record.sourced, shortfalls=inherited.shortfalls,
            marks=claims.marks.get(output.lot, ()), credit=claims.credit.get(output.lot),
            recovered_by=inherited.recovered_by, earned=claims.earned.get(output.lot, NO_EARNINGS),
            uncertainty=hand_on_uncertainty(pool, output.content_kg) if is_known else {},
            grown=grown.get(output.lot, NOT_GROWN),
        )  # fmt: skip
    effects.runs[event.run] = run
    effects.postings.extend(post_run(event, run, speaker))


RUN = RunKind()
