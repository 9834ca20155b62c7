"""Whatever is edited, undone and redone: the document, its scene and a fresh scene agree.

A new kind of edit is added as one rule of :class:`Editing`, in the shape of the others: it draws
what it works on, and hands a function from a diagram to the next to ``edit``. What follows every
step is in the invariants.
"""

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from itertools import count
from typing import TypeVar

import pytest
import shiboken6
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.diagram import edits, pages, tables
from graphstudio.diagram.annotations import Marks, framed, move_marks, remove_marks
from graphstudio.diagram.arranged import arranged
from graphstudio.diagram.collapse import make_model
from graphstudio.diagram.diagram import (
    HEAD_PORT,
    CallNode,
    Diagram,
    Frame,
    FrameId,
    HeadNode,
    InputNode,
    Layer,
    LayerId,
    NodeId,
    Note,
    NoteId,
    Position,
    Use,
    Wire,
    WireId,
)
from graphstudio.diagram.direction import Direction
from graphstudio.diagram.expand import expand_model
from graphstudio.diagram.fragment import copy_fragment, paste_fragment
from graphstudio.diagram.fragment_text import format_fragment, parse_fragment
from graphstudio.diagram.ground import FARTHEST
from graphstudio.diagram.models import make_independent
from graphstudio.diagram.nesting import nested_diagrams
from graphstudio.diagram.project import Project
from graphstudio.diagram.project_file import format_project, parse_project
from graphstudio.diagram.records import RecordTexts
from graphstudio.protocol import Inspected, NodeInfo, Tensor
from graphstudio.studio.canvas import stage
from graphstudio.studio.canvas.move_marks import box_on
from graphstudio.studio.canvas.scene import DiagramScene
from graphstudio.studio.document import Document
from graphstudio.studio.findings import Findings
from graphstudio.studio.layer_commands import open_model
from graphstudio.studio.theme import Theme
from tests.benchmarks.large import ROW, large_diagram, node_at

Item = TypeVar("Item")

CLASSES = ("Dense", "Add", "LSTM", "MultiHeadAttention", "Flatten")
PORTS = ("inputs", "sequences", "value", "query")
NAMES = ("dense", "add_1", "x", "two words")
TENSORS = (Tensor((None, 8), "float32"), Tensor((None, 4), "int32"), Tensor((None,), "float16"))
ANSWERS = (NodeInfo(), NodeInfo(TENSORS[:1], params=72, trainable_params=72), NodeInfo(TENSORS))

# Most things lie close together; some lie as far away as a canvas goes, or farther.
FAR = (1.5 * FARTHEST, -1.5 * FARTHEST, FARTHEST / 3)
numbers = st.integers(-9, 9).map(float) | st.sampled_from(FAR)
places = st.builds(Position, numbers, numbers)


def beginning() -> Diagram:
    """Return a sound model of 18 nodes; of a smaller one, an edit leaves little as it was."""
    return edits.remove_nodes(large_diagram(1), [node_at(0, one) for one in range(16, ROW - 2)])


def blocks(scene: DiagramScene) -> dict[str, int]:
    """Return how many blocks of each colour the far view has."""
    return {colour: len(frames) for colour, frames in scene.nodes.blocks}


class Editing(RuleBasedStateMachine):
    """A document under edit, with the scene that follows it."""

    def __init__(self) -> None:
        super().__init__()
        self.ids = (f"id{number:05}" for number in count())
        self.first = Project(diagram=beginning())
        self.document = Document()
        self.findings = Findings(self.document)
        self.theme = Theme("dark")
        self.scene = self.new_scene()
        self.texts = RecordTexts()
        self.saved: Project | None = None
        self.document.reset(self.first)

    # What rules are made of.

    @property
    def diagram(self) -> Diagram:
        return self.document.diagram

    def edit(self, title: str, function: Callable[[Diagram], Diagram]) -> None:
        """Make an edit of the diagram in view, as the studio's commands do."""
        self.document.apply(title, lambda project: project.with_diagram(function(project.diagram)))

    def node(self, data: st.DataObject, *kinds: type) -> NodeId | None:
        """Draw a node of these kinds, of any without; none if there is none."""
        return self.one(data, self.nodes(*kinds))

    def nodes(self, *kinds: type) -> list[NodeId]:
        nodes = self.diagram.nodes
        return [key for key, node in nodes.items() if not kinds or isinstance(node, kinds)]

    def one(self, data: st.DataObject, items: Collection[Item]) -> Item | None:
        return data.draw(st.sampled_from(list(items))) if items else None

    def some(self, data: st.DataObject, items: Collection[Item]) -> Sequence[Item]:
        """Draw up to five."""
        if not items:
            return []
        return data.draw(st.lists(st.sampled_from(list(items)), max_size=5, unique=True))

    def models(self) -> list[NodeId]:
        calls = ((key, self.diagram.layer_of(key)) for key in self.nodes(CallNode))
        return [key for key, layer in calls if layer is not None and layer.diagram is not None]

    # Adding.

    @rule(name=st.sampled_from(NAMES), place=st.none() | places)
    def add_input(self, name: str, place: Position | None) -> None:
        new, node = NodeId(next(self.ids)), InputNode(name=name, config={"shape": [8]})
        self.edit("add", lambda diagram: edits.add_input(diagram, new, node, place))

    @rule(name=st.sampled_from(NAMES), place=st.none() | places)
    def add_head(self, name: str, place: Position | None) -> None:
        new, node = NodeId(next(self.ids)), HeadNode(name=name, loss="mse")
        self.edit("add", lambda diagram: edits.add_head(diagram, new, node, place))

    @rule(kind=st.sampled_from(CLASSES), name=st.sampled_from(NAMES), place=st.none() | places)
    def add_layer(self, kind: str, name: str, place: Position | None) -> None:
        ids = (LayerId(next(self.ids)), NodeId(next(self.ids)))
        layer = Layer(class_name=f"keras.layers.{kind}", name=name)
        self.edit("add", lambda diagram: edits.add_layer(diagram, ids, layer, place))

    @rule(data=st.data(), place=places)
    def reuse_layer(self, data: st.DataObject, place: Position) -> None:
        layer, new = self.one(data, self.diagram.layers), NodeId(next(self.ids))
        if layer is not None:
            self.edit("reuse", lambda diagram: edits.add_call(diagram, new, layer, place))

    @rule(data=st.data(), order=st.integers(0, 3), output=st.integers(0, 2))
    def add_wire(self, data: st.DataObject, order: int, output: int) -> None:
        source = self.node(data, InputNode, CallNode)
        target = self.node(data, CallNode, HeadNode)
        if source is None or target is None:
            return
        head = isinstance(self.diagram.nodes[target], HeadNode)
        port = HEAD_PORT if head else data.draw(st.sampled_from(PORTS))
        wire = Wire(source=source, target=target, port=port, order=order, output=output)
        # A wire that takes the id of another one is that one, moved.
        known = self.one(data, self.diagram.wires) if data.draw(st.booleans()) else None
        key = known or WireId(next(self.ids))
        self.edit("connect", lambda diagram: edits.add_wire(diagram, key, wire))

    # Removing and moving.

    @rule(data=st.data())
    def remove_wires(self, data: st.DataObject) -> None:
        gone = self.some(data, self.diagram.wires)
        self.edit("remove", lambda diagram: edits.remove_wires(diagram, gone))

    @rule(data=st.data())
    def remove_nodes(self, data: st.DataObject) -> None:
        gone = self.some(data, self.diagram.nodes)
        self.edit("remove", lambda diagram: edits.remove_nodes(diagram, gone))

    @rule(data=st.data())
    def move(self, data: st.DataObject) -> None:
        moved = {node: data.draw(places) for node in self.some(data, self.diagram.nodes)}
        self.edit("move", lambda diagram: edits.move_nodes(diagram, moved))

    # Changing.

    @rule(data=st.data(), direction=st.sampled_from(Direction))
    def arrange(self, data: st.DataObject, direction: Direction) -> None:
        part = self.some(data, self.diagram.nodes)
        self.edit("arrange", lambda diagram: arranged(diagram, None, direction, part))

    @rule(data=st.data(), name=st.sampled_from(NAMES))
    def rename(self, data: st.DataObject, name: str) -> None:
        node = self.node(data)
        if node is not None:
            self.edit("rename", lambda diagram: edits.rename(diagram, node, name))

    @rule(name=st.sampled_from(NAMES))
    def rename_model(self, name: str) -> None:
        self.edit("rename", lambda diagram: edits.rename_model(diagram, name))

    @rule(data=st.data(), units=st.integers(1, 9))
    def set_parameter(self, data: st.DataObject, units: int) -> None:
        node = self.node(data, InputNode, CallNode)
        if node is not None:
            self.edit("set", lambda diagram: edits.set_parameter(diagram, node, "units", units))

    @rule(data=st.data())
    def reset_parameter(self, data: st.DataObject) -> None:
        node = self.node(data, InputNode, CallNode)
        if node is not None:
            self.edit("reset", lambda diagram: edits.reset_parameter(diagram, node, "units"))

    @rule(data=st.data(), weight=st.floats(0, 9))
    def set_head(self, data: st.DataObject, weight: float) -> None:
        head = self.node(data, HeadNode)
        if head is not None:
            self.edit(
                "set",
                lambda diagram: edits.set_head(
                    diagram, head, loss="mae", weight=weight, metrics=["mse"], column=None
                ),
            )

    @rule(data=st.data(), use=st.sampled_from(Use))
    def use(self, data: st.DataObject, use: Use) -> None:
        nodes = self.some(data, self.diagram.nodes)
        calls = [node for node in nodes if isinstance(self.diagram.nodes[node], CallNode)]
        chosen = calls if use is Use.BYPASSED else nodes
        self.edit("use", lambda diagram: edits.set_use(diagram, chosen, use))

    # Models.

    @rule(data=st.data())
    def make_independent(self, data: st.DataObject) -> None:
        node = self.node(data, CallNode)
        if node is not None:
            self.edit("part", lambda diagram: make_independent(diagram, node, self.ids))

    @rule(data=st.data())
    def collapse(self, data: st.DataObject) -> None:
        chosen = self.some(data, self.nodes(CallNode))
        tensors = dict.fromkeys(self.diagram.nodes, TENSORS)
        # Most choices are no model.
        with suppress(ValueError):
            self.edit("collapse", lambda d: make_model(d, chosen, "model", tensors, self.ids))

    @precondition(lambda self: self.models())
    @rule(data=st.data())
    def expand(self, data: st.DataObject) -> None:
        node = self.one(data, self.models())
        assert node is not None
        # Constants may have no place to go.
        with suppress(ValueError):
            self.edit("expand", lambda diagram: expand_model(diagram, node, self.ids))

    @precondition(lambda self: self.models())
    @rule(data=st.data())
    def open_model(self, data: st.DataObject) -> None:
        node_id = self.one(data, self.models())
        assert node_id is not None
        open_model(self.document, node_id)

    @rule()
    def close_model(self) -> None:
        self.document.close_model()

    # What carries no meaning.

    @rule(data=st.data(), bends=st.lists(places, min_size=1, max_size=3))
    def bend(self, data: st.DataObject, bends: list[Position]) -> None:
        wire = self.one(data, self.diagram.wires)
        if wire is not None:
            self.edit("bend", lambda d: replace(d, bends={**d.bends, wire: tuple(bends)}))

    @rule(title=st.sampled_from(NAMES), place=places)
    def add_frame(self, title: str, place: Position) -> None:
        new = FrameId(next(self.ids))
        frame = Frame(title=title, x=place.x, y=place.y, width=9, height=9)
        self.edit("frame", lambda d: replace(d, frames={**d.frames, new: frame}))

    @rule(text=st.sampled_from(NAMES), place=places)
    def add_note(self, text: str, place: Position) -> None:
        new, note = NoteId(next(self.ids)), Note(text=text, x=place.x, y=place.y, width=9, height=9)
        self.edit("note", lambda d: replace(d, notes={**d.notes, new: note}))

    @rule(data=st.data())
    def lock(self, data: st.DataObject) -> None:
        nodes = self.some(data, self.diagram.nodes)
        self.edit("lock", lambda d: replace(d, locked=d.locked ^ frozenset(nodes)))

    def marks(self, data: st.DataObject) -> Marks:
        frames, notes = self.diagram.frames, self.diagram.notes
        return Marks(frozenset(self.some(data, frames)), frozenset(self.some(data, notes)))

    @rule(data=st.data(), title=st.sampled_from(NAMES))
    def frame_nodes(self, data: st.DataObject, title: str) -> None:
        chosen = [self.scene.nodes[node].frame() for node in self.some(data, self.diagram.nodes)]
        around = [box_on(one) for one in chosen]
        new = FrameId(next(self.ids))
        if around:
            self.edit("frame", lambda diagram: framed(diagram, new, around, title))

    @rule()
    def arrange_all(self) -> None:
        self.edit("arrange", arranged)

    @rule(data=st.data(), place=places)
    def move_marks(self, data: st.DataObject, place: Position) -> None:
        marks = self.marks(data)
        self.edit("move", lambda diagram: move_marks(diagram, marks, place.x, place.y))

    @rule(data=st.data())
    def remove_marks(self, data: st.DataObject) -> None:
        marks = self.marks(data)
        self.edit("remove", lambda diagram: remove_marks(diagram, marks))

    @rule(data=st.data(), with_incoming=st.booleans())
    def paste(self, data: st.DataObject, *, with_incoming: bool) -> None:
        marks, nodes = self.marks(data), self.some(data, self.diagram.nodes)
        copied = format_fragment(copy_fragment(self.diagram, nodes, marks.frames, marks.notes))
        fragment = parse_fragment(copied)
        self.edit(
            "paste",
            lambda diagram: (
                paste_fragment(diagram, fragment, self.ids, with_incoming=with_incoming).diagram
            ),
        )

    # Looking, and going back and forth.

    @rule(data=st.data())
    def select(self, data: st.DataObject) -> None:
        nodes, wires = self.some(data, self.diagram.nodes), self.some(data, self.diagram.wires)
        self.document.select(nodes, self.marks(data), wires)

    @rule(data=st.data())
    def answer(self, data: st.DataObject) -> None:
        known = self.some(data, self.diagram.nodes)
        infos = {node: data.draw(st.sampled_from(ANSWERS)) for node in known}
        self.findings.receive(Inspected(id=1, nodes=infos))

    @rule(steps=st.integers(1, 4))
    def undo(self, steps: int) -> None:
        for _ in range(steps):
            self.document.undo_stack.undo()

    @rule(steps=st.integers(1, 4))
    def redo(self, steps: int) -> None:
        for _ in range(steps):
            self.document.undo_stack.redo()

    # What always holds.

    @invariant()
    def the_scene_shows_the_document(self) -> None:
        scene, diagram = self.scene, self.diagram
        assert scene.diagram is diagram
        assert scene.nodes.keys() == diagram.nodes.keys()
        assert set(scene.wires) == diagram.wires.keys()
        for node, item in scene.nodes.items():
            assert item.value.name == diagram.name_of(node)
        shown = {key: item.record for key, item in scene.marks.frames.items()}
        written = {key: item.record for key, item in scene.marks.notes.items()}
        assert (shown, written) == (diagram.frames, diagram.notes)
        assert self.document.selection <= diagram.nodes.keys()
        assert self.document.selected_marks.within(diagram) == self.document.selected_marks
        assert self.document.selected_wires <= diagram.wires.keys()

    @invariant()
    def nothing_stays_of_what_is_gone(self) -> None:
        for _, diagram in nested_diagrams(self.document.whole.diagram):
            assert diagram.bends.keys() <= diagram.wires.keys()
            assert diagram.positions.keys() <= diagram.nodes.keys()
            assert diagram.locked <= diagram.nodes.keys()

    @invariant()
    def what_is_saved_is_what_is_opened(self) -> None:
        whole = self.document.whole
        if whole is not self.saved:
            assert parse_project(format_project(whole)) == whole
            self.saved = whole

    @invariant()
    def a_fresh_scene_shows_the_same(self) -> None:
        fresh = self.new_scene()
        try:
            assert fresh.nodes.keys() == self.scene.nodes.keys()
            for key, item in fresh.nodes.items():
                assert self.scene.nodes[key].value == item.value
                assert self.scene.nodes[key].frame() == item.frame()
            for wire in fresh.wires:
                shown, new = self.scene.wires[wire], fresh.wires[wire]
                assert shown.boundingRect() == new.boundingRect()
                assert (shown.colour, shown.tooltip) == (new.colour, new.tooltip)
            assert blocks(self.scene) == blocks(fresh)
            assert self.scene.bends.places == fresh.bends.places
        finally:
            shiboken6.delete(fresh)

    @invariant()
    def what_was_read_off_the_diagram_before_holds(self) -> None:
        for carried in (self.diagram, self.document.whole.diagram):
            anew = replace(carried)
            assert carried.incoming == anew.incoming
            assert carried.outgoing == anew.outgoing
            assert carried.calls == anew.calls
            assert list(carried.inputs.items()) == list(anew.inputs.items())
            assert list(carried.heads.items()) == list(anew.heads.items())
            assert (carried.passive, carried.models) == (anew.passive, anew.models)
            assert carried.layer_names == anew.layer_names
            assert carried.tensor_names == anew.tensor_names

    @invariant()
    def texts_kept_from_before_make_the_same_file(self) -> None:
        whole = self.document.whole
        assert format_project(whole, self.texts) == format_project(whole)

    def teardown(self) -> None:
        last, index = self.document.whole, self.document.undo_stack.index()
        self.document.undo_stack.setIndex(0)
        assert self.document.whole is self.first
        self.document.undo_stack.setIndex(index)
        assert self.document.whole is last
        self.the_scene_shows_the_document()
        self.a_fresh_scene_shows_the_same()
        shiboken6.delete(self.scene)
        shiboken6.delete(self.findings)
        shiboken6.delete(self.document)

    def new_scene(self) -> DiagramScene:
        return DiagramScene(self.document, self.findings, self.theme, shipped_catalog())


@pytest.fixture(autouse=True)
def everything_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a few nodes be kept and shown as only thousands are elsewhere."""
    monkeypatch.setattr(pages, "_SMALL", 4)
    monkeypatch.setattr(pages, "_PAGE", 3)
    monkeypatch.setattr(stage, "_MANY", 2)
    monkeypatch.setattr(tables, "_MANY", 3)


def make_random_edits(machines: int, steps: int) -> None:
    run_state_machine_as_test(
        Editing,
        settings=settings(
            max_examples=machines,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_document_scene_and_a_fresh_scene_agree_after_any_edits(qapp: QApplication) -> None:
    del qapp
    make_random_edits(machines=40, steps=60)


@pytest.mark.long
@pytest.mark.timeout(1200)
def test_they_agree_after_very_many_edits(qapp: QApplication) -> None:
    del qapp
    make_random_edits(machines=120, steps=100)
