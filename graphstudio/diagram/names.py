"""Names: which ones Keras can live with, and how a free one is found."""

import re
from bisect import bisect_left
from collections.abc import Container

# `/` is refused by Keras everywhere; TensorFlow refuses at `fit` whatever its scopes cannot hold.
_SCOPE = re.compile(r"[A-Za-z0-9.][A-Za-z0-9_.\\/>-]*")

# So many numbers are looked at one by one.
_FEW = 32


def snake_case(class_name: str) -> str:
    """Return the name that Keras gives to the first instance of a class.

    Example:
        >>> snake_case("MaxPooling2D"), snake_case("LSTM")
        ('max_pooling2d', 'lstm')
    """
    spaced = re.sub(r"(.)([A-Z][a-z]+)", r"\1_\2", class_name)
    return re.sub(r"([a-z])([A-Z])", r"\1_\2", spaced).lower()


class FreeNames:
    """Gives out names that are not taken, and takes them.

    Args:
        taken: the names that somebody has, in one or several tables.
    """

    def __init__(self, *taken: Container[str]) -> None:
        self._given: set[str] = set()
        self._taken = (self._given, *taken)
        self._numbers: dict[str, int] = {}

    def take(self, wanted: str) -> str:
        """Take ``wanted``, or the first of ``wanted_1``, ``wanted_2``, … that is free.

        Where very many are taken it may be a later one, but one after a taken one.
        """
        name = wanted
        if self._is_taken(name):
            stem = re.sub(r"_\d+$", "", wanted) or wanted
            # What is taken stays taken, so the next search goes on from here.
            self._numbers[stem] = number = self._free_number(stem, self._numbers.get(stem, 1))
            name = f"{stem}_{number}"
        self._given.add(name)
        return name

    def _free_number(self, stem: str, first: int) -> int:
        def is_free(number: int) -> bool:
            return not self._is_taken(f"{stem}_{number}")

        few = range(first, first + _FEW)
        near = next(filter(is_free, few), None)
        if near is not None:
            return near
        low, high = few[-1], 2 * few[-1]
        while not is_free(high):
            low, high = high, 2 * high
        return low + bisect_left(range(low, high), 1, key=is_free)

    def _is_taken(self, name: str) -> bool:
        return any(name in taken for taken in self._taken)


def free_name(wanted: str, *taken: Container[str]) -> str:
    """Return ``wanted``, or the first of ``wanted_1``, ``wanted_2``, … that is not taken."""
    return FreeNames(*taken).take(wanted)


def problem_with_layer_name(name: str) -> str | None:
    """Return what is wrong with a name of a layer or a model; none if it trains on TensorFlow."""
    if not name:
        return "a name"
    if "/" in name or not _SCOPE.fullmatch(name):
        return "letters a to z, digits, '_', '.' and '-', starting with a letter or a digit"
    return None


def problem_with_tensor_name(name: str) -> str | None:
    """Return what is wrong with a name of an input or a head; none if Keras accepts it."""
    if not name:
        return "a name"
    return "a name without '/'" if "/" in name else None


def safe_name(name: str) -> str:
    """Return the nearest name that every layer, model, input and head can have."""
    return re.sub(r"[^A-Za-z0-9_.-]+", "_", name).lstrip("_-") or "unnamed"
