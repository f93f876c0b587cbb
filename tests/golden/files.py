"""Recordings on disk: gzip'd JSON Lines, the same bytes for the same content.

``NAME.statements.jsonl.gz``: a line with origin, clock and genesis id, then each
submission in the order in which it was handed in, the refused ones too. Payload and event
stand as the texts that they are; an event that is no UTF-8 stands in base64.

``NAME.answers.jsonl.gz``: what became of each submission, one line; then a question and
its answer a line.
"""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

FOLDER = Path(__file__).parent.parent / "data" / "golden"
RANDOM = tuple(f"random-{seed:02d}" for seed in range(1, 11))
LEDGERS = ("season", "demo", *RANDOM)
Json = Any


class Head(NamedTuple):
    """What a replay needs beside the submissions: ``clock`` is Unix time in seconds."""

    origin: str
    clock: int
    genesis: str


class Recorded(NamedTuple):
    """A recorded ledger: submissions in their wire form, what became of them, questions with answers."""

    head: Head
    wires: list[bytes]
    outcomes: list[Json]
    answers: list[tuple[Sequence[Json], Json]]


def read(name: str) -> Recorded:
    """Return a recording."""
    first, *lines = _load(FOLDER / f"{name}.statements.jsonl.gz")
    outcomes, *answers = _load(FOLDER / f"{name}.answers.jsonl.gz")
    return Recorded(Head(**first), [_wire(line) for line in lines], outcomes, [(row[0], row[1]) for row in answers])


def write_statements(name: str, head: Head, wires: Iterable[bytes]) -> None:
    """Write the submissions of a ledger."""
    _save(FOLDER / f"{name}.statements.jsonl.gz", [head._asdict(), *map(_texts, wires)])


def write_answers(name: str, outcomes: list[Json], answers: Iterable[tuple[Sequence[Json], Json]]) -> None:
    """Write what became of the submissions, and the answers."""
    _save(FOLDER / f"{name}.answers.jsonl.gz", [outcomes, *answers])


def read_statements(name: str) -> tuple[Head, list[bytes]]:
    """Return the submissions of a ledger alone."""
    first, *lines = _load(FOLDER / f"{name}.statements.jsonl.gz")
    return Head(**first), [_wire(line) for line in lines]


def _load(path: Path) -> list[Json]:
    return [json.loads(line) for line in gzip.decompress(path.read_bytes()).splitlines()]


def _save(path: Path, lines: Iterable[Json]) -> None:
    text = "".join(f"{json.dumps(line, separators=(',', ':'))}\n" for line in lines)
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def _texts(wire: bytes) -> Json:
    """Return a submission with payload and event as texts, which a compressor can do more with."""
    members = json.loads(wire)
    envelope = members["envelope"]
    envelope["payload"] = base64.b64decode(envelope["payload"]).decode()
    event = base64.b64decode(members["event"])
    try:
        members["event"] = event.decode()
    except UnicodeDecodeError:
        members["event_base64"] = members.pop("event")
    return members


def _wire(members: Json) -> bytes:
    """Return the wire form again; its bytes around the signed ones are of no account."""
    envelope = members["envelope"]
    envelope["payload"] = base64.b64encode(envelope["payload"].encode()).decode()
    if "event_base64" in members:
        members["event"] = members.pop("event_base64")
    else:
        members["event"] = base64.b64encode(members["event"].encode()).decode()
    return json.dumps(members).encode()
