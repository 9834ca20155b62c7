"""The catalog that ships with the program, so that the palette is there before the engine is."""

from functools import cache
from pathlib import Path

import msgspec

from graphstudio.catalog.entries import Catalog

CATALOG_FILE = Path(__file__).with_name("keras.json")


@cache
def shipped_catalog() -> Catalog:
    """Return the shipped catalog, read once."""
    return msgspec.json.decode(CATALOG_FILE.read_bytes(), type=Catalog)


def format_catalog(catalog: Catalog) -> bytes:
    """Return the text of a catalog file: sorted, and indented so that its diffs read well."""
    encoded = msgspec.json.encode(catalog, order="sorted")
    return msgspec.json.format(encoded, indent=1) + b"\n"
