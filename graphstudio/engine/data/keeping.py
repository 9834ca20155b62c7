"""Columns on disk: where they lie, and for how long."""

import hashlib
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from graphstudio.code.data_steps import DataPlan
from graphstudio.columns.on_disk import keep
from graphstudio.diagram.data_paths import source_path
from graphstudio.diagram.project import Project
from graphstudio.engine.data.errors import DataError, data_error
from graphstudio.places import kept_columns

# Columns that no run has read for so long are made again where they are needed.
_KEPT_SECONDS = 14 * 24 * 3600.0


def keep_columns(
    project: Project, plan: DataPlan, folder: Path, pieces: Iterator[tuple[dict[str, Any], ...]]
) -> tuple[dict[str, Any], ...]:
    """Return columns that are kept on disk; they are made of pieces where they are not yet.

    Args:
        project: whose columns they are.
        plan: how they are made.
        folder: what a relative path starts from.
        pieces: what they are made of.

    Raises:
        DataError: there are no rows, or their types differ, or the disk is full.
    """
    key = _key(project, plan, folder)
    kept = kept_columns() / key
    _forget_old(kept)
    try:
        columns = keep(pieces, kept, key)
    except DataError:
        raise
    except (OSError, ValueError) as error:
        message = f"The data cannot be kept on disk in {kept}: {error}."
        raise data_error("not-kept", message, "rows of one type, and room", str(error)) from error
    (kept / "kept.json").touch()
    return columns


def _key(project: Project, plan: DataPlan, folder: Path) -> str:
    """Return what changes when the file or what is made of it does."""
    path = source_path(project.data.source)
    stated = (folder / path).stat() if path else None
    state = (stated.st_size, stated.st_mtime_ns) if stated else ()
    text = msgspec.json.encode([str(folder / (path or "")), state, plan])
    return hashlib.sha256(text).hexdigest()[:32]


def _forget_old(used: Path) -> None:
    for index in used.parent.glob("*/kept.json"):
        if index.parent != used and time.time() - index.stat().st_mtime > _KEPT_SECONDS:
            shutil.rmtree(index.parent, ignore_errors=True)
