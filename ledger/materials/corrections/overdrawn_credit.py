"""Draws of credit that lost their cover: what a correction, an analysis or a count took from an account.

Plan, for each account that gave more than it has now:

1. Its draws are undone, from the newest said back, as far as that covers the others.
2. Lots of which draws are undone are folded anew, with all that was made of them, as if
   the credit had never been drawn; claims on it are not covered any more.
3. What that takes from other accounts is looked at in the same way.

Where a correction brings cover back, draws that were undone stand again as far as it goes.

Invariants: each round undoes or restores at least a milligram of a draw, and what an event
undoes it does not restore, so the rounds end; afterwards every draw is covered on every
day; what was undone is kept in the account, by the entry that undid it, so that the past
can be answered and folded again.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable
from typing import NamedTuple

from ledger.materials.corrections.changed_answers import answered_otherwise
from ledger.materials.corrections.refold import Refolded, refold
from ledger.materials.corrections.withdrawn_findings import Change, all_judged_anew
from ledger.materials.history.closure import Closure, gather
from ledger.materials.mass.mix import Mix, add_mix, less, negative, smaller
from ledger.materials.moves.postings import difference
from ledger.materials.state.book import Effects, LoggedEvent, MaterialBook, Speaker
from ledger.materials.state.credit_account import Account, Draw, Void, uncovered, voided_of, with_draw
from ledger.materials.state.credit_months import SiteMonth, month_of, post_all, whole
from ledger.materials.state.findings import NO_BOUND, find
from ledger.materials.state.records import Lot, Posting
from schemas.catalogue.findings.codes import FindingCode
from schemas.events import MaterialEvent
from schemas.findings import Finding
from schemas.ids import LotId, PartyId


def settle_accounts(event: MaterialEvent, speaker: Speaker, book: MaterialBook, effects: Effects) -> None:
    """Undo draws that an event left without cover, in its effects; rounds go on until nothing changes."""
    this = speaker.logged(event)
    undone: set[tuple[PartyId, Draw]] = set()
    last: dict[PartyId, dict[Draw, Mix]] = {}
    # A round that would do again what the one before did without effect is the last.
    while (changed := _unsettled(this, book, effects, undone)) and changed != last:
        last = changed
        undone.update((site, draw) for site, voids in changed.items() for draw, mix in voids.items() if _is_undone(mix))
        lots = _fold_without(changed, this, speaker, book, effects)
        for site, voids in changed.items():
            _say(site, voids, lots, speaker, book, effects=effects)


def _unsettled(
    this: LoggedEvent, book: MaterialBook, effects: Effects, undone: Collection[tuple[PartyId, Draw]]
) -> dict[PartyId, dict[Draw, Mix]]:
    """Return by site what of which draws is to be undone, or stands again (below zero), in one round."""
    changed: dict[PartyId, dict[Draw, Mix]] = {}
    for site in dict.fromkeys(key.site for key in effects.accounts):
        account = _account(site, book, effects)
        missing = uncovered(account)
        if missing:
            changed[site] = _undo(account, missing, _draws(site, this, book, effects))
        elif account.voided and this.event.corrects() is not None:
            changed[site] = _stand_again(account, [draw for at, draw in undone if at == site])
    return {site: voids for site, voids in changed.items() if voids}


def _is_undone(mix: Mix) -> bool:
    return any(mass > 0 for split in mix.values() for mass in split)


def _draws(site: PartyId, this: LoggedEvent, book: MaterialBook, effects: Effects) -> list[tuple[Draw, Mix]]:
    """Return what was drawn for each lot and day, the newest said first.

    What a dispatch draws itself had cover when it was checked: what was drawn before it is undone.
    """
    is_correction = bool(this.event.corrects())
    total: dict[Draw, Mix] = {}
    newest: dict[Draw, int] = {}
    for row in (*book.postings_of(site), *(row for row in effects.postings if row.site == site)):
        if row.kind == "credit_drawn":
            draw = Draw(row.day, LotId(row.record))
            add_mix(total.setdefault(draw, {}), row.mix)
            if any(mass > 0 for split in row.mix.values() for mass in split):
                newest[draw] = row.index
    earlier = (draw for draw in total if is_correction or newest.get(draw) != this.index)
    order = sorted(earlier, key=lambda draw: (newest.get(draw, -1), draw), reverse=True)
    return [(draw, less(total[draw], {})) for draw in order]


def _undo(account: Account, missing: Mix, draws: Iterable[tuple[Draw, Mix]]) -> dict[Draw, Mix]:
    """Return what of the draws is undone, so that nothing is missing (step 1)."""
    undone: dict[Draw, Mix] = {}
    for draw, mix in draws:
        part = smaller(mix, missing)
        rest = uncovered(with_draw(account, draw.day, negative(part))) if part else missing
        # A draw that is undone need not help one that lacks cover: it may have drawn on another month.
        part = smaller(part, less(missing, rest))
        if part:
            undone[draw] = part
            account = with_draw(account, draw.day, negative(part))
            missing = uncovered(account)
        if not missing:
            break
    return undone


def _stand_again(account: Account, barred: Container[Draw]) -> dict[Draw, Mix]:
    """Return what of undone draws has cover again, below zero; those that this event undid stay undone."""
    again: dict[Draw, Mix] = {}
    for draw in account.voided:
        if draw in barred:
            continue
        undone = voided_of(account.voided, draw, -1)
        part = less(undone, uncovered(with_draw(account, draw.day, undone))) if undone else {}
        if part:
            again[draw] = negative(part)
            account = with_draw(account, draw.day, part)
    return again


def _fold_without(
    changed: dict[PartyId, dict[Draw, Mix]], this: LoggedEvent, speaker: Speaker, book: MaterialBook, effects: Effects
) -> dict[LotId, None]:
    """Let lots be as they are without the draws, and return those that changed (steps 2 and 3)."""
    seeds = sorted({draw.lot for voids in changed.values() for draw in voids})
    closure = gather(seeds, book.history, speaker.index, onward=True, extra=(this,))
    archive = _Archive(book, effects)
    before = refold(closure, archive, speaker.index + 1)
    for site, voids in changed.items():
        for draw, mix in voids.items():
            key = SiteMonth(site, draw.day[:7])
            row = month_of(key, effects.accounts, book.accounts)
            kept = (*row.voided.get(draw, ()), Void(speaker.index, speaker.statement, mix))
            effects.accounts[key] = row._replace(voided={**row.voided, draw: kept})
    after = refold(closure, archive, speaker.index + 1)
    rows: list[Posting] = difference(before.postings, after.postings, speaker)
    effects.postings.extend(rows)
    post_all(effects.accounts, rows, book.accounts)
    return _take_over(closure, before, after, speaker, book, effects=effects)


class _Lots(NamedTuple):
    """Lots as an event leaves them so far."""

    book: MaterialBook
    effects: Effects

    def get(self, name: LotId, /) -> Lot | None:
        """Return a lot."""
        return self.effects.lots.get(name) or self.book.lots.get(name)

    def many(self, names: Iterable[LotId], /) -> dict[LotId, Lot]:
        """Return those lots that there are."""
        wanted = list(names)
        return {**self.book.lots.many(wanted), **self.effects.lots.many(wanted)}


class _Archive:
    """A book with the accounts and the lots as an event leaves them."""

    def __init__(self, book: MaterialBook, effects: Effects) -> None:
        self.history = book.history
        self.parties = book.parties
        self.agreements = book.agreements
        self.lots = _Lots(book, effects)
        self._book = book
        self._effects = effects

    def account_of(self, site: PartyId) -> Account:
        """Return an account as the effects leave it."""
        return _account(site, self._book, self._effects)


def _account(site: PartyId, book: MaterialBook, effects: Effects) -> Account:
    """Return the account of a site as effects leave it."""
    return whole(((key, row) for key, row in effects.accounts.by_key() if key.site == site), book.account_of(site))


def _take_over(
    closure: Closure, before: Refolded, after: Refolded, speaker: Speaker, book: MaterialBook, effects: Effects
) -> dict[LotId, None]:
    changed: dict[LotId, None] = {}
    otherwise = answered_otherwise(before.book, after.book, closure.reached)
    for name in sorted(closure.reached):
        new = after.book.lots.get(name)
        if new is None or new == before.book.lots.get(name):
            continue
        known = effects.lots.get(name) or book.lots.get(name)
        marks = known.corrections if known is not None else ()
        this = (speaker.statement,) if name in otherwise else ()
        effects.lots[name] = new._replace(corrections=tuple(dict.fromkeys((*marks, *this))))
        changed[name] = None
    for run_id, run in after.book.runs.items():
        if run != before.book.runs.get(run_id):
            effects.runs[run_id] = run
    # The entry itself is judged here for the first time.
    earlier = after._replace(findings={at: found for at, found in after.findings.items() if at < speaker.index})
    change = Change(speaker.statement, in_words=False, after_use=True)

    def known_on(index: int) -> tuple[Finding, ...]:
        """Return the findings that stand on an entry, as this one leaves them so far."""
        return effects.anew[index] if index in effects.anew else book.findings_of(index)

    effects.anew.update(all_judged_anew(before, earlier, known_on, change))
    return changed


def _say(
    site: PartyId, voids: dict[Draw, Mix], lots: dict[LotId, None],
    speaker: Speaker, book: MaterialBook, effects: Effects,
) -> None:  # fmt: skip
    undone = sum(max(mass, 0) for mix in voids.values() for split in mix.values() for mass in split)
    if not undone:
        return
    account = _account(site, book, effects)
    drawn = undone + sum(sum(map(sum, mix.values())) for mix in account.drawn.values())
    is_odd = undone * 1_000_000 > drawn * speaker.rules.limits.handover_warn_ppm
    named = tuple(dict.fromkeys((*(draw.lot for draw in voids), *lots)))
    effects.findings.append(
        find(
            FindingCode.CREDIT_OVERDRAWN, "high" if is_odd else "low", (("undone_mg", undone),), NO_BOUND, speaker,
            lots=named, about=(("site", site), ("draws", ", ".join(draw.lot for draw in list(voids)[:3]))),
        )
    )  # fmt: skip
