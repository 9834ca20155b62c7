"""Which code of projects may run: what this user wrote here, and what this user agreed to.

The agreement is kept with the user and never in a project, which anyone can write.
"""

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from graphstudio.diagram.atomic import write_atomically
from graphstudio.places import trusted_code_file


class Trust(QObject):
    """Remembers code by what it says, so that the same code is asked about once.

    Signals:
        changed: some code may run that might not before, or the other way round.
        failed: why an agreement cannot be kept for the next start, in one sentence.
    """

    changed = Signal()
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = trusted_code_file()
        self._agreed = _read(self._file)

    def allows(self, code: str) -> bool:
        """Return whether a source may run; an empty one does nothing and may."""
        return not code.strip() or _mark(code) in self._agreed

    def agree(self, code: str) -> None:
        """Let a source run, now and at every later start."""
        self._set(self._agreed | {_mark(code)})

    def withdraw(self, code: str) -> None:
        """Let a source run no more until the user agrees again."""
        self._set(self._agreed - {_mark(code)})

    def _set(self, agreed: frozenset[str]) -> None:
        if agreed == self._agreed:
            return
        self._agreed = agreed
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._file, "".join(f"{mark}\n" for mark in sorted(agreed)))
        except OSError as error:
            self.failed.emit(f"{self._file} cannot be written: {error.strerror}.")
        self.changed.emit()


def _mark(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def _read(file: Path) -> frozenset[str]:
    try:
        return frozenset(file.read_text(encoding="ascii").split())
    except (OSError, UnicodeDecodeError):
        # Nothing was agreed to yet, or it cannot be read: the user is asked again.
        return frozenset()
