"""What is odd about papers: waste code, Basel code, black mass from the EU; one file that stands in two places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from ledger.materials.mass.months import day_of
from ledger.materials.plausibility.reference.bounds import limits_of, ppm_of
from ledger.materials.plausibility.reference.chemistry import CEILINGS, NICKEL
from ledger.materials.plausibility.reference.waste_codes import (
    BASEL,
    CHANGE,
    EU,
    OECD,
    WASTE_CODES,
)
from ledger.materials.state.book import Speaker
from ledger.materials.state.citations import FileUse
from ledger.materials.state.findings import NO_BOUND, Bound, find
from ledger.materials.state.records import Lot
from schemas.catalogue.findings.codes import FindingCode
from schemas.catalogue.findings.sources import Source
from schemas.codes import Metal, Severity
from schemas.documents import Document
from schemas.findings import Finding
from schemas.ids import LotId
from schemas.intake import Intake
from schemas.limits import Limits
from schemas.rules.characters import version_14

_BLACK_MASS_CODE = "191402"
_LIKE_BLACK_MASS = frozenset({"filter_cake", "other"})
_CATHODES = frozenset(CEILINGS) - NICKEL - {"lead_acid", "unknown"}


def find_in_papers(event: Intake, limits: Limits, speaker: Speaker) -> Iterator[Finding]:
    """Yield what is odd about the codes of a batch and its way across borders."""
    if event.waste_code is not None:
        yield from _waste_code(event, event.waste_code, speaker)
    if event.country in EU and speaker.party.country not in OECD:
        mass = event.dry_kg or event.net_kg
        kind = _kind(event.material, event.chemistry, mass, event.content_kg, limits)
        if event.waste_code is not None and _digits(event.waste_code) == _BLACK_MASS_CODE:
            kind = "high"
        if kind is not None:
            yield _export(event.lot, event.material, event.country, kind, speaker)
    if event.basel_code:
        yield from _basel(event, event.basel_code, speaker)


def find_cited_file(
    document: Document, sha256: str, used: FileUse, speaker: Speaker, lots: tuple[LotId, ...]
) -> Finding:
    """Return that a file stands in two places; ``low`` where it is another part of the same document, else ``medium``.

    Args:
        document: what cites the file.
        sha256: the file's hash, as hex.
        used: what cited it before.
        speaker: who cites it again.
        lots: the lots that this concerns.
    """
    name = (document.issuer, document.kind, document.number)
    return find(
        FindingCode.FILE_CITED_TWICE, "low" if used.document == name else "medium", (("sha256", sha256[:16]),),
        NO_BOUND, speaker, lots=lots,
        about=(
            ("document", document.kind), ("number", document.number),
            ("other_document", used.document[1]), ("other_number", used.document[2]),
        ),
    )  # fmt: skip


def find_export(
    lot: Lot, content: Mapping[Metal, int], countries: Iterable[str], speaker: Speaker
) -> Iterator[Finding]:
    """Yield where a receiver outside the OECD takes over black mass that comes from the EU.

    Args:
        lot: the lot as the book has it.
        content: its metals in mg.
        countries: where it was made, and where it came in from.
        speaker: the receiver.
    """
    kind = _kind(lot.material, lot.chemistry, lot.dry_or_net, content, limits_of(speaker))
    country = next((country for country in countries if country in EU), None)
    if kind is not None and country is not None:
        yield _export(lot.id, lot.material, country, kind, speaker)


def may_be_banned(lot: Lot, speaker: Speaker) -> bool:
    """Say whether it matters where a lot comes from: black mass, or what it goes by, outside the OECD."""
    return (lot.material == "black_mass" or lot.material in _LIKE_BLACK_MASS) and speaker.party.country not in OECD


def _kind(material: str, chemistry: str, mass: int, content: Mapping[Metal, int], limits: Limits) -> Severity | None:
    """Say how surely a material is black mass: by its name, or only by what it holds."""
    if material == "black_mass":
        return "high"
    if material not in _LIKE_BLACK_MASS or chemistry not in _CATHODES:
        return None
    found = ppm_of(sum(content.get(metal, 0) for metal in ("Li", "Ni", "Co")), mass)
    return "medium" if found > limits.like_black_mass_ppm else None


def _export(lot: LotId, material: str, country: str, severity: Severity, speaker: Speaker) -> Finding:
    is_named = severity == "high"
    return find(
        FindingCode.EU_BLACK_MASS, severity, (("from_country", country), ("to_country", speaker.party.country)),
        Bound((), Source.BLACK_MASS_BAN), speaker, lots=(lot,), case="" if is_named else "by_content",
        about=() if is_named else (("material", material),),
    )  # fmt: skip


@lru_cache(maxsize=1024)
def _digits(code: str) -> str:
    """Return a waste code without the signs that people put between and behind its digits."""
    return re.sub("[^0-9]", "", code)


def _waste_code(event: Intake, code: str, speaker: Speaker) -> Iterator[Finding]:
    lots, day = (event.lot,), day_of(speaker.party, speaker.occurred_at, speaker.rules)
    known = WASTE_CODES.get(_digits(code))
    if known is None:
        yield find(
            FindingCode.WASTE_CODE_UNKNOWN, "low", (("waste_code", code),), Bound((), Source.WASTE_LIST), speaker,
            lots=lots,
        )  # fmt: skip
        return
    in_eu = bool(EU & {event.country, speaker.party.country})
    # Outside the EU papers may carry a code of the new list before it holds there.
    if day >= known.end or (day < known.first and in_eu):
        severity: Severity = "medium" if in_eu else "low"
        yield find(
            FindingCode.WASTE_CODE_NOT_VALID, severity, (("waste_code", code), ("day", day)),
            Bound((("valid_from", known.first), ("valid_before", known.end)), Source.WASTE_LIST), speaker, lots=lots,
        )  # fmt: skip
    if event.material not in known.materials:
        yield find(
            FindingCode.WASTE_CODE_DOES_NOT_FIT, "medium", (("waste_code", code), ("material", event.material)),
            Bound((("materials", ", ".join(sorted(known.materials))),), Source.WASTE_LIST), speaker, lots=lots,
        )  # fmt: skip
    # Before the change no code distinguished waste of manufacture from used batteries.
    if day >= CHANGE and known.is_manufacturing is not None:
        yield from _contradiction(event, code, speaker, is_manufacturing=known.is_manufacturing)


def _contradiction(event: Intake, code: str, speaker: Speaker, *, is_manufacturing: bool) -> Iterator[Finding]:
    origins = {event.origin} if event.origin else {name for split in (event.origin_kg or {}).values() for name in split}
    wrong = "battery_post_consumer" if is_manufacturing else "battery_manufacturing"
    if wrong in origins:
        yield find(
            FindingCode.WASTE_CODE_CONTRADICTS_ORIGIN, "high" if is_manufacturing else "medium",
            (("origin", wrong), ("waste_code", code)), Bound((), Source.WASTE_LIST), speaker, lots=(event.lot,),
            case="manufacturing" if is_manufacturing else "used",
        )  # fmt: skip


def _basel(event: Intake, basel_code: str, speaker: Speaker) -> Iterator[Finding]:
    fitting = BASEL.get(event.material)
    codes = set(re.findall(r"[A-Z][0-9]+", version_14().upper(basel_code)))
    if fitting and not (codes and codes <= fitting):
        yield find(
            FindingCode.BASEL_CODE_DOES_NOT_FIT, "medium", (("basel_code", basel_code),),
            Bound((("basel_codes", ", ".join(sorted(fitting))),), Source.BASEL),
            speaker, lots=(event.lot,), about=(("material", event.material),),
        )  # fmt: skip
