"""Settlements of content: within the book and the assays that they rest on."""

from __future__ import annotations

from typing import Any

import pytest

from tests.materials.yard import Yard
from tests.world.events import KG, assay, line, output, run


@pytest.fixture
def yard() -> Yard:
    """1,000 kg with 600 kg of lead, all of it post-consumer."""
    yard = Yard()
    yard.intake("MUN-B-1", 1000 * KG, {"Pb": 600 * KG})
    return yard


def settle(
    yard: Yard, content: str, *assays: dict[str, Any], net: str = "1000", metal: str = "Pb"
) -> list[tuple[str, dict[str, int | str]]]:
    """Send the batch to Glencore, which disputes it, analyses it and settles; return the findings of that."""
    yard.say("MUN", {"type": "dispatch", "shipment": "MUN-H-1", "to": "GLENCORE", "lots": [{"lot": "MUN-B-1"}]})
    row: dict[str, Any] = {"lot": "MUN-B-1", "decision": "disputed", "net_kg": net}
    yard.say("GLENCORE", {"type": "acceptance", "shipment": "MUN-H-1", "lots": [row]})
    named: list[str] = []
    for event in assays:
        named.append(f"{yard.index:064x}")
        yard.say("GLENCORE", event)
    row |= {"decision": "settled", "content_kg": {metal: content}, "assays": named}
    effects = yard.say("GLENCORE", {"type": "acceptance", "shipment": "MUN-H-1", "lots": [row]})
    return [
        (finding.case, dict(finding.figures))
        for finding in effects.findings
        if finding.code == "settlement-without-effect"
    ]


@pytest.mark.parametrize(
    ("content", "is_odd"),
    [("950", True), ("604", True), ("603", False), ("570", False), ("527.4", False), ("527", True)],
)
def test_a_settlement_lies_between_the_book_and_its_assays(yard: Yard, content: str, *, is_odd: bool) -> None:
    """600 kg in the book, 0.54 +- 0.01 found: from 530 to 600 kg, and half a percent for rounding."""
    found = settle(yard, content, assay("0.54", uncertainty="0.01"))
    assert bool(found) == is_odd
    if is_odd:
        assert yard.origins("MUN-B-1") == {"battery_post_consumer": 600 * KG}
        assert found[0][0] == "outside"
        assert found[0][1] | {"settled_mg": 0} == {
            "settled_mg": 0,
            "metal": "Pb",
            "from_mg": 527_350_000,
            "to_mg": 603 * KG,
        }


def test_a_settlement_is_on_the_receivers_own_weight(yard: Yard) -> None:
    """990 of 1,000 kg arrived: 54 % of these."""
    assert settle(yard, "534.6", assay("0.54"), net="990") == []


def test_a_settlement_names_an_assay_of_each_of_its_metals(yard: Yard) -> None:
    """Lead was looked for, tin is settled."""
    assert settle(yard, "5", assay("0.54"), metal="Sn") == [("not_looked_for", {"metal": "Sn"})]


def test_an_uncertainty_without_bounds_does_not_settle_anything(yard: Yard) -> None:
    """0.54 +- 0.5 leaves a tenth of it open."""
    assert settle(yard, "700", assay("0.54", uncertainty="0.5")) != []


def test_a_settlement_above_all_that_a_run_took_is_found(yard: Yard) -> None:
    """590 of 600 kg were put out, and the receiver's own assay finds 700: 100 kg are of nowhere."""
    yard.say("MUN", run("MUN-R-1", [line("MUN-B-1", 1000 * KG)], [output("MUN-L-1", 1000 * KG, {"Pb": 590 * KG})]))
    yard.say("MUN", {"type": "dispatch", "shipment": "MUN-H-1", "to": "GLENCORE", "lots": [{"lot": "MUN-L-1"}]})
    row: dict[str, Any] = {"lot": "MUN-L-1", "decision": "disputed", "net_kg": "1000"}
    yard.say("GLENCORE", {"type": "acceptance", "shipment": "MUN-H-1", "lots": [row]})
    yard.say("GLENCORE", assay("0.7", "MUN-L-1"))
    row |= {"decision": "settled", "content_kg": {"Pb": "700"}, "assays": [f"{yard.index - 1:064x}"]}
    effects = yard.say("GLENCORE", {"type": "acceptance", "shipment": "MUN-H-1", "lots": [row]})
    assert ("gain-by-assay", "high") in {(finding.code, finding.severity) for finding in effects.findings}
    assert yard.origins("MUN-L-1") == {"battery_post_consumer": 600 * KG, "unknown": 100 * KG}
