"""What is odd about papers that are cited again: one paper in two spellings, or for more than it says.

A once-only document to the letter is refused within a party
(:mod:`ledger.materials.events.documents`). All else that may be one paper is found here:
by normal form within a party and between parties, and by kind, number and day under
another issuer. Between parties a finding says only that papers agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ledger.materials.mass.months import days_apart
from ledger.materials.plausibility.reference.bounds import MILLION, bound_of, limits_of, ppm_of
from ledger.materials.state.book import Speaker
from ledger.materials.state.citations import CitationUse
from ledger.materials.state.findings import NO_BOUND, find
from schemas.catalogue.figures import Figures
from schemas.catalogue.findings.codes import FindingCode
from schemas.codes import Severity
from schemas.findings import Finding
from schemas.ids import LotId
from schemas.limits import Limits
from schemas.quantity import MG_PER_KG
from schemas.rules.normal_form import normal_form

_YEAR = 366
"""Numbers begin anew each year."""

_DAYS = 3
_WEIGHT: dict[Severity, int] = {"low": 0, "medium": 1, "high": 2}
_DIGEST = re.compile("[0-9a-f]{64}")


def find_same_paper(
    use: CitationUse, earlier: Iterable[CitationUse], speaker: Speaker, lots: tuple[LotId, ...]
) -> Iterator[Finding]:
    """Yield the worst of what says that a paper was cited before: in another spelling, or by another party.

    Args:
        use: the paper as it is cited now.
        earlier: how other statements cite what has the same normal form.
        speaker: who cites it now.
        lots: what it is about.
    """
    limits = limits_of(speaker)
    alike = [(_severity(use, used, limits), used) for used in earlier if _may_be_one(use, used)]
    if not alike:
        return
    severity, used = max(alike, key=lambda row: (_WEIGHT[row[0]], row[1].issuer == use.issuer))
    document = use.document
    about: Figures = (("document", document.kind),)
    if used.issuer == use.issuer:
        yield find(
            FindingCode.SLIP_NUMBERS_ALIKE, severity, (("number", document.number),), NO_BOUND, speaker,
            lots=_both(lots, used), case="own",
            about=(*about, ("lot", use.lot), ("other_lot", used.lot), ("other_number", used.document.number)),
        )  # fmt: skip
    else:
        yield find(
            FindingCode.SLIP_NUMBERS_ALIKE, severity, (("number", document.number),), NO_BOUND, speaker, lots=lots,
            case="parties", about=(*about, ("lot", use.lot)),
        )  # fmt: skip


def find_same_number(
    use: CitationUse, earlier: Iterable[CitationUse], speaker: Speaker, lots: tuple[LotId, ...]
) -> Iterator[Finding]:
    """Yield where the same kind, number and day was cited under another issuer, which may be the same under a digest.

    Two issuers by name are two, but where one party cites both for loads of one mass.

    Args:
        use: the paper as it is cited now.
        earlier: how others cite the same kind, number and day.
        speaker: who cites it now.
        lots: what it is about.
    """
    limits, document = limits_of(speaker), use.document
    issuer = normal_form(document.issuer)
    for used in earlier:
        if normal_form(used.document.issuer) == issuer or used.statement == use.statement:
            continue
        if is_digest(document.issuer) or is_digest(used.document.issuer):
            is_own = used.issuer == use.issuer
            yield find(
                FindingCode.SLIP_NUMBERS_ALIKE, "medium", (("number", document.number),), NO_BOUND, speaker,
                lots=_both(lots, used) if is_own else lots, case="digest",
                about=(("document", document.kind), ("lot", use.lot)),
            )  # fmt: skip
            return
        if used.issuer == use.issuer and _is_one_mass(use, used, limits):
            yield find(
                FindingCode.SLIP_NUMBERS_ALIKE, "high", (("number", document.number),), NO_BOUND, speaker,
                lots=_both(lots, used), case="issuer",
                about=(("document", document.kind), ("lot", use.lot), ("other_lot", used.lot),
                       ("issuer", document.issuer), ("other_issuer", used.document.issuer)),
            )  # fmt: skip
            return


def find_heavier(
    use: CitationUse, earlier: Iterable[CitationUse], speaker: Speaker, lots: tuple[LotId, ...]
) -> Iterator[Finding]:
    """Yield where all that came in, or left, under one paper and its parts weighs more than it says.

    Args:
        use: the paper as it is cited now.
        earlier: how it was cited before, by whomever.
        speaker: who cites it now.
        lots: what it is about.
    """
    uses = [used for used in earlier if used.sends == use.sends and _may_be_dated_alike(use, used)]
    said = [used.says for used in (*uses, use) if used.says]
    if not said or not use.net:
        return
    says, limits = min(said), limits_of(speaker)
    # One statement that cites two parts of a paper weighs once.
    weighed = {used.statement: used.net for used in (*uses, use)}
    total = sum(weighed.values())
    step = max(_step(one, limits) for one in (*uses, use))
    slack = max(says * limits.paper_excess_high_ppm // MILLION, 2 * step)
    if total > says + slack:
        yield find(
            FindingCode.HEAVIER_THAN_PAPER, "high", (("mass_mg", total), ("off_ppm", ppm_of(total - says, says))),
            bound_of(limits, "paper_excess_high_ppm", ("net_mg", says)), speaker, lots=lots,
            about=(("lot", use.lot), ("document", use.document.kind), ("number", use.document.number)),
        )  # fmt: skip


def find_held_paper(use: CitationUse, holder: str, speaker: Speaker, lots: tuple[LotId, ...]) -> Finding:
    """Return that a paper is cited again which somebody holds: the hold names the lots that were known by then.

    Args:
        use: the paper as it is cited now.
        holder: who holds it.
        speaker: who cites it now.
        lots: what it is about.
    """
    return find(
        FindingCode.HELD_PAPER_CITED, "high", (("number", use.document.number),), NO_BOUND, speaker, lots=lots,
        about=(("lot", use.lot), ("document", use.document.kind), ("holder", holder)),
    )  # fmt: skip


def is_digest(issuer: str) -> bool:
    """Say whether an issuer stands on a paper as a digest, so that it may be any name."""
    return _DIGEST.fullmatch(issuer) is not None


def _both(lots: tuple[LotId, ...], used: CitationUse) -> tuple[LotId, ...]:
    return tuple(dict.fromkeys((*lots, *((LotId(used.lot),) if used.lot else ()))))


def _may_be_one(use: CitationUse, used: CitationUse) -> bool:
    """Say whether two citations are not by their own words two: parts of one paper, or of two years."""
    parts = use.document.part, used.document.part
    return _may_be_dated_alike(use, used) and not (all(parts) and normal_form(parts[0]) != normal_form(parts[1]))


def _may_be_dated_alike(use: CitationUse, used: CitationUse) -> bool:
    return days_apart(use.date, used.date) <= _YEAR


def _severity(use: CitationUse, used: CitationUse, limits: Limits) -> Severity:
    signs = _is_one_mass(use, used, limits) + (days_apart(use.date, used.date) <= _DAYS)
    return "high" if signs == 2 else "medium" if signs else "low"


def _is_one_mass(use: CitationUse, used: CitationUse, limits: Limits) -> bool:
    """Say whether a scale shows two loads as one mass."""
    is_weighed = use.net > 0 and used.net > 0
    return is_weighed and abs(use.net - used.net) <= max(_step(use, limits), _step(used, limits))


def _step(use: CitationUse, limits: Limits) -> int:
    """Return the interval of the scale that weighed a load, in mg; the limit where none is registered."""
    return use.step or limits.scale_step_kg * MG_PER_KG
