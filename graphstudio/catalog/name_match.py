"""How well a word matches a class's name, by the letters that a hurried hand types."""

import re
from collections.abc import Sequence
from enum import IntEnum

_HUMP = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|\d+|[A-Z]+")


class Match(IntEnum):
    """Ways in which a word of a query can be found, the best first."""

    EXACT = 0
    SAID = 1
    PREFIX = 2
    HUMPS = 3
    HUMP_START = 4
    EVERYDAY = 5
    OF_ITS_KIND = 6
    INNER = 7
    SOME_HUMPS = 8
    EVERYDAY_START = 9
    CATEGORY = 10
    SUMMARY = 11
    SUBSEQUENCE = 12
    DOCUMENTATION = 13


def humps_of(name: str) -> tuple[str, ...]:
    """Return the parts of a name in camel case, in lower case."""
    return tuple(hump.casefold() for hump in _HUMP.findall(name))


def match_name(folded: str, humps: Sequence[str], word: str) -> Match | None:
    """Return how a word matches a name; none if it does not.

    Args:
        folded: the name in lower case.
        humps: its parts.
        word: letters in lower case.
    """
    if folded.startswith(word):
        return Match.EXACT if folded == word else Match.PREFIX
    begins = bool(humps) and word[0] == humps[0][0]
    if begins and _splits(word, humps, most_skipped=0):
        return Match.HUMPS
    if word in folded:
        starts = any("".join(humps[n:]).startswith(word) for n in range(len(humps)))
        return Match.HUMP_START if starts else Match.INNER
    return _match_letters(folded, humps, word) if begins else None


def _match_letters(folded: str, humps: Sequence[str], word: str) -> Match | None:
    """Return how the letters of a word, in order, match a name that begins with the first."""
    if not _is_subsequence(word, folded):
        return None
    if _splits(word, humps, most_skipped=len(humps)):
        return Match.SOME_HUMPS
    # Two letters in order are in almost every name, and so say nothing.
    return Match.SUBSEQUENCE if len(word) > 2 else None


def _splits(word: str, humps: Sequence[str], most_skipped: int) -> bool:
    """Return whether the word is made of beginnings of humps in order."""
    if not word:
        return True
    return any(
        word.startswith(hump[:length]) and _splits(word[length:], humps[place + 1 :], most_skipped)
        for place, hump in enumerate(humps[: most_skipped + 1])
        for length in range(min(len(hump), len(word)), 0, -1)
    )


def _is_subsequence(word: str, name: str) -> bool:
    letters = iter(name)
    return all(letter in letters for letter in word)
