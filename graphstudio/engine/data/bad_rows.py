"""Why a table cannot be read: the first bad row of it, and what can be done about all."""

import re
from collections.abc import Iterator, Sequence
from contextlib import nullcontext, suppress
from operator import itemgetter
from pathlib import Path

import duckdb
import msgspec

from graphstudio.code.data_steps import Call, Given
from graphstudio.columns.tables import Reject, fetch, open_table, rejected
from graphstudio.columns.transcoding import in_utf8
from graphstudio.diagram.diagnostics import Diagnostic, Repair
from graphstudio.diagram.sources import Refused, TableSource
from graphstudio.engine.data.errors import data_finding
from graphstudio.engine.data.places import Places, count

_TEXTS = (".csv", ".tsv", ".txt")
_JSON = (".jsonl", ".ndjson")
# Tried in this order; the last takes any bytes.
_ENCODINGS = ("utf-16", "gb18030", "cp1252", "latin-1")
_SAMPLE_BYTES = 1 << 20
_MOST_TEXTS = 20
_MOST_LETTERS = 80
_COUNTED = re.compile(r"Expected Number of Columns: (\d+) Found: (\d+)")
_CAST = re.compile(r"Could not convert string \"(.*)\" to '(\w+)", re.DOTALL)


def bad_rows(source: TableSource, read: Call | None, path: Path) -> Diagnostic | None:
    """Return what is wrong with the rows of a table that could not be read, where that is known.

    Args:
        source: the table.
        read: what reads it; none where only the names of the columns were asked for.
        path: its file.
    """
    # Looked for a second time, it may be wrong in yet another way.
    with suppress(OSError, ValueError, duckdb.Error):
        if path.suffix.lower() in _TEXTS and read is not None:
            return _bad_rows(source, read, path)
        if path.suffix.lower() in _JSON:
            return _bad_line(source, path)
    return None


def _bad_rows(source: TableSource, read: Call, path: Path) -> Diagnostic | None:
    names = read.arguments[-1]
    options = {name: value for name, value in read.options.items() if name != "skip"}
    encoded = read.function.startswith("transcoding.")
    with (
        in_utf8(path, source.encoding) if encoded else nullcontext(path) as readable,
        duckdb.connect() as connection,
    ):
        table = open_table(connection, readable, skip=True, **options)
        fetch(table, names.value if isinstance(names, Given) else table.columns)
        rejects = rejected(connection, readable)
        columns = table.columns
    return _finding(source, path, rejects, Places(source, columns)) if rejects else None


def wrong_encoding(source: TableSource, path: Path) -> Diagnostic | None:
    """Return a finding if a file that is taken for UTF-8 begins as UTF-16 does."""
    if path.suffix.lower() not in (*_TEXTS, *_JSON) or source.encoding.lower() != "utf-8":
        return None
    with path.open("rb") as file:
        start = file.read(2)
    if start not in {b"\xff\xfe", b"\xfe\xff"}:
        return None
    return data_finding(
        "wrong-encoding",
        f"{path.name} is in UTF-16: expected UTF-8.",
        "letters in utf-8",
        "letters in utf-16",
        repairs=[_read_as("utf-16")],
    )


def _bad_line(source: TableSource, path: Path) -> Diagnostic | None:
    """Return a finding about the first line of a JSON lines file that is no JSON.

    DuckDB tells the line at which it noticed, which may be the next.
    """
    with path.open(encoding=source.encoding) as file:
        lines = [(number, text.strip()) for number, text in enumerate(file, 1) if text.strip()]
    if not lines or not lines[0][1].startswith("{") or _is_json("".join(map(itemgetter(1), lines))):
        return None
    for row, (number, text) in enumerate(lines):
        if not _is_json(text):
            received = text[:_MOST_LETTERS]
            place = f"{path.name}, row {row} (line {number})"
            return data_finding(
                "bad-line",
                f"{place}: expected a JSON object; received {received!r}.",
                "a JSON object",
                received,
                repairs=[_refuse("Leave out what cannot be read", Refused.SKIP)],
            )
    return None


def _is_json(text: str) -> bool:
    try:
        msgspec.json.decode(text)
    except msgspec.DecodeError:
        return False
    return True


def reading_repairs(source: TableSource, path: Path, reason: str) -> Iterator[Repair]:
    """Yield what may help where a file cannot be read as a whole."""
    if not path.is_file():
        return
    if "UTF-8" in reason or "unicode" in reason or "expected letters" in reason:
        yield from _encodings(path, source.encoding)
    elif path.suffix.lower() in _JSON and source.refused is not Refused.SKIP:
        yield _refuse("Leave out what cannot be read", Refused.SKIP)


def _finding(
    source: TableSource, path: Path, rejects: Sequence[Reject], places: Places
) -> Diagnostic:
    row, line, column, text, wrong = rejects[0]
    others = len({one[1] for one in rejects}) - 1
    more = f", and {count(others, 'more row')}" if others else ""
    skip = _refuse(f"Leave out {count(others + 1, 'row')}", Refused.SKIP)
    where = f"{path.name}, row {row} (line {line})"
    if counted := _COUNTED.search(wrong):
        return _ragged(where, int(counted[1]), int(counted[2]), f"in {text!r}{more}", skip)
    if "unicode" in wrong:
        expected, received = f"letters in {source.encoding}", text
        repairs, code = [*_encodings(path, source.encoding), skip], "wrong-encoding"
        where = f"{where}, column {column!r}"
    else:
        cast = _CAST.search(wrong)
        expected, received = (_kind(cast[2]), cast[1]) if cast else ("a value", text)
        repairs, code = [*_marks(rejects), skip], "bad-value"
        where = places.of(row, column) if column else where
    message = f"{where}: expected {expected}; received {received!r}{more}."
    return data_finding(code, message, expected, received, repairs=repairs)


def _ragged(where: str, expected: int, received: int, text: str, skip: Repair) -> Diagnostic:
    fill = _refuse("Take what is not there as missing", Refused.FILL)
    return data_finding(
        "ragged-row",
        f"{where}: expected {count(expected, 'value')}; received {received}, {text}.",
        count(expected, "value"),
        count(received, "value"),
        repairs=[skip, fill] if received < expected else [skip],
    )


def _marks(rejects: Sequence[Reject]) -> Iterator[Repair]:
    """Yield that texts stand for a missing value, where they are few."""
    found = [cast[1] for one in rejects if (cast := _CAST.search(one[4]))]
    texts = list(dict.fromkeys(found))
    if len(found) == len(rejects) and len(texts) <= _MOST_TEXTS:
        named = ", ".join(map(repr, texts[:3])) + (", …" if len(texts) > 3 else "")
        yield Repair(f"Take {named} as missing", "take_as_missing", {"texts": texts})


def _encodings(path: Path, given: str) -> Iterator[Repair]:
    """Yield the first encodings that the beginning of a file can be in."""
    with path.open("rb") as file:
        start = file.read(_SAMPLE_BYTES).rpartition(b"\n")[0]
    marked = start[:2] in {b"\xff\xfe", b"\xfe\xff"}
    for encoding in _ENCODINGS:
        if encoding == given or (encoding == "utf-16" and not marked):
            continue
        try:
            start.decode(encoding)
        except UnicodeDecodeError:
            continue
        yield _read_as(encoding)


def _read_as(encoding: str) -> Repair:
    return Repair(f"Read it as {encoding}", "set_encoding", {"encoding": encoding})


def _refuse(title: str, refused: Refused) -> Repair:
    return Repair(title, "set_refused", {"refused": refused.value})


def _kind(name: str) -> str:
    if name in {"DATE", "TIME", "TIMESTAMP"}:
        return "a time"
    return "true or false" if name == "BOOLEAN" else "a number"
