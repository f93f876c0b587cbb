"""Sums of postings add up whatever way they are put together, and come back from their text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ledger.materials.state.posting_sums import Sums, add_sums, less, read_sums, sums_of, write_sums
from ledger.materials.state.records import Posting, PostingKind
from ledger.materials.state.sum_tiles import HIGH, LOW, WIDTH, Edge, SumTile
from schemas.ids import PartyId, StatementId

MASS = st.integers(-(10**13), 10**13)
MIX = st.dictionaries(st.sampled_from(("Pb", "Ni")), st.tuples(*[MASS] * 7), max_size=2)
KINDS: tuple[PostingKind, ...] = ("receipt", "loss", "credit_drawn")
ROWS = st.lists(
    st.builds(
        Posting, st.just(PartyId("MUN")), st.sampled_from(KINDS), st.just("MUN-B-1"), st.just("slag"), MASS, MASS, MIX,
        st.integers(0, 9), st.just(StatementId("5e" * 32)), period=st.sampled_from(("2026-01", "2026-02")),
    ),
    max_size=12,
)  # fmt: skip


def of_one(rows: list[Posting]) -> dict[tuple[str, str], tuple[int, int, int]]:
    """Return the sums of net, dry and all metal by month and kind, added up one by one."""
    total: dict[tuple[str, str], tuple[int, int, int]] = {}
    for row in rows:
        net, dry, metal = total.get((row.period, row.kind), (0, 0, 0))
        total[row.period, row.kind] = net + row.net, dry + row.dry, metal + sum(map(sum, row.mix.values()))
    return total


def flat(sums: Sums) -> dict[tuple[str, str], tuple[int, int, int]]:
    """Return sums in the same way."""
    return {key: (part.net, part.dry, sum(map(sum, part.mix.values()))) for key, part in sums.items()}


@given(ROWS, ROWS)
def test_sums_of_parts_are_those_of_the_whole(left: list[Posting], right: list[Posting]) -> None:
    """To the milligram, also below zero; what is taken out again leaves the rest; nothing given is changed."""
    first, second = sums_of(left), sums_of(right)
    whole: Sums = {}
    add_sums(whole, first)
    add_sums(whole, second)
    assert whole == sums_of(left + right)
    assert flat(whole) == of_one(left + right)
    rest = flat(less(whole, second))
    assert {key: part for key, part in rest.items() if any(part)} == {
        key: part for key, part in flat(first).items() if any(part)
    }
    assert (first, second) == (sums_of(left), sums_of(right))


@given(ROWS)
def test_sums_come_back_from_their_text(rows: list[Posting]) -> None:
    """The text is the same in whatever order they were summed."""
    assert read_sums(write_sums(sums_of(rows))) == sums_of(rows)
    assert write_sums(sums_of(reversed(rows))) == write_sums(sums_of(rows))


def test_each_256_rows_are_a_tile_and_each_256_of_those_one_more() -> None:
    """Numbers and stops follow one another; what is not in a tile of the second level stays at the edge."""
    row = Posting(PartyId("MUN"), "receipt", "MUN-B-1", "slag", 1, 1, {}, 0, StatementId(""), period="2026-01")
    edge, tiles = Edge(), list[SumTile]()
    count = WIDTH * WIDTH + WIDTH + 5
    for index in range(count):
        tiles += edge.add(2 * index, [row])
    low = [tile for tile in tiles if tile.level == LOW]
    assert [(tile.number, tile.stop) for tile in low] == [
        (number, 2 * WIDTH * (number + 1) - 1) for number in range(WIDTH + 1)
    ]
    assert all(part.net == WIDTH for tile in low for part in tile.sums.values())
    (high,) = (tile for tile in tiles if tile.level == HIGH)
    assert (high.number, high.stop, *(part.net for part in high.sums.values())) == (0, low[-2].stop, WIDTH * WIDTH)
    assert [part.net for part in edge.sums().values()] == [WIDTH + 5]
