"""How single values are written in a field and read back from it."""

import math
import re
from collections.abc import Callable, Iterable
from typing import Protocol

import msgspec

from graphstudio.diagram.values import Value, is_list, is_object

# What a project file and Keras can hold.
_LARGEST = 2**63


class Notation(Protocol):
    """The way between a value and its text."""

    @property
    def expected(self) -> str:
        """What a text has to be, in words that follow "Expected"."""

    def parse(self, text: str) -> Value:
        """Return the value of a text without spaces around it.

        Raises:
            ValueError: the text is not what is expected.
        """

    def format(self, value: Value) -> str:
        """Return the text of a value that is not None; any value has one."""

    def step(self, value: Value, direction: int) -> Value:
        """Return the next value up (1) or down (-1); the value itself where there is none."""


def limits_in_words(minimum: int | None, maximum: int | None) -> str:
    """Return limits as words that follow "a number"; empty where there are none."""
    words = [f" from {minimum}"] * (minimum is not None) + [f" to {maximum}"] * (
        maximum is not None
    )
    return "".join(words)


class TextNotation(msgspec.Struct, frozen=True):
    """Text as it is.

    Attributes:
        expected: what the text is.
        blank: whether nothing is a text too.
    """

    expected: str = "text"
    blank: bool = True

    def parse(self, text: str) -> Value:
        """Return the text."""
        if not text and not self.blank:
            raise ValueError(text)
        return text

    def format(self, value: Value) -> str:
        """Return the text; JSON for what is none."""
        return value if isinstance(value, str) else to_json(value)

    def step(self, value: Value, direction: int) -> Value:  # noqa: ARG002
        """Return the text: there is no next one."""
        return value


class IntegerNotation(msgspec.Struct, frozen=True):
    """Whole numbers.

    Attributes:
        minimum: the least one, if there is one.
        maximum: the greatest one, if there is one.
    """

    minimum: int | None = None
    maximum: int | None = None

    @property
    def expected(self) -> str:
        """What a text has to be."""
        return "a whole number" + limits_in_words(self.minimum, self.maximum)

    def parse(self, text: str) -> Value:
        """Return the number."""
        number = int(text)
        if abs(number) >= _LARGEST or number != self._nearest(number):
            raise ValueError(text)
        return number

    def format(self, value: Value) -> str:
        """Return the digits; JSON for what is no number."""
        return to_json(value)

    def step(self, value: Value, direction: int) -> Value:
        """Return the next whole number."""
        if not isinstance(value, int):
            return value
        return self._nearest(value + direction)

    def _nearest(self, number: int) -> int:
        least = number if self.minimum is None else max(number, self.minimum)
        return least if self.maximum is None else min(least, self.maximum)


class NumberNotation(msgspec.Struct, frozen=True):
    """Numbers with a fraction.

    Attributes:
        expected: what the number is.
        fits: whether a number is one of those.
    """

    expected: str = "a number"
    fits: Callable[[float], bool] = math.isfinite

    def parse(self, text: str) -> Value:
        """Return the number."""
        number = float(text)
        if not math.isfinite(number) or not self.fits(number):
            raise ValueError(text)
        return number

    def format(self, value: Value) -> str:
        """Return the shortest digits that give the number back."""
        return repr(value) if isinstance(value, float) else to_json(value)

    def step(self, value: Value, direction: int) -> Value:
        """Return the value one step of its last written decimal away."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            return value
        text = repr(float(value))
        mantissa, _, exponent = text.partition("e")
        fraction = mantissa.partition(".")[2].rstrip("0")
        places = len(fraction) - int(exponent or 0)
        stepped = round(float(value) + direction * 10.0**-places, max(places, 0))
        return stepped if self.fits(stepped) else value


class JsonNotation(msgspec.Struct, frozen=True):
    """Any value, written as JSON."""

    expected: str = 'JSON, such as 3, "text", true or [1, 2]'

    def parse(self, text: str) -> Value:
        """Return the value."""
        try:
            value: Value = msgspec.json.decode(text)
        except msgspec.DecodeError as error:
            raise ValueError(text) from error
        return value

    def format(self, value: Value) -> str:
        """Return the value's JSON."""
        return to_json(value)

    def step(self, value: Value, direction: int) -> Value:  # noqa: ARG002
        """Return the value: there is no next one."""
        return value


class NamesNotation:
    """Names of Keras's objects, with commas between them.

    A name keeps the arguments that its object had when it was shown.
    """

    def __init__(self, known: Iterable[str], example: str) -> None:
        self._known = frozenset(known)
        self._shown: dict[str, Value] = {}
        self.expected = f"names with commas between them, such as {example}"

    def parse(self, text: str) -> Value:
        """Return the list of names, and of objects where arguments are to be kept."""
        names = [name.strip() for name in text.split(",")] if text else []
        if not all(name in self._known or name in self._shown for name in names):
            raise ValueError(text)
        return [self._shown.get(name, name) for name in names]

    def format(self, value: Value) -> str:
        """Return the names."""
        items = value if is_list(value) else [value]
        self._shown = {_short_name(item): item for item in items}
        return ", ".join(self._shown)

    def step(self, value: Value, direction: int) -> Value:  # noqa: ARG002
        """Return the names: there is no next one."""
        return value


def to_json(value: Value) -> str:
    """Return a value as JSON on one line, with a space after each comma."""
    text = msgspec.json.encode(value)
    return msgspec.json.format(text, indent=0).decode()


def _short_name(value: Value) -> str:
    name = value["class"] if is_object(value) else value
    return re.sub(r"^.*\.", "", name) if isinstance(name, str) else to_json(value)
