"""Search for what can be put on the canvas: by name, by everyday words and by documentation."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cached_property

from graphstudio.catalog.categories import category_rank, category_title
from graphstudio.catalog.entries import Catalog, Entry, Role
from graphstudio.catalog.everyday_words import everyday_phrases, own_phrases, query_words
from graphstudio.catalog.name_match import Match, humps_of, match_name
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
_WORD = re.compile(r"\w+")
_ENDINGS = ("ing", "ed", "es", "s", "e")
_LEAST_STEM = 4
# How like a word has to be to one that is known, to be taken for its misspelling.
_LIKENESS = 0.75
# A word's matches, by the number of the entry.
_Matches = Mapping[int, Match]


def placeable(catalog: Catalog) -> tuple[Entry, ...]:
    """Return all that can be put on the canvas: inputs, heads and models, then by family."""

    def order(entry: Entry) -> tuple[object, ...]:
        return (entry.path not in catalog.own, *category_rank(entry.category), entry.name)

    return (catalog.input, HEAD, *NESTED, *sorted(catalog.callables.values(), key=order))


class SearchIndex:
    """What can be put on the canvas, with the words by which each is found, looked up once.

    Args:
        catalog: what there is.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    def find(
        self,
        query: str,
        limit: int,
        *,
        recent: Sequence[str] = (),
        fits: Callable[[Entry], bool] | None = None,
    ) -> list[Entry]:
        """Return what matches a query, the best first.

        A word of the query may be a part of the name, the beginnings of its camel humps (``c2``
        finds ``Conv2D``), its letters in order, what people call it, its category, or a word of
        its documentation; one that is nowhere is taken for a misspelling of the likest word.
        Every word has to be found. Of what is found alike, what was used lately comes first, and
        layers come before functions. The same query always gives the same list.

        Args:
            query: words, in any case; a blank one matches everything.
            limit: how many entries to return at most.
            recent: public paths of what was used lately, the latest first.
            fits: what is left out where this does not hold.
        """
        lately = {path: place for place, path in enumerate(recent)}
        words = query_words(query)
        found = self._scores(words)
        kept = [n for n in found if fits is None or fits(self._entries[n])]

        def order(number: int) -> tuple[object, ...]:
            entry = self._entries[number]
            used = lately.get(entry.path, len(lately))
            if not words:
                return (used, number)
            by_name = (entry.role is Role.FUNCTION, len(entry.name), entry.name, entry.path)
            return (found[number], used, *by_name)

        return [self._entries[n] for n in sorted(kept, key=order)[: max(limit, 0)]]

    @cached_property
    def _entries(self) -> tuple[Entry, ...]:
        return placeable(self._catalog)

    @cached_property
    def _names(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The name of each entry in lower case, and its humps."""
        return tuple((entry.name.casefold(), humps_of(entry.name)) for entry in self._entries)

    @cached_property
    def _phrases(self) -> Mapping[str, set[int]]:
        """The entries that people call by each phrase as a whole."""
        table: dict[str, set[int]] = {}
        for number, entry in enumerate(self._entries):
            for phrase in own_phrases(entry):
                table.setdefault(phrase, set()).add(number)
        return table

    @cached_property
    def _words(self) -> Mapping[str, _Matches]:
        """The entries about which each word is said, and where."""
        table: dict[str, dict[int, Match]] = {}
        for number, entry in enumerate(self._entries):
            for word, match in _words_about(entry):
                matches = table.setdefault(word, {})
                matches[number] = min(match, matches.get(number, match))
        return table

    @cached_property
    def _sorted_words(self) -> Sequence[str]:
        return sorted(self._words)

    @cached_property
    def _spellings(self) -> Sequence[str]:
        """The words that are worth to be misspelt: names and what people call them."""
        said = (word for word, found in self._words.items() if min(found.values()) < Match.SUMMARY)
        return sorted({*said, *(name for name, _ in self._names)})

    def _scores(self, words: Sequence[str]) -> Mapping[int, tuple[int, int]]:
        """Return the worst and the sum of the words' matches, for what matches every word."""
        if not words:
            return dict.fromkeys(range(len(self._entries)), (0, 0))
        found = [self._matches(word) or self._misspelt(word) for word in words]
        everywhere = set(found[0]).intersection(*found[1:])
        scores: dict[int, tuple[int, int]] = {
n: (max(one[n] for one in found), sum(one[n] for one in found))
                  for n in everywhere}  # fmt: skip
        whole = (int(Match.SAID), Match.SAID * len(words))
        for number in self._phrases.get(" ".join(words), ()):
            scores[number] = min(whole, scores.get(number, whole))
        return scores

    def _matches(self, word: str) -> _Matches:
        """Return the entries that a word finds, each by the best of its matches."""
        found: dict[int, Match] = {}
        for known in self._beginning_with(_stem(word)):
            for number, match in self._words[known].items():
                # A word of which only the beginning is typed says a little less.
                part = match in {Match.EVERYDAY, Match.OF_ITS_KIND} and known != word
                here = Match.EVERYDAY_START if part else match
                found[number] = min(here, found.get(number, here))
        for number, (folded, humps) in enumerate(self._names):
            by_name = match_name(folded, humps, word)
            if by_name is not None:
                if self._entries[number].role is Role.FUNCTION:
                    by_name = _of_function(by_name)
                found[number] = min(by_name, found.get(number, by_name))
        return found

    def _beginning_with(self, start: str) -> Iterable[str]:
        place = bisect_left(self._sorted_words, start)
        while place < len(self._sorted_words) and self._sorted_words[place].startswith(start):
            yield self._sorted_words[place]
            place += 1

    def _misspelt(self, word: str) -> _Matches:
        if len(word) < _LEAST_STEM:
            return {}
        likest = get_close_matches(word, self._spellings, 1, _LIKENESS)
        return self._matches(likest[0]) if likest else {}


def _of_function(match: Match) -> Match:
    """Return what a match of a function's name is worth: less than the same one of a layer's.

    `conv` is a function's whole name and still means the layers that begin with it.
    """
    return Match.PREFIX if match <= Match.PREFIX else max(match, Match.INNER)


def _words_about(entry: Entry) -> Iterator[tuple[str, Match]]:
    """Yield the words that are said about an entry, and how they match."""
    category = f"{entry.category.replace('_', ' ')} {category_title(entry.category)}"
    for words, match in (
        (" ".join(own_phrases(entry)).split(), Match.EVERYDAY),
        (" ".join(everyday_phrases(entry)).split(), Match.OF_ITS_KIND),
        (_WORD.findall(category.casefold()), Match.CATEGORY),
        (_WORD.findall(entry.summary.casefold()), Match.SUMMARY),
        (_WORD.findall(entry.doc.casefold()), Match.DOCUMENTATION),
    ):
        yield from ((word, match) for word in words)


def _stem(word: str) -> str:
    """Return a word without an English ending: what all its forms begin with."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM:
            return word.removesuffix(ending)
    return word
