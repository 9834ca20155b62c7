"""Opening, saving and exporting: what is asked before, and what is said when it fails."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeAlias

from msgspec.structs import replace
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from graphstudio.code.data_path import data_path_from
from graphstudio.code.plan import PlanError
from graphstudio.diagram.atomic import write_atomically
from graphstudio.diagram.data_paths import DATA_ENDINGS, source_from, source_path, with_source_path
from graphstudio.diagram.project import Project, ProjectEdit
from graphstudio.diagram.project_file import SUFFIX, ProjectFileError
from graphstudio.resource import is_resource, resource_path
from graphstudio.studio.document import Document
from graphstudio.studio.notice import NoticeBar
from graphstudio.studio.open_files import OpenFiles
from graphstudio.studio.questions import ask_to_overwrite
from graphstudio.studio.recent_files import recent_files
from graphstudio.studio.scripts import Scripts

_NOT_SURE = (
    "Keras has not answered for this diagram yet: outputs of calls that give several tensors may "
    "be wrong, so export once more when it has."
)
_PROJECTS = f"Graph Studio projects (*{SUFFIX})"
# What the dialog for data files offers.
_DATA_FILES = f"Data ({' '.join(f'*{one}' for one in DATA_ENDINGS)})"
_Button = QMessageBox.StandardButton
Step: TypeAlias = Callable[[], object]


def _nothing() -> None:
    """Leave everything as it is."""


class Files(QObject):
    """The file commands of a window.

    Args:
        document: the open project.
        notices: where failures are said.
        scripts: what writes the project as Python.
        open_files: which says what is open in other windows.
        window: what dialogs belong to.

    Signals:
        about_to_read: the project is read next, so whatever is typed has to be in it.
        window_wanted: a file that is to be shown in another window; none for an empty one.
        quit_wanted: all windows are to be closed.
    """

    about_to_read = Signal()
    window_wanted = Signal(object)
    quit_wanted = Signal()

    def __init__(
        self,
        document: Document,
        notices: NoticeBar,
        scripts: Scripts,
        open_files: OpenFiles,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._document = document
        self._notices = notices
        self._scripts = scripts
        self._open_files = open_files
        self._window = window

    @property
    def folder(self) -> Path:
        """What relative paths of the project start from."""
        path = self._document.path
        return path.resolve().parent if path else Path.cwd()

    def new(self) -> None:
        """Start an empty diagram, after asking about unsaved edits."""
        self.after_saving(lambda: self._document.reset(Project()))

    def open_dialog(self) -> None:
        """Ask for a project file and open it, after asking about unsaved edits."""
        self.after_saving(lambda: self._ask_open("Open project", _PROJECTS, self.open))

    def open_recent(self, path: Path) -> None:
        """Open a file that was used lately, after asking about unsaved edits."""
        if not self.is_elsewhere(path):
            self.after_saving(lambda: self.open(path))

    def open_latest(self) -> None:
        """Open the file that was used last, after asking about unsaved edits."""
        for path in recent_files()[:1]:
            self.open_recent(path)

    def open_in_window(self) -> None:
        """Ask for a project file and open it in another window."""
        self._ask_open("Open project in a new window", _PROJECTS, self.window_wanted.emit)

    def open_example(self, name: str = "digits") -> None:
        """Open an example, after asking about unsaved edits."""
        self.after_saving(lambda: self.open(resource_path(f"examples/{name}{SUFFIX}")))

    def open(self, path: Path) -> None:
        """Open a project file; one that cannot be read is said, and the open project stays.

        A window that has it open already comes to the front instead.
        """
        if self.is_elsewhere(path):
            return
        try:
            self._document.open(path)
        except ProjectFileError as error:
            self._notices.say(str(error))

    def is_elsewhere(self, path: Path) -> bool:
        """Return whether another window has a file open, which then comes to the front."""
        return self._open_files.bring(path, self._document) is not None

    def save(self, then: Step = _nothing, cancelled: Step = _nothing) -> None:
        """Save the project, asking for a name if it has none of its own.

        Args:
            then: how to go on.
            cancelled: what to do if it is not saved.
        """
        self.about_to_read.emit()
        path = self._document.path
        if path is None or is_resource(path):
            self.save_as(then, cancelled)
        elif self._document.changed_on_disk:
            ask_to_overwrite(
                self._window,
                path.name,
                lambda: self._save(path, then, cancelled),
                lambda: self.save_as(then, cancelled),
                cancelled,
            )
        else:
            self._save(path, then, cancelled)

    def save_as(self, then: Step = _nothing, cancelled: Step = _nothing) -> None:
        """Ask for a name and save the project under it.

        Args:
            then: how to go on.
            cancelled: what to do if it is not saved.
        """
        self.about_to_read.emit()
        name = self._document.whole.diagram.name + SUFFIX
        self._ask_save(
            "Save project",
            name,
            _PROJECTS,
            lambda path: self._save(path, then, cancelled),
            cancelled,
        )

    def export_dialog(self) -> None:
        """Ask for a name and write the project as a Python script."""
        self.about_to_read.emit()
        name = self._document.whole.diagram.name + ".py"
        self._ask_save("Export Python", name, "Python (*.py)", self.export)

    def export(self, path: Path) -> None:
        """Write the project as a Python script."""
        try:
            project = self._document.whole
            data = data_path_from(project, self.folder, path)
            write_atomically(path, self._scripts.write(project, data_path=data))
        except PlanError as error:
            self._notices.say(f"There is no model to export yet: {error}")
        except OSError as error:
            self._notices.say(f"{path.name} cannot be written: {error.strerror}.")
        else:
            said = f"Exported to {path}. Run it with: python {path.name}"
            sure = self._scripts.is_sure
            self._notices.say(said if sure else f"{said}. {_NOT_SURE}", warns=not sure)

    def ask_project(self, title: str, then: Callable[[Path], object]) -> None:
        """Ask for a project file.

        Args:
            title: what the dialog says it is for.
            then: called with the file.
        """
        self._ask_open(title, _PROJECTS, then)

    def ask_picture(self, then: Callable[[Path], object]) -> None:
        """Ask for the name of a picture."""
        name = self._document.diagram.name + ".png"
        self._ask_save("Export Picture", name, "Pictures (*.png *.svg *.pdf)", then)

    def ask_model(self, kinds: Iterable[str], then: Callable[[Path], object]) -> None:
        """Ask for a file that holds a model.

        Args:
            kinds: the endings of such files.
            then: called with the file.
        """
        patterns = " ".join(f"*{kind}" for kind in kinds)
        self._ask_open("Import model", f"Keras models ({patterns})", then)

    def choose_data(self) -> None:
        """Ask for a data file and bind the project to it."""
        self._ask_open("Choose data", _DATA_FILES, self.use_data)

    def use_data(self, path: Path) -> None:
        """Bind the project to a data file, by a relative path where the project has a folder."""
        given = str(path)
        if self._document.path is not None:
            given = os.path.relpath(path.resolve(), self.folder)
        source = source_from(given)

        def bind(project: Project) -> Project:
            return replace(project, data=replace(project.data, source=source))

        self._document.apply("choose data", bind)

    def after_saving(self, then: Step, cancelled: Step = _nothing) -> None:
        """Go on at once if all is saved; else after the user has saved or given up the edits.

        Args:
            then: how to go on.
            cancelled: what to do if the user cancels instead, or saving fails.
        """
        self.about_to_read.emit()
        if self._document.undo_stack.isClean():
            then()
            return
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(f"Save the changes to {self._document.title}?")
        box.setInformativeText("They are lost otherwise.")
        box.setStandardButtons(_Button.Save | _Button.Discard | _Button.Cancel)
        box.setDefaultButton(_Button.Save)

        def answered(button: int) -> None:
            if button == _Button.Save:
                self.save(then, cancelled)
            elif button == _Button.Discard:
                then()
            else:
                cancelled()
            box.deleteLater()

        box.finished.connect(answered)
        box.open()

    def _save(self, path: Path, then: Step, cancelled: Step) -> None:
        path = path if path.suffix else path.with_suffix(SUFFIX)
        if self._open_files.window_of(path, self._document) is not None:
            self._notices.say(
                f"{path.name} is open in another window: save under another name, or close it "
                "there first."
            )
            cancelled()
            return
        try:
            self._document.save(path, self._data_in_reach_of(path))
        except ProjectFileError as error:
            self._notices.say(str(error))
            cancelled()
            return
        then()

    def _data_in_reach_of(self, path: Path) -> ProjectEdit:
        """Return what rewrites the path of the data for a project file in another place.

        Data beside the project or below it is named from there, so that both can be moved.
        """
        folder, target = self.folder, path.resolve().parent

        def move(project: Project) -> Project:
            path = source_path(project.data.source)
            if path is None:
                return project
            data = (folder / path).resolve()
            if Path(path).is_absolute() and not data.is_relative_to(target):
                return project
            return with_source_path(project, os.path.relpath(data, target))

        return move

    def _ask_open(self, title: str, kinds: str, then: Callable[[Path], object]) -> None:
        dialog = QFileDialog(self._window, title, str(self.folder), kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        self._ask(dialog, then)

    def _ask_save(
        self,
        title: str,
        name: str,
        kinds: str,
        then: Callable[[Path], object],
        cancelled: Step = _nothing,
    ) -> None:
        owned = self._document.path is not None and not is_resource(self._document.path)
        folder = self.folder if owned else Path.cwd()
        dialog = QFileDialog(self._window, title, str(folder), kinds)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        # Added by the dialog, which so asks before the file that is meant is overwritten.
        dialog.setDefaultSuffix(Path(name).suffix)
        dialog.selectFile(name)
        dialog.rejected.connect(cancelled)
        self._ask(dialog, then)

    @staticmethod
    def _ask(dialog: QFileDialog, then: Callable[[Path], object]) -> None:
        dialog.fileSelected.connect(lambda name: then(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
