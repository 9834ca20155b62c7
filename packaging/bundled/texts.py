"""Sentences with the mean of what twenty readers felt, from -4 (negative) to 4 (positive)."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from bundled.archives import Archives
from bundled.table import Table

# The archive also holds sentences of a newspaper, which gave no licence to them.
_DOMAINS = {"tweet": "tweets", "film": "movieReviewSnippets", "product": "amazonReviewSnippets"}
# What lies between these is neutral.
_NEGATIVE, _POSITIVE = -0.5, 0.5
# How many sentences of each class become files.
_FILES = 100


class _Sentence(NamedTuple):
    name: str
    text: str
    domain: str
    sentiment: float

    @property
    def kind(self) -> str:
        """The class that the sentiment stands for."""
        if self.sentiment < _NEGATIVE:
            return "negative"
        return "positive" if self.sentiment > _POSITIVE else "neutral"


def sentiment(archives: Archives) -> Table:
    """Return 18,513 sentences: text, domain, sentiment and class."""
    rows = [
        (one.text, one.domain, one.sentiment, one.kind)
        for domain in _DOMAINS
        for one in _sentences(archives, domain)
    ]
    return Table(("text", "domain", "sentiment", "class"), rows)


def tweets(archives: Archives) -> Table:
    """Return 4,200 short messages: text, sentiment and class."""
    rows = [(one.text, one.sentiment, one.kind) for one in _sentences(archives, "tweet")]
    return Table(("text", "sentiment", "class"), rows)


def write_reviews(archives: Archives, folder: Path) -> None:
    """Write 300 sentences on products as text files into a folder for each class."""
    sentences = _sentences(archives, "product")
    for kind in ("negative", "neutral", "positive"):
        of_kind = [one for one in sentences if one.kind == kind]
        (folder / kind).mkdir(parents=True, exist_ok=True)
        for one in of_kind[:: len(of_kind) // _FILES][:_FILES]:
            (folder / kind / f"{one.name}.txt").write_text(f"{one.text}\n", encoding="utf-8")


def _sentences(archives: Archives, domain: str) -> Sequence[_Sentence]:
    name = f"{_DOMAINS[domain]}_GroundTruth.txt"
    text = archives.read_nested("vaderSentiment", "hutto_ICWSM_2014.tar.gz", name)
    rows = (line.split("\t") for line in text.splitlines())
    return [_Sentence(key, words, domain, round(float(mean), 4)) for key, mean, words in rows]
