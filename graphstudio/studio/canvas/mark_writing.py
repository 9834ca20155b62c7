"""Writing on the canvas: the field over the title of a frame or over a note."""

from PySide6.QtCore import QObject, QRectF

from graphstudio.diagram.annotations import NO_MARKS, Marks
from graphstudio.diagram.diagram import FrameId, NoteId
from graphstudio.studio.canvas.mark_editors import NoteEditor, TitleEditor
from graphstudio.studio.canvas.mark_geometry import TITLE_HEIGHT, TITLE_LEFT
from graphstudio.studio.canvas.scene import DiagramScene
from graphstudio.studio.canvas.zoom_view import ZoomView
from graphstudio.studio.document import Document
from graphstudio.studio.mark_commands import retitle_frame, write_note
from graphstudio.studio.theme import Theme


class MarkWriting(QObject):
    """Opens one field at a time, and takes what was said in it into the diagram.

    Args:
        view: the canvas.
        scene: its scene.
        document: what is edited.
        theme: in whose fonts notes are measured.
    """

    def __init__(
        self, view: ZoomView, scene: DiagramScene, document: Document, theme: Theme
    ) -> None:
        super().__init__(view)
        self._view = view
        self._scene = scene
        self._document = document
        self._theme = theme
        self._editor: TitleEditor | NoteEditor | None = None
        self._edited = NO_MARKS
        view.zoom_changed.connect(self._place_editor)
        for bar in (view.horizontalScrollBar(), view.verticalScrollBar()):
            bar.valueChanged.connect(self._place_editor)
        document.changed.connect(self._follow_document)

    @property
    def editor(self) -> TitleEditor | NoteEditor | None:
        """The field that is open, if one is."""
        return self._editor

    def write(self, marks: Marks) -> bool:
        """Open the title of the one frame, or the text of the one note; return whether it is one.

        What is said there goes into the diagram when the field is left.
        """
        if len(marks) != 1:
            return False
        self.commit_pending()
        self._edited = marks
        frame_id, note_id = _only(marks)
        diagram = self._document.diagram
        if frame_id is not None:
            title = diagram.frames[frame_id].title
            self._editor = TitleEditor(title, self._finish, self._view)
        elif note_id is not None:
            self._editor = NoteEditor(diagram.notes[note_id].text, self._finish, self._view)
        if self._editor is not None:
            self._place_editor()
            self._editor.show()
            self._editor.setFocus()
        return True

    def write_selected(self) -> bool:
        """Open the one selected frame or note; return whether there is one."""
        return not self._document.selection and self.write(self._document.selected_marks)

    def commit_pending(self) -> None:
        """Take what is being written, as before saving."""
        if self._editor is not None:
            self._editor.writing.commit()

    def _finish(self, said: str | None) -> None:
        """Close the field, and take what was said into the diagram."""
        editor, self._editor = self._editor, None
        marks = self._edited.within(self._document.diagram)
        if editor is not None:
            if editor.hasFocus():
                self._view.setFocus()
            editor.hide()
            editor.deleteLater()
        if said is None or not marks:
            return
        frame_id, note_id = _only(marks)
        if frame_id is not None:
            retitle_frame(self._document, frame_id, said)
        elif note_id is not None:
            write_note(self._document, note_id, said, self._theme.palette)

    def _follow_document(self) -> None:
        """Close the field of what is no longer there."""
        if self._editor is not None and not self._edited.within(self._document.diagram):
            self._editor.writing.cancel()
        else:
            self._place_editor()

    def _place_editor(self) -> None:
        """Keep the field over what is written in it."""
        items = self._scene.marks.items(self._edited)
        if self._editor is None or not items:
            return
        box, zoom = items[0].box, self._view.zoom / 100
        place = QRectF(box.left, box.top, box.width, box.height)
        if self._edited.frames:
            place = QRectF(box.left + 4, box.top, box.width - TITLE_LEFT, TITLE_HEIGHT)
        self._editor.stand_at(self._view.mapFromScene(place).boundingRect(), zoom)


def _only(marks: Marks) -> tuple[FrameId | None, NoteId | None]:
    """Return the one frame or the one note of marks that are one."""
    return next(iter(marks.frames), None), next(iter(marks.notes), None)
