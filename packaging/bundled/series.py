"""Series in time: sunspots and carbon dioxide as tables, motions and utterances as arrays."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, TypeAlias

import numpy as np
from examples.arrays import Arrays

from bundled.archives import Archives
from bundled.table import Cell, Table, read_csv

_FOLDER = "statsmodels/datasets"
# One part of a file of aeon: the class, and the values of each channel in time.
_Sample: TypeAlias = tuple[str, Sequence[Sequence[float]]]


def sunspots(archives: Archives) -> Table:
    """Return the years from 1700 to 2008 and their mean number of sunspots."""
    table = read_csv(archives.read_text("statsmodels", f"{_FOLDER}/sunspots/sunspots.csv"))
    return Table(("year", "sunspots"), table.rows)


def sunspots_monthly(archives: Archives) -> Table:
    """Return the months from January 1749 to June 2009 and their mean number of sunspots."""
    text = archives.read_text("statsmodels", f"{_FOLDER}/sunspots/src/sunspots_monthly.dat")
    rows: list[tuple[Cell, ...]] = []
    for line in text.splitlines():
        year, *values = line.split() or [""]
        # Titles, rules and notes stand between the years.
        if year.isdecimal():
            months = enumerate(values, start=1)
            rows += [(f"{year}-{month:02}", float(value)) for month, value in months]
    return Table(("month", "sunspots"), rows)


def carbon_dioxide(archives: Archives) -> Table:
    """Return the weeks from 1958 to 2001 and the carbon dioxide in parts per million."""
    table = read_csv(archives.read_text("statsmodels", f"{_FOLDER}/co2/co2.csv"))
    days = [datetime.strptime(f"{day}", "%Y%m%d").date().isoformat() for day, _ in table.rows]
    return Table(("week", "co2"), [(d, row[1]) for d, row in zip(days, table.rows, strict=True)])


def basic_motions(archives: Archives) -> Arrays:
    """Return 80 motions: 100 steps of 6 sensors, what was done (0 to 3), and the part."""
    samples, part = _samples(archives, "BasicMotions")
    names = ["Standing", "Running", "Walking", "Badminton"]
    return {
        "motion": np.array([values for _, values in samples], "float32").transpose(0, 2, 1),
        "activity": np.array([names.index(label) for label, _ in samples], "int32"),
        "part": part,
    }


def japanese_vowels(archives: Archives) -> Arrays:
    """Return 640 utterances: 29 steps of 12 coefficients, zeros after the end; who spoke."""
    samples, part = _samples(archives, "JapaneseVowels")
    lengths = [len(values[0]) for _, values in samples]
    utterances = np.zeros((len(samples), max(lengths), len(samples[0][1])), "float32")
    for row, (_, values) in zip(utterances, samples, strict=True):
        row[: len(values[0])] = np.transpose(values)
    return {
        "utterance": utterances,
        "length": np.array(lengths, "int32"),
        "speaker": np.array([int(label) - 1 for label, _ in samples], "int32"),
        "part": part,
    }


def _samples(archives: Archives, name: str) -> tuple[list[_Sample], Any]:
    """Return the samples of both parts, and of which part each is: "train" or "test"."""
    found: list[_Sample] = []
    parts: list[str] = []
    for part in ("train", "test"):
        file = f"aeon/datasets/data/{name}/{name}_{part.upper()}.ts"
        found += _parse(archives.read_text("aeon", file))
        parts += [part] * (len(found) - len(parts))
    return found, np.array(parts)


def _parse(text: str) -> Iterator[_Sample]:
    """Yield the samples of a file in aeon's format: channels and the class between colons."""
    _, _, lines = text.partition("@data\n")
    for line in lines.splitlines():
        *channels, label = line.split(":")
        yield label, [[float(value) for value in channel.split(",")] for channel in channels]
