"""An assay of a lot that its park used already: it counts before that use, and what was made is folded anew.

Final results come weeks after the batch went in. Where the lot never left the park, the
assay governs as if it had come just before the first run that took of the lot
(:mod:`ledger.materials.history.fold_order`), by its own rules of stage and mass. What the
outputs were stated to hold stays: the difference is loss, gain or shortfall of the runs.

Plan:

1. It is possible: the check of every assay.
2. The closure of its lots is folded without and with it, as for a correction.
3. What differs is the effect. Lots that are answered otherwise name the assay, but for those
   of its lots that were not used: for these it is an assay like any other.
"""

from __future__ import annotations

from ledger.materials.corrections.difference import let_in_difference, note_after_dispatch
from ledger.materials.corrections.two_folds import TwoFolds
from ledger.materials.corrections.withdrawn_findings import Change
from ledger.materials.moves.postings import difference
from ledger.materials.registry import kind_of
from ledger.materials.state.book import Speaker
from ledger.materials.state.ground import Ground
from ledger.materials.state.layer import Layer
from schemas.catalogue.findings.codes import FindingCode
from schemas.catalogue.refusals import RefusalCode
from schemas.events import MaterialEvent
from schemas.findings import Finding
from schemas.refusal import RefusedError


def let_in_late(event: MaterialEvent, speaker: Speaker, layer: Layer) -> None:
    """Let an assay of lots that were used already count before their use.

    Args:
        event: the assay.
        speaker: whose word it is.
        layer: the state before it, with the entries behind it; gets what it changes.

    Raises:
        RefusedError: what an assay meets; ``content-exceeds-net`` also of what the lots held before their use.
        MalformedError: as for every assay.
    """
    book, effects, kind = layer.book, layer.effects, kind_of(event)
    kind.check(event, speaker, Ground(layer))
    folds = TwoFolds(tuple(filter(layer.knows, event.named_lots())), speaker.logged(event), layer)
    change = Change(speaker.statement, in_words=False, after_use=True)
    let_in_difference(folds, change, speaker, book, effects)
    own = effects.anew.pop(speaker.index, ())
    _demand_room(own, speaker)
    for name in folds.named - kind.reaches_back(event, speaker, layer):
        if name in effects.lots and (known := book.lots.get(name)) is not None:
            effects.lots[name] = effects.lots[name]._replace(corrections=known.corrections)
    effects.findings.extend(own)
    effects.postings.extend(difference(folds.before.postings, folds.after.postings, speaker))
    note_after_dispatch((event.type,), effects, speaker)
    kind.record(event, speaker, layer)


def _demand_room(found: tuple[Finding, ...], speaker: Speaker) -> None:
    """Refuse what no lot can hold: of other lots the check saw it, of these the fold found it."""
    for finding in found:
        if finding.code is FindingCode.ASSAY_WITHOUT_EFFECT and finding.statement == speaker.statement:
            figures = dict((*finding.figures, *finding.limit))
            raise RefusedError(
                RefusalCode.CONTENT_EXCEEDS_NET, "assay_net", lot=finding.lots[0], limit_mg=figures["weight_mg"],
                content_mg=figures["metals_mg"], collides_with=finding.lots[0],
            )  # fmt: skip
