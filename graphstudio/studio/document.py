"""The open project: its present value, its past for undo, its file and its selection."""

from collections.abc import Iterable
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from graphstudio.diagram.diagnostics import Repair
from graphstudio.diagram.diagram import Diagram, NodeId
from graphstudio.diagram.project import Project, ProjectEdit
from graphstudio.diagram.project_file import load_project, save_project
from graphstudio.diagram.repairs import apply_repair


class Document(QObject):
    """A project under edit. Canvas and panels change it and follow it, and so meet.

    Signals:
        changed: the project's value before and its value now.
        selection_changed: the node ids that are selected now.
        path_changed: the file has another name.
        clean_changed: whether the project is as it was saved.
        replaced: another project takes the place of the one before, given as in ``changed``,
            which follows.
    """

    changed = Signal(object, object)
    selection_changed = Signal(object)
    path_changed = Signal()
    clean_changed = Signal(bool)
    replaced = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = Project()
        self._selection: frozenset[NodeId] = frozenset()
        self._path: Path | None = None
        self.undo_stack = QUndoStack(self)
        self.undo_stack.cleanChanged.connect(self.clean_changed)

    @property
    def project(self) -> Project:
        """The project as it is now."""
        return self._project

    @property
    def diagram(self) -> Diagram:
        """The diagram as it is now."""
        return self._project.diagram

    @property
    def path(self) -> Path | None:
        """The project's file; none while it has not been saved."""
        return self._path

    @property
    def title(self) -> str:
        """What the window calls the project."""
        return self._path.name if self._path else "Untitled"

    @property
    def selection(self) -> frozenset[NodeId]:
        """The selected nodes."""
        return self._selection

    def apply(self, title: str, edit: ProjectEdit) -> None:
        """Make an edit that can be undone; one that changes nothing leaves no trace.

        Args:
            title: what undo calls it, such as ``"add Dense"``.
            edit: a function from the project to the next.
        """
        after = edit(self._project)
        if not _same(self._project, after):
            self.undo_stack.push(_Edit(title, self, after))

    def repair(self, repair: Repair) -> None:
        """Make the edit of a repair, which can be undone."""
        title = repair.title[:1].lower() + repair.title[1:]
        self.apply(
            title, lambda project: project.with_diagram(apply_repair(project.diagram, repair))
        )

    def select(self, nodes: Iterable[NodeId]) -> None:
        """Select these nodes and no others."""
        selection = frozenset(nodes) & self.diagram.nodes.keys()
        if selection != self._selection:
            self._selection = selection
            self.selection_changed.emit(selection)

    def open(self, path: Path) -> None:
        """Replace the project by the one in a file.

        Raises:
            ProjectFileError: the file cannot be read; the open project stays.
        """
        self.reset(load_project(path), path)

    def reset(self, project: Project, path: Path | None = None, *, clean: bool = True) -> None:
        """Replace the project and forget the past.

        Args:
            project: the project to show.
            path: its file.
            clean: whether the file holds just this.
        """
        self.select(())
        self._path = path
        self.undo_stack.clear()
        if not clean:
            self.undo_stack.resetClean()
        self.replaced.emit(self._project, project)
        self._show(project)
        self.path_changed.emit()

    def save(self, path: Path, edit: ProjectEdit | None = None) -> None:
        """Write the project to a file, which is its file from now on.

        Args:
            path: the file.
            edit: what the move to that file changes in the project, in its past too, so that
                undo leads to no project that only the old file's folder made sense of.

        Raises:
            ProjectFileError: the file cannot be written; nothing is lost and nothing changes.
        """
        project = edit(self._project) if edit else self._project
        save_project(project, path)
        if edit and project != self._project:
            self._rewrite_past(edit)
            self._show(project)
        self._path = path
        self.undo_stack.setClean()
        self.path_changed.emit()

    def _rewrite_past(self, edit: ProjectEdit) -> None:
        for index in range(self.undo_stack.count()):
            command = self.undo_stack.command(index)
            if isinstance(command, _Edit):
                command.rewrite(edit)

    def _show(self, project: Project) -> None:
        before, self._project = self._project, project
        self.select(self._selection)
        self.changed.emit(before, project)


class _Edit(QUndoCommand):
    """Every edit of every kind: undo is the value before."""

    def __init__(self, title: str, document: Document, after: Project) -> None:
        super().__init__(title)
        self._document = document
        self._before = document.project
        self._after = after

    def redo(self) -> None:
        self._document._show(self._after)  # noqa: SLF001 - one class in two halves

    def undo(self) -> None:
        self._document._show(self._before)  # noqa: SLF001

    def rewrite(self, edit: ProjectEdit) -> None:
        """Make an edit of both values, that before and that after."""
        self._before, self._after = edit(self._before), edit(self._after)


def _same(before: Project, after: Project) -> bool:
    """Return whether two projects are equal in types too: Python takes True for 1."""
    return before == after and msgspec.json.encode(before) == msgspec.json.encode(after)
