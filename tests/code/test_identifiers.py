"""Each name gets a Python identifier of its own that no other code uses."""

import keyword
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphstudio.code.identifiers import Identifiers


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("conv_1", "conv_1"),
        ("Left Image", "left_image"),
        ("数字", "数字"),
        ("1st", "x_1st"),
        ("class", "class_2"),
        ("print", "print_2"),
        ("keras", "keras_2"),
        ("", "x"),
        ("!?", "x"),
    ],
)
def test_an_identifier_is_like_the_name(name: str, identifier: str) -> None:
    assert Identifiers({"keras"}).take(name) == identifier


def test_a_name_that_is_taken_gets_a_number() -> None:
    names = Identifiers()
    assert [names.take("x"), names.take("x"), names.take("X")] == ["x", "x_2", "x_3"]


def test_two_spellings_of_one_letter_are_one_name_as_they_are_for_python() -> None:
    names = Identifiers({"keras"})
    assert names.take("\ufb01lter") == "filter_2"
    assert names.take("\U0001d424eras") == "keras_2"


@given(st.lists(st.text(max_size=8), max_size=8))
def test_identifiers_are_python_names_and_differ(names: list[str]) -> None:
    identifiers = Identifiers()
    taken = [identifiers.take(name) for name in names]
    assert all(one.isidentifier() and not keyword.iskeyword(one) for one in taken)
    assert len({unicodedata.normalize("NFKC", one) for one in taken}) == len(names)
