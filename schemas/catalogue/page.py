"""The page of codes: ``docs/codes.md``, written from the catalogue and from nothing else.

``python -m schemas.catalogue.page`` (``make codes``) writes it; a test holds it against
the catalogue. A further table is one more function in :data:`PARTS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from schemas.catalogue.faults import FAULTS
from schemas.catalogue.findings.codes import FindingCode
from schemas.catalogue.findings.sources import Source, source_in_words
from schemas.catalogue.findings.texts import TEXTS
from schemas.catalogue.findings.words import FindingText
from schemas.catalogue.refusals import REFUSALS, Refusal, RefusalCode
from schemas.catalogue.refusals.order import AVAILABLE, BEFORE, LAST, OF_EVENTS
from schemas.limits import SOURCES

PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "codes.md"

_HEAD = """# Codes

Written by `make codes` from `schemas/catalogue/`; not by hand. A code is public and stable, its sentence may be mended
at any time: `{name}` stands where a figure goes, and the end of its name is its unit (`_mg` is shown in kilograms).
"""

_FINDINGS = """What is odd is taken, with a finding. `{limit}` stands for the limit that was crossed, whichever of its
levels; what stands in brackets is left out where its figure is not there.
"""


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """Return a table of Markdown; a ``|`` in a cell is masked."""
    names = list(head)
    lines = [names, ["---"] * len(names), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


def refusals() -> str:
    """Return what the rules refuse: each code with its cases, and the order in which they are asked for."""
    rows = [_row(entry) for entry in REFUSALS.values()]
    parts = [
        "## Refusals\n",
        "The first that applies is the answer; nothing of a refused statement counts.\n",
        table(("code", "what it means, and what helps", "sentence, by case", "rests on"), rows),
        "### In which order\n",
        f"Of every statement: {_codes(BEFORE)}, then the event's own, then {_codes(LAST)} (ahead of the clock).\n",
        f"*Available*, of each lot that is used or moved: {_codes(AVAILABLE)}.\n",
        table(("event", "refusals of its own"), ((f"`{event}`", _order(codes)) for event, codes in OF_EVENTS.items())),
        "A correction meets besides what its replacement itself would have met.\n",
    ]
    return "\n".join(parts)


def findings() -> str:
    """Return what is taken but odd: each code with its severities and cases, and the sources of limits."""
    head = (
        "code",
        "what it means",
        "severity",
        "sentence, by case (what was found; what it is held against)",
        "limit of",
    )
    used = dict.fromkeys(source for text in TEXTS.values() for source in text.sources)
    limits = [(f"`{name}`", source_in_words(name)) for name in used if name in SOURCES]
    parts = [
        "## Findings\n",
        _FINDINGS,
        table(head, (_finding_row(code, text) for code, text in TEXTS.items())),
        "### Sources of limits\n",
        "The name of a limit (`schemas/limits.py`), or:\n",
        table(("source", "in words"), ((f"`{source}`", source_in_words(source)) for source in Source)),
        table(("limit", "rests on"), limits),
    ]
    return "\n".join(parts)


def faults() -> str:
    """Return what ``verify`` finds wrong in a file, beside the refusal that an entry would have met."""
    rows = ((f"`{code}`", meaning) for code, meaning in FAULTS.items())
    parts = [
        "## Faults of a file\n",
        "What `verify` finds. An entry that would have been refused has its refusal as a fault.\n",
        table(("code", "what it means"), rows),
    ]
    return "\n".join(parts)


PARTS: Final[tuple[Callable[[], str], ...]] = (refusals, findings, faults)
"""What the page holds, in order; each returns its own part, heading included."""


def page() -> str:
    """Return the whole page."""
    return "\n".join([_HEAD, *(part() for part in PARTS)])


def _row(entry: Refusal) -> tuple[str, ...]:
    said = "<br>".join(f"`{case}`: {text}" if case else text for case, text in entry.cases.items())
    return f"`{entry.code}`", entry.meaning, said or "the parser's", entry.source


def _finding_row(code: FindingCode, text: FindingText) -> tuple[str, ...]:
    said = "<br>".join(
        (f"`{case}`: " if case else "") + f"{words.sentence} ({words.figure}; {words.limit})"
        for case, words in text.cases.items()
    )
    return f"`{code}`", text.meaning, text.rule, said, ", ".join(f"`{source}`" for source in text.sources)


def _codes(codes: Iterable[RefusalCode]) -> str:
    return ", ".join(f"`{code}`" for code in codes)


def _order(codes: tuple[RefusalCode, ...]) -> str:
    """Return codes in their order, the checks of a lot in one word."""
    for at in range(len(codes)):
        if codes[at : at + len(AVAILABLE)] == AVAILABLE:
            return ", ".join(filter(None, (_codes(codes[:at]), "*available*", _codes(codes[at + len(AVAILABLE) :]))))
    return _codes(codes) or "none"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
