"""Makes a project of a model in a file, in a process of its own, as Keras has to read it."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QObject, QProcess

from graphstudio.diagram.project_file import ProjectFileError, load_project
from graphstudio.studio.document import Document
from graphstudio.studio.files import Files
from graphstudio.studio.notice import NoticeBar

# Those that hold no code that would have to run.
MODEL_FILES = (".keras", ".h5", ".json")


class Importer(QObject):
    """Imports one model at a time; the window is in use meanwhile.

    Args:
        document: which shows the project that was made.
        files: which ask about unsaved edits before that.
        notices: where it is said what happens.
        parent: what it lives as long as.
    """

    def __init__(
        self, document: Document, files: Files, notices: NoticeBar, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._files = files
        self._notices = notices
        self._process = QProcess(self)
        self._process.setProgram(sys.executable)
        self._process.finished.connect(self._finished)
        self._process.errorOccurred.connect(self._fail)
        self._folder: TemporaryDirectory[str] | None = None
        self._source = Path()

    def start(self, path: Path) -> None:
        """Make a project of a model file, and show it once unsaved edits are settled.

        They are asked about before and, as the window is in use meanwhile, when it is made.
        """
        self._files.after_saving(lambda: self._run(path))

    def shut_down(self) -> None:
        """End what is under way."""
        if self._process.state() is not QProcess.ProcessState.NotRunning:
            self._process.finished.disconnect(self._finished)
            self._process.kill()
            self._process.waitForFinished()
        self._forget()

    def _run(self, path: Path) -> None:
        if self._process.state() is not QProcess.ProcessState.NotRunning:
            self._notices.say(f"{path.name} has to wait: {self._source.name} is being imported.")
            return
        self._source = path
        self._folder = TemporaryDirectory(prefix="graphstudio-")
        target = Path(self._folder.name) / "imported.gstudio"
        # -P keeps a keras.py in the current folder from being taken for the library.
        words = ["-P", "-m", "graphstudio", "import", str(path), "-o", str(target)]
        self._process.setArguments(words)
        self._process.start()
        self._notices.say(self._importing, warns=False)

    @property
    def _importing(self) -> str:
        return f"Importing {self._source.name}…"

    def _fail(self, error: QProcess.ProcessError) -> None:
        # One that ends by an error has begun, and so finishes.
        if error is QProcess.ProcessError.FailedToStart:
            self._notices.withdraw(self._importing)
            self._notices.say(
                f"{self._source.name} cannot be imported: {self._process.program()} cannot be "
                f"started ({self._process.errorString()})."
            )
            self._forget()

    def _finished(self, code: int) -> None:
        self._notices.withdraw(self._importing)
        said = bytes(self._process.readAllStandardError().data()).decode(errors="replace")
        try:
            if code or self._folder is None:
                self._notices.say(f"{self._source.name} cannot be imported: {_last_line(said)}")
            else:
                project = load_project(Path(self._folder.name) / "imported.gstudio")
                self._files.after_saving(lambda: self._document.reset(project, clean=False))
        except ProjectFileError as error:
            self._notices.say(str(error))
        finally:
            self._forget()

    def _forget(self) -> None:
        if self._folder is not None:
            self._folder.cleanup()
        self._folder = None


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return (
        lines[-1].removeprefix("graphstudio import: error: ") if lines else "no reason was given."
    )
