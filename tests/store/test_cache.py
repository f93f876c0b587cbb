"""A table as a mapping: right within a batch, empty after a failure, bounded for ever."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ledger.store.cache import CachedTable


class Rows:
    """A table in memory that counts how often it is asked."""

    def __init__(self, **rows: int) -> None:
        self.rows: dict[str, int] = rows
        self.asked: list[list[str]] = []

    def load(self, keys: list[str]) -> dict[str, int]:
        self.asked.append(keys)
        return {key: self.rows[key] for key in keys if key in self.rows}


def test_what_was_read_once_is_not_read_again() -> None:
    """Values and absences are asked for once a batch; absences again in the next."""
    rows = Rows(a=1)
    table = CachedTable(rows.load, 10)
    assert [table.get("a"), table.get("b"), table.get("a"), table.get("b")] == [1, None, 1, None]
    assert rows.asked == [["a"], ["b"]]
    table.settle()
    rows.rows["b"] = 2
    assert (table.get("a"), table.get("b")) == (1, 2)
    assert rows.asked == [["a"], ["b"], ["b"]]


def test_many_are_read_in_one_query() -> None:
    """Each key once, those that are known left out."""
    rows = Rows(a=1, b=2)
    table = CachedTable(rows.load, 10)
    table.put({"c": 3})
    table.prefetch(["a", "b", "a", "c", "d"])
    assert [table.get(key) for key in "abcd"] == [1, 2, 3, None]
    assert rows.asked == [["a", "b", "d"]]


def test_a_change_hides_the_row_and_a_failure_forgets_it() -> None:
    """Within a batch its own changes count, also for what was absent; forgotten, only the table does."""
    rows = Rows(a=1)
    table = CachedTable(rows.load, 10)
    assert (table.get("a"), table.get("b")) == (1, None)
    table.put({"a": 10, "b": 20})
    assert (table.get("a"), table.get("b"), table.changed) == (10, 20, {"a": 10, "b": 20})
    table.forget()
    assert (table.get("a"), table.get("b"), table.changed) == (1, None, {})


def test_a_query_that_brings_more_than_was_asked_hides_no_change() -> None:
    """As heads do, which are read an issuer at a time."""
    stored = {"a": 1, "b": 2}
    table: CachedTable[str, int] = CachedTable(lambda _: dict(stored), 10)
    table.put({"a": 10})
    assert (table.get("b"), table.get("a")) == (2, 10)


def test_a_value_that_is_zero_is_a_value() -> None:
    """Index 0 is an index."""
    rows = Rows(a=0)
    table = CachedTable(rows.load, 10)
    assert (table.get("a"), table.get("a"), len(rows.asked)) == (0, 0, 1)
    table.put({"b": 0})
    assert table.get("b") == 0


def test_memory_does_not_grow_with_the_table() -> None:
    """At most the limit of clean values stays after a batch, the newest of them; nothing of a limit of 0."""
    for limit in (0, 3):
        rows = Rows()
        table = CachedTable(rows.load, limit)
        for number in range(50):
            table.put({f"k{number}": number, "always": number})
            table.settle()
            assert len(table._known) <= limit
            assert (table.changed, table._absent) == ({}, [])
        assert set(table._known) == ({"k48", "k49", "always"} if limit else set())


def test_reading_does_not_grow_it_either() -> None:
    """What was only looked up leaves as well."""
    rows = Rows(**{f"k{number}": number for number in range(100)})
    table = CachedTable(rows.load, 5)
    for number in range(100):
        table.get(f"k{number}")
        table.settle()
    assert set(table._known) == {f"k{number}" for number in range(95, 100)}


STEPS = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["get", "put"]), st.sampled_from("abcdef"), st.integers(0, 3)),
        st.tuples(st.sampled_from(["settle", "forget"]), st.just(""), st.just(0)),
        st.tuples(st.just("prefetch"), st.text("abcdef", max_size=6), st.just(0)),
    ),
    max_size=60,
)


@given(steps=STEPS, limit=st.integers(0, 3))
def test_it_answers_as_a_plain_mapping_would(steps: list[tuple[str, str, int]], limit: int) -> None:
    """Whatever was read, changed, settled or forgotten: the answer is that of the table with the batch's changes."""
    rows = Rows(a=1, b=2)
    table = CachedTable(rows.load, limit)
    batch: dict[str, Any] = {}
    for what, key, value in steps:
        if what == "get":
            assert table.get(key) == (rows.rows | batch).get(key)
        elif what == "put":
            table.put({key: value})
            batch[key] = value
        elif what == "prefetch":
            table.prefetch(key)
        elif what == "settle":
            rows.rows |= table.changed
            table.settle()
            batch = {}
        else:
            table.forget()
            batch = {}
