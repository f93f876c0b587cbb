"""Metal of residue, waste and slag: it earns at the run that puts it into another output, once."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.materials.state.credit_account import uncovered
from ledger.materials.state.records import NOT_YET
from schemas.ids import PartyId
from tests.materials.market import WASTE, Market
from tests.world.events import line, output, run

MUN, TEX = PartyId("MUN"), PartyId("TEX")
LATER = "2026-01-06T06:00:00Z"


class Works(Market):
    """MUN smelts under mass balance what is pure lead of used batteries."""

    def smelt(self, name: str, lots: dict[str, str], outputs: list[dict[str, Any]], **more: Any) -> str:
        """Make outputs of lots; return the statement."""
        return self.enter("MUN", run(name, [line(*lot) for lot in lots.items()], outputs, **more))

    def earned(self) -> int:
        """Return what stands in the account of MUN of lead, in kg."""
        mixes = self.account_of(MUN).earned.values()
        return sum(sum(map(sum, mix.values())) for mix in mixes) // 1_000_000

    def waits(self, lot: str) -> int:
        """Return what of a lot is to earn yet, in kg."""
        return sum(sum(split) for split in self.lot(lot).earned.get(NOT_YET, {}).values()) // 1_000_000


@pytest.fixture
def works() -> Works:
    """MUN with 10,000 kg, of which a run under mass balance made 9,000 kg bullion and 1,000 kg slag."""
    works = Works()
    works.batch("MUN-B-1")
    works.smelt("MUN-R-1", {"MUN-B-1": "10000"}, [_lead("MUN-S-1", "1000", material="slag"), _lead("MUN-L-1", "9000")],
                custody="mass_balance")  # fmt: skip
    return works


def _lead(lot: str, kg: str, **more: Any) -> dict[str, Any]:
    return output(lot, kg, {"Pb": kg}, **more)


@pytest.mark.parametrize(
    "kind",
    [{"role": "residue"}, {"role": "waste"}, *({"material": name} for name in
     ("slag", "leach_residue", "separator", "gypsum")), {"material": "slag", "role": "product"}],
)  # fmt: skip
def test_what_is_thrown_away_earns_nothing(kind: dict[str, str]) -> None:
    """By its role, or by its material whatever its role; all of its metal waits."""
    works = Works()
    works.batch("MUN-B-1")
    works.smelt("MUN-R-1", {"MUN-B-1": "10000"}, [_lead("MUN-S-1", "1000", **kind), _lead("MUN-L-1", "9000")],
                custody="mass_balance")  # fmt: skip
    assert (works.earned(), works.waits("MUN-S-1"), works.waits("MUN-L-1")) == (9000, 1000, 0)
    assert works.free("MUN-S-1") == {}


@pytest.mark.parametrize("role", ["product", "intermediate", "wip"])
def test_all_else_earns_at_once(role: str) -> None:
    """Dross that goes to another recycler as what it is, is no waste."""
    works = Works()
    works.batch("MUN-B-1")
    works.smelt("MUN-R-1", {"MUN-B-1": "10000"}, [_lead("MUN-D-1", "9999", material="lead_dross", role=role)],
                custody="mass_balance")  # fmt: skip
    assert (works.earned(), works.waits("MUN-D-1")) == (9999, 0)


def test_slag_earns_at_the_run_that_puts_it_into_bullion(works: Works) -> None:
    """Back in the furnace, 800 of its 1,000 kg come out as bullion: they earn then, and the rest is loss."""
    works.smelt("MUN-R-2", {"MUN-S-1": "1000"}, [_lead("MUN-L-2", "800")])
    assert (works.earned(), works.waits("MUN-L-2")) == (9800, 0)


def test_slag_of_slag_waits_on(works: Works) -> None:
    """Half comes out as slag again: it waits for a third run, and nothing earns twice."""
    works.smelt("MUN-R-2", {"MUN-S-1": "1000"}, [_lead("MUN-S-2", "500", material="slag"), _lead("MUN-L-2", "500")])
    assert (works.earned(), works.waits("MUN-S-2")) == (9500, 500)
    works.smelt("MUN-R-3", {"MUN-S-2": "500"}, [_lead("MUN-L-3", "500")])
    assert works.earned() == 10_000
    works.smelt("MUN-R-4", {"MUN-L-3": "500"}, [_lead("MUN-L-4", "500")], process="refining")
    assert works.earned() == 10_000


def test_half_a_heap_of_slag_earns_half(works: Works) -> None:
    """What waits goes with the metal that is taken, and stays with the metal that is left."""
    works.smelt("MUN-R-2", {"MUN-S-1": "400"}, [_lead("MUN-L-2", "400")])
    assert (works.earned(), works.waits("MUN-S-1")) == (9400, 600)


def test_slag_that_is_packed_stays_slag(works: Works) -> None:
    """A run that only packs it puts it into slag."""
    works.smelt("MUN-R-2", {"MUN-S-1": "1000"}, [_lead("MUN-S-2", "1000", material="slag")], process="packing")
    assert (works.earned(), works.waits("MUN-S-2")) == (9000, 1000)


def test_slag_that_is_dumped_never_earns(works: Works) -> None:
    """The account stays as it is."""
    works.send("MUN-S-1", disposition="disposal")
    assert works.earned() == 9000


def test_slag_earns_for_the_site_that_gets_the_metal_out(works: Works) -> None:
    """TEX buys it and smelts it: its account is given what waited, that of MUN is not."""
    works.send("MUN-S-1", to="TEX")
    works.accept("MUN-S-1", "1000", to="TEX")
    assert works.waits("MUN-S-1") == 1000
    works.enter("TEX", run("TEX-R-1", [line("MUN-S-1", "1000")], [_lead("TEX-L-1", "900")]))
    (mix,) = works.account_of(TEX).earned.values()
    assert (works.earned(), mix) == (9000, {"Pb": (900_000_000, 0, 0, 0, 0, 0, 0)})


def test_bullion_that_is_dumped_leaves_the_account_with_what_was_drawn_on_it(works: Works) -> None:
    """What was earned on it is gone, and a draw that rested on it is undone."""
    works.batch("MUN-B-2", origin="primary")
    works.make("MUN-L-2", {"MUN-B-2": "10000"}, "10000", custody="mass_balance")
    works.send("MUN-L-2", credit="5000")
    works.send("MUN-L-1", disposition="disposal")
    assert works.earned() == 0
    assert works.lot("MUN-L-2").credit == {}
    assert works.found("MUN-L-2") == {"credit-overdrawn": "high"}
    assert not uncovered(works.account_of(MUN))


@pytest.mark.parametrize(("disposition", "left"), [("sold", 9000), ("further_recycling", 9000), ("energy", 0),
                                                   ("lost", 0)])  # fmt: skip
def test_only_what_nobody_uses_leaves_the_account(works: Works, disposition: str, left: int) -> None:
    """What is sold was made to be used; what is burnt or lost is not used."""
    works.send("MUN-L-1", disposition=disposition)
    assert works.earned() == left


def test_claimed_metal_does_not_hide_in_slag() -> None:
    """5,000 of 10,000 kg were claimed: bullion of 6,000 kg earns 1,000, whatever order the outputs are stated in."""
    for turned in (1, -1):
        works = Works()
        works.batch("MUN-B-1")
        works.claim("MUN-B-1", "5000")
        outputs = [_lead("MUN-S-1", "4000", material="slag"), _lead("MUN-L-1", "6000")][::turned]
        works.smelt("MUN-R-1", {"MUN-B-1": "10000"}, outputs, custody="mass_balance")
        assert (works.earned(), works.waits("MUN-S-1")) == (1000, 4000)


def test_a_dumping_that_did_not_occur_gives_the_account_back(works: Works) -> None:
    """A correction folds it again."""
    said = works.send("MUN-L-1", disposition="disposal")
    works.correct(said)
    assert works.earned() == 9000


def test_an_assay_of_slag_changes_what_waits(works: Works) -> None:
    """Half of its metal is not there: half is to earn yet, and the account never had it."""
    works.assay("MUN-S-1", "0.5")
    assert (works.earned(), works.waits("MUN-S-1")) == (9000, 500)
    works.assay("MUN-S-1", "0.8")
    assert (works.earned(), works.waits("MUN-S-1")) == (9000, 800)


def test_virgin_metal_in_slag_never_earns() -> None:
    """Half of the feed is virgin: of slag that is smelted again only the waste half earns."""
    works = Works()
    works.batch("MUN-B-1", "5000")
    works.batch("MUN-B-2", "5000", origin="primary")
    works.smelt("MUN-R-1", {"MUN-B-1": "10000", "MUN-B-2": "10000"}, [_lead("MUN-S-1", "10000", material="slag")],
                custody="mass_balance")  # fmt: skip
    works.smelt("MUN-R-2", {"MUN-S-1": "10000"}, [_lead("MUN-L-1", "10000")])
    (mix,) = works.account_of(MUN).earned.values()
    assert mix == {"Pb": (5_000_000_000, 0, 0, 0, 0, 0, 0)}
    assert works.account_of(MUN).made == {"2026-01": {"Pb": 10_000_000_000}}
    works.send("MUN-L-1", credit="5000", at=LATER)
    assert works.free("MUN-L-1") == {WASTE: "5000"}
