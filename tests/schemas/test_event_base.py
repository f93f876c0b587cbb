"""What an event answers for itself, kind by kind."""

from __future__ import annotations

from typing import get_args

import pytest

from schemas.correction import Correctable
from schemas.events import MaterialEvent
from tests.schemas.samples import AT, SAMPLES, changed, read

NAMED = {
    "intake": ("MUN-B-1",),
    "transformation": ("MUN-B-1", "MUN-P-1"),
    "dispatch": ("MUN-B-1",),
    "acceptance": ("MUN-B-1", "GLENCORE-X-1"),
    "assay": ("MUN-B-1", "MUN-B-2"),
    "assay-confirms": ("MUN-B-1",),
    "stock_count": ("MUN-B-1",),
    "stock_count-confirms": ("MUN-B-1",),
    "hold": ("MUN-B-1",),
    "release": ("MUN-B-1",),
    "claim": ("MUN-L-1",),
    "correction": ("MUN-B-1",),
}
CREATED = {"intake": ("MUN-B-1",), "transformation": ("MUN-P-1",), "acceptance": ("GLENCORE-X-1",)}
IDENTITY = {
    "intake": ("MUN-B-1",),
    "transformation": ("MUN-R-1",),
    "dispatch": ("MUN-H-1",),
    "acceptance": ("MUN-H-1",),
    "claim": ("recycled_content", "ISCC PLUS"),
}
TIMES = {"transformation": (AT, AT), "key-revoke": (AT,)}


@pytest.mark.parametrize("name", SAMPLES)
def test_an_event_says_what_it_names_makes_and_states(name: str) -> None:
    """Each kind by its own members."""
    event = read(SAMPLES[name])
    assert event.named_lots() == NAMED.get(name, ())
    assert event.created_lots() == CREATED.get(name, ())
    assert event.identity() == IDENTITY.get(name, ())
    assert event.stated_times() == TIMES.get(name, ())


@pytest.mark.parametrize("name", SAMPLES)
def test_an_event_says_which_documents_it_cites(name: str) -> None:
    """Those of a run's additions stand beside its own; a correction's own are not its replacement's."""
    reported = SAMPLES[name]
    cited = [
        *reported.get("documents", ()),
        *(row for line in reported.get("additions", ()) for row in line["documents"]),
    ]
    assert [document.number for document in read(reported).cited_documents()] == [row["number"] for row in cited]


def test_a_correction_speaks_of_the_lots_of_its_replacement() -> None:
    """Without one, of none."""
    said = {key: value for key, value in SAMPLES["transformation"].items() if key != "sealed"}
    event = read(changed("correction", ("replacement",), said))
    assert (event.named_lots(), event.created_lots()) == (NAMED["transformation"], CREATED["transformation"])
    assert event.stated_times() == (AT, AT)
    taken_back = {key: value for key, value in SAMPLES["correction"].items() if key != "replacement"}
    event = read(taken_back)
    assert (event.named_lots(), event.created_lots(), event.stated_times()) == ((), (), ())


def test_what_a_correction_may_replace_says_so_itself() -> None:
    """The union that a replacement is read by holds the same kinds."""
    kinds = get_args(MaterialEvent)
    assert {kind for kind in kinds if kind.correctable} == set(get_args(Correctable))
