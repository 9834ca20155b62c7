"""The penguins as a database of three tables, which a query joins."""

import sqlite3
from contextlib import closing
from pathlib import Path

from bundled.table import Table

_SCHEMA = """
CREATE TABLE species (id INTEGER PRIMARY KEY, name TEXT NOT NULL, latin TEXT NOT NULL);
CREATE TABLE islands (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE penguins (
    id INTEGER PRIMARY KEY,
    species_id INTEGER NOT NULL REFERENCES species (id),
    island_id INTEGER NOT NULL REFERENCES islands (id),
    bill_length_mm REAL,
    bill_depth_mm REAL,
    flipper_length_mm INTEGER,
    body_mass_g INTEGER,
    sex TEXT,
    delta_15_n REAL,
    delta_13_c REAL,
    egg_seen_on TEXT
);
"""
_MEASURED = (
    "Culmen Length (mm)", "Culmen Depth (mm)", "Flipper Length (mm)", "Body Mass (g)", "Sex",
    "Delta 15 N (o/oo)", "Delta 13 C (o/oo)", "Date Egg",
)  # fmt: skip


def write_database(survey: Table, path: Path) -> None:
    """Write the survey of penguins as an SQLite database, in place of what lies there."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as database:
        database.executescript(_SCHEMA)
        species = _numbered(survey, "Species")
        for title, number in species.items():
            # As in "Adelie Penguin (Pygoscelis adeliae)".
            name, _, latin = title.rstrip(")").partition(" (")
            row = (number, name.split()[0], latin)
            database.execute("INSERT INTO species VALUES (?, ?, ?)", row)
        islands = _numbered(survey, "Island")
        database.executemany(
            "INSERT INTO islands VALUES (?, ?)",
            [(number, name) for name, number in islands.items()],
        )
        rows = survey.cells("Species", "Island", *_MEASURED)
        database.executemany(
            "INSERT INTO penguins VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [(species[str(kind)], islands[str(island)], *rest) for kind, island, *rest in rows],
        )
        database.commit()
        database.execute("VACUUM")


def _numbered(table: Table, column: str) -> dict[str, int]:
    """Return the different values of a column, sorted, with numbers from 1."""
    values = sorted({str(value) for (value,) in table.cells(column)})
    return {value: number for number, value in enumerate(values, start=1)}
