"""What can come instead of a layer, and how like it that is."""

from graphstudio.catalog.entries import Catalog, Entry
from graphstudio.catalog.starting import rank_of


def replaces(entry: Entry, old: Entry, catalog: Catalog) -> bool:
    """Return whether an entry can come instead of another one."""
    return entry.path in catalog.callables and entry.path != old.path


def unlikeness(entry: Entry, old: Entry, *, asked: bool) -> tuple[bool, ...]:
    """Return how unlike another entry one is, as a key to sort by: what is like it comes first.

    Args:
        entry: what may come instead.
        old: what it may come instead of.
        asked: whether somebody asks for it by words, which then say more than its category.
    """
    ranks = {rank_of(entry.name), rank_of(old.name)}
    other_rank = len(ranks - {None}) == 2
    return (other_rank,) if asked else (entry.category != old.category, other_rank)
