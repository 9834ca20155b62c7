"""Whether data comes as fast as a model learns from it, and in how little memory."""

import statistics
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import msgspec

from tests.benchmarks.program import program
from tests.benchmarks.row import Comparison, Row, at_least, at_most

GOAL = 0.95
FIELDS = tuple(f"f{number}" for number in range(30))
_GB = 1e9
# Numbers of 17 digits and what stands between them.
_ROW_BYTES = 31 * 20
_KINDS = ("csv", "csv-on-disk", "parquet-on-disk", "npz", "npz-on-disk")


def feeding() -> Iterator[Row]:
    """Measure steps a second from each kind of source over those from tensors in memory.

    The peer is memory over memory in the same turns, and says what the machine's noise alone does.
    """
    for kind in _KINDS:
        with TemporaryDirectory() as name:
            words = ["-m", "tests.benchmarks.probes.feeding", kind, name]
            with program(words, Path(name)) as probe:
                times = msgspec.json.decode(probe.line(), type=list[tuple[float, float, float]])
        ratios = [memory / source for source, memory, _ in times]
        alike = [memory / again for _, memory, again in times]
        measured = Comparison(statistics.median(ratios), statistics.median(alike))
        yield at_least(f"feeding-{kind}", "ratio", GOAL, measured)


def large_table() -> Iterator[Row]:
    """Measure the memory that a table of 10 GB takes in training (some minutes, 30 GB of disk)."""
    with TemporaryDirectory() as name:
        path = Path(name) / "rows.csv"
        _write_table(path)
        size = path.stat().st_size / _GB
        words = ["-m", "tests.benchmarks.probes.resident", name, path.name]
        with program(words, Path(name)) as probe:
            resident = int(probe.line()) / _GB
    yield at_most("large-table", "GB", 2.0, Comparison(resident, size))


def _write_table(path: Path) -> None:
    drawn = ", ".join(f"random() AS {name}" for name in (*FIELDS, "y"))
    rows = round(10 * _GB / _ROW_BYTES)
    with duckdb.connect() as connection:
        connection.execute("SET memory_limit = '1GB'")
        connection.execute(f"COPY (SELECT {drawn} FROM range({rows})) TO '{path}'")  # noqa: S608 - our own names
