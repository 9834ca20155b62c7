"""The journal: the open project as it is now, on disk within a second of every edit.

A journal that no running studio holds is what a crash left; it is offered back at the next start.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import msgspec
from PySide6.QtCore import QLockFile, QObject, QThreadPool, Signal

from graphstudio.diagram.atomic import write_atomically
from graphstudio.diagram.project import Project
from graphstudio.diagram.project_file import ProjectFileError, format_project, parse_project
from graphstudio.diagram.records import RecordTexts
from graphstudio.studio.document import Document
from graphstudio.studio.throttle import Throttle

_INTERVAL_MS = 400
_ENDING = ".journal"


class Journal(QObject):
    """Writes the journal of one document, in a thread, and removes it when all is saved.

    Args:
        document: whose edits it keeps.
        folder: where journals lie.
        parent: what it lives as long as.

    Signals:
        failed: why the journal cannot be written, in one sentence; said once.
    """

    failed = Signal(str)

    def __init__(self, document: Document, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._file = folder / f"{os.getpid()}-{uuid4().hex[:8]}{_ENDING}"
        self._lock = QLockFile(f"{self._file}.lock")
        self._lock.setStaleLockTime(0)
        self._threads = QThreadPool(self)
        self._threads.setMaxThreadCount(1)
        self._throttle = Throttle(self._write, _INTERVAL_MS, self)
        # Used by one thread at a time.
        self._texts = RecordTexts()
        self._taken_over: tuple[LeftJournal, ...] = ()
        self._broken = False
        self._open = True
        document.changed.connect(self._throttle.request)
        document.clean_changed.connect(self._throttle.request)

    @property
    def folder(self) -> Path:
        """Where it and other journals lie."""
        return self._file.parent

    def take_over(self, left: "LeftJournal") -> None:
        """Discard what a crash left once this journal holds it, or it was saved or given up."""
        self._taken_over = (*self._taken_over, left)
        self._throttle.request()

    def close(self) -> None:
        """Remove the journal: its document was saved or given up."""
        self._open = False
        self._document.changed.disconnect(self._throttle.request)
        self._document.clean_changed.disconnect(self._throttle.request)
        self._threads.waitForDone()
        self._remove(self._taken_over)
        self._lock.unlock()

    def _write(self) -> None:
        if not self._open:
            return
        taken_over = self._taken_over
        if self._document.undo_stack.isClean():
            self._threads.start(lambda: self._remove(taken_over))
            return
        project, path = self._document.whole, self._document.path
        head = _Head(str(path.resolve()) if path else None, self._document.digest)
        self._threads.start(lambda: self._save(project, head, taken_over))

    def _remove(self, taken_over: "tuple[LeftJournal, ...]") -> None:
        self._texts = RecordTexts()
        if self._file.exists():
            self._file.unlink()
        for left in taken_over:
            left.discard()

    def _save(self, project: Project, head: "_Head", taken_over: "tuple[LeftJournal, ...]") -> None:
        first = msgspec.json.encode(head).decode()
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            if not self._lock.isLocked():
                self._lock.tryLock(0)
            write_atomically(self._file, f"{first}\n{format_project(project, self._texts)}")
            for left in taken_over:
                left.discard()
        except (OSError, UnicodeEncodeError) as error:
            if not self._broken:
                self._broken = True
                reason = error.strerror if isinstance(error, OSError) else error.reason
                self.failed.emit(
                    f"Unsaved edits cannot be kept for a crash in {self._file.parent}: "
                    f"{reason}. Save the project soon."
                )


class _Head(msgspec.Struct, frozen=True):
    """The first line of a journal: the project's file, and its digest as it was read or saved."""

    path: str | None = None
    digest: str | None = None


class LeftJournal(msgspec.Struct, frozen=True):
    """What a crash left.

    Attributes:
        file: the journal.
        path: the project's file; none if it was never saved.
        project: the project as it was.
        digest: that of the project's file when it was read or saved last; none if unknown.
    """

    file: Path
    path: Path | None
    project: Project
    digest: str | None

    def discard(self) -> None:
        """Forget it."""
        self.file.unlink(missing_ok=True)


def left_journals(folder: Path) -> list[LeftJournal]:
    """Return what crashes left in a folder, the newest first; what cannot be read stays there."""
    files = sorted(folder.glob(f"*{_ENDING}"), key=_last_written, reverse=True)
    return [found for file in files if not _is_held(file) for found in _read(file)]


def _last_written(file: Path) -> float:
    # Another studio may have removed its journal just now.
    return file.stat().st_mtime if file.exists() else 0.0


def _is_held(file: Path) -> bool:
    """Return whether a running studio holds a journal."""
    lock = QLockFile(f"{file}.lock")
    lock.setStaleLockTime(0)
    if not lock.tryLock(0):
        return True
    lock.unlock()
    return False


def _read(file: Path) -> Iterator[LeftJournal]:
    try:
        head, _, text = file.read_text(encoding="utf-8").partition("\n")
        # Of an older studio the path alone.
        first = msgspec.json.decode(head, type=_Head | str | None)
        known = first if isinstance(first, _Head) else _Head(first)
        path = Path(known.path) if known.path else None
        yield LeftJournal(file, path, parse_project(text, file.name), known.digest)
    except (OSError, UnicodeDecodeError, msgspec.DecodeError, ProjectFileError):
        return
