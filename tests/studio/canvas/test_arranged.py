"""What arranging leads to, as the canvas draws it: every wire of the examples can be followed."""

from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath

from graphstudio.diagram.arranged import arranged
from graphstudio.diagram.diagram import Wire
from graphstudio.diagram.direction import Direction
from graphstudio.diagram.project_file import load_project
from graphstudio.resource import resource_path
from graphstudio.studio.canvas.ports import Side
from graphstudio.studio.canvas.scene import DiagramScene
from graphstudio.studio.canvas.wire_path import wire_path
from tests.studio.canvas.hand import Hand

EXAMPLES = sorted(path.name for path in resource_path("examples").iterdir())


def show_arranged(hand: Hand, name: str, direction: Direction) -> DiagramScene:
    """Show an example, laid out by the measures of the canvas."""
    hand.document.reset(load_project(resource_path("examples") / name))
    after = arranged(hand.diagram, hand.view.measures(direction), direction)
    hand.document.apply("arrange", lambda project: project.with_diagram(after))
    return hand.view.diagram_scene


def ends(scene: DiagramScene, wire: Wire) -> tuple[QPointF, QPointF]:
    source, target = scene.nodes[wire.source], scene.nodes[wire.target]
    slot = target.value.ports.slot_of(wire)
    return source.port_place(Side.OUTPUT, wire.output), target.port_place(Side.INPUT, slot)


def places(path: QPainterPath) -> Iterator[QPointF]:
    return (path.pointAtPercent(step / 100) for step in range(101))


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("name", EXAMPLES)
def test_no_wire_runs_through_a_node(empty: Hand, name: str, direction: Direction) -> None:
    scene = show_arranged(empty, name, direction)
    for wire in scene.diagram.wires.values():
        path = wire_path(ends(scene, wire), direction)
        others = scene.nodes.keys() - {wire.source, wire.target}
        frames = [scene.nodes[node].frame() for node in others]
        assert not any(frame.contains(at) for frame in frames for at in places(path))


@pytest.mark.parametrize("name", EXAMPLES)
def test_wires_come_to_a_merge_in_the_order_of_its_ports(empty: Hand, name: str) -> None:
    scene = show_arranged(empty, name, Direction.RIGHT)
    for wires in scene.diagram.incoming.values():
        pairs = combinations([ends(scene, wire) for wire in wires], 2)
        for (start, end), (other, other_end) in pairs:
            assert (start.y() - other.y()) * (end.y() - other_end.y()) >= 0


@pytest.mark.parametrize("name", ["lenet.gstudio", "mlp.gstudio", "resnet.gstudio"])
def test_a_chain_is_straight(empty: Hand, name: str) -> None:
    scene = show_arranged(empty, name, Direction.RIGHT)
    both = [ends(scene, wire) for wire in scene.diagram.wires.values()]
    assert all(start.y() == end.y() for start, end in both)
