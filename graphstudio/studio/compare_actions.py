"""The commands that compare the open diagram with another one."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from graphstudio.diagram.project_file import ProjectFileError, load_project
from graphstudio.places import run_project
from graphstudio.studio.comparison import Comparison
from graphstudio.studio.document import Document
from graphstudio.studio.files import Files
from graphstudio.studio.trainer import Trainer

_NO_SNAPSHOT = "The last run has kept no diagram: it ended before its model was built."


class CompareActions(QObject):
    """Carries the commands out.

    Signals:
        started: a comparison began by the user's wish.
        failed: a sentence that says why there is nothing to compare with.
    """

    started = Signal()
    failed = Signal(str)

    def __init__(
        self,
        document: Document,
        files: Files,
        trainer: Trainer,
        comparison: Comparison,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._files = files
        self._trainer = trainer
        self._comparison = comparison
        self._saved_title = ""
        self._run_dir: Path | None = None
        trainer.run_changed.connect(self._follow_run)
        document.path_changed.connect(self._follow_file)
        document.replaced.connect(self._forget_run)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what each command does, by the id of its action."""
        return {
            "compare_file": self.ask,
            "compare_saved": self._compare_saved,
            "compare_run": self._compare_run,
            "stop_comparing": self._comparison.stop,
        }

    def sensible(self) -> Mapping[str, bool]:
        """Return whether each command makes sense now."""
        return {
            "compare_saved": self._document.path is not None,
            "compare_run": self._run_dir is not None,
            "stop_comparing": bool(self._comparison.title),
        }

    def ask(self) -> None:
        """Ask for a project file and compare with it."""
        self._files.ask_project("Compare with project", self.compare)

    def compare(self, path: Path) -> None:
        """Compare with a project file; one that cannot be read is said, and nothing changes."""
        if self._read(path, path.name):
            self.started.emit()

    def _compare_saved(self) -> None:
        path = self._document.path
        if path is not None and self._read(path, f"{path.name} as it is saved"):
            self._saved_title = self._comparison.title
            self.started.emit()

    def _compare_run(self) -> None:
        if self._run_dir is None:
            return
        snapshot = run_project(self._run_dir)
        if not snapshot.is_file():
            self.failed.emit(_NO_SNAPSHOT)
        elif self._read(snapshot, "what the last run trained"):
            self.started.emit()

    def _read(self, path: Path, title: str) -> bool:
        """Compare with a file, and return whether it can be read."""
        try:
            other = load_project(path)
        except ProjectFileError as error:
            self.failed.emit(str(error))
            return False
        self._comparison.start(other.diagram, title)
        return True

    def _follow_run(self) -> None:
        self._run_dir = self._trainer.run_dir

    def _forget_run(self) -> None:
        # A run that goes on stays in view when another project is opened.
        if not self._trainer.busy:
            self._run_dir = None

    def _follow_file(self) -> None:
        """Read the project's file again when it was saved anew, if it is compared with."""
        path, title = self._document.path, self._comparison.title
        if path is not None and title and title == self._saved_title:
            self._saved_title = f"{path.name} as it is saved"
            self._read(path, self._saved_title)
