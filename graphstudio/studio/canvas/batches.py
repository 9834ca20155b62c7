"""What is painted from afar: shapes by colour, so that all of one colour take one call."""

from collections.abc import Hashable, Iterable, Iterator, KeysView, Sequence
from itertools import chain
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Shape = TypeVar("Shape")


class Batches(Generic[Key, Shape]):
    """Shapes of things; all of one thing have one colour.

    A shape that moves is changed in place, which costs the batch nothing.
    """

    def __init__(self) -> None:
        self._colours: dict[Key, str] = {}
        self._shapes: dict[str, dict[Key, Sequence[Shape]]] = {}
        self._lists: dict[str, list[Shape]] = {}

    def __iter__(self) -> Iterator[tuple[str, list[Shape]]]:
        """Yield each colour with all shapes in it."""
        for colour, shapes in self._shapes.items():
            if colour not in self._lists:
                self._lists[colour] = list(chain.from_iterable(shapes.values()))
            if shapes:
                yield colour, self._lists[colour]

    @property
    def keys(self) -> KeysView[Key]:
        """The things that have shapes."""
        return self._colours.keys()

    def put(self, key: Key, colour: str, shapes: Sequence[Shape]) -> None:
        """Show a thing's shapes in a colour, in place of what it had."""
        before = self._colours.get(key)
        if before != colour:
            self.remove([key])
            self._colours[key] = colour
        self._shapes.setdefault(colour, {})[key] = shapes
        self._lists.pop(colour, None)

    def remove(self, keys: Iterable[Key]) -> None:
        """Show these things no longer; what has no shape is left alone."""
        for key in keys:
            colour = self._colours.pop(key, None)
            if colour is not None:
                del self._shapes[colour][key]
                self._lists.pop(colour, None)
