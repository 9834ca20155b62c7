"""The canvas by keyboard: what each key does to the selection."""

from collections.abc import Callable, Mapping
from math import hypot
from typing import TypeAlias

from PySide6.QtCore import QPointF, Qt

from graphstudio.diagram import edits
from graphstudio.diagram.annotations import all_marks, remove_marks
from graphstudio.diagram.bends import remove_bends
from graphstudio.diagram.diagram import Diagram, NodeId, WireId
from graphstudio.diagram.direction import Direction
from graphstudio.studio.canvas.connection import attempt, end_on_body, refusals, wire_of
from graphstudio.studio.canvas.geometry import GRID
from graphstudio.studio.canvas.move_marks import carried, move_all
from graphstudio.studio.canvas.ports import End, Side
from graphstudio.studio.canvas.scene import DiagramScene
from graphstudio.studio.document import Document
from graphstudio.studio.layer_commands import open_model

Step: TypeAlias = tuple[int, int]
ARROWS: Mapping[Qt.Key, Step] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


def remove_selected(document: Document) -> None:
    """Remove the selected nodes, wires, bends, frames and notes, as one edit."""
    nodes, marks = document.selection, document.selected_marks
    wires, bends = document.selected_wires, document.selected_bends

    def removed(diagram: Diagram) -> Diagram:
        straighter = edits.remove_wires(remove_bends(diagram, bends), wires)
        return remove_marks(edits.remove_nodes(straighter, nodes), marks)

    if document.has_selection:
        only_bends = not (nodes or wires or marks)
        title = "remove bend" + "s" * (len(bends) > 1) if only_bends else "remove"
        document.edit(title, removed)


def open_selected(document: Document) -> None:
    """Bring the diagram of the one selected node into view, if it calls a nested model."""
    if len(document.selection) == 1:
        open_model(document, next(iter(document.selection)))


def select_all(document: Document) -> None:
    """Select every node, wire, frame and note."""
    diagram = document.diagram
    document.select(diagram.nodes, all_marks(diagram), diagram.wires)


def nudge(scene: DiagramScene, document: Document, step: Step) -> None:
    """Move the selection, with what its frames hold, by one step of the grid."""
    move_all(document, carried(scene, document), step[0] * GRID, step[1] * GRID)


def walk(scene: DiagramScene, document: Document, step: Step, *, adds: bool) -> NodeId | None:
    """Select the nearest node in a direction, or the first one; return it if there is one."""
    centres = {node: item.frame().center() for node, item in scene.nodes.items()}
    here = [node for node in centres if node in document.selection]
    if here:
        ways = {node: _way(centres[here[-1]], centres[node], step) for node in centres}
        ahead = {node: way for node, way in ways.items() if way is not None}
        target = min(ahead, key=ahead.__getitem__, default=None)
    else:
        target = min(centres, key=lambda node: (centres[node].x(), centres[node].y()), default=None)
    if target is not None:
        document.select({*document.selection, target} if adds else [target])
    return target


def connect_selected(
    scene: DiagramScene, document: Document, refuse: Callable[[str], None]
) -> None:
    """Wire the one that comes first of two selected nodes to the other's first free port.

    That is the left one, or else the upper one; the other way round where it is read downwards.
    """
    down = scene.diagram.direction is Direction.DOWN
    items = [(scene.nodes[node], node) for node in document.selection]
    chosen = sorted(
        (item.y(), item.x(), node) if down else (item.x(), item.y(), node) for item, node in items
    )
    if len(chosen) != 2:
        refuse(f"Expected two selected nodes to connect; received {len(chosen)}.")
        return
    (*_, source), (*_, target) = chosen
    ports = scene.ports
    trial = attempt(scene.diagram, End(source, Side.OUTPUT))
    end = end_on_body(trial, ports, target)
    reasons = (
        refusals(trial, ports, end)
        if end
        else (f"{scene.diagram.name_of(target)!r} has no free port.",)
    )
    if end is None or reasons:
        refuse(" ".join(reasons))
        return
    wire, wire_id = wire_of(trial, ports, end), WireId(edits.new_id())
    document.edit("connect", lambda diagram: edits.add_wire(diagram, wire_id, wire))


def _way(start: QPointF, end: QPointF, step: Step) -> float | None:
    """Return how far a place is in a direction, more if it lies aside; none if it is not ahead."""
    x, y = end.x() - start.x(), end.y() - start.y()
    ahead = x * step[0] + y * step[1]
    aside = abs(x * step[1]) + abs(y * step[0])
    return hypot(ahead, 2 * aside) if ahead > 1 and ahead * 2 >= aside else None
