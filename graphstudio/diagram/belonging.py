"""What lies with nodes on the canvas: the frames around them, and the notes beside them."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from graphstudio.diagram.annotations import held
from graphstudio.diagram.diagram import Diagram, FrameId, NodeId, NoteId
from graphstudio.diagram.measures import Measures, Size
from graphstudio.diagram.rectangles import rectangles


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
    boxes = rectangles(diagram.positions, Measures(sizes or {}))
    frames, notes = [], set[NoteId]()
    for frame_id in diagram.frames:
        inside, marks = held(diagram, [frame_id], boxes)
        if inside and inside.issubset(nodes):
            frames.append(frame_id)
            notes |= marks.notes
    return Belonging(tuple(frames), tuple(one for one in diagram.notes if one in notes))
