"""A table in pages is what a dict would be, and two of them are compared by what differs."""

from collections.abc import Mapping

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphstudio.diagram.pages import (
    PagedTable,
    are_last,
    as_dict,
    in_order,
    replaced,
    with_records,
    without,
)

KEYS = st.integers(0, 700)
LARGE = {key: str(key) for key in range(600)}
# Records that come, under their keys, and keys that go before.
EDITS = st.lists(st.tuples(st.dictionaries(KEYS, st.text(max_size=1)), st.sets(KEYS)), max_size=8)
TABLES = st.sampled_from([LARGE, {}, dict.fromkeys(range(250), "")])


def edited(table: dict[int, str], came: Mapping[int, str], gone: set[int]) -> dict[int, str]:
    return {**{key: one for key, one in table.items() if key not in gone}, **came}


@given(TABLES, EDITS)
def test_it_holds_what_a_dict_would_in_the_same_order(
    first: dict[int, str], edits: list[tuple[dict[int, str], set[int]]]
) -> None:
    table: Mapping[int, str] = first
    expected = first
    for came, gone in edits:
        before, snapshot = table, list(table.items())
        table, expected = with_records(table, came, gone), edited(expected, came, gone)
        assert list(table.items()) == list(expected.items())
        assert (list(table), list(table.values())) == (list(expected), list(expected.values()))
        assert are_last({*expected}, table)
        assert len(table) == len(expected)
        assert table == expected
        assert expected == table
        assert all((key in table) == (key in expected) for key in range(-1, 702))
        assert all(table.get(key) == expected.get(key) for key in range(-1, 702))
        assert list(before.items()) == snapshot


@given(TABLES, EDITS)
def test_what_differs_is_found_between_any_two_of_a_history(
    first: dict[int, str], edits: list[tuple[dict[int, str], set[int]]]
) -> None:
    history: list[Mapping[int, str]] = [first]
    for came, gone in edits:
        history.append(with_records(history[-1], came, gone))
    for before in history:
        for after in history:
            keys = before.keys() | after.keys()
            unlike = {key for key in keys if before.get(key) is not after.get(key)}
            assert replaced(before, after) == unlike
            assert (before == after) == (as_dict(before) == as_dict(after))


@given(EDITS, st.sets(KEYS))
def test_keys_come_in_the_order_of_the_table(
    edits: list[tuple[dict[int, str], set[int]]], keys: set[int]
) -> None:
    table: Mapping[int, str] = LARGE
    for came, gone in edits:
        table = with_records(table, came, gone)
    there = {key for key in keys if key in table}
    assert in_order(there, table) == [key for key in table if key in there]
    last = list(table)[len(table) - len(there) :]
    assert are_last(there, table) == (set(last) == there)


def test_an_edit_that_changes_nothing_gives_the_very_table() -> None:
    large = with_records(LARGE, {1: "other"})
    assert isinstance(large, PagedTable)
    for table in (LARGE, large):
        assert without(table, {-1, 9999}) is table
        assert with_records(table, {}) is table


def test_only_the_page_of_a_record_is_made_anew() -> None:
    before = with_records(LARGE, {1: "other"})
    after = with_records(before, {600: "new"})
    assert isinstance(before, PagedTable)
    assert isinstance(after, PagedTable)
    assert sum(old is not new for old, new in zip(before.pages, after.pages, strict=False)) <= 1


def test_what_it_does_not_hold_is_no_key_of_it() -> None:
    before = with_records(LARGE, {1: "other"})
    with_records(before, dict.fromkeys(range(1000, 1500), ""))
    with pytest.raises(KeyError):
        before[1400]
    with pytest.raises(KeyError):
        before[-1]


def test_msgspec_writes_it_as_an_object() -> None:
    table = with_records({str(key): key for key in range(600)}, {"1": 2})
    written = msgspec.json.encode(table, enc_hook=as_dict)
    assert msgspec.json.decode(written) == as_dict(table)
    with pytest.raises(NotImplementedError, match="Expected a table"):
        as_dict(object())
