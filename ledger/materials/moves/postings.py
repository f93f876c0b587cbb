"""Postings: what each entry moved into or out of a site's stock, for its balances.

Invariant: per site, metal and origin, the postings of an entry add up to the change
that it made to the lots that the site holds. What a run only passes on from inputs to
outputs is not posted.
"""

from __future__ import annotations

from collections.abc import Iterable

from ledger.materials.mass.mix import NO_MASS, Mix, add_split, split_of, subtract_split
from ledger.materials.mass.months import month_of
from ledger.materials.state.book import Effects, Lookup, MaterialBook, Speaker
from ledger.materials.state.findings import NO_BOUND, Bound, find
from ledger.materials.state.records import Lot, Posting, PostingKind, Run, Taken
from schemas.catalogue.findings.codes import FindingCode
from schemas.codes import ClaimKind
from schemas.ids import LotId, PartyId
from schemas.transformation import Transformation

INCOMING: tuple[PostingKind, ...] = ("receipt", "arrival", "addition", "gain", "shortfall")
OUTGOING: tuple[PostingKind, ...] = ("loss", "dispatch", "departure")
MEMO: tuple[PostingKind, ...] = ("claim_service", "claim_content", "credit_earned", "credit_drawn")
"""Claims and credits move no metal: they stand beside the balance."""


def post_lot(kind: PostingKind, site: PartyId, lot: Lot, speaker: Speaker) -> Posting:
    """Return the posting of a whole lot that comes to, or leaves, a site."""
    return Posting(
        site=site,
        kind=kind,
        record=lot.id,
        material=lot.material,
        net=lot.net,
        dry=lot.dry_or_net,
        mix=lot.mix,
        index=speaker.index,
        statement=speaker.statement,
    )


def bring_back(lot: Lot, speaker: Speaker, effects: Effects) -> Lot:
    """Return a lot that is moved or used though, after a correction, it had left: its departure is undone."""
    if lot.status != "left":
        return lot
    row = post_lot("departure", lot.holder, lot, speaker)
    undone = {metal: subtract_split(NO_MASS, split) for metal, split in lot.mix.items()}
    effects.postings.append(row._replace(net=-row.net, dry=-row.dry, mix=undone))
    effects.findings.append(
        find(
            FindingCode.USED_AFTER_DEPARTURE, "high", (("site", speaker.party.id),), NO_BOUND, speaker, lots=(lot.id,)
        )
    )  # fmt: skip
    return lot._replace(status="open")


def post_borrowed(taken: Iterable[Taken], lots: Lookup[LotId, Lot], speaker: Speaker, effects: Effects) -> None:
    """Post what a run took of lots that, after a correction, another party has."""
    site = speaker.party.id
    for part in taken:
        lot = lots.get(part.lot)
        if lot is None or lot.holder == site:
            continue
        dry = part.booked if part.dry is None else part.dry
        moves: tuple[tuple[PostingKind, PartyId], ...] = (("dispatch", lot.holder), ("arrival", site))
        effects.postings.extend(
            Posting(
                site=at,
                kind=kind,
                record=lot.id,
                material=lot.material,
                net=part.booked,
                dry=dry,
                mix=part.mix,
                index=speaker.index,
                statement=speaker.statement,
            )
            for kind, at in moves
        )
        effects.findings.append(
            find(
                FindingCode.TAKEN_WITHOUT_HOLDING, "high", (("site", site),), Bound((("holder", lot.holder),)),
                speaker, lots=(lot.id,),
            )
        )  # fmt: skip


def post_claim(kind: ClaimKind, site: PartyId, lot: Lot, mix: Mix, speaker: Speaker) -> Posting:
    """Return the memo of a claim: it moves no metal and no weight."""
    memo: PostingKind = "claim_service" if kind == "recycling_service" else "claim_content"
    return Posting(
        site=site,
        kind=memo,
        record=lot.id,
        material=lot.material,
        net=0,
        dry=0,
        mix=mix,
        index=speaker.index,
        statement=speaker.statement,
    )


def post_run(event: Transformation, run: Run, speaker: Speaker) -> list[Posting]:
    """Return additions, gain, shortfall and loss of a run, each where there is one.

    An addition is of its own material; the others are of what the run makes first.
    """
    site, material = speaker.party.id, event.outputs[0].material
    short = sum(taken.short for taken in run.inputs)
    supplied = short + sum(line.net_kg for line in event.additions)
    lost = supplied + sum(taken.booked for taken in run.inputs) - sum(output.net for output in run.outputs)
    into = sum(taken.booked if taken.dry is None else taken.dry for taken in run.inputs)
    lost_dry = supplied + into - sum(output.dry_kg or output.net_kg for output in event.outputs)
    found: list[tuple[PostingKind, str, int, int, Mix]] = [
        ("addition", line.material, line.net_kg, line.net_kg, split_of(line.content_kg, line.origin))
        for line in event.additions
    ]
    if short:
        found.append(("shortfall", material, short, short, split_of(run.shortfall, "unknown")))
    gains = run.gain()
    if gains or lost < 0 or lost_dry < 0:
        found.append(("gain", material, max(-lost, 0), max(-lost_dry, 0), split_of(gains, "unknown")))
    if run.loss or lost > 0 or lost_dry > 0:
        found.append(("loss", material, max(lost, 0), max(lost_dry, 0), run.loss))
    return [
        Posting(
            site=site,
            kind=kind,
            record=run.id,
            material=of,
            net=net,
            dry=dry,
            mix=mix,
            index=speaker.index,
            statement=speaker.statement,
        )
        for kind, of, net, dry, mix in found
    ]


def difference(before: Iterable[Posting], after: Iterable[Posting], speaker: Speaker) -> list[Posting]:
    """Return what a correction posts: per site, kind, record and month, what is new less what was.

    The rows stand under the correction's own index; those of additions are kept apart by material.
    """
    total: dict[tuple[str, ...], Posting] = {}
    for sign, rows in ((-1, before), (1, after)):
        for row in rows:
            # A run has several additions, each of its own material; of all else it has one row of a kind.
            material = row.material if row.kind == "addition" else ""
            key = row.site, row.kind, row.record, row.period, row.day, material
            total[key] = _add(total.get(key), row, sign)
    return [
        row._replace(index=speaker.index, statement=speaker.statement)
        for row in total.values()
        if row.net or row.dry or row.mix
    ]


def _add(total: Posting | None, row: Posting, sign: int) -> Posting:
    if total is None:
        total = row._replace(net=0, dry=0, mix={})
    mix = dict(total.mix)
    for metal, split in row.mix.items():
        part = split if sign > 0 else subtract_split(NO_MASS, split)
        mix[metal] = add_split(mix.get(metal, NO_MASS), part)
    mix = {metal: split for metal, split in mix.items() if any(split)}
    return row._replace(net=total.net + sign * row.net, dry=total.dry + sign * row.dry, mix=mix)


def date(rows: Iterable[Posting], speaker: Speaker, at: str, book: MaterialBook) -> list[Posting]:
    """Return the postings with the months in which ``at`` falls at their sites; most are the speaker's own."""
    party, rules = speaker.party, speaker.rules
    own = month_of(party, at, rules)
    return [
        row._replace(period=own if row.site == party.id else month_of(book.parties.get(row.site), at, rules))
        for row in rows
    ]
