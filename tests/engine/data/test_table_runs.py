"""A run and its script read the same of every kind of table and query."""

import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import duckdb
import numpy as np
import pytest

from graphstudio.code.plan import make_plan
from graphstudio.code.script import python_script
from graphstudio.diagram.project import Project
from graphstudio.diagram.sources import QuerySource, Refused, TableSource
from graphstudio.engine.data.loading import load_split
from graphstudio.engine.data.samples import Samples
from graphstudio.resource import resource_path
from tests.engine.data.tables import penguins
from tests.parity import CATALOG, assert_run_and_script_agree, script_data

DATA = resource_path("data")
QUERY = next(
    entry["query"]
    for entry in json.loads(resource_path("data.json").read_text("utf-8"))
    if entry["name"] == "penguin_islands"
)


def copied(name: str, folder: Path) -> str:
    shutil.copy(DATA / name, folder)
    return name


def csv(folder: Path) -> Project:
    return penguins(TableSource(path=copied("penguins.csv", folder)))


def tsv(folder: Path) -> Project:
    text = (DATA / "penguins.csv").read_text().replace(",", "\t")
    (folder / "penguins.tsv").write_text(text)
    return penguins(TableSource(path="penguins.tsv", delimiter="\t", header=True))


def encoded_text(folder: Path) -> Project:
    text = (DATA / "penguins.csv").read_text().replace("Gentoo", "Eselspinguïn")
    (folder / "penguins.txt").write_text(text, encoding="utf-16")
    source = TableSource(path="penguins.txt", encoding="utf-16")
    return penguins(source, classes=("Adelie", "Chinstrap", "Eselspinguïn"))


def ragged(folder: Path) -> Project:
    lines = (DATA / "penguins.csv").read_text().splitlines()
    (folder / "penguins.csv").write_text("\n".join([*lines, "Adelie,Dream,3"]))
    return penguins(TableSource(path="penguins.csv", refused=Refused.SKIP))


def marked(folder: Path) -> Project:
    text = (DATA / "penguins.csv").read_text().replace(",,", ",n/a,").replace(",,", ",n/a,")
    (folder / "penguins.csv").write_text(text)
    return penguins(TableSource(path="penguins.csv", missing=("n/a",)))


def parquet(folder: Path) -> Project:
    table = duckdb.read_csv(str(DATA / "penguins.csv"))
    table.write_parquet(str(folder / "penguins.parquet"))
    return penguins(TableSource(path="penguins.parquet"))


def json_lines(folder: Path) -> Project:
    found = duckdb.read_csv(str(DATA / "penguins.csv"))
    rows = [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]
    (folder / "penguins.jsonl").write_text("\n".join(map(json.dumps, rows)))
    return penguins(TableSource(path="penguins.jsonl"))


def excel(folder: Path) -> Project:
    return penguins(
        TableSource(path=copied("penguin_survey.xlsx", folder), sheet="Penguins"),
        sizes=("Culmen Length (mm)", "Culmen Depth (mm)", "Flipper Length (mm)"),
        species="Species",
        mass="Body Mass (g)",
        classes=(
            "Adelie Penguin (Pygoscelis adeliae)",
            "Chinstrap penguin (Pygoscelis antarctica)",
            "Gentoo penguin (Pygoscelis papua)",
        ),
    )


def sqlite(folder: Path) -> Project:
    name = copied("penguin_islands.sqlite", folder)
    return penguins(QuerySource(query=QUERY, url=f"sqlite:///{name}"))


def sqlalchemy(folder: Path) -> Project:
    file = folder / copied("penguin_islands.sqlite", folder)
    os.environ["PENGUINS"] = f"sqlite:///{file}"
    return penguins(QuerySource(query=QUERY, url="${PENGUINS}"))


def files(folder: Path) -> Project:
    name = copied("penguins.csv", folder)
    assert name == "penguins.csv"
    return penguins(QuerySource(query="SELECT * FROM 'penguins.csv' WHERE year > 2007"))


KINDS: dict[str, Callable[[Path], Project]] = {
    made.__name__: made
    for made in (
        csv, tsv, encoded_text, ragged, marked, parquet, json_lines, excel,
        sqlite, sqlalchemy, files,
    )
}  # fmt: skip


def loaded(project: Project, folder: Path) -> tuple[Samples, Samples]:
    """Return what a run trains on and what it holds out."""
    split = load_split(project, make_plan(project.diagram, CATALOG), folder)
    assert isinstance(split.train, Samples)
    assert isinstance(split.validation, Samples)
    return split.train, split.validation


@pytest.mark.parametrize("kind", KINDS)
def test_a_run_and_its_script_read_the_same(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PENGUINS", "")
    project = KINDS[kind](tmp_path)
    read = loaded(project, tmp_path)
    for engine, script in zip(read, script_data(project, tmp_path), strict=True):
        for one, other in zip(engine.for_keras, script, strict=True):
            assert one.keys() == other.keys()
            for name in one:
                np.testing.assert_array_equal(one[name], other[name])
                assert one[name].dtype == other[name].dtype
    assert np.isfinite(read[0].x["size"]).all()


@pytest.mark.parametrize("kind", ["excel", "sqlite"])
def test_a_run_and_its_script_reach_the_same(kind: str, tmp_path: Path) -> None:
    reached = assert_run_and_script_agree(KINDS[kind](tmp_path), tmp_path)
    assert np.isfinite(reached["loss"])
    assert "species_loss" in reached


@pytest.mark.parametrize("kind", ["tsv", "parquet", "json_lines", "sqlite", "ragged", "marked"])
def test_every_kind_of_file_holds_the_same_penguins(kind: str, tmp_path: Path) -> None:
    given, _ = loaded(KINDS[kind](tmp_path), tmp_path)
    expected, _ = loaded(csv(tmp_path), tmp_path)
    if kind not in {"ragged", "marked"}:
        np.testing.assert_array_equal(given.x["size"], expected.x["size"])
    assert (len(given), len(given.y["mass"])) == (257, 257)


def test_a_query_leaves_the_database_as_it_is(tmp_path: Path) -> None:
    project = sqlite(tmp_path)
    before = (tmp_path / "penguin_islands.sqlite").read_bytes()
    loaded(project, tmp_path)
    assert (tmp_path / "penguin_islands.sqlite").read_bytes() == before
    with closing(sqlite3.connect(tmp_path / "penguin_islands.sqlite")) as database:
        assert database.execute("SELECT count(*) FROM penguins").fetchone() == (344,)


def test_weights_in_a_script_refer_to_the_targets(tmp_path: Path) -> None:
    script = python_script(csv(tmp_path), CATALOG)
    assert script.count("class_index(") == 2
    assert 'weigh(present(fields["species"]), y["species"], {1: 2.0})' in script
