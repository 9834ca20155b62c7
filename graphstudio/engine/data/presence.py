"""Whether a source has the columns that inputs and heads take, and rows in them."""

from collections.abc import Collection, Iterator
from difflib import get_close_matches

from graphstudio.code.data_plan import column_of
from graphstudio.diagram.data import Data, prepared
from graphstudio.diagram.diagnostics import Repair
from graphstudio.diagram.generated import GeneratedSource
from graphstudio.diagram.sources import QuerySource, Source, TableSource
from graphstudio.engine.data.checking import Takers
from graphstudio.engine.data.errors import DataError, data_error, data_finding
from graphstudio.engine.data.places import Places
from graphstudio.engine.data.samples import Columns

_SUGGESTED = 2


def check_presence(data: Data, names: Collection[str], takers: Takers) -> None:
    """Make sure that a source has the fields that columns are made from.

    Raises:
        DataError: it has not; the nearest names are suggested.
    """
    advice = " Use generated data again to draw it too."
    there = ", ".join(sorted(names)) or "none"
    found = [
        data_finding(
            "missing-column",
            f"The data has no column {name!r} for {node.name!r}; it has {there}."
            f"{advice if isinstance(data.source, GeneratedSource) else ''}",
            name,
            there,
            node_id,
            tuple(_other_names(data, column_of(node), name, names)),
        )
        for node_id, node in takers
        for name in prepared(data, column_of(node)).fields
        if name not in names
    ]
    if found:
        raise DataError(*found)


def _other_names(data: Data, column: str, name: str, names: Collection[str]) -> Iterator[Repair]:
    source = data.source
    if isinstance(source, TableSource) and source.header is not True and "column0" in names:
        yield Repair("Take the first line for the names", "name_by_first_line")
    plain = {one.casefold().strip(): one for one in reversed(list(names))}
    for near in get_close_matches(name.casefold().strip(), plain, _SUGGESTED):
        yield Repair(
            f"Take {plain[near]} instead of {name}",
            "rebind",
            {"column": column, "field": name, "instead": plain[near]},
        )


def check_rows(source: Source | None, fields: Columns, places: Places) -> None:
    """Make sure that a table has rows: of one without, not even the kinds of columns are known.

    Raises:
        DataError: it has none.
    """
    if isinstance(source, TableSource | QuerySource) and _is_empty(fields):
        message = f"There is no row in {places.file()}, only the names of columns."
        raise data_error("no-samples", message, "rows", "none")


def check_rows_left(before: Columns, after: Columns, places: Places) -> None:
    """Make sure that rows are left once those with missing values are left out.

    Raises:
        DataError: none is.
    """
    if _is_empty(after) and not _is_empty(before):
        message = f"No row of {places.file()} is left: each of them lacks a value."
        raise data_error("no-samples", message, "rows with all values", "none")


def _is_empty(fields: Columns) -> bool:
    return bool(fields) and all(column.ndim and not len(column) for column in fields.values())
