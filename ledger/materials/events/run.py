"""The judge of runs: lots are taken, pooled and made anew (contract, section 5).

Invariant: per metal and origin, what was taken plus additions, gains and shortfalls
equals what the outputs hold plus the loss, to the milligram; gain and shortfall are of
origin ``unknown``.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable

from ledger.materials.claims.credit_earning import hand_on_claims
from ledger.materials.events.hold import find_moves_around_holds
from ledger.materials.events.run_rules import (
    check_additions,
    check_entitled,
    check_metal_gain,
    check_net_gain,
    check_times,
)
from ledger.materials.history.content_basis import is_tabled
from ledger.materials.mass.apportioning import apportion
from ledger.materials.mass.mix import NO_MASS, UNKNOWN, Mix, add_mix, content_of, split_of, subtract_split
from ledger.materials.moves.inheritance import heritage
from ledger.materials.moves.postings import bring_back, post_borrowed, post_run
from ledger.materials.moves.preconditions import check_content, check_new_lot, check_own_id, cite
from ledger.materials.moves.taking import hand_on_uncertainty, take_again, take_inputs
from ledger.materials.plausibility.entry.dates import find_before_it_came
from ledger.materials.plausibility.entry.run_balance import find_in_run
from ledger.materials.plausibility.entry.runs import find_odd_run
from ledger.materials.state.book import Effects, MaterialBook, Speaker
from ledger.materials.state.pool import Pool, Stated
from ledger.materials.state.records import NO_EARNINGS, Lot, Made, Ratio, Run
from schemas.catalogue.refusals import RefusalCode
from schemas.codes import HANDLING_PROCESSES, Metal
from schemas.refusal import RefusedError
from schemas.transformation import Output, Transformation


def judge_transformation(event: Transformation, speaker: Speaker, book: MaterialBook) -> Effects:
    """Fold a run into its inputs and outputs.

    Raises:
        RefusedError: in this order ``not-entitled``, ``run-exists``; per input what
            :func:`take_inputs` raises; per output ``lot-exists``,
            ``content-exceeds-net``; per addition ``content-exceeds-net``;
            ``duplicate-document``, ``net-gain``, ``gain-exceeds-tolerance``,
            ``time-order``.
    """
    check_entitled(event, speaker.party)
    if book.runs.get(event.run) is not None:
        raise RefusedError(RefusalCode.RUN_EXISTS, run=event.run, collides_with=event.run)
    effects = Effects()
    pool = take_inputs(event.inputs, speaker.party, event.started_at, book.lots, effects.lots)
    for output in event.outputs:
        check_new_lot(output.lot, book)
        check_content(output.lot, output.content_kg, output.net_kg, output.dry_kg)
    check_additions(event)
    _cite(event, speaker, book, effects)
    add_additions(pool.mix, event)
    check_net_gain(event)
    check_metal_gain(event, pool, speaker)
    check_times(event, effects.lots)
    _make(event, speaker, pool, book, effects)
    return effects


def judge_draw(event: Transformation, speaker: Speaker, book: MaterialBook, lots: Container[str]) -> Effects:
    """Fold what a run takes from some of its input lots, and nothing else of it.

    Raises:
        RefusedError: as :func:`judge_transformation`, as far as it concerns these lots.
    """
    effects = Effects()
    check_own_id(event.run, "run", speaker.party)
    if book.runs.get(event.run) is not None:
        raise RefusedError(RefusalCode.RUN_EXISTS, run=event.run)
    inputs = [line for line in event.inputs if line.lot in lots]
    pool = take_inputs(inputs, speaker.party, event.started_at, book.lots, effects.lots)
    check_times(event, effects.lots)
    cite(event.documents, speaker, book, tuple(effects.lots), effects)
    # The id is used now; of the run nothing more is known here.
    effects.runs[event.run] = Run(
        event.run, event.process, speaker.party.id, speaker.index, speaker.statement, pool.taken, (), (), {}, {}
    )
    return effects


def fold_again(
    event: Transformation,
    speaker: Speaker,
    book: MaterialBook,
    moved: Callable[[str], Stated | None],
    lots: Container[str] | None = None,
) -> Effects:
    """Fold a run that was taken before, where a correction changed what it found.

    Args:
        event: the run as it stands now.
        speaker: who said it, at the entry that it was.
        book: the state before it, as corrected.
        moved: returns what the run took of a lot when it was first said.
        lots: where given, and the run makes none of them, only what it takes from these.

    Nothing is refused: takings stand, and what is no longer covered is shortfall.
    """
    effects = Effects()
    is_draw = lots is not None and not any(output.lot in lots for output in event.outputs)
    inputs = [line for line in event.inputs if lots is None or line.lot in lots] if is_draw else event.inputs
    for name in dict.fromkeys(line.lot for line in inputs):
        lot = book.lots.get(name)
        if lot is not None and lot.status == "left":
            effects.lots[name] = bring_back(lot, speaker, effects)
    pool = take_again(inputs, book.lots, effects.lots, moved)
    post_borrowed(pool.taken, book.lots, speaker, effects)
    if not is_draw:
        add_additions(pool.mix, event)
        _make(event, speaker, pool, book, effects)
    return effects


def add_additions(pool: Mix, event: Transformation) -> None:
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
            part = apportion(share, rest)
            rest = subtract_split(rest, part)
            if share < content:
                part[UNKNOWN] += content - share
                made[place] = _note_source(made[place], metal, (share, content))
            made[place].mix[metal] = tuple(part)
        if any(rest):
            loss[metal] = rest
    return tuple(made), loss


def _note_source(made: Made, metal: Metal, ratio: Ratio) -> Made:
    return made._replace(sourced={**made.sourced, metal: ratio})


def _make(event: Transformation, speaker: Speaker, pool: Pool, book: MaterialBook, effects: Effects) -> None:
    """Let the run and its outputs into the effects, with what is odd about it."""
    made, loss = make_outputs(event.outputs, pool.mix)
    party = speaker.party.id
    inputs = tuple(effects.lots[name] for name in dict.fromkeys(taken.lot for taken in pool.taken))
    is_short = any(taken.short for taken in pool.taken)
    inherited = heritage(event, inputs, pool.mix, party, speaker.statement if is_short else None)
    run = Run(
        event.run, event.process, party, speaker.index, speaker.statement, pool.taken,
        tuple(addition.content_kg for addition in event.additions), made, content_of(pool.mix), loss,
        pool.shortfall, (), event.campaign, added=tuple(addition.net_kg for addition in event.additions),
    )  # fmt: skip
    is_known = event.process in HANDLING_PROCESSES and any(taken.uncertainty for taken in pool.taken)
    claims = hand_on_claims(event, speaker, pool, made, effects)
    for output, record in zip(event.outputs, made, strict=True):
        effects.lots[output.lot] = Lot(
            output.lot, output.material, party, party, "open", output.net_kg, record.mix, event.started_at,
            speaker.index, event.run, tuple(output.content_kg), inherited.chemistry, output.form, output.dry_kg,
            inherited.custody, inherited.owner, record.sourced, shortfalls=inherited.shortfalls,
            marks=claims.marks.get(output.lot, ()), credit=claims.credit.get(output.lot),
            recovered_by=inherited.recovered_by, earned=claims.earned.get(output.lot, NO_EARNINGS),
            uncertainty=hand_on_uncertainty(pool, output.content_kg) if is_known else {},
        )  # fmt: skip
    effects.runs[event.run] = run
    effects.postings.extend(post_run(event, run, speaker))
    effects.findings.extend(find_in_run(event, run, inherited, speaker))
    by_id = {lot.id: lot for lot in inputs}
    effects.findings.extend(find_odd_run(event, run, by_id, speaker, lambda: is_tabled(inputs, book)))
    outputs = tuple(output.lot for output in event.outputs)
    effects.findings.extend(find_moves_around_holds(inputs, event.started_at, speaker, outputs))
    effects.findings.extend(find_before_it_came(inputs, event.ended_at, speaker))


def _cite(event: Transformation, speaker: Speaker, book: MaterialBook, effects: Effects) -> None:
    documents = event.cited_documents()
    if documents:
        cite(documents, speaker, book, [line.lot for line in event.outputs], effects)
