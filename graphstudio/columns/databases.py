"""The rows that a query gives, of a database or of files; nothing is ever changed."""

import os
import re
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import quote_plus

import duckdb
import sqlalchemy

from graphstudio.columns.cells import column_of, distinct
from graphstudio.columns.samples import Columns
from graphstudio.columns.tables import fetch

Rows: TypeAlias = Iterable[Sequence[Any]]

# What a query that only reads begins with.
READING = {"select", "with", "values", "table", "show", "from"}


def query_files(folder: Path, query: str, names: Collection[str]) -> Columns:
    """Return columns of a query that DuckDB makes over files in a folder.

    Args:
        folder: what relative paths in the query start from.
        query: the SQL, such as ``SELECT * FROM 'sales.csv'``.
        names: the columns to return.

    Raises:
        ValueError: it is no query, or it changes something.
    """
    with duckdb.connect() as connection:
        return fetch(files_table(connection, folder, query), names)


def files_fields(folder: Path, query: str) -> list[str]:
    """Return the names of the columns of a query over files in a folder."""
    with duckdb.connect() as connection:
        return list(files_table(connection, folder, query).columns)


def files_table(
    connection: duckdb.DuckDBPyConnection, folder: Path, query: str
) -> duckdb.DuckDBPyRelation:
    """Return a query over files as a relation that is yet unread."""
    # No extension is fetched over the network, and the query cannot allow it again.
    connection.execute("SET autoinstall_known_extensions = false")
    connection.execute("SET autoload_known_extensions = false")
    connection.execute("SET file_search_path = ?", [str(folder.resolve())])
    connection.execute("SET lock_configuration = true")
    kinds = [statement.type for statement in connection.extract_statements(query)]
    if kinds != [duckdb.StatementType.SELECT]:
        found = ", ".join(kind.name for kind in kinds) or "nothing"
        raise ValueError(f"expected one query that only reads; received {found}")
    return connection.sql(query)


def query_sqlite(path: Path, query: str, names: Collection[str]) -> Columns:
    """Return columns of a query of an SQLite database, which is opened to read only.

    Args:
        path: the database's file.
        query: the SQL.
        names: the columns to return.

    Raises:
        ValueError: it is no query, or it changes something.
    """
    with sqlite_rows(path, query) as (found, rows):
        return columns_of(found, rows, names)


def sqlite_fields(path: Path, query: str) -> list[str]:
    """Return the names of the columns of a query of an SQLite database."""
    with sqlite_rows(path, query) as (found, _):
        return found


@contextmanager
def sqlite_rows(path: Path, query: str) -> Iterator[tuple[list[str], Rows]]:
    """Give the names of columns and the rows, while the database is open."""
    address = f"{path.resolve().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True)) as database:
            cursor = database.execute(query)
            yield names_of(one[0] for one in cursor.description or ()), cursor
    except (sqlite3.Error, sqlite3.Warning) as error:
        raise ValueError(f"{path.name}: {error}") from error


def query_database(url: str, query: str, names: Collection[str]) -> Columns:
    """Return columns of a query of a database that SQLAlchemy knows.

    The query runs in a transaction that is rolled back.

    Args:
        url: the database; ``${NAME}`` in it stands for an environment variable.
        query: the SQL.
        names: the columns to return.

    Raises:
        ValueError: the database cannot be reached, it is no query, or it changes
            something.
    """
    with database_rows(url, query) as (found, rows):
        return columns_of(found, rows, names)


def database_fields(url: str, query: str) -> list[str]:
    """Return the names of the columns of a query of a database."""
    with database_rows(url, query) as (found, _):
        return found


@contextmanager
def database_rows(url: str, query: str) -> Iterator[tuple[list[str], Rows]]:
    """Give the names of columns and the rows, while the database is open."""
    start = re.match(r"(?:\s|--[^\n]*\n|/\*.*?\*/|\()*(\w*)", query, re.DOTALL)
    word = start[1].lower() if start else ""
    if word not in READING:
        found = word or "nothing"
        raise ValueError(f"expected a query that only reads; received {found!r}")
    given = from_environment(url)
    try:
        engine = sqlalchemy.create_engine(given)
        with closing(engine.connect()) as connection:
            only_read(connection)
            rows = connection.exec_driver_sql(query)
            yield names_of(rows.keys()), rows
    except (sqlalchemy.exc.SQLAlchemyError, ImportError) as error:
        said = without_password(str(error).partition("\n")[0], given)
        # Without the error that caused it, which may hold the password.
        raise ValueError(f"the database cannot be queried: {said}") from None


def only_read(connection: sqlalchemy.Connection) -> None:
    """Have a database refuse changes, where it can be asked to."""
    match connection.dialect.name:
        case "sqlite":
            connection.exec_driver_sql("PRAGMA query_only = ON")
        case "postgresql" | "mysql" | "mariadb" | "oracle":
            connection.exec_driver_sql("SET TRANSACTION READ ONLY")


def from_environment(url: str) -> str:
    """Return a URL with the values of environment variables for ``${NAME}``.

    Raises:
        ValueError: a variable is not set.
    """

    def value(found: re.Match[str]) -> str:
        if found[1] not in os.environ:
            raise ValueError(
                f"expected the environment variable {found[1]}; it is not set"
            )
        # A password may hold what means something in a URL; a whole URL may too.
        given = os.environ[found[1]]
        return given if found[0] == url else quote_plus(given)

    return re.sub(r"\$\{(\w+)\}", value, url)


def without_password(text: str, url: str) -> str:
    """Return a text without the password of a URL."""
    try:
        password = sqlalchemy.make_url(url).password
    except sqlalchemy.exc.ArgumentError:
        return text.replace(url, "its URL")
    for secret in {str(password), quote_plus(str(password))} if password else ():
        text = text.replace(secret, "***")
    return text


def names_of(found: Iterable[str]) -> list[str]:
    """Return the names of a query's columns, each of them once.

    Raises:
        ValueError: there are none.
    """
    names = distinct(found)
    if not names:
        raise ValueError("expected a query that gives rows; received none")
    return names


def columns_of(found: Sequence[str], rows: Rows, names: Collection[str]) -> Columns:
    """Return columns of rows."""
    cells = list(zip(*rows, strict=True)) or [()] * len(found)
    return {name: column_of(cells[found.index(name)]) for name in names}
