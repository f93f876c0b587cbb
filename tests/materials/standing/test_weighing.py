"""How a lot stands: by the share of its metal that came the way of what was found."""

from __future__ import annotations

import pytest

from ledger.materials.standing.report import standing_report
from schemas.catalogue.findings.codes import FindingCode
from tests.materials.market import Market
from tests.materials.rich import WHOLE, mixed, stands


@pytest.mark.parametrize(("rich", "level"), [(99, "clear"), (100, "look"), (999, "look"), (1000, "stop")])
def test_a_high_finding_weighs_by_its_share(rich: int, level: str) -> None:
    """Listed below a thousandth of the lead; ``look`` from there, ``stop`` from a hundredth on."""
    standing = stands(mixed(rich), "MUN-L-1")
    (reason,) = (row for row in standing.reasons if row.code == FindingCode.LEAD_CONTENT)
    assert (reason.level, reason.metal, standing.proven) == (level, "Pb", level)
    shown = next(row for row in standing_report(standing)["reasons"] if row["code"] == "lead-content")
    assert shown["share"] == f"0.{rich * 10:06d}"


def test_metal_that_nobody_can_claim_changes_nothing() -> None:
    """Of virgin metal no share is above zero."""
    standing = stands(mixed(5000, "primary"), "MUN-L-1")
    assert standing.proven == "clear"


def test_many_small_batches_weigh_as_one_large_one() -> None:
    """Each gives four thousandths, five of them two hundredths."""
    market = Market()
    for number in range(1, 6):
        market.batch(f"MUN-B-{number}", "31.2", "40", **WHOLE)
    market.batch("MUN-B-6", "7644", "12740")
    inputs = {f"MUN-B-{number}": "40" for number in range(1, 6)} | {"MUN-B-6": "12740"}
    market.make("MUN-L-1", inputs, "7800")
    assert stands(market, "MUN-L-1").proven == "stop"


def test_what_stops_a_lot_itself_needs_no_metal() -> None:
    """A hold on it, whatever it holds."""
    market = Market()
    market.batch("MUN-B-1", "6000", origin="primary")
    assert stands(market, "MUN-B-1").proven != "stop"
    market.enter("MUN", {"type": "hold", "lots": ["MUN-B-1"], "reason": "moisture", "documents": []})
    standing = stands(market, "MUN-B-1")
    assert (standing.proven, standing.reported, standing.reasons[0].code) == ("stop", "stop", "hold")


def test_a_disputed_lot_stops() -> None:
    """Until it is settled."""
    market = Market()
    market.batch("MUN-B-1", "6000")
    market.make("MUN-L-1", {"MUN-B-1": "10000"}, "5900")
    market.send("MUN-L-1", to="TEX")
    market.accept("MUN-L-1", "5000", "disputed", to="TEX")
    assert stands(market, "MUN-L-1").proven == "stop"
