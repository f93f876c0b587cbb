"""The table of schemes in ``docs/fraud.md``, written from the schemes as they are tried and from nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from schemas.codes import Severity
from tests.season.court import Court
from tests.season.schemes import (  # noqa: F401 - each enters its schemes
    along_the_way,
    analyses,
    batches,
    battery_lead,
    circles,
    claims,
    contents,
    corrections,
    holds,
    papers,
    parts,
    plant,
    repeats,
    returns,
    runs,
    stock,
    virgin,
    words,
)
from tests.season.schemes.registry import SCHEMES, Scheme

PAGE: Final = Path(__file__).parents[3] / "docs" / "fraud.md"
_HEAD: Final = "| scheme | what happens, and which check | code |\n|---|---|---|\n"
_TABLE: Final = re.compile(re.escape(_HEAD) + r"(?:\|[^\n]*\n)*")
_WORST_FIRST: Final[tuple[Severity, ...]] = ("high", "medium", "low")


def what_happens(scheme: Scheme) -> str | None:
    """Try a scheme; return how its code stops or shows it, ``None`` where it goes unseen."""
    court = Court()
    scheme.act(court)
    if scheme.code in court.refused:
        return "refused"
    found = {finding.severity for finding in court.verdicts() if finding.code == scheme.code}
    return next((f"finding, {severity}" for severity in _WORST_FIRST if severity in found), None)


def with_table(page: str) -> str:
    """Return the page with the table as the schemes are now."""
    before, after = _TABLE.split(page)
    return f"{before}{_HEAD}{''.join(_rows())}{after}"


def _rows() -> Iterator[str]:
    # By module, so that the order does not depend on which is imported first.
    for name, scheme in sorted(SCHEMES.items(), key=lambda item: item[1].act.__module__):
        yield f"| {name} | {what_happens(scheme) or 'unseen'}; {scheme.by} | `{scheme.code}` |\n"


if __name__ == "__main__":
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
