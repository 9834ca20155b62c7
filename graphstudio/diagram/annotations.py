"""Frames and notes: edits of what is drawn around nodes and carries no meaning."""

from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from graphstudio.diagram.diagram import Diagram, Frame, FrameId, NodeId, Note, NoteId

# What a frame leaves free around what it is drawn around, and above it for its title.
PADDING = 16.0
TITLE_ROOM = 40.0

Mark = TypeVar("Mark", Frame, Note)
Key = TypeVar("Key", FrameId, NoteId)


class Box(msgspec.Struct, frozen=True):
    """A rectangle on the canvas, in pixels at 100% zoom, by its top left corner and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.y + self.height

    def holds(self, other: "Box") -> bool:
        """Return whether another box lies whole inside of this one."""
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def united(self, other: "Box") -> "Box":
        """Return the least box that holds both."""
        x, y = min(self.x, other.x), min(self.y, other.y)
        right, bottom = max(self.right, other.right), max(self.bottom, other.bottom)
        return Box(x, y, right - x, bottom - y)

    def moved(self, x: float, y: float) -> "Box":
        """Return the box as far away from here."""
        return Box(self.x + x, self.y + y, self.width, self.height)


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


def box_of(mark: Frame | Note) -> Box:
    """Return where a frame or a note lies."""
    return Box(mark.x, mark.y, mark.width, mark.height)


def add_frame(diagram: Diagram, frame_id: FrameId, frame: Frame) -> Diagram:
    """Add a frame."""
    return replace(diagram, frames={**diagram.frames, frame_id: frame})


def add_note(diagram: Diagram, note_id: NoteId, note: Note) -> Diagram:
    """Add a note."""
    return replace(diagram, notes={**diagram.notes, note_id: note})


def framed(diagram: Diagram, frame_id: FrameId, boxes: Iterable[Box], title: str = "") -> Diagram:
    """Add a frame around what lies in boxes, with room for its title.

    Raises:
        ValueError: there are no boxes.
    """
    around = list(boxes)
    if not around:
        raise ValueError("Expected something to draw a frame around; received nothing.")
    whole = reduce(Box.united, around)
    frame = Frame(
        title=title,
        x=whole.x - PADDING,
        y=whole.y - TITLE_ROOM,
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
    return _changed(diagram, marks, lambda one: one.moved(x, y))


def shifted(mark: Mark, way: tuple[float, float]) -> Mark:
    """Return a frame or a note so far to the right and down."""
    return replace(mark, x=mark.x + way[0], y=mark.y + way[1])


def resize_marks(diagram: Diagram, marks: Marks, box: Box) -> Diagram:
    """Give frames and notes another box.

    Raises:
        ValueError: the box is not wider and higher than 0.
    """
    if not (box.width > 0 and box.height > 0):
        raise ValueError(
            "Expected a width and a height of more than 0; "
            f"received {box.width:g} and {box.height:g}."
        )
    return _changed(diagram, marks, lambda _: box)


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
    diagram: Diagram, frame_ids: Iterable[FrameId], nodes: Mapping[NodeId, Box]
) -> tuple[frozenset[NodeId], Marks]:
    """Return the nodes, and the frames and notes, that lie whole inside of any of some frames.

    Args:
        diagram: the diagram with the frames.
        frame_ids: the frames, which do not count as held themselves.
        nodes: where each node that might lie there is, with its size.
    """
    chosen = frozenset(frame_ids)
    around = [box_of(diagram.frames[key]) for key in chosen]

    def inside(box: Box) -> bool:
        return any(one.holds(box) for one in around)

    frames = (key for key, one in diagram.frames.items() if inside(box_of(one)))
    notes = (key for key, one in diagram.notes.items() if inside(box_of(one)))
    within = (key for key, box in nodes.items() if inside(box))
    return frozenset(within), Marks(frozenset(frames) - chosen, frozenset(notes))


def _changed(diagram: Diagram, marks: Marks, change: Callable[[Box], Box]) -> Diagram:
    return replace(
        diagram,
        frames=_in_table(diagram.frames, marks.frames, change),
        notes=_in_table(diagram.notes, marks.notes, change),
    )


def _in_table(
    table: Mapping[Key, Mark], keys: frozenset[Key], change: Callable[[Box], Box]
) -> Mapping[Key, Mark]:
    """Return a table with other boxes for some of its records; the same one if there are none."""
    if not keys:
        return table
    boxes = {key: change(box_of(table[key])) for key in keys}
    changed = {
        key: replace(table[key], x=box.x, y=box.y, width=box.width, height=box.height)
        for key, box in boxes.items()
    }
    return {**table, **changed}
