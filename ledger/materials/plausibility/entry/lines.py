"""What is odd about the line that a run names, or does not name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ledger.materials.mass.months import day_of
from ledger.materials.plausibility.reference.chemistry import CEILINGS, NICKEL
from ledger.materials.state.book import Speaker
from ledger.materials.state.findings import Bound, find
from ledger.materials.state.records import Lot
from schemas.catalogue.findings.codes import FindingCode
from schemas.findings import Finding
from schemas.ids import LotId
from schemas.party import PlantLine
from schemas.transformation import Transformation

POWERED = frozenset(
    {"breaking", "shredding", "pyrolysis", "smelting", "remelting", "electrowinning", "leaching", "solvent_extraction",
     "crystallisation", "drying", "refining", "paste_treatment", "desulphurising", "precipitation", "separation"}
)  # fmt: skip
"""Processes that need a plant and its electricity."""

_FEEDS: dict[str, frozenset[str]] = {
    "lead_acid": frozenset(
        {"lead_acid_battery", "lead_scrap", "lead_paste", "desulphurised_paste", "lead_dross", "lead_oxide",
         "lead_bullion", "refined_lead", "lead_alloy"}
    ),
    "lithium_ion": frozenset({"lithium_ion_battery", "electrode_scrap", "black_mass"}),
}  # fmt: skip
_FEED_OF = {material: feed for feed, materials in _FEEDS.items() for material in materials}
_LITHIUM = frozenset(CEILINGS) - NICKEL - {"lead_acid", "mixed", "unknown"}


def feed_of(material: str, chemistry: str) -> str | None:
    """Return the feed that a material is, by its name or else its chemistry; ``None`` where neither says."""
    feed = _FEED_OF.get(material)
    if feed is None and chemistry == "lead_acid":
        return "lead_acid"
    return "lithium_ion" if feed is None and chemistry in _LITHIUM else feed


def find_in_line(event: Transformation, inputs: Mapping[LotId, Lot], speaker: Speaker) -> Iterable[Finding]:
    """Return where a run names no line, an unknown one, one for another feed, or one that was not built yet."""
    if event.line is None:
        return _unnamed(event, inputs, speaker) if speaker.party.lines and event.process in POWERED else ()
    for line in speaker.party.lines:
        if line.line == event.line:
            break
    else:
        return _unknown(event, event.line, speaker)
    # No zone is a day away from UTC: only around the first day need the calendar be asked.
    if event.started_at[:10] > line.commissioned_on and all(
        _FEED_OF.get(lot.material) == line.feed for lot in inputs.values()
    ):
        return ()
    outputs = tuple(output.lot for output in event.outputs)
    return [*_too_early(event, line, speaker, outputs), *_feed(event, line, inputs, speaker, outputs)]


def _unnamed(event: Transformation, inputs: Mapping[LotId, Lot], speaker: Speaker) -> Iterator[Finding]:
    outputs = tuple(output.lot for output in event.outputs)
    yield find(
        FindingCode.NO_LINE, "low", (), _registered(speaker), speaker, lots=outputs,
        about=(("run", event.run), ("process", event.process), ("site", speaker.party.id)),
    )  # fmt: skip
    yield from _before_all(event, inputs, speaker, outputs)


def _registered(speaker: Speaker) -> Bound:
    return Bound((("lines", ", ".join(line.line for line in speaker.party.lines) or "none"),))


def _unknown(event: Transformation, name: str, speaker: Speaker) -> Iterator[Finding]:
    yield find(
        FindingCode.UNKNOWN_LINE, "medium", (("line", name),), _registered(speaker),
        speaker, lots=(output.lot for output in event.outputs), about=(("run", event.run), ("site", speaker.party.id)),
    )  # fmt: skip


def _before_all(
    event: Transformation, inputs: Mapping[LotId, Lot], speaker: Speaker, outputs: tuple[LotId, ...]
) -> Iterator[Finding]:
    """Whatever line it was: none for this feed was built yet."""
    feeds = {feed_of(lot.material, lot.chemistry) for lot in inputs.values()}
    first = min((line.commissioned_on for line in speaker.party.lines if line.feed in feeds), default="")
    if event.started_at[:10] <= first and day_of(speaker.party, event.started_at, speaker.rules) < first:
        yield find(
            FindingCode.OUTPUT_BEFORE_COMMISSIONING, "medium", (("started_at", event.started_at),),
            Bound((("commissioned_on", first),)), speaker, lots=outputs, case="any_line",
            about=(("run", event.run), ("site", speaker.party.id)),
        )  # fmt: skip


def _too_early(
    event: Transformation, line: PlantLine, speaker: Speaker, outputs: tuple[LotId, ...]
) -> Iterator[Finding]:
    day = day_of(speaker.party, event.started_at, speaker.rules)
    if day < line.commissioned_on:
        yield find(
            FindingCode.OUTPUT_BEFORE_COMMISSIONING, "high", (("day", day),),
            Bound((("commissioned_on", line.commissioned_on),)), speaker, lots=outputs,
            about=(("run", event.run), ("line", line.line)),
        )  # fmt: skip


def _feed(
    event: Transformation, line: PlantLine, inputs: Mapping[LotId, Lot], speaker: Speaker, outputs: tuple[LotId, ...]
) -> Iterator[Finding]:
    for lot in inputs.values():
        feed = feed_of(lot.material, lot.chemistry)
        if feed is not None and feed != line.feed:
            yield find(
                FindingCode.LINE_FEED_DIFFERS, "medium", (("material", lot.material), ("feed", feed)),
                Bound((("line_feed", line.feed),)), speaker, lots=outputs,
                about=(("run", event.run), ("lot", lot.id), ("line", line.line)),
            )  # fmt: skip
            return
