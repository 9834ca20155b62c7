"""The examples that ship, in groups, with a line about each."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import msgspec

from graphstudio.diagram.project_file import SUFFIX
from graphstudio.resource import resource_path


class Example(msgspec.Struct, frozen=True):
    """A project that ships.

    Attributes:
        name: of its file, without the ending.
        title: what the window calls it.
        about: what it shows, in one line.
    """

    name: str
    title: str
    about: str

    @property
    def path(self) -> Path:
        """Its file."""
        return resource_path(f"examples/{self.name}{SUFFIX}")


class ExampleGroup(msgspec.Struct, frozen=True):
    """Examples that belong together, under a title."""

    title: str
    examples: tuple[Example, ...]


@cache
def example_groups() -> Sequence[ExampleGroup]:
    """Return every example that ships."""
    text = resource_path("examples.json").read_bytes()
    return msgspec.json.decode(text, type=tuple[ExampleGroup, ...])
