"""What was found on a lot goes along where a correction moves its metal into another output of its run.

What is made of a lot shows what was found on it by itself (:mod:`ledger.materials.standing`);
the sibling of a lot is not made of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from ledger.materials.events.attestation import as_attested
from ledger.materials.state.book import MaterialBook, Speaker
from ledger.materials.state.findings import NO_BOUND, find
from schemas.catalogue.findings.codes import FindingCode
from schemas.findings import Finding, severest
from schemas.ids import LotId


def find_faulted(
    moved: Iterable[tuple[LotId, LotId]], anew: Collection[int], speaker: Speaker, book: MaterialBook
) -> Iterator[Finding]:
    """Yield a finding for each lot whose metal goes into others though something was found on it.

    Args:
        moved: from which lot into which.
        anew: entries whose findings are judged anew by the correction itself.
        speaker: who corrects.
        book: the state before it.
    """
    into: dict[LotId, list[LotId]] = {}
    for source, target in moved:
        into.setdefault(source, []).append(target)
    for source, targets in into.items():
        found = [finding for finding in _weighty(source, anew, book) if not set(targets) <= set(finding.lots)]
        if not found:
            continue
        worst = found[0]
        for finding in found[1:]:
            worst = severest(worst, finding)
        codes = dict.fromkeys(finding.code for finding in found)
        yield find(
            FindingCode.FAULTED_METAL_MOVED, worst.severity, (("findings", len(found)),), NO_BOUND, speaker,
            lots=targets,
            about=(("site", speaker.party.id), ("lot", source), ("codes", ", ".join(list(codes)[:5]))),
        )  # fmt: skip


def _weighty(lot: LotId, anew: Collection[int], book: MaterialBook) -> Iterator[Finding]:
    """Yield what was found on a lot from ``medium`` on and is not settled."""
    for index in book.history.naming((lot,)):
        for finding in book.findings_of(index) if index not in anew else ():
            if lot not in finding.lots or finding.severity == "low":
                continue
            attested = as_attested(finding, book.attested.get(finding.statement) or ())
            is_settled = attested.word is not None and attested.word.verdict == "settled"
            if attested.finding.severity != "low" and not is_settled:
                yield attested.finding
