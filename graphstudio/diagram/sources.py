"""Where data comes from: a record for each kind of source, as the project file holds it.

A source gives named *fields* of one length: the columns of a table, the arrays of a file, the
images of a folder and their classes. Relative paths start from the project file's folder.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, TypeAlias

from msgspec import Meta

from graphstudio.diagram.diagram import Record
from graphstudio.diagram.generated import GeneratedSource

Size: TypeAlias = Annotated[int, Meta(ge=1)]


class Refused(StrEnum):
    """What becomes of rows or files that cannot be read."""

    STOP = "stop"
    SKIP = "skip"
    FILL = "fill"


class ArraysSource(Record, frozen=True, kw_only=True, tag_field="kind", tag="npz"):
    """Named arrays in a NumPy ``.npz`` file, or the one of a ``.npy`` file by the file's name.

    The first axis of each counts the samples.

    Attributes:
        path: the file.
    """

    path: str


class TableSource(Record, frozen=True, kw_only=True, tag_field="kind", tag="table"):
    """A table in a file: CSV, TSV, Parquet, JSON lines or Excel, by its ending.

    Attributes:
        path: the file.
        delimiter: what stands between the values of a CSV file; empty to find out.
        header: whether the first line names the columns; none to find out.
        encoding: the letters of a CSV or JSON file, as Python names them.
        sheet: the sheet of a workbook; empty for its first.
        refused: what becomes of rows that cannot be read; ``fill`` takes missing values at the
            end of a short row as missing.
        missing: texts that stand for a missing value, as an empty one does.
    """

    path: str
    delimiter: str = ""
    header: bool | None = None
    encoding: str = "utf-8"
    sheet: str = ""
    refused: Refused = Refused.STOP
    missing: tuple[str, ...] = ()


class QuerySource(Record, frozen=True, kw_only=True, tag_field="kind", tag="query"):
    """The rows that a database gives.

    Attributes:
        query: the SQL; without a database it can name files beside the project, as DuckDB reads
            them.
        url: the database, as SQLAlchemy writes it, such as ``sqlite:///sales.sqlite``; empty for
            DuckDB over files. ``${NAME}`` in it stands for an environment variable.
        folder: without a database, what files in the query start from.
    """

    query: str
    url: str = ""
    folder: str = "."


class Contents(StrEnum):
    """What the files of a folder hold."""

    IMAGES = "images"
    TEXTS = "texts"


class FolderSource(Record, frozen=True, kw_only=True, tag_field="kind", tag="folder"):
    """Files of images or texts, in a folder for each class or listed in a table.

    Its fields are ``image`` (uint8, height x width x channels) or ``text``, ``class`` (the name of
    the folder that the file lies in) and ``file`` (its path in the folder); where a table lists
    the files, the table's columns instead of ``class``.

    Attributes:
        path: the folder.
        holds: what its files are.
        height: what images are resized to, in pixels.
        width: what images are resized to, in pixels.
        channels: 1 for grey, 3 for colour, 4 with transparency.
        table: a table that lists the files; empty where the folders are the classes.
        listing: the table's column with the files' paths, from the folder on.
        encoding: the letters of texts, as Python names them.
        refused: what becomes of files that cannot be read.
    """

    path: str
    holds: Contents = Contents.IMAGES
    height: Size = 64
    width: Size = 64
    channels: Annotated[int, Meta(ge=1, le=4)] = 3
    table: str = ""
    listing: str = ""
    encoding: str = "utf-8"
    refused: Refused = Refused.STOP


class Feature(Record, frozen=True, kw_only=True):
    """A field of TFRecord examples.

    Attributes:
        dtype: ``"float32"``, ``"int64"`` or ``"string"``.
        shape: the shape of one sample.
        image: whether the string is an encoded image; ``shape`` is what it is resized to.
    """

    dtype: str
    shape: tuple[Size, ...] = ()
    image: bool = False


class RecordsSource(Record, frozen=True, kw_only=True, tag_field="kind", tag="tfrecord"):
    """Examples in TFRecord files.

    Attributes:
        path: the file, or a pattern such as ``shards/*.tfrecord``.
        features: what is read of each example, by name.
        compression: ``""``, ``"GZIP"`` or ``"ZLIB"``.
    """

    path: str
    features: Mapping[str, Feature] = {}
    compression: str = ""


class Library(StrEnum):
    """Where data sets have names."""

    KERAS = "keras"
    TENSORFLOW = "tensorflow"
    HUGGING_FACE = "huggingface"


class HubSource(Record, frozen=True, kw_only=True, tag_field="kind", tag="hub"):
    """A data set by name, fetched over the network the first time.

    Attributes:
        library: ``keras.datasets``, TensorFlow Datasets or Hugging Face.
        name: its name there, such as ``"mnist"``.
        config: which of its variants; empty for the first.
        part: which part of it, such as ``"train"``.
    """

    library: Library
    name: str
    config: str = ""
    part: str = "train"


class FunctionSource(Record, frozen=True, kw_only=True, tag_field="kind", tag="function"):
    """A function of the project's own code that takes nothing and returns columns by name.

    Attributes:
        name: the function, ``"own.NAME"``. It runs only once the user has agreed.
    """

    name: str


Source: TypeAlias = (
    ArraysSource
    | TableSource
    | QuerySource
    | FolderSource
    | RecordsSource
    | HubSource
    | FunctionSource
    | GeneratedSource
)
