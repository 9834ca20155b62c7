"""The key of an index is written as it stands between brackets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphstudio.diagram.diagram import NodeId
from graphstudio.diagram.values import SLICE, Value, make_object
from graphstudio.studio.panels.inspector.editors.indices import IndexNotation
from tests.studio.panels.bench import Bench

NOTATION = IndexNotation()


def part(start: int | None = None, stop: int | None = None, step: int | None = None) -> Value:
    return make_object(SLICE, {"start": start, "stop": stop, "step": step})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("-1", -1),
        (":", part()),
        ("1:3", part(1, 3)),
        ("::-1", part(step=-1)),
        (":, 0", [part(), 0]),
        (":, None, -1", [part(), None, -1]),
        ("0,", [0]),
    ],
)
def test_a_key_is_read_as_python_has_it(text: str, value: Value) -> None:
    assert NOTATION.parse(text) == value


@pytest.mark.parametrize("text", ["", "a", "1.5", "True", "0][1", "0](", "1:a", "[1, 2]", "..."])
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the field makes the sentence
        NOTATION.parse(text)


numbers = st.none() | st.integers(-9, 9)
items = st.integers(-9, 9) | st.none() | st.builds(part, numbers, numbers, numbers)


@given(items | st.lists(items, min_size=1, max_size=4))
def test_a_key_is_read_back_as_it_was_written(value: Value) -> None:
    assert NOTATION.parse(NOTATION.format(value)) == value


def test_the_key_of_an_index_is_typed_in_the_inspector(bench: Bench) -> None:
    node = NodeId("node")
    bench.add("keras.ops.get_item", node)
    bench.type_into("key", ":, 0")
    assert bench.call(node).arguments == {"key": [part(), 0]}
    assert bench.field("key").line.text() == ":, 0"
