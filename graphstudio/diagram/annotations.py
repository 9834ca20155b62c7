"""Frames and notes: edits of what is drawn around nodes and carries no meaning."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from graphstudio.diagram.diagram import Diagram, Frame, FrameId, NodeId, Note, NoteId
from graphstudio.diagram.rectangles import Rectangle, around, rectangle_of

# What a frame leaves free around what it is drawn around, and above it for its title.
PADDING = 16.0
TITLE_ROOM = 40.0

Mark = TypeVar("Mark", Frame, Note)
Key = TypeVar("Key", FrameId, NoteId)


class Marks(msgspec.Struct, frozen=True):
    """Some frames and notes of a diagram, by id."""

    frames: frozenset[FrameId] = frozenset()
    notes: frozenset[NoteId] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.frames or self.notes)

    def __len__(self) -> int:
        return len(self.frames) + len(self.notes)

    def __or__(self, other: "Marks") -> "Marks":
        return Marks(self.frames | other.frames, self.notes | other.notes)

    def __xor__(self, other: "Marks") -> "Marks":
        return Marks(self.frames ^ other.frames, self.notes ^ other.notes)

    def holds(self, other: "Marks") -> bool:
        """Return whether all of the others are among these."""
        return other.frames <= self.frames and other.notes <= self.notes

    def within(self, diagram: Diagram) -> "Marks":
        """Return those that a diagram has."""
        return Marks(self.frames & diagram.frames.keys(), self.notes & diagram.notes.keys())


NO_MARKS = Marks()


def one_frame(frame_id: FrameId) -> Marks:
    """Return a frame alone."""
    return Marks(frames=frozenset((frame_id,)))


def one_note(note_id: NoteId) -> Marks:
    """Return a note alone."""
    return Marks(notes=frozenset((note_id,)))


def all_marks(diagram: Diagram) -> Marks:
    """Return every frame and every note of a diagram."""
    return Marks(frozenset(diagram.frames), frozenset(diagram.notes))


def add_frame(diagram: Diagram, frame_id: FrameId, frame: Frame) -> Diagram:
    """Add a frame."""
    return replace(diagram, frames={**diagram.frames, frame_id: frame})


def add_note(diagram: Diagram, note_id: NoteId, note: Note) -> Diagram:
    """Add a note."""
    return replace(diagram, notes={**diagram.notes, note_id: note})


def framed(
    diagram: Diagram, frame_id: FrameId, boxes: Iterable[Rectangle], title: str = ""
) -> Diagram:
    """Add a frame around what lies in boxes, with room for its title.

    Raises:
        ValueError: there are no boxes.
    """
    whole = around(boxes)
    if whole is None:
        raise ValueError("Expected something to draw a frame around; received nothing.")
    frame = Frame(
        title=title,
        x=whole.left - PADDING,
        y=whole.top - TITLE_ROOM,
        width=whole.width + 2 * PADDING,
        height=whole.height + TITLE_ROOM + PADDING,
    )
    return add_frame(diagram, frame_id, frame)


def remove_marks(diagram: Diagram, marks: Marks) -> Diagram:
    """Remove frames and notes; what a frame holds stays."""
    frames = {key: one for key, one in diagram.frames.items() if key not in marks.frames}
    notes = {key: one for key, one in diagram.notes.items() if key not in marks.notes}
    return replace(
        diagram,
        frames=frames if marks.frames else diagram.frames,
        notes=notes if marks.notes else diagram.notes,
    )


def move_marks(diagram: Diagram, marks: Marks, x: float, y: float) -> Diagram:
    """Move frames and notes by a way; what a frame holds stays where it is."""
    return replace(
        diagram,
        frames=_in_table(diagram.frames, marks.frames, lambda one: shifted(one, (x, y))),
        notes=_in_table(diagram.notes, marks.notes, lambda one: shifted(one, (x, y))),
    )


def shifted(mark: Mark, way: tuple[float, float]) -> Mark:
    """Return a frame or a note so far to the right and down."""
    return replace(mark, x=mark.x + way[0], y=mark.y + way[1])


def resize_marks(diagram: Diagram, marks: Marks, box: Rectangle) -> Diagram:
    """Give frames and notes another box.

    Raises:
        ValueError: the box is not wider and higher than 0.
    """
    if not (box.width > 0 and box.height > 0):
        raise ValueError(
            "Expected a width and a height of more than 0; "
            f"received {box.width:g} and {box.height:g}."
        )
    return replace(
        diagram,
        frames=_in_table(diagram.frames, marks.frames, lambda one: _at(one, box)),
        notes=_in_table(diagram.notes, marks.notes, lambda one: _at(one, box)),
    )


def retitle(diagram: Diagram, frame_id: FrameId, title: str) -> Diagram:
    """Give a frame another title."""
    frame = replace(diagram.frames[frame_id], title=title)
    return replace(diagram, frames={**diagram.frames, frame_id: frame})


def recolour(diagram: Diagram, frame_ids: Iterable[FrameId], colour: str) -> Diagram:
    """Give frames another colour, by its name."""
    frames = {key: replace(diagram.frames[key], colour=colour) for key in frame_ids}
    return replace(diagram, frames={**diagram.frames, **frames})


def rewrite(diagram: Diagram, note_id: NoteId, text: str, height: float | None = None) -> Diagram:
    """Write another text on a note.

    Args:
        diagram: the diagram with the note.
        note_id: the note.
        text: what it says, in Markdown.
        height: how high it is from now on, in pixels; as before if none is given.
    """
    note = diagram.notes[note_id]
    note = replace(note, text=text, height=note.height if height is None else height)
    return replace(diagram, notes={**diagram.notes, note_id: note})


def held(
    diagram: Diagram, frame_ids: Iterable[FrameId], nodes: Mapping[NodeId, Rectangle]
) -> tuple[frozenset[NodeId], Marks]:
    """Return the nodes, and the frames and notes, that lie whole inside of any of some frames.

    Args:
        diagram: the diagram with the frames.
        frame_ids: the frames, which do not count as held themselves.
        nodes: where each node that might lie there is, with its size.
    """
    chosen = frozenset(frame_ids)
    holders = [rectangle_of(diagram.frames[key]) for key in chosen]

    def inside(box: Rectangle) -> bool:
        return any(one.holds(box) for one in holders)

    frames = (key for key, one in diagram.frames.items() if inside(rectangle_of(one)))
    notes = (key for key, one in diagram.notes.items() if inside(rectangle_of(one)))
    within = (key for key, box in nodes.items() if inside(box))
    return frozenset(within), Marks(frozenset(frames) - chosen, frozenset(notes))


def _at(mark: Mark, box: Rectangle) -> Mark:
    return replace(mark, x=box.left, y=box.top, width=box.width, height=box.height)


def _in_table(
    table: Mapping[Key, Mark], keys: frozenset[Key], change: Callable[[Mark], Mark]
) -> Mapping[Key, Mark]:
    """Return a table with some of its records changed; the same one if there are none."""
    return {**table, **{key: change(table[key]) for key in keys}} if keys else table
