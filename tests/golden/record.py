"""Recording of ledgers: ``python -m tests.golden.record [NAME ...]``, from the top folder.

It was run once, by the commit before "versions, lists and one judgement", for the given
season, the demo's and ten random ones. Five of these (03, 04, 07, 08, 10) were signed anew
when an assay of a lot that was used in part came to count before that use: their closes
signed the figures of months that are others since. Statements that are there are never signed anew;
the answers of the ledgers that are named (all, where none is) are asked again and
replaced. A later version does that only when it asks more: where an answer changes on
purpose, :data:`tests.golden.comparing.ACCEPTED_DIFFERENCES` names it instead.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import Any

from api.demo.season import participants, season
from tests.golden.door import Door, throwaway_signer
from tests.golden.files import FOLDER, LEDGERS, Head, read_statements, write_answers, write_statements
from tests.golden.seasons import LIMITS, clock_after, named, season_of
from tests.golden.sender import Sender
from tests.season.every_event import OTHERS
from tests.world.parties import AUTHORITY

ORIGIN = "ledger.example.com/ace"
AFTER = 1_770_724_800
"""2026-02-10T12:00:00Z, after the given month and the demo's."""
COUNT = 260
SEASON = Path(__file__).parent.parent / "data" / "season"
SITES = ("GZB", "MUN", "TEX", "THA", "GLENCORE")
MONTHS = ("2025-12", "2026-01", "2026-02", "2026-03")
Question = list[Any]


def main(names: Iterable[str]) -> None:
    """Record ledgers, each from its statements where they are there."""
    for name in names or LEDGERS:
        if not (FOLDER / f"{name}.statements.jsonl.gz").exists():
            _sign(name)
        _answer(name)
        print(name, *((path.name, path.stat().st_size) for path in sorted(FOLDER.glob(f"{name}.*"))))


def _sign(name: str) -> None:
    """Make the statements of a ledger, and hand them in one by one."""
    count = COUNT if name.startswith("random") else 0
    seconds = clock_after(count) if count else AFTER
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with Door(folder, f"sqlite:///{folder / 'ledger.db'}", ORIGIN, seconds) as door:
            sender = Sender(door, name, ORIGIN, seconds)
            if count:
                _play(sender, int(name[-2:]), count)
            else:
                _send(sender, *_given() if name == "season" else _demo())
    write_statements(name, Head(ORIGIN, seconds, sender.genesis), sender.wires)


def _given() -> tuple[Iterable[Any], Iterable[Any]]:
    return (map(json.loads, (SEASON / file).open()) for file in ("participants.jsonl", "feed.jsonl"))  # type: ignore[return-value]


def _demo() -> tuple[Iterable[Any], Iterable[Any]]:
    month = season()
    return month.participants, month.feed


def _send(sender: Sender, parties: Iterable[Any], feed: Iterable[Any]) -> None:
    for line in parties:
        sender.register(line)
    for line in feed:
        chain, private = line.get("chain", "main"), line.get("private")
        sender.hand_in(line["issuer"], line["event"], line["occurred_at"], chain=chain, private=private)


def _play(sender: Sender, seed: int, count: int) -> None:
    """Play a random season, with odd submissions and the authority's events among its lines."""
    # LAB and CERT stand for LAB-ONE and CERT-ONE, of whose names theirs are the beginning.
    known = [line for line in participants() if not line["event"]["id"].endswith("-ONE")]
    for line in (*known, *({"event": event} for event in OTHERS)):
        event = line["event"] | ({"limits": LIMITS} if line["event"]["id"] == "THA" else {})
        sender.register({**line, "event": event})
    names: dict[str, str] = {}
    dice = Random(seed)
    for number, (line, place) in enumerate(season_of(seed).attempts(count)):
        event = named(line["event"], names)
        made = sender.hand_in(line["issuer"], event, line["occurred_at"])
        assert (made is None) == (place is None), (line, sender.outcomes[-1])
        if made is not None and place is not None:
            names[place] = made
        if number % 9 == 8:
            _odd(sender, line, dice)
        if number == count // 2:
            _about_keys(sender)


def _odd(sender: Sender, line: dict[str, Any], dice: Random) -> None:
    """Hand in something that is refused, or was taken before."""
    issuer, event, at = line["issuer"], line["event"], line["occurred_at"]
    ways: list[tuple[str, dict[str, Any], str, dict[str, Any]]] = [
        (issuer, event, at, {"link": (999, "ab" * 32)}),
        (issuer, event, at, {"signers": [throwaway_signer("ed25519", "a stranger")]}),
        ("NOBODY", event, at, {}),
        (issuer, event, "2027-01-01T00:00:00Z", {}),
        (issuer, {**event, "colour": "green"}, at, {}),
        (issuer, {**event, "type": "wedding"}, at, {}),
        (issuer, event, at, {"origin": "ledger.example.com/other"}),
        (issuer, {"type": "rules", "rules": 1}, at, {}),
    ]
    number = dice.randrange(1 + len(ways))
    if number == 0:
        sender.send(dice.choice(sender.wires))
        return
    who, what, when, how = ways[number - 1]
    sender.hand_in(who, what, when, **how)


def _about_keys(sender: Sender) -> None:
    """Say the rules again, rename a party, add a key to one, and revoke another's first one."""
    sender.hand_in(AUTHORITY, {"type": "rules", "rules": 1})
    sender.hand_in(AUTHORITY, {**OTHERS[0], "name": "The laboratory"})
    second = throwaway_signer("ed25519", "MUN again")
    assert sender.hand_in("MUN", sender.added("MUN", second)), sender.outcomes[-1]
    (first,) = sender.signers["MUN"]
    revoked = {"type": "key", "participant": "MUN", "action": "revoke", "keyid": first.public_key.keyid}
    assert sender.hand_in("MUN", {**revoked, "reason": "compromised", "since": "2026-01-08T00:00:00Z"})
    sender.signers["MUN"] = [second]


def _answer(name: str) -> None:
    """Replay the statements into a new ledger and ask it everything."""
    head, wires = read_statements(name)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with Door(folder, f"sqlite:///{folder / 'ledger.db'}", head.origin, head.clock) as door:
            outcomes = door.submit(wires)
            questions = list(_questions(name, door, 1 + max(row.get("index", 0) for row in outcomes)))
            answers = zip(questions, door.ask(questions), strict=True)
    write_answers(name, outcomes, answers)


def _questions(name: str, door: Door, size: int) -> Iterator[Question]:
    """Yield what is asked of a ledger: all lots as they stand, and some as they stood at two sizes."""
    (lots,) = door.ask([["lots"]])
    yield from (["lots"], ["findings"])
    yield from ([kind, lot] for lot in lots for kind in ("lot", "contributions"))
    # An answer about the past costs a fold, and two for each correction.
    step = 3 if name.startswith("random") else 25
    few = lots[::7] if name.startswith("random") else lots[::60]
    for number, at in enumerate((size // 3, size * 3 // 4)):
        then = [lot for lot in lots[number::step] if door.was_there(lot, at)]
        yield from ([kind, lot, at] for lot in then for kind in ("lot", "lot-findings"))
        yield from (["contributions", lot, at] for lot in then[::4])
        yield from (["balance", site, "2026-01", at] for site in SITES)
    yield from ([kind, lot] for lot in few for kind in ("recall", "rules"))
    for site in SITES:
        yield from ([kind, site, month] for month in MONTHS for kind in ("balance", "credits"))
        yield ["year", site, 2026]
        yield ["site-findings", site]
    yield from (["agreement", agreement] for agreement in door.agreements())


if __name__ == "__main__":
    main(sys.argv[1:])
