"""How a finding is put together: whose limit it is held against, and whether its code is in force."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ledger.materials.state.book import Speaker
from ledger.materials.state.findings import NO_BOUND, Bound, find, in_force
from schemas.catalogue.findings.codes import FindingCode
from schemas.catalogue.findings.sources import Source
from schemas.ids import LotId, PartyId, StatementId
from schemas.party import Party
from schemas.versions import VERSION_1

RULES_OWN = VERSION_1.limits.delivery_warn_kg


def speaker(limits: tuple[tuple[str, int], ...] = ()) -> Speaker:
    """Return a park with limits of its own."""
    party = Party(PartyId("MUN"), "MUN", ("park",), "IN", StatementId("0" * 64), limits=limits)
    return Speaker(party, "2026-01-05T06:00:00Z", 7, StatementId("ab" * 32), VERSION_1)


@pytest.mark.parametrize(
    ("own", "held_against", "source"),
    [
        (None, RULES_OWN, "delivery_warn_kg"),
        (RULES_OWN, RULES_OWN, "delivery_warn_kg"),
        (15_000, 15_000, Source.SITE),
        (15_000, RULES_OWN, "delivery_warn_kg"),
    ],
)
def test_a_limit_that_the_authority_set_for_the_site_is_named_so(
    own: int | None, held_against: int, source: str
) -> None:
    """Only where it is another than that of the rules, and the one that the figures were held against."""
    limits = () if own is None else (("delivery_warn_kg", own),)
    bound = Bound((("delivery_warn_kg", held_against),), "delivery_warn_kg")
    found = find(FindingCode.DELIVERY_MASS, "medium", (("net_kg", 1),), bound, speaker(limits), [LotId("MUN-B-1")])
    assert found.source == source
    assert found.limit == bound.figures


def test_a_finding_is_of_its_entry_and_its_lots() -> None:
    """Index and statement are those of who spoke; what holds in words has no figures."""
    found = find(
        FindingCode.NO_WEIGHING_DOCUMENT,
        "low",
        (),
        NO_BOUND,
        speaker(),
        {LotId("MUN-B-1"): None, LotId("MUN-B-2"): None},
    )
    assert (found.index, found.statement) == (7, "ab" * 32)
    assert found.lots == ("MUN-B-1", "MUN-B-2")
    assert (found.limit, found.source) == ((), Source.OWN_ENTRIES)


def test_a_code_that_the_rules_do_not_know_is_dropped() -> None:
    """Every other finding stays, in its order."""
    codes = (FindingCode.DELIVERY_MASS, FindingCode.NO_WEIGHING_DOCUMENT)
    found = [find(code, "low", (), NO_BOUND, speaker(), [LotId("MUN-B-1")]) for code in codes]
    assert in_force(found, VERSION_1) == found
    fewer = replace(VERSION_1, findings=VERSION_1.findings - {FindingCode.DELIVERY_MASS})
    assert in_force(found, fewer) == found[1:]
