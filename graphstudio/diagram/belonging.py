"""What lies with nodes on the canvas: the frames around them, and the notes beside them."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from graphstudio.diagram.diagram import Diagram, Frame, FrameId, NodeId, Note, NoteId, Position
from graphstudio.diagram.measures import DEFAULT_SIZE

Size = tuple[float, float]


class Belonging(NamedTuple):
    """The frames and notes that go where some nodes go."""

    frames: tuple[FrameId, ...]
    notes: tuple[NoteId, ...]


def belonging(
    diagram: Diagram, nodes: Collection[NodeId], sizes: Mapping[NodeId, Size] | None = None
) -> Belonging:
    """Return what goes with nodes when they are copied.

    A frame goes with the last of the nodes in it; a note goes with the frame that it lies in. With
    every node goes everything.

    Args:
        diagram: where they are.
        nodes: what is copied.
        sizes: width and height of nodes, where they are known.
    """
    if nodes and diagram.nodes.keys() <= set(nodes):
        return Belonging(tuple(diagram.frames), tuple(diagram.notes))
    known = sizes or {}
    boxes = {key: (place, known.get(key, DEFAULT_SIZE)) for key, place in diagram.positions.items()}
    frames = []
    for frame_id, frame in diagram.frames.items():
        held = [key for key, box in boxes.items() if _holds(frame, *box)]
        if held and all(key in nodes for key in held):
            frames.append(frame_id)
    notes = [
        note_id
        for note_id, note in diagram.notes.items()
        if any(_holds(diagram.frames[frame], *_box(note)) for frame in frames)
    ]
    return Belonging(tuple(frames), tuple(notes))


def _holds(frame: Frame, place: Position, size: Size) -> bool:
    """Return whether a rectangle lies whole inside of a frame."""
    return (
        frame.x <= place.x
        and frame.y <= place.y
        and place.x + size[0] <= frame.x + frame.width
        and place.y + size[1] <= frame.y + frame.height
    )


def _box(note: Note) -> tuple[Position, Size]:
    return Position(note.x, note.y), (note.width, note.height)
