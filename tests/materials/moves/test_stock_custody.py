"""Under which models of custody a site has lots is counted as lots come, change and go."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from ledger.materials.moves.inheritance import weakest
from ledger.materials.state.stock_custody import SiteCustody
from schemas.ids import PartyId
from tests.materials.yard import Yard
from tests.season.dice import SEEDS, seasons
from tests.season.every_event import EverySeason
from tests.season.random_seasons import PARKS
from tests.world.events import KG, line, output, run

MUN = PartyId("MUN")


def test_the_weakest_model_is_noted_where_it_changes() -> None:
    """A lot under mass balance makes it weaker, its end stronger again; what changes nothing is not noted."""
    yard = Yard()
    yard.intake("MUN-B-1", 1000 * KG, {"Pb": 600 * KG})
    yard.intake("MUN-B-2", 1000 * KG, {"Pb": 600 * KG})
    assert (yard.stock[MUN], yard.logged["custodies"]) == ({"controlled_blending": 2}, [])
    made = output("MUN-L-1", 600 * KG, {"Pb": 600 * KG})
    yard.say("MUN", run("MUN-R-1", [line("MUN-B-1", 1000 * KG)], [made], custody="mass_balance"))
    assert yard.stock[MUN] == {"controlled_blending": 1, "mass_balance": 1}
    yard.say(
        "MUN", {"type": "dispatch", "shipment": "MUN-H-1", "disposition": "disposal", "lots": [{"lot": "MUN-L-1"}]}
    )
    assert yard.stock[MUN] == {"controlled_blending": 1}
    assert yard.logged["custodies"] == [SiteCustody(MUN, "mass_balance"), SiteCustody(MUN, "controlled_blending")]


@seasons(20)
@given(SEEDS, st.integers(min_value=1, max_value=80))
def test_counts_are_those_of_the_lots_that_there_are(seed: int, count: int) -> None:
    """Of every site, with corrections, and the last note is the weakest of them."""
    fold = EverySeason(seed).play(count)
    for site in map(PartyId, (*PARKS, "GLENCORE")):
        models = Counter(lot.custody for lot in fold.open_lots(site))
        assert fold.stock.get(site, {}) == dict(models)
        noted = [change.model for change in fold.logged["custodies"] if change.site == site]
        assert (noted or ["controlled_blending"])[-1] == (weakest(*models) if models else "controlled_blending")
