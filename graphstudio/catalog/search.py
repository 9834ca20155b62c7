"""Search for what can be put on the canvas, by the letters that a hurried hand types."""

import re
from collections.abc import Iterable, Sequence

from graphstudio.catalog.categories import category_title
from graphstudio.catalog.entries import Catalog, Entry, Role
from graphstudio.diagram.models import MODEL, SEQUENTIAL

# A head is no class of Keras, but it is found and placed like one.
HEAD = Entry(
    path="head",
    category="head",
    summary="A named output of the model, with its loss, its weight and its metrics.",
)
# Nor are models that are drawn here.
NESTED = (
    Entry(
        path=MODEL,
        role=Role.MODEL,
        category="models",
        summary="A new model as a layer, to draw inside of this one.",
    ),
    Entry(
        path=SEQUENTIAL,
        role=Role.MODEL,
        category="models",
        summary="A new model as a layer, of layers that follow each other.",
    ),
)
# What people look for more often comes first.
_ROLES = (Role.LAYER, Role.MODEL, Role.FUNCTION)
_HUMP = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|\d+|[A-Z]+")
_WORD = re.compile(r"\w+")

# Ways in which a word of the query can be found, the best first.
_EXACT, _PREFIX, _HUMPS, _HUMP_START, _INNER, _SOME_HUMPS, _SUBSEQUENCE = range(7)
_CATEGORY, _SUMMARY = 7, 8


def search(catalog: Catalog, query: str, limit: int) -> list[Entry]:
    """Return the inputs, heads and what can be called that match a query, the best first.

    A word of the query may be a part of the class's name, the beginnings of its camel humps
    (``c2`` finds ``Conv2D``), its letters in order, its category or a word of its summary. Every
    word has to be found. Of what is found alike, layers come before functions. The same query
    always gives the same list.

    Args:
        catalog: what there is.
        query: words, in any case; a blank one matches everything.
        limit: how many entries to return at most.
    """
    return rank((catalog.input, HEAD, *NESTED, *catalog.callables.values()), query)[: max(limit, 0)]


def rank(entries: Iterable[Entry], query: str) -> list[Entry]:
    """Return the entries that match a query, the best first; see :func:`search`."""
    words = query.casefold().split()
    if not words:
        return list(entries)
    found = [(score, entry) for entry in entries if (score := _score(entry, words)) is not None]
    found.sort(key=_order)
    return [entry for _, entry in found]


def _order(found: tuple[tuple[int, int], Entry]) -> tuple[object, ...]:
    score, entry = found
    return (score, entry.role is Role.FUNCTION, len(entry.name), entry.name, entry.path)


def _score(entry: Entry, words: Sequence[str]) -> tuple[int, int] | None:
    """Return the worst and the sum of the words' ranks; none if a word is not found."""
    ranks = [_rank(entry, word) for word in words]
    known = [one for one in ranks if one is not None]
    return (max(known), sum(known)) if len(known) == len(ranks) else None


def _rank(entry: Entry, word: str) -> int | None:
    by_name = _rank_in_name(entry.name, word)
    if by_name is not None:
        # `conv` is a function's whole name and still means the layers that begin with it.
        return max(by_name, _PREFIX) if entry.role is Role.FUNCTION else by_name
    if any(text.casefold().startswith(word) for text in _category_words(entry)):
        return _CATEGORY
    if any(text.startswith(word) for text in _WORD.findall(entry.summary.casefold())):
        return _SUMMARY
    return None


def _rank_in_name(name: str, word: str) -> int | None:
    humps = [hump.casefold() for hump in _HUMP.findall(name)]
    folded = name.casefold()
    checks = (
        (_EXACT, folded == word),
        (_PREFIX, folded.startswith(word)),
        (_HUMPS, _begins_humps(word, humps, most_skipped=0)),
        (_HUMP_START, any("".join(humps[n:]).startswith(word) for n in range(len(humps)))),
        (_INNER, word in folded),
        (_SOME_HUMPS, _begins_humps(word, humps, most_skipped=len(humps))),
        (_SUBSEQUENCE, _is_subsequence(word, folded)),
    )
    return next((rank for rank, holds in checks if holds), None)


def _begins_humps(word: str, humps: Sequence[str], most_skipped: int) -> bool:
    """Return whether the word is made of beginnings of humps in order, with the first one's."""
    return bool(humps) and word.startswith(humps[0][:1]) and _splits(word, humps, most_skipped)


def _splits(word: str, humps: Sequence[str], most_skipped: int) -> bool:
    if not word:
        return True
    return any(
        word.startswith(hump[:length]) and _splits(word[length:], humps[place + 1 :], most_skipped)
        for place, hump in enumerate(humps[: most_skipped + 1])
        for length in range(min(len(hump), len(word)), 0, -1)
    )


def _is_subsequence(word: str, name: str) -> bool:
    # Two letters in order are in almost every name, and so say nothing.
    if len(word) < 3 or word[0] != name[0]:
        return False
    letters = iter(name)
    return all(letter in letters for letter in word)


def _category_words(entry: Entry) -> Sequence[str]:
    return (*entry.category.split("_"), *category_title(entry.category).split())
