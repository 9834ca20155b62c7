"""Write the catalog that ships with the program from the installed Keras.

Run it after an update of Keras: ``python packaging/make_catalog.py``.
"""

from graphstudio.catalog.shipped import CATALOG_FILE, format_catalog
from graphstudio.engine.introspect import read_catalog

if __name__ == "__main__":
    CATALOG_FILE.write_bytes(format_catalog(read_catalog()))
