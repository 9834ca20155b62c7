"""Tables of records in pages: a table made from another shares every page that is left alone.

A diagram of ten thousand nodes is edited a record at a time. Copying its tables and comparing them
record by record would cost every edit what the whole diagram costs.
"""

from collections.abc import (
    Callable,
    Collection,
    ItemsView,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
    ValuesView,
)
from itertools import chain, compress, islice, starmap, zip_longest
from operator import is_not
from sys import maxsize
from typing import Any, Generic, NamedTuple, TypeAlias, TypeVar

Key = TypeVar("Key")
Item = TypeVar("Item")
Unlike: TypeAlias = Callable[[object, object], bool]

_PAGE = 128
# A plain dict of so many records is copied and compared as quickly.
_SMALL = 2 * _PAGE
# A table in which so many pages were left nearly empty is written anew.
_SPARSE = 8


class First(NamedTuple, Generic[Key, Item]):
    """A plain dict that was put into pages: it stays where it is, and may be gone back to."""

    table: dict[Key, Item]
    pages: Sequence[dict[Key, Item]]


class PagedTable(Mapping[Key, Item]):
    """Records in the order in which they were added, as in a dict.

    Attributes:
        pages: the records, in order; none of them is changed any more.
        page_of: the number of each key's page, shared by all tables that were made from each
            other. It only grows: what this table does not hold is on no page of it.
        first: the table that the others were made from, with the dict that it was; shared too.
    """

    __slots__ = ("_size", "first", "page_of", "pages")

    def __init__(
        self,
        pages: Sequence[dict[Key, Item]],
        page_of: dict[Key, int],
        first: "First[Key, Item]",
    ) -> None:
        self.pages = tuple(pages)
        self.page_of = page_of
        self.first = first
        self._size = sum(map(len, pages))

    def __getitem__(self, key: Key) -> Item:
        try:
            return self.pages[self.page_of[key]][key]
        except IndexError:
            raise KeyError(key) from None

    def get(self, key: Key, default: Any = None) -> Any:
        """Return a record, or something else where there is none."""
        try:
            return self.pages[self.page_of[key]].get(key, default)
        except (KeyError, IndexError):
            return default

    def __contains__(self, key: object) -> bool:
        number = self.page_of.get(key, maxsize)  # type: ignore[arg-type]  # Any key, as in a dict.
        return number < len(self.pages) and key in self.pages[number]

    def __iter__(self) -> Iterator[Key]:
        return chain.from_iterable(self.pages)

    def __reversed__(self) -> Iterator[Key]:
        return chain.from_iterable(map(reversed, reversed(self.pages)))

    def __len__(self) -> int:
        return self._size

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Mapping):
            return NotImplemented
        return len(self) == len(other) and all(one == two for one, two in _parts(self, other))

    __hash__ = None  # type: ignore[assignment]  # As that of a dict.

    def values(self) -> ValuesView[Item]:
        """Return the records, in order."""
        return _Values(self)

    def items(self) -> ItemsView[Key, Item]:
        """Return the keys with their records, in order."""
        return _Items(self)

    def among(self, keys: Collection[Key]) -> list[Key]:
        """Return those of some keys that it holds, in its order."""
        pages = (
            self.pages[number]
            for number in sorted({self.page_of[key] for key in keys if key in self})
        )
        return [key for page in pages for key in page if key in keys]

    def written(self, came: Mapping[Key, Item], gone: Iterable[Key]) -> Mapping[Key, Item]:
        """Return the table with other records; those that are new come last."""
        pages = list(self.pages)
        own: set[int] = set()

        def page(number: int) -> dict[Key, Item]:
            if number not in own:
                own.add(number)
                pages[number] = dict(pages[number])
            return pages[number]

        for key in gone:
            if key in self:
                page(self.page_of[key]).pop(key, None)
        for key, item in came.items():
            number = self.page_of.get(key, maxsize)
            if number >= len(pages) or key not in pages[number]:
                if len(pages[-1]) >= _PAGE:
                    pages.append({})
                # It once stood elsewhere, where this table cannot have it.
                if self.page_of.setdefault(key, len(pages) - 1) != len(pages) - 1:
                    return _in_pages({**_without(as_dict(self), gone), **came})
                number = len(pages) - 1
            page(number)[key] = item
        table = PagedTable(pages, self.page_of, self.first)
        sparse = len(pages) > 2 * len(table) / _PAGE + _SPARSE
        return _in_pages(as_dict(table)) if sparse else table


class _Values(ValuesView[Item]):
    def __init__(self, table: PagedTable[Any, Item]) -> None:
        super().__init__(table)
        self._pages = table.pages

    def __iter__(self) -> Iterator[Item]:
        return chain.from_iterable(page.values() for page in self._pages)


class _Items(ItemsView[Key, Item]):
    def __init__(self, table: PagedTable[Key, Item]) -> None:
        super().__init__(table)
        self._pages = table.pages

    def __iter__(self) -> Iterator[tuple[Key, Item]]:
        return chain.from_iterable(page.items() for page in self._pages)


def with_records(
    table: Mapping[Key, Item], came: Mapping[Key, Item], gone: Collection[Key] = ()
) -> Mapping[Key, Item]:
    """Return a table with other records: the very table where nothing is other.

    Args:
        table: the table, which stays as it is.
        came: records in the places of those of their keys; those that are new come last.
        gone: keys that are taken out before; those that are not there are passed over.
    """
    if not came and not any(key in table for key in gone):
        return table
    if len(table) > _SMALL and not isinstance(table, PagedTable):
        table = _in_pages(as_dict(table))
    if isinstance(table, PagedTable):
        return table.written(came, gone)
    return {**_without(dict(table), gone), **came}


def without(table: Mapping[Key, Item], gone: Collection[Key]) -> Mapping[Key, Item]:
    """Return the table without some keys: the very table where it has none of them."""
    return with_records(table, {}, gone)


def replaced(before: Mapping[Key, object], after: Mapping[Key, object]) -> set[Key]:
    """Return the keys whose record is another one, also those that only one table has."""
    return unlike(before, after, is_not)


def unlike(before: Mapping[Key, object], after: Mapping[Key, object], differ: Unlike) -> set[Key]:
    """Return the keys whose values differ, also those that only one table has.

    Args:
        before: a table.
        after: another one; of one that was made from it, only what differs is looked through.
        differ: whether two values do; one and the same never does.
    """
    found: set[Key] = set()
    for old, new in _parts(before, after):
        # A loop in Python over all records would take longer than all the rest.
        found.update(compress(new, map(differ, map(old.get, new), new.values())))
        found.update(old.keys() - new.keys())
    return found


def in_order(keys: Collection[Key], table: Mapping[Key, object]) -> list[Key]:
    """Return those of some keys that a table holds, in its order."""
    if len(keys) < 2:
        return [key for key in keys if key in table]
    if isinstance(table, PagedTable):
        return table.among(keys)
    return [key for key in table if key in keys]


def are_last(keys: Collection[Key], table: Mapping[Key, object]) -> bool:
    """Return whether nothing in a table comes after any of these keys but themselves."""
    backwards: Iterator[Key] = reversed(table)  # type: ignore[arg-type]  # Dicts and pages can.
    return all(key in keys for key in islice(backwards, len(keys)))


def as_dict(table: object) -> dict[Any, Any]:
    """Return a table as a plain dict, such as msgspec writes; a plain dict as it is.

    Raises:
        NotImplementedError: it is no table.
    """
    if not isinstance(table, Mapping):
        raise NotImplementedError(f"Expected a table; received {table!r}.")
    return table if isinstance(table, dict) else dict(table.items())


def _in_pages(records: dict[Key, Item]) -> Mapping[Key, Item]:
    if len(records) <= _SMALL:
        return records
    keys = list(records)
    parts = [keys[start : start + _PAGE] for start in range(0, len(keys), _PAGE)]
    page_of = {key: number for number, part in enumerate(parts) for key in part}
    pages = [{key: records[key] for key in part} for part in parts]
    return PagedTable(pages, page_of, First(records, pages))


def _without(records: dict[Key, Item], gone: Iterable[Key]) -> dict[Key, Item]:
    for key in gone:
        records.pop(key, None)
    return records


def _parts(
    before: Mapping[Key, Item], after: Mapping[Key, Item]
) -> Iterator[tuple[dict[Key, Item], dict[Key, Item]]]:
    """Yield those parts of two tables in which they may differ."""
    if before is after:
        return
    old, new = _pages(before, after), _pages(after, before)
    if old is None or new is None:
        yield as_dict(before), as_dict(after)
    else:
        none: dict[Key, Item] = {}
        pairs = list(zip_longest(old, new, fillvalue=none))
        yield from compress(pairs, starmap(is_not, pairs))


def _pages(
    table: Mapping[Key, Item], other: Mapping[Key, Item]
) -> Sequence[dict[Key, Item]] | None:
    """Return a table's pages, as another one shares them; none where it shares none."""
    if isinstance(table, PagedTable):
        shared = isinstance(other, PagedTable) and other.first is table.first
        return table.pages if shared or other is table.first.table else None
    if isinstance(other, PagedTable) and table is other.first.table:
        return other.first.pages
    return None
