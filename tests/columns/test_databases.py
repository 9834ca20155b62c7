"""Queries of databases and files give columns, and change nothing."""

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from graphstudio.columns.databases import (
    database_fields,
    files_fields,
    from_environment,
    query_database,
    query_files,
    query_sqlite,
    sqlite_fields,
    without_password,
)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    file = tmp_path / "sales.sqlite"
    with closing(sqlite3.connect(file)) as opened, opened:
        opened.execute("CREATE TABLE sales (day TEXT, amount REAL, paid INTEGER)")
        opened.executemany(
            "INSERT INTO sales VALUES (?, ?, ?)", [("mon", 1.5, 1), ("tue", None, 0), (None, 2, 1)]
        )
    return file


QUERY = "SELECT day, amount, paid, paid FROM sales"


def test_rows_of_sqlite_become_columns(database: Path) -> None:
    assert sqlite_fields(database, QUERY) == ["day", "amount", "paid", "paid_1"]
    found = query_sqlite(database, QUERY, ["day", "amount", "paid_1"])
    assert found["day"].tolist() == ["mon", "tue", None]
    np.testing.assert_array_equal(found["amount"], [1.5, np.nan, 2])
    assert found["paid_1"].tolist() == [1, 0, 1]


def test_sqlalchemy_gives_the_same(database: Path) -> None:
    url = f"sqlite:///{database}"
    assert database_fields(url, QUERY) == sqlite_fields(database, QUERY)
    found = query_database(url, f"-- all\n{QUERY}", ["amount"])
    np.testing.assert_array_equal(found["amount"], [1.5, np.nan, 2])


@pytest.mark.parametrize("change", ["DELETE FROM sales", "DROP TABLE sales", "VACUUM"])
def test_a_statement_that_changes_something_is_refused(database: Path, change: str) -> None:
    before = database.read_bytes()
    with pytest.raises(ValueError, match=r"read.?only|gives rows|VACUUM"):
        query_sqlite(database, change, [])
    with pytest.raises(ValueError, match="expected a query that only reads"):
        query_database(f"sqlite:///{database}", change, [])
    assert database.read_bytes() == before


def test_a_change_behind_a_query_is_refused(database: Path) -> None:
    change = "WITH one AS (SELECT 1) DELETE FROM sales"
    with pytest.raises(ValueError, match="readonly"):
        query_database(f"sqlite:///{database}", change, [])
    assert len(query_sqlite(database, QUERY, ["day"])["day"]) == 3


def test_files_are_found_from_their_folder(tmp_path: Path) -> None:
    (tmp_path / "sales.csv").write_text("day,amount\nmon,1\ntue,2\n")
    query = "SELECT day, sum(amount) AS total FROM 'sales.csv' GROUP BY day ORDER BY day"
    assert files_fields(tmp_path, query) == ["day", "total"]
    assert query_files(tmp_path, query, ["total"])["total"].tolist() == [1, 2]


def test_a_missing_table_is_told_with_the_file(database: Path) -> None:
    with pytest.raises(ValueError, match=r"sales\.sqlite: no such table: costs"):
        sqlite_fields(database, "SELECT * FROM costs")


def test_environment_variables_stand_in_a_url(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PASSWORD", "a/b@c")
    monkeypatch.setenv("URL", "sqlite:///x.sqlite")
    given = from_environment("postgresql://me:${PASSWORD}@host/db")
    assert given == "postgresql://me:a%2Fb%40c@host/db"
    assert from_environment("${URL}") == "sqlite:///x.sqlite"
    for text in ("cannot log in with a/b@c", "cannot parse a%2Fb%40c"):
        assert "a/b" not in without_password(text, given)
        assert "***" in without_password(text, given)
