"""The page of selected frames and notes: title, colour and text."""

from collections.abc import Collection

from graphstudio.catalog.entries import Kind, Parameter
from graphstudio.diagram.annotations import Marks
from graphstudio.diagram.diagram import Frame, FrameId, NoteId
from graphstudio.diagram.values import Value
from graphstudio.studio import mark_commands
from graphstudio.studio.frame_colours import FRAME_COLOURS, frame_colour
from graphstudio.studio.panels.inspector.editors.form import ParameterForm
from graphstudio.studio.panels.inspector.editors.texts import TextEditor
from graphstudio.studio.panels.inspector.page import Context, Page

_TITLE = Parameter(name="title", kind=Kind.TEXT, default="", doc="What is written on the frame.")
_COLOUR = Parameter(
    name="colour",
    kind=Kind.CHOICE,
    default=FRAME_COLOURS[0],
    choices=FRAME_COLOURS,
    doc="The colour of the frame.",
)
_TEXT = Parameter(
    name="text",
    kind=Kind.TEXT,
    default="",
    doc="What the note says, in Markdown. Ctrl+Enter takes it, Esc leaves it as it was.",
)


class MarkPage(Page):
    """What is shown while frames or notes are selected and no node is.

    A title is shown for one frame, a text for one note, and a colour for all frames together.
    """

    def __init__(self, context: Context, marks: Marks) -> None:
        super().__init__(context, frame_colour(context.theme.palette, ""))
        self._marks = marks
        alone = len(marks) == 1
        self._frame: FrameId | None = next(iter(marks.frames)) if alone and marks.frames else None
        self._note: NoteId | None = next(iter(marks.notes)) if alone and marks.notes else None
        self._form: ParameterForm | None = None
        self._text: TextEditor | None = None
        if marks.frames:
            self._add_frames()
        if self._note is not None:
            self._add_section("Text")
            self._text = TextEditor(_TEXT)
            self._text.value_changed.connect(self._write)
            self._add(self._text, above=4)
        self.refresh()

    def refresh(self) -> None:
        """Show the frames and the note as they are now."""
        diagram, palette = self.context.document.diagram, self.context.theme.palette
        marks = self._marks.within(diagram)
        if not marks:
            return
        frames = [diagram.frames[key] for key in sorted(marks.frames)]
        self.header.show_colour(frame_colour(palette, frames[0].colour if frames else ""))
        self.header.show_text(*self._heading(frames, len(marks.notes)))
        if self._form is not None and frames:
            colours = {frame.colour for frame in frames}
            values: dict[str, Value] = {"colour": frames[0].colour, "title": frames[0].title}
            shown = {name: values[name] for name in self._rows()}
            self._form.set_values(shown, ["colour"] if len(colours) > 1 else ())
        if self._text is not None and self._note is not None:
            self._text.set_value(diagram.notes[self._note].text)

    def _add_frames(self) -> None:
        rows = {"title": _TITLE, "colour": _COLOUR}
        self._add_section("Frame" if len(self._marks.frames) == 1 else "Frames")
        self._form = self._add_form([rows[name] for name in self._rows()])
        self._form.changed.connect(self._set)
        self._form.reset.connect(lambda name: self._set(name, rows[name].default))

    def _rows(self) -> Collection[str]:
        return ("colour",) if self._frame is None else ("title", "colour")

    def _heading(self, frames: Collection[Frame], notes: int) -> tuple[str, str]:
        if self._frame is not None:
            (frame,) = frames
            return frame.title or "Frame", "Frame"
        if self._note is not None:
            return "Note", "Markdown"
        counts = ((len(frames), "frame"), (notes, "note"))
        said = [f"{count} {what}{'s' * (count > 1)}" for count, what in counts if count]
        return f"{' and '.join(said)} selected", ""

    def _set(self, name: str, value: Value) -> None:
        if self._closed:
            return
        document = self.context.document
        if name == "title" and self._frame is not None:
            mark_commands.retitle_frame(document, self._frame, str(value))
        elif name == "colour":
            mark_commands.colour_frames(document, self._marks.frames, str(value))

    def _write(self, value: Value) -> None:
        if not self._closed and self._note is not None:
            palette = self.context.theme.palette
            mark_commands.write_note(self.context.document, self._note, str(value), palette)
