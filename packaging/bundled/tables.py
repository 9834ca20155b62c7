"""Tables of rows that stand for themselves: wines, tumours, patients, penguins, hours, exercise."""

from typing import Any

from sklearn.datasets import load_breast_cancer, load_diabetes, load_linnerud, load_wine

from bundled.archives import Archives
from bundled.table import Table, from_columns, read_csv


def wines() -> Table:
    """Return 178 wines: 13 measurements and the cultivar (0, 1 or 2)."""
    data = load_wine()
    rows = zip(data.data, data.target, strict=True)
    return from_columns([*data.feature_names, "cultivar"], ([*x, y] for x, y in rows))


def tumour_cells() -> Table:
    """Return 569 tumours: 30 measures of their cells, and the diagnosis in words."""
    data = load_breast_cancer()
    names = [name.replace(" ", "_") for name in data.feature_names]
    rows = zip(data.data, data.target_names[data.target], strict=True)
    return from_columns([*names, "diagnosis"], ([*x, y] for x, y in rows))


def patients() -> Table:
    """Return 442 patients with diabetes: ten measurements, and how it progressed in a year."""
    data = load_diabetes(scaled=False)
    rows = zip(data.data, data.target, strict=True)
    return from_columns([*data.feature_names, "progression"], ([*x, y] for x, y in rows))


def linnerud() -> Table:
    """Return 20 men: three exercises, and their weight, waist and pulse."""
    data: Any = load_linnerud()
    names = [name.lower() for name in (*data.feature_names, *data.target_names)]
    rows = zip(data.data, data.target, strict=True)
    return from_columns(names, ([*x, *y] for x, y in rows))


def penguins(archives: Archives) -> Table:
    """Return 344 penguins: species, island, four measurements, sex and year."""
    text = archives.read_text("palmerpenguins", "palmerpenguins/data/penguins.csv")
    return read_csv(text, missing="NA")


def penguin_survey(archives: Archives) -> Table:
    """Return the same penguins as they were written down, with nests, dates and remarks."""
    text = archives.read_text("palmerpenguins", "palmerpenguins/data/penguins-raw.csv")
    return read_csv(text, missing="NA")


def bikes(archives: Archives) -> Table:
    """Return 8,645 hours: when, what weather, and how many bicycles were hired by whom."""
    return read_csv(archives.read_text("islp", "ISLP/data/Bikeshare.csv"))
