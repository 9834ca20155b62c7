"""Columns bigger than memory: kept in files, of which rows are read at need."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from graphstudio.columns.samples import Array, Columns

# What stands for a missing text; no text holds this byte in UTF-8.
MISSING = b"\xff"
# Rows that are read in one go: around each, the system maps some 64 kB of the file.
MAPPED = 1024


class OnDisk:
    """An array in a file, of which rows are read when they are asked for.

    Args:
        path: the file, with the numbers alone.
        dtype: their type.
        shape: how many rows there are, and the shape of each.
    """

    def __init__(self, path: Path, dtype: str, shape: tuple[int, ...]) -> None:
        self.path = path
        self.dtype = np.dtype(dtype)
        self.shape = shape
        self.ndim = len(shape)

    def __len__(self) -> int:
        return self.shape[0]

    def __getitem__(self, rows: Any) -> Array:
        if isinstance(rows, np.ndarray) and len(rows) > MAPPED:
            starts = range(0, len(rows), MAPPED)
            return np.concatenate([self[rows[one : one + MAPPED]] for one in starts])
        # Mapped anew each time, so that what was read does not stay in memory.
        mapped = np.memmap(self.path, self.dtype, "r", shape=self.shape)
        return np.array(mapped[rows])


class TextsOnDisk:
    """Texts in a file, which are read when they are asked for.

    Args:
        path: the file, with one text behind the other.
        ends: the file that says where each of them ends.
        shape: how many rows there are, and the shape of each.
    """

    def __init__(self, path: Path, ends: Path, shape: tuple[int, ...]) -> None:
        self.path = path
        self.width = int(np.prod(shape[1:]))
        self.ends = OnDisk(ends, "int64", (shape[0] * self.width,))
        self.dtype = np.dtype(object)
        self.shape = shape
        self.ndim = len(shape)

    def __len__(self) -> int:
        return self.shape[0]

    def __getitem__(self, rows: Any) -> Array:
        chosen = np.arange(len(self))[rows, None] * self.width
        places = (chosen + np.arange(self.width)).reshape(-1)
        starts, stops = self.ends[np.maximum(places - 1, 0)], self.ends[places]
        starts[places == 0] = 0
        texts = np.empty(len(places), object)
        with self.path.open("rb") as file:
            for place, (start, stop) in enumerate(zip(starts, stops, strict=True)):
                file.seek(start)
                text = file.read(stop - start)
                texts[place] = None if text == MISSING else text.decode()
        return texts.reshape(-1, *self.shape[1:])


class ColumnFile:
    """A file to which the values of a column are added.

    Args:
        path: the file.
        values: some of the values, of the type and shape that all have.
    """

    def __init__(self, path: Path, values: Array) -> None:
        self.path = path
        self.is_text = values.dtype.kind in "OSU"
        self.dtype, self.sample = values.dtype, values.shape[1:]
        self.rows = self.size = 0
        self.file = path.open("wb")
        self.ends = path.with_suffix(".ends").open("wb")

    def add(self, values: Array) -> None:
        """Add values.

        Raises:
            ValueError: they are of another type or shape than the others.
        """
        if self.is_text:
            texts = [
                MISSING if one is None else encoded(one)
                for one in values.reshape(-1).tolist()
            ]
            ends = self.size + np.cumsum([len(text) for text in texts], dtype="int64")
            self.file.write(b"".join(texts))
            self.ends.write(ends.tobytes())
            self.size = int(ends[-1])
        else:
            if (values.dtype, values.shape[1:]) != (self.dtype, self.sample):
                message = f"expected {self.dtype} {self.sample} in all rows; received "
                raise ValueError(message + f"{values.dtype} {values.shape[1:]}")
            self.file.write(np.ascontiguousarray(values).tobytes())
        self.rows += len(values)

    def close(self) -> dict[str, Any]:
        """End the files, and return what is needed to open them."""
        self.file.close()
        self.ends.close()
        shape = [self.rows, *self.sample]
        dtype = "text" if self.is_text else self.dtype.str
        return {"file": self.path.name, "dtype": dtype, "shape": shape}


def encoded(text: str | bytes) -> bytes:
    """Return a text in UTF-8."""
    return text if isinstance(text, bytes) else text.encode()


def keep(
    pieces: Iterable[tuple[Columns, ...]], folder: Path, key: str
) -> tuple[dict[str, Any], ...]:
    """Keep pieces of columns in a folder, one behind the other, and return them.

    Args:
        pieces: groups of columns, such as inputs and targets, for some rows at a time.
        folder: where the files lie. What was kept there before under the same key is
            returned as it is, and no piece is read.
        key: changes when the columns do.

    Returns:
        The groups, with columns of which rows are read when they are asked for.

    Raises:
        ValueError: there are no rows, or their types or shapes differ between pieces.
    """
    index = folder / "kept.json"
    if not index.exists() or json.loads(index.read_text())["key"] != key:
        folder.mkdir(parents=True, exist_ok=True)
        index.unlink(missing_ok=True)
        groups = write_pieces(pieces, folder)
        # Written last, so that what was interrupted is begun again.
        index.write_text(json.dumps({"key": key, "groups": groups}))
    groups = json.loads(index.read_text())["groups"]
    return tuple(
        {name: open_column(folder, **column) for name, column in group.items()}
        for group in groups
    )


def key_of(path: Path) -> str:
    """Return what changes when a file does."""
    state = path.stat()
    return f"{state.st_size} {state.st_mtime_ns}"


def write_pieces(
    pieces: Iterable[tuple[Columns, ...]], folder: Path
) -> list[dict[str, dict[str, Any]]]:
    """Write columns piece by piece, and return what is needed to open them.

    Raises:
        ValueError: there are no rows, or their types or shapes differ between pieces.
    """
    files: list[dict[str, ColumnFile]] = []
    try:
        for groups in pieces:
            if not len(next(iter(groups[0].values()))):
                continue
            files = files or new_files(groups, folder)
            for group, group_files in zip(groups, files, strict=True):
                for name, values in group.items():
                    group_files[name].add(values)
    finally:
        written = [{name: one.close() for name, one in each.items()} for each in files]
    if not written:
        raise ValueError("expected rows; received none")
    return written


def new_files(groups: tuple[Columns, ...], folder: Path) -> list[dict[str, ColumnFile]]:
    """Return a file for each column of groups of columns."""
    return [
        {
            name: ColumnFile(folder / f"{number}-{place}.bin", values)
            for place, (name, values) in enumerate(group.items())
        }
        for number, group in enumerate(groups)
    ]


def open_column(
    folder: Path, file: str, dtype: str, shape: list[int]
) -> OnDisk | TextsOnDisk:
    """Return a column that was kept in a file of a folder."""
    path = folder / file
    if dtype == "text":
        return TextsOnDisk(path, path.with_suffix(".ends"), tuple(shape))
    return OnDisk(path, dtype, tuple(shape))
