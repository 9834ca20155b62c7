"""Where in a source a value stands, as a person finds it there."""

from collections.abc import Collection
from copy import copy
from pathlib import PurePath

from graphstudio.diagram.data_paths import source_path
from graphstudio.diagram.sources import QuerySource, Source, TableSource

_LINES = (".csv", ".tsv", ".txt")


class Places:
    """Says where values stand.

    Args:
        source: the source.
        fields: the names of its fields.
    """

    def __init__(self, source: Source, fields: Collection[str]) -> None:
        path = source_path(source)
        self._file = PurePath(path).name if path and path != "." else ""
        if isinstance(source, QuerySource):
            self._file = "the query"
        self._first_line = _first_line(source, fields)
        self._first_row = 0

    def file(self) -> str:
        """Return what the source is called."""
        return self._file or "the data"

    def after(self, rows: int) -> "Places":
        """Return the places of values that follow a number of rows."""
        following = copy(self)
        following._first_row += rows  # noqa: SLF001 - of the same class
        return following

    def of(self, row: int, field: str, more: int = 0) -> str:
        """Return the place of a value.

        Args:
            row: its row, counted from 0 among those that were given.
            field: its field.
            more: how many further rows are like it.
        """
        row += self._first_row
        line = f" (line {row + self._first_line})" if self._first_line else ""
        others = f" and {count(more, 'more row')}" if more else ""
        return f"{self.file()}, row {row}{line}, column {field!r}{others}"


def count(number: int, noun: str) -> str:
    """Return a number of things: ``1 row``, ``1,200 rows``."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _first_line(source: Source, fields: Collection[str]) -> int:
    """Return the line of the first row, counted from 1; 0 where rows are no lines."""
    if not isinstance(source, TableSource) or not source.path.lower().endswith(_LINES):
        return 0
    named = "column0" not in fields if source.header is None else source.header
    return 1 + named
