"""Findings are those of the version of their entry, its limits and codes; of a site, of the size that is asked for."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.materials.plausibility.reference.bounds import limits_of
from ledger.materials.plausibility.site.record import Site
from schemas.ids import PartyId
from schemas.rules.version import Rules
from schemas.versions import VERSION_1
from tests.admission.desk import INTAKE, Desk

CHANGE = {"type": "rules", "rules": 2}
HEAVY = {**INTAKE, "net_kg": "20000", "content_kg": {"Pb": "12000"}}


@pytest.fixture
def desk(version_2: Rules) -> Desk:
    """A ledger under version 1, with software that knows version 2."""
    return Desk()


def codes(desk: Desk, index: int) -> set[str]:
    """Return what was found on an entry, of the two codes that differ."""
    return {str(found.code) for found in desk.book.findings_of(index)} & {"delivery-mass", "no-weighing-document"}


def correct(desk: Desk, index: int, statement: str, replacement: dict[str, Any]) -> set[str]:
    """Correct a statement; return what is found on it now."""
    said = {"type": "correction", "statement": statement, "kind": "incorrect_data", "reason": "typing"}
    desk.take("MUN", {**said, "replacement": replacement})
    return codes(desk, index)


def test_an_entry_is_found_odd_by_its_own_version(desk: Desk) -> None:
    """Twenty tonnes are a usual delivery under version 1 and an odd one under version 2."""
    old = desk.take("MUN", HEAVY)
    desk.take("AUTHORITY", CHANGE)
    new = desk.take("MUN", {**HEAVY, "lot": "MUN-B-10"})
    assert codes(desk, old.index) == {"no-weighing-document"}
    assert codes(desk, new.index) == {"delivery-mass"}
    found = next(found for found in desk.book.findings_of(new.index) if found.code == "delivery-mass")
    assert found.limit == (("delivery_warn_kg", 10_000),)
    assert found.source == "delivery_warn_kg"


def test_a_replacement_is_found_odd_by_the_version_of_what_it_replaces(desk: Desk) -> None:
    """However late it is corrected; also twice."""
    old = desk.take("MUN", INTAKE)
    desk.take("AUTHORITY", CHANGE)
    new = desk.take("MUN", {**INTAKE, "lot": "MUN-B-10"})
    assert correct(desk, old.index, old.statement.id, HEAVY) == {"no-weighing-document"}
    assert correct(desk, new.index, new.statement.id, {**HEAVY, "lot": "MUN-B-10"}) == {"delivery-mass"}
    assert correct(desk, old.index, old.statement.id, {**HEAVY, "net_kg": "20001"}) == {"no-weighing-document"}


def test_a_limit_of_the_site_holds_under_both_and_is_named_as_the_sites(desk: Desk) -> None:
    """A limit that the authority set is compared with the version's own."""
    update = {"type": "participant", "id": "MUN", "name": "x", "roles": ["park"], "country": "IN", "identifiers": {}}
    desk.take("AUTHORITY", {**update, "limits": {"delivery_warn_kg": 15_000}})
    old = desk.take("MUN", HEAVY)
    desk.take("AUTHORITY", CHANGE)
    new = desk.take("MUN", {**HEAVY, "lot": "MUN-B-10"})
    sources = [
        found.source
        for index in (old.index, new.index)
        for found in desk.book.findings_of(index)
        if found.code == "delivery-mass"
    ]
    assert sources == ["site", "site"]


def test_a_site_is_judged_by_the_version_that_is_asked_for(desk: Desk, version_2: Rules) -> None:
    """Its own limits stand, the others are those of the version."""
    party = desk.book.parties[PartyId("MUN")]._replace(limits=(("handover_warn_ppm", 7_000),))
    for rules in (VERSION_1, version_2):
        limits = limits_of(Site(party, (), lambda _: None, lambda _: False, rules))
        assert limits.delivery_warn_kg == rules.limits.delivery_warn_kg
        assert limits.handover_warn_ppm == 7_000
