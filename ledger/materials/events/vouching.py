"""A certifier's word on a supplier's waste: where it comes from, and what it holds for.

A trader of sheet cuttings brings lead as pure as refined, week by week; a certifier who
has been there settles that once, for the materials it saw and until a day. The word holds
at the site where it was given, since a digest of a supplier means nothing elsewhere.
"""

from __future__ import annotations

from ledger.materials.mass.months import day_of
from ledger.materials.state.book import MaterialBook, Speaker
from ledger.materials.state.layer import Layer
from ledger.materials.state.records import Attested
from schemas.attestation import Attestation
from schemas.catalogue.findings.codes import FindingCode
from schemas.catalogue.refusals import RefusalCode
from schemas.findings import mark_of
from schemas.ids import StatementId
from schemas.intake import Intake
from schemas.refusal import RefusedError

VOUCHED_CODES = frozenset({FindingCode.PURER_THAN_WASTE, FindingCode.ORIGIN_DOES_NOT_FIT})
"""Findings on what a supplier's waste is; all others are on a delivery, and are looked into one by one."""


def check_supplier(event: Attestation, book: MaterialBook) -> None:
    """Demand a word on what the waste of a supplier is, given on an intake of that supplier.

    Raises:
        RefusedError: ``unknown-statement`` for a statement that is no such intake,
            ``unknown-finding`` for a code that is none of :data:`VOUCHED_CODES`.
    """
    logged = book.history.logged_of(event.statement)
    stands = logged.event.stands() if logged is not None else ()
    if not any(isinstance(said, Intake) and said.supplier == event.supplier for said in stands):
        raise RefusedError(RefusalCode.UNKNOWN_STATEMENT, "supplier", statement=event.statement)
    for code in event.codes:
        if code not in VOUCHED_CODES:
            codes = ", ".join(sorted(VOUCHED_CODES))
            raise RefusedError(RefusalCode.UNKNOWN_FINDING, codes=codes, given=code, collides_with=event.statement)


def vouch(event: Attestation, word: Attested, layer: Layer) -> None:
    """Keep the word for what the supplier brings from now on, where it names one."""
    logged = layer.book.history.logged_of(event.statement)
    if event.supplier is None or logged is None:
        return
    key = _key_of(event.supplier)
    held = word._replace(
        figures=(), site=logged.issuer, materials=tuple(event.materials or ()), until=event.until or ""
    )
    layer.effects.attested[key] = (*(layer.book.attested.get(key) or ()), held)


def heed_words(event: Intake, speaker: Speaker, layer: Layer) -> None:
    """Let what certifiers said of a supplier's waste stand beside the findings on a delivery of it."""
    found = [finding for finding in layer.effects.findings if finding.code in VOUCHED_CODES]
    if event.supplier is None or not found:
        return
    day = day_of(speaker.party, speaker.occurred_at, speaker.rules)
    words = tuple(
        word._replace(
            site="", materials=(), until="", index=speaker.index,
            figures=tuple((finding.code, mark_of(finding.figures)) for finding in found if finding.code in word.codes),
        )
        for word in layer.book.attested.get(_key_of(event.supplier)) or ()
        if word.site == speaker.party.id and event.material in word.materials and day <= word.until
    )  # fmt: skip
    if words:
        layer.effects.attested[speaker.statement] = words


def _key_of(supplier: str) -> StatementId:
    """Return the key under which words on a supplier are kept."""
    return StatementId(supplier)
