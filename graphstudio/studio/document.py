"""The open project: its present value, its past for undo, its file and its selection."""

from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from graphstudio.diagram.annotations import NO_MARKS, Marks
from graphstudio.diagram.bends import Bend, bends_within
from graphstudio.diagram.diagnostics import Repair
from graphstudio.diagram.diagram import DEEPEST, Diagram, LayerId, NodeId, WireId, too_deep
from graphstudio.diagram.locks import refusal
from graphstudio.diagram.nesting import LayerPath, diagram_at, edit_inside, reachable
from graphstudio.diagram.pages import as_dict, replaced
from graphstudio.diagram.project import Project, ProjectEdit
from graphstudio.diagram.project_file import load_project, save_project
from graphstudio.diagram.project_repairs import repair_project
from graphstudio.diagram.tables import carry_all
from graphstudio.studio.file_digest import digest_of


class Document(QObject):
    """A project under edit. Canvas and panels change it and follow it, and so meet.

    What they see is the diagram in view: the project's own, or that of a nested model that is
    open. :attr:`project` holds the diagram in view, :attr:`whole` is what is saved and trained.

    Signals:
        changed: the project in view before and now.
        about_to_leave: another diagram comes into view next, so whatever is typed has to be in
            the one that is left.
        place_changed: another diagram is in view, after ``changed``.
        selection_changed: the node ids that are selected now, after these or the selected wires,
            bends, frames and notes are others.
        path_changed: the file has another name.
        clean_changed: whether the project is as it was saved.
        history_changed: what can be undone and redone is other than before.
        replaced: another project takes the place of the one before, both given whole; ``changed``
            follows.
        refused: a sentence that says what keeps an edit from being made.
        unfolding_wanted: the node of an application whose layers somebody wants to see.
    """

    changed = Signal(object, object)
    about_to_leave = Signal()
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
        self._wires: frozenset[WireId] = frozenset()
        self._bends: frozenset[Bend] = frozenset()
        self._path: Path | None = None
        self._digest: str | None = None
        self.undo_stack = QUndoStack(self)
        self._wanted: tuple[Project, LayerPath] | None = None
        self.undo_stack.cleanChanged.connect(self.clean_changed)
        self.undo_stack.indexChanged.connect(self._show_wanted)
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
    def digest(self) -> str | None:
        """The digest of the project's file as it was read or saved last; none while unknown."""
        return self._digest

    @property
    def changed_on_disk(self) -> bool:
        """Whether the project's file is there and other than it was read or saved last."""
        now = digest_of(self._path) if self._path else None
        return now is not None and now != self._digest

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

    @property
    def has_selection(self) -> bool:
        """Whether anything is selected, whatever it is."""
        return bool(self._selection or self._marks or self._wires or self._bends)

    @property
    def selected_wires(self) -> frozenset[WireId]:
        """The selected wires."""
        return self._wires

    @property
    def selected_bends(self) -> frozenset[Bend]:
        """The selected bends of wires."""
        return self._bends

    def apply(self, title: str, edit: ProjectEdit) -> bool:
        """Make an edit that can be undone; one that changes nothing leaves no trace.

        An edit is refused that changes a locked node, or puts more models into each other than
        can be saved, which :attr:`refused` tells.

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

    def edit(self, title: str, edit: Callable[[Diagram], Diagram]) -> bool:
        """Make an edit of the diagram in view, as :meth:`apply` makes one of the project.

        Args:
            title: what undo calls it.
            edit: a function from the diagram in view to the next.

        Returns:
            Whether the diagram is now as the edit has it.
        """
        return self.apply(title, lambda project: project.with_diagram(edit(project.diagram)))

    def repair(self, repair: Repair, path: LayerPath) -> None:
        """Make the edit of a repair, which can be undone.

        Args:
            repair: the edit.
            path: the nested models in which it is made, which are then in view.
        """
        if path != self._place:
            self.about_to_leave.emit()
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
        self.about_to_leave.emit()
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

    def select(
        self,
        nodes: Iterable[NodeId],
        marks: Marks = NO_MARKS,
        wires: Iterable[WireId] = (),
        bends: Iterable[Bend] = (),
    ) -> None:
        """Select these nodes, frames, notes, wires and bends, and no others."""
        diagram = self.diagram
        selection = frozenset(nodes) & diagram.nodes.keys()
        there = marks.within(diagram)
        chosen = frozenset(wires) & diagram.wires.keys()
        bent = bends_within(diagram, bends)
        before = (self._selection, self._marks, self._wires, self._bends)
        if (selection, there, chosen, bent) != before:
            self._selection, self._marks, self._wires, self._bends = selection, there, chosen, bent
            self.selection_changed.emit(selection)

    def open(self, path: Path) -> None:
        """Replace the project by the one in a file.

        Raises:
            ProjectFileError: the file cannot be read; the open project stays.
        """
        # Taken first: what is written between the two is then taken for a change.
        digest = digest_of(path)
        self.reset(load_project(path), path, digest=digest)

    def reset(
        self,
        project: Project,
        path: Path | None = None,
        *,
        clean: bool = True,
        digest: str | None = None,
    ) -> None:
        """Replace the project and forget the past.

        Args:
            project: the project to show.
            path: its file.
            clean: whether the file holds just this.
            digest: that of the file that the project goes back to; without it, whatever is in
                the file counts as changed since.
        """
        self.select(())
        self._path, self._digest = path, digest
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
        self._path, self._digest = path, digest_of(path)
        self.undo_stack.setClean()
        self.path_changed.emit()

    def _rewrite_past(self, edit: ProjectEdit) -> None:
        for index in range(self.undo_stack.count()):
            command = self.undo_stack.command(index)
            if isinstance(command, _Edit):
                command.rewrite(edit)

    def _push(self, title: str, after: Project, place: LayerPath) -> bool:
        before = self._whole.diagram
        reason = refusal(before, after.diagram) or _depth_refused(before, after.diagram)
        if reason is not None:
            self.refused.emit(reason)
            return False
        if not _same(self._whole, after):
            self.undo_stack.push(_Edit(title, self, after, place))
        return True

    def _want(self, whole: Project, place: LayerPath | None) -> None:
        """Take the value at one step of the history, at a place or wherever one is.

        It is shown at the last step: however many there are on a way through the history, what
        looks at the document follows once.
        """
        _, here = self._wanted or (whole, self._place)
        self._wanted = (whole, here if place is None else place)

    def _show_wanted(self) -> None:
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self._show_at(*wanted)

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
        self.select(self._selection, self._marks, self._wires, self._bends)
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
        self._want(self._after)

    def undo(self) -> None:
        self._want(self._before)

    def _want(self, whole: Project) -> None:
        # What leaves the diagram as it is, such as another optimizer, is seen from anywhere.
        drawn = self._before.diagram is not self._after.diagram
        self._document._want(whole, self._place if drawn else None)  # noqa: SLF001 - one class in two halves

    def rewrite(self, edit: ProjectEdit) -> None:
        """Make an edit of both values, that before and that after."""
        self._before, self._after = edit(self._before), edit(self._after)


def _depth_refused(before: Diagram, after: Diagram) -> str | None:
    """Return a sentence if an edit puts too many models into each other; none if not."""
    # The others are as deep as they were.
    changed = (after.layers.get(key) for key in replaced(before.layers, after.layers))
    inner = (layer.diagram.depth for layer in changed if layer and layer.diagram)
    return f"{too_deep()}." if max(inner, default=0) >= DEEPEST else None


def _same(before: Project, after: Project) -> bool:
    """Return whether two projects are equal in types too: Python takes True for 1."""
    if before != after:
        return False
    one, other = (msgspec.json.encode(project, enc_hook=as_dict) for project in (before, after))
    return one == other
