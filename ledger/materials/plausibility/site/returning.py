"""Metal that comes back: ids of the ledger's own lots on the papers of new waste."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ledger.materials.plausibility.site.record import Said, Site
from ledger.materials.state.findings import NO_BOUND, find
from schemas.catalogue.findings.codes import FindingCode
from schemas.findings import Finding
from schemas.ids import LotId
from schemas.intake import Intake
from schemas.limits import Limits
from schemas.rules.characters import version_14

_PARTS = 5
_LENGTH = 20
_WORDS = 60


def find_returning(site: Site, limits: Limits) -> Iterator[Finding]:  # noqa: ARG001
    """Yield where the papers or the description of waste name a lot: as their number, or among other words."""
    for said, event in site.intakes():
        if event.reason == "customer_return":
            continue
        seen = {event.lot}
        for where, text in _texts(event):
            for name in _ids_in(text):
                if name not in seen and site.is_lot(name):
                    seen.add(name)
                    is_number = where != "description" and _folded(text) == name
                    yield find(
                        FindingCode.LOT_COMES_BACK_AS_WASTE, "high" if is_number else "medium", (("lot", name),),
                        NO_BOUND, said.speaker(site), lots=(event.lot, name),
                        about=(("batch", event.lot), ("where", where)),
                    )  # fmt: skip


def ids_in_papers(said: Iterable[Said]) -> set[LotId]:
    """Return all that may be the id of a lot in the papers of intakes, to be looked up at once."""
    batches = (batch for row in said if (batch := row.batch) is not None)
    return {name for event in batches for _, text in _texts(event) for name in _ids_in(text)}


def _texts(event: Intake) -> Iterator[tuple[str, str]]:
    for document in event.documents:
        yield document.kind, document.number
        if document.part is not None:
            yield "part", document.part
        if document.description is not None:
            yield "description", document.description
    if event.description is not None:
        yield "description", event.description


def _folded(text: str) -> str:
    return "-".join(re.findall("[A-Z0-9]+", version_14().upper(text)))


def _ids_in(text: str) -> Iterator[LotId]:
    """Yield what may be an id, whatever stands between its parts: ``mun l 1``, ``MUN_L_1/26``."""
    parts = re.findall("[A-Z0-9]+", version_14().upper(text))[:_WORDS]
    for at in range(len(parts)):
        for count in range(2, _PARTS + 1):
            name = "-".join(parts[at : at + count])
            if at + count <= len(parts) and len(name) <= _LENGTH:
                yield LotId(name)
