"""A printer of Python expressions, whose layout is the one that `ruff format` leaves.

An expression is text and brackets in turn. It stands on one line if it fits; else its first
brackets open up, with one item and its comma a line. Ruff keeps such a trailing comma, so what is
printed here needs no formatter afterwards.
"""

from collections.abc import Iterable
from typing import TypeAlias

import msgspec

from graphstudio.code.literals import text_literal, text_width

LINE_LENGTH = 88
_STEP = 4


class Brackets(msgspec.Struct, frozen=True):
    """A pair of brackets with what stands between its commas.

    Attributes:
        opening: the opening bracket.
        items: the expressions in it.
        closing: the closing bracket.
        ends_with_comma: whether the last item has a comma when each has a line of its own.
        lone_comma: whether a single item has a comma on one line too, as in ``(3,)``.
    """

    opening: str
    items: tuple["Expression", ...]
    closing: str
    ends_with_comma: bool = True
    lone_comma: bool = False


Expression: TypeAlias = tuple[str | Brackets, ...]


def call(function: Expression, arguments: Iterable[Expression]) -> Expression:
    """Return a call; its arguments may be made by :func:`named`."""
    return (*function, Brackets("(", tuple(arguments), ")"))


def named(name: str, value: Expression) -> Expression:
    """Return a keyword argument."""
    return (f"{name}=", *value)


def tuple_display(items: Iterable[Expression]) -> Expression:
    """Return a tuple."""
    return (Brackets("(", tuple(items), ")", lone_comma=True),)


def list_display(items: Iterable[Expression]) -> Expression:
    """Return a list."""
    return (Brackets("[", tuple(items), "]"),)


def dict_display(items: Iterable[tuple[str, Expression]]) -> Expression:
    """Return a dict with texts as keys."""
    pairs = ((f"{text_literal(key)}: ", *value) for key, value in items)
    return (Brackets("{", tuple(pairs), "}"),)


def subscript(value: Expression, key: Expression) -> Expression:
    """Return an item of a value."""
    return (*value, Brackets("[", (key,), "]", ends_with_comma=False))


def lay_out(expression: Expression, indent: int = 0) -> str:
    """Return the lines of a statement.

    Args:
        expression: the statement.
        indent: how many columns its first line is indented.
    """
    return " " * indent + _lay_out(expression, indent, column=indent, tail=0)


def lay_out_assignment(variable: str, value: Expression, indent: int = 0) -> str:
    """Return the lines of a statement that gives a value a name.

    Args:
        variable: the name.
        value: the value; it goes into parentheses if only so its beginning fits.
        indent: how many columns the first line is indented.
    """
    whole = lay_out((f"{variable} = ", *value), indent)
    margin = " " * indent
    enclosed = f"{margin}{variable} = (\n{lay_out(value, indent + _STEP)}\n{margin})"
    first, *_ = whole.split("\n")
    return whole if _fits(first) or not _fits(enclosed) else enclosed


def _fits(lines: str) -> bool:
    return all(text_width(line) <= LINE_LENGTH for line in lines.split("\n"))


def _lay_out(expression: Expression, indent: int, *, column: int, tail: int) -> str:
    """Lay out what begins at a column and has ``tail`` columns of other text behind it."""
    flat = _flat(expression)
    if column + text_width(flat) + tail <= LINE_LENGTH:
        return flat
    for place, part in enumerate(expression):
        if isinstance(part, Brackets) and part.items:
            before, after = _flat(expression[:place]), expression[place + 1 :]
            rest = _lay_out(after, indent, column=indent + len(part.closing), tail=tail)
            return before + _opened(part, indent) + rest
    return flat


def _opened(brackets: Brackets, indent: int) -> str:
    inner = indent + _STEP
    comma = "," if brackets.ends_with_comma else ""
    items = (
        " " * inner + _lay_out(item, inner, column=inner, tail=len(comma)) + comma
        for item in brackets.items
    )
    return "\n".join([brackets.opening, *items, " " * indent + brackets.closing])


def _flat(expression: Expression) -> str:
    return "".join(part if isinstance(part, str) else _flat_brackets(part) for part in expression)


def _flat_brackets(brackets: Brackets) -> str:
    comma = "," if brackets.lone_comma and len(brackets.items) == 1 else ""
    items = ", ".join(_flat(item) for item in brackets.items)
    return f"{brackets.opening}{items}{comma}{brackets.closing}"
