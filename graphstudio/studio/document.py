"""The open project: its present value, its past for undo, its file and its selection."""

from collections.abc import Iterable
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from graphstudio.diagram.annotations import NO_MARKS, Marks
from graphstudio.diagram.diagnostics import Repair
from graphstudio.diagram.diagram import Diagram, LayerId, NodeId
from graphstudio.diagram.locks import refusal
from graphstudio.diagram.nesting import LayerPath, diagram_at, edit_inside, reachable
from graphstudio.diagram.project import Project, ProjectEdit
from graphstudio.diagram.project_file import load_project, save_project
from graphstudio.diagram.project_repairs import repair_project
from graphstudio.diagram.tables import carry_all


class Document(QObject):
    """A project under edit. Canvas and panels change it and follow it, and so meet.

    What they see is the diagram in view: the project's own, or that of a nested model that is
    open. :attr:`project` holds the diagram in view, :attr:`whole` is what is saved and trained.

    Signals:
        changed: the project in view before and now.
        place_changed: another diagram is in view, after ``changed``.
        selection_changed: the node ids that are selected now, after these or the selected frames
            and notes are others.
        path_changed: the file has another name.
        clean_changed: whether the project is as it was saved.
        history_changed: what can be undone and redone is other than before.
        replaced: another project takes the place of the one before, both given whole; ``changed``
            follows.
        refused: a sentence that says which locked node keeps an edit from being made.
        unfolding_wanted: the node of an application whose layers somebody wants to see.
    """

    changed = Signal(object, object)
    place_changed = Signal()
    selection_changed = Signal(object)
    path_changed = Signal()
    clean_changed = Signal(bool)
    history_changed = Signal()
    replaced = Signal(object, object)
    refused = Signal(str)
    unfolding_wanted = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._whole = self._view = Project()
        self._place: LayerPath = ()
        self._selection: frozenset[NodeId] = frozenset()
        self._marks = NO_MARKS
        self._path: Path | None = None
        self.undo_stack = QUndoStack(self)
        self.undo_stack.cleanChanged.connect(self.clean_changed)
        self.undo_stack.indexChanged.connect(self.history_changed)

    @property
    def whole(self) -> Project:
        """The project as it is now, with the diagram of the whole model."""
        return self._whole

    @property
    def project(self) -> Project:
        """The project as it is now, with the diagram in view as its diagram."""
        return self._view

    @property
    def diagram(self) -> Diagram:
        """The diagram in view, as it is now."""
        return self._view.diagram

    @property
    def place(self) -> LayerPath:
        """The nested models that are open, from the outermost in; none for the whole model."""
        return self._place

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

    @property
    def selected_marks(self) -> Marks:
        """The selected frames and notes."""
        return self._marks

    def apply(self, title: str, edit: ProjectEdit) -> bool:
        """Make an edit that can be undone; one that changes nothing leaves no trace.

        An edit that changes a locked node is refused, which :attr:`refused` tells.

        Args:
            title: what undo calls it, such as ``"add Dense"``.
            edit: a function from the project in view to the next.

        Returns:
            Whether the project is now as the edit has it.
        """
        view = edit(self._view)
        diagram = self._whole.diagram
        if view.diagram is not self._view.diagram:
            diagram = edit_inside(diagram, self._place, lambda _: view.diagram)
        # With nothing open this is the very value that the edit gave.
        after = view if diagram is view.diagram else view.with_diagram(diagram)
        return self._push(title, after, self._place)

    def repair(self, repair: Repair, path: LayerPath) -> None:
        """Make the edit of a repair, which can be undone.

        Args:
            repair: the edit.
            path: the nested models in which it is made, which are then in view.
        """
        repaired = repair_project(self._whole, repair, path)
        title = repair.title[:1].lower() + repair.title[1:]
        self._push(title, repaired, path)

    def go_to(self, place: LayerPath) -> None:
        """Bring a nested model's diagram into view, or the whole model's with an empty path.

        The way up selects the model that was left.

        Raises:
            KeyError: no nested model is there.
        """
        diagram_at(self._whole.diagram, place)
        if place == self._place:
            return
        self.select(())
        left, self._place = self._place, place
        self._show(self._whole)
        self.place_changed.emit()
        if left[: len(place)] == place:
            self.select(self.diagram.calls[left[len(place)]][:1])

    def open_model(self, layer: LayerId) -> None:
        """Bring the diagram of a nested model in the diagram in view into view.

        Raises:
            KeyError: the layer is none.
        """
        self.go_to((*self._place, layer))

    def close_model(self) -> None:
        """Bring the diagram around the one in view into view, if there is one."""
        self.go_to(self._place[:-1])

    def select(self, nodes: Iterable[NodeId], marks: Marks = NO_MARKS) -> None:
        """Select these nodes, frames and notes, and no others."""
        selection = frozenset(nodes) & self.diagram.nodes.keys()
        marks = marks.within(self.diagram)
        if (selection, marks) != (self._selection, self._marks):
            self._selection, self._marks = selection, marks
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
        self.replaced.emit(self._whole, project)
        self._show_at(project, ())
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
        project = edit(self._whole) if edit else self._whole
        save_project(project, path)
        if edit and project != self._whole:
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

    def _push(self, title: str, after: Project, place: LayerPath) -> bool:
        reason = refusal(self._whole.diagram, after.diagram)
        if reason is not None:
            self.refused.emit(reason)
            return False
        if not _same(self._whole, after):
            self.undo_stack.push(_Edit(title, self, after, place))
        return True

    def _show_at(self, whole: Project, place: LayerPath) -> None:
        """Show a value of the project, at a place or as near to it as there is one."""
        before, self._place = self._place, reachable(whole.diagram, place)
        self._show(whole)
        if self._place != before:
            self.place_changed.emit()

    def _show(self, whole: Project) -> None:
        carry_all(self._whole.diagram, whole.diagram, self._place)
        before, self._whole = self._view, whole
        inner = diagram_at(whole.diagram, self._place)
        self._view = whole.with_diagram(inner) if self._place else whole
        self.select(self._selection, self._marks)
        self.changed.emit(before, self._view)


class _Edit(QUndoCommand):
    """Every edit of every kind: undo is the value before, where it was edited."""

    def __init__(self, title: str, document: Document, after: Project, place: LayerPath) -> None:
        super().__init__(title)
        self._document = document
        self._before = document.whole
        self._after = after
        self._place = place

    def redo(self) -> None:
        self._show(self._after)

    def undo(self) -> None:
        self._show(self._before)

    def _show(self, whole: Project) -> None:
        # What leaves the diagram as it is, such as another optimizer, is seen from anywhere.
        drawn = self._before.diagram is not self._after.diagram
        place = self._place if drawn else self._document.place
        self._document._show_at(whole, place)  # noqa: SLF001 - one class in two halves

    def rewrite(self, edit: ProjectEdit) -> None:
        """Make an edit of both values, that before and that after."""
        self._before, self._after = edit(self._before), edit(self._after)


def _same(before: Project, after: Project) -> bool:
    """Return whether two projects are equal in types too: Python takes True for 1."""
    return before == after and msgspec.json.encode(before) == msgspec.json.encode(after)
