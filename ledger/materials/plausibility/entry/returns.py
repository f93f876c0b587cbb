"""What is odd about a customer's return: that it is one, and that its lot, after a correction, had not left."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.materials.plausibility.entry.intakes import find_in_delivery
from ledger.materials.state.book import Speaker
from ledger.materials.state.findings import NO_BOUND, Bound, find
from ledger.materials.state.layer import Layer
from schemas.catalogue.figures import Figures
from schemas.catalogue.findings.codes import FindingCode
from schemas.findings import Finding
from schemas.ids import LotId
from schemas.intake import Intake


def find_in_return(event: Intake, name: LotId, speaker: Speaker, layer: Layer) -> Iterator[Finding]:
    """Yield what is odd about a return.

    Args:
        event: the intake.
        name: the lot of which it brings a part back.
        speaker: who took it back.
        layer: the state before it, with what it changed.
    """
    site, lot = speaker.party.id, layer.book.lots.get(name)
    if lot is None:
        return
    about: Figures = (("site", site), ("lot", name))
    yield find(
        FindingCode.CUSTOMER_RETURN, "medium", (("returned_mg", event.net_kg),), Bound((("left_mg", lot.net),)),
        speaker, lots=(event.lot,), about=about,
    )  # fmt: skip
    if lot.status not in ("left", "returned") or lot.holder != site:
        yield find(
            FindingCode.RETURN_CONTRADICTED, "high", (("status", lot.status), ("holder", lot.holder)), NO_BOUND,
            speaker, lots=(event.lot,), about=about,
        )  # fmt: skip
    if event.lot in layer.effects.lots and speaker.statement in layer.effects.lots[event.lot].shortfalls:
        short = sum(taken.short for run in layer.effects.runs.values() for taken in run.inputs)
        yield find(
            FindingCode.SHORTFALL, "high", (("short_mg", short),), NO_BOUND, speaker, lots=(event.lot,),
            case="returned", about=(("site", site),),
        )  # fmt: skip
    yield from find_in_delivery(event, speaker)
