"""Several numbers in one field: ``3, 3``, ``None, 8``, ``(1, 1), (2, 2)``."""

import re

import msgspec

from graphstudio.diagram.values import Value, is_list

# Keras takes one number for all dimensions, except where the list is itself a shape or an order.
_LISTS = re.compile(r"(.*_)?(shape|dims)")
# What stands between extents; a letter or a star does when it is typed.
_CROSS = "\N{MULTIPLICATION SIGN}"
# Extents along dimensions are read with a cross between them.
_EXTENTS = re.compile(r"(.*_)?(size|strides|rate)")


class NumbersNotation(msgspec.Struct, frozen=True):
    """A number, or a list of numbers that may hold None and lists.

    Attributes:
        always_list: whether a single number is a list of one.
        cross: whether whole numbers have a cross between them.
    """

    always_list: bool = False
    cross: bool = False

    @property
    def expected(self) -> str:
        """What a text has to be."""
        if self.always_list:
            return "numbers or None, with commas between them, such as 8, 8, 1"
        return "a number, or numbers with commas between them, such as 3, 3"

    def parse(self, text: str) -> Value:
        """Return a number or a list."""
        items = _items(text)
        if len(items) == 1 and (is_list(items[0]) or not _is_list(text, self)):
            return _without_none(items[0], text)
        return items

    def format(self, value: Value) -> str:
        """Return the numbers with commas or crosses between them."""
        if not is_list(value):
            return _word(value)
        if self.cross and len(value) > 1 and all(isinstance(item, int) for item in value):
            return f" {_CROSS} ".join(str(item) for item in value)
        if not value:
            return "()"
        alone = len(value) == 1 and not self.always_list
        return ", ".join(_word(item) for item in value) + ("," if alone else "")

    def step(self, value: Value, direction: int) -> Value:
        """Return the next whole number, if the value is one."""
        if isinstance(value, bool) or not isinstance(value, int):
            return value
        return value + direction


def numbers_notation(name: str) -> NumbersNotation:
    """Return how the parameter of a name is written."""
    return NumbersNotation(
        always_list=_LISTS.fullmatch(name) is not None,
        cross=_EXTENTS.fullmatch(name) is not None,
    )


def _is_list(text: str, notation: NumbersNotation) -> bool:
    return notation.always_list or text.endswith(",")


def _items(text: str) -> list[Value]:
    """Return the items of a text, read as JSON in the clothes of Python."""
    json = re.sub(f"[{_CROSS}x*]", ",", text.strip())
    json = json.replace("(", "[").replace(")", "]").replace("None", "null")
    json = re.sub(r"(?<![\d.])\.(?=\d)", "0.", json)
    json = re.sub(r",\s*(?=\]|$)", "", json)
    try:
        items: list[Value] = msgspec.json.decode(f"[{json}]", type=list)
    except msgspec.DecodeError as error:
        raise ValueError(text) from error
    if not items or not all(map(_is_number, items)):
        raise ValueError(text)
    return items


def _is_number(item: Value) -> bool:
    if is_list(item):
        return all(map(_is_number, item))
    return item is None or (isinstance(item, int | float) and not isinstance(item, bool))


def _without_none(item: Value, text: str) -> Value:
    # A lone None is no number; a field that takes none is left blank instead.
    if item is None:
        raise ValueError(text)
    return item


def _word(value: Value) -> str:
    if is_list(value):
        inner = ", ".join(_word(item) for item in value)
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    return str(value)
