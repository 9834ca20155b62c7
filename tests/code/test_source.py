"""Expressions stand on one line where they fit, and else one item a line, as Ruff leaves them."""

import ast

from hypothesis import given
from hypothesis import strategies as st

from graphstudio.code.literals import number_literal, text_literal, text_width
from graphstudio.code.source import (
    Expression,
    call,
    dict_display,
    lay_out,
    lay_out_assignment,
    list_display,
    named,
    subscript,
    tuple_display,
)


def words(*lengths: int) -> list[Expression]:
    return [("w" * length,) for length in lengths]


def test_what_fits_stands_on_one_line() -> None:
    value = call(("add",), [("1",), named("other", ("2",))])
    assert lay_out_assignment("total", value, indent=4) == "    total = add(1, other=2)"


def test_a_value_whose_beginning_does_not_fit_goes_into_parentheses() -> None:
    name = "w" * 42
    value = call((name,), [("x",)])
    assert lay_out_assignment(name, value) == f"{name} = {name}(\n    x,\n)"
    longer = f"{name}ww"
    assert lay_out_assignment(longer, value) == f"{longer} = (\n    {name}(x)\n)"


def test_a_name_that_fills_the_line_gets_no_parentheses() -> None:
    name = "w" * 90
    assert lay_out_assignment(name, call(("f",), [("x",)])) == f"{name} = f(\n    x,\n)"


def test_a_line_may_be_88_columns_and_no_more() -> None:
    assert lay_out(call(("f",), words(82)), indent=3).count("\n") == 0
    assert lay_out(call(("f",), words(83)), indent=3).count("\n") == 2


def test_what_does_not_fit_has_one_item_and_its_comma_a_line() -> None:
    assert lay_out(call(("f",), words(50, 50)), indent=4) == (
        f"    f(\n        {'w' * 50},\n        {'w' * 50},\n    )"
    )


def test_the_constructor_opens_up_before_the_call() -> None:
    layer = call(("Layer",), words(40, 40))
    assert lay_out(call(layer, [("x",)])) == f"Layer(\n    {'w' * 40},\n    {'w' * 40},\n)(x)"


def test_the_call_opens_up_too_where_the_tensors_are_many() -> None:
    layer = call(("Layer",), words(5))
    laid = lay_out(call(layer, [list_display(words(45, 45))]))
    tensors = f"    [\n        {'w' * 45},\n        {'w' * 45},\n    ],\n"
    assert laid == f"Layer(\n    wwwww,\n)(\n{tensors})"


def test_empty_brackets_never_open_up() -> None:
    assert lay_out(call(("w" * 100,), [])) == "w" * 100 + "()"


def test_a_tuple_of_one_keeps_its_comma() -> None:
    assert lay_out(tuple_display([("3",)])) == "(3,)"
    assert lay_out(tuple_display([("3",), ("4",)])) == "(3, 4)"
    assert lay_out(tuple_display([])) == "()"


def test_a_long_subscript_opens_up_without_a_comma() -> None:
    assert lay_out(subscript(("x",), words(90)[0])) == f"x[\n    {'w' * 90}\n]"


def test_keys_of_a_dict_are_texts() -> None:
    assert lay_out(dict_display([('a"', ("1",)), ("b", ("2",))])) == '{\'a"\': 1, "b": 2}'


def test_wide_letters_count_twice() -> None:
    assert text_width("abc") == 3
    assert text_width("数字") == 4
    assert text_width("e\u0301") == 1


def test_what_cannot_be_seen_is_escaped() -> None:
    assert text_literal("a\nb\x00\u202e\u2028") == '"a\\nb\\x00\\u202e\\u2028"'
    assert text_literal("数字 é") == '"数字 é"'


@given(st.text())
def test_a_text_reads_back_as_itself_from_one_line(text: str) -> None:
    literal = text_literal(text)
    assert ast.literal_eval(literal) == text
    assert literal.isprintable()


@given(st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_reads_back_as_itself(number: float | None) -> None:
    assert ast.literal_eval(number_literal(number)) == number
