"""The document: a diagram of calls of Keras layers, as one immutable value.

A layer and a call of it are two things, as in Keras: ``layers`` holds layer instances, and a
:class:`CallNode` refers to one of them. Two calls of one layer share its weights.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cached_property
from typing import Annotated, NewType, TypeAlias

import msgspec
import networkx as nx
from msgspec.structs import force_setattr

from graphstudio.diagram.direction import Direction
from graphstudio.diagram.ground import FARTHEST, Length, is_on_ground, on_ground
from graphstudio.diagram.pages import replaced
from graphstudio.diagram.values import Value

LayerId = NewType("LayerId", str)
NodeId = NewType("NodeId", str)
WireId = NewType("WireId", str)
FrameId = NewType("FrameId", str)
NoteId = NewType("NoteId", str)

# A node is drawn with a port for each output, so that a file must not ask for any number of them.
MOST_OUTPUTS = 10_000
# How many diagrams lie in each other at most: deeper ones could not be saved.
DEEPEST = 32
# The port of a head, which takes one tensor.
HEAD_PORT = "tensor"


class Use(StrEnum):
    """Whether a node takes part in the model.

    A bypassed call is skipped: it gives the first tensor that it receives on. A muted node gives
    nothing, and is left out of the model with whatever needs it.
    """

    ACTIVE = "active"
    BYPASSED = "bypassed"
    MUTED = "muted"


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An immutable record of the document.

    Attributes:
        extra: fields that this version does not know, kept so that saving loses nothing.
    """

    extra: Mapping[str, Value] = {}


class Layer(Record, frozen=True, kw_only=True):
    """What calls refer to: a layer instance, a model used as a layer, or a function.

    Attributes:
        class_name: public path of the class or function, such as ``"keras.layers.Dense"``,
            ``"keras.ops.matmul"`` or ``"keras.applications.Xception"``; of a nested diagram
            ``"keras.Model"`` or ``"keras.Sequential"``; of own code ``"own."`` and the name.
        name: the layer's name in Keras, unique in the diagram.
        config: constructor arguments that were set; what is absent keeps Keras's default.
        diagram: the nested diagram of a model that is drawn here; its node ids are unique in the
            whole project.
    """

    class_name: str
    name: str
    config: Mapping[str, Value] = {}
    diagram: "Diagram | None" = None

    def means_same(self, other: "Layer") -> bool:
        """Return whether the other layer differs in nothing but what carries no meaning."""
        if self is other or self.diagram is None or other.diagram is None:
            return self == other
        bare, other_bare = (msgspec.structs.replace(one, diagram=None) for one in (self, other))
        return bare == other_bare and self.diagram.means_same(other.diagram)


class InputNode(Record, frozen=True, kw_only=True, tag_field="kind", tag="input"):
    """A tensor that enters the model (``keras.Input``).

    Attributes:
        name: the input's name, under which data is bound to it.
        config: arguments of ``keras.Input`` other than the name; ``shape`` has no batch dimension.
        column: the data column that it reads, if that is not the one of its own name.
        in_model: whether the model lists it among its inputs.
        use: whether it takes part in the model; an input is active or muted.
    """

    name: str
    config: Mapping[str, Value] = {}
    column: str | None = None
    in_model: bool = True
    use: Use = Use.ACTIVE


class CallNode(Record, frozen=True, kw_only=True, tag_field="kind", tag="call"):
    """A call of a layer.

    Attributes:
        layer: the layer that is called.
        arguments: arguments of the call that no wire gives: those that are not tensors, such as
            ``training``, and constants on ports.
        use: whether it takes part in the model.
        passes: the port whose tensor is given on while the call is bypassed; none for the first
            by name that has one.
    """

    layer: LayerId
    arguments: Mapping[str, Value] = {}
    use: Use = Use.ACTIVE
    passes: str | None = None


class HeadNode(Record, frozen=True, kw_only=True, tag_field="kind", tag="head"):
    """A named output of the model, with what it learns from.

    Attributes:
        name: key of the head in losses, curves, data and exported code.
        loss: Keras's identifier of a loss, or a loss object; none for an untrained output.
        weight: factor of this head's loss in the total.
        metrics: Keras's identifiers of metrics, or metric objects.
        column: the data column that it learns from, if that is not the one of its own name.
        class_weights: how much a sample of a class counts, by the class's number as text; a class
            that is not named counts 1.
        use: whether it takes part in the model; a head is active or muted.
    """

    name: str
    loss: Value = None
    weight: float = 1.0
    metrics: tuple[Value, ...] = ()
    column: str | None = None
    class_weights: Mapping[str, float] = {}
    use: Use = Use.ACTIVE


Node: TypeAlias = InputNode | CallNode | HeadNode


class Wire(Record, frozen=True, kw_only=True):
    """A tensor's way from an output of one node to an input port of another.

    Attributes:
        source: the node that gives the tensor.
        target: the node that receives it.
        output: which of the source's outputs, counted from 0, below :data:`MOST_OUTPUTS`.
        port: the receiving argument of the call, such as ``"inputs"``.
        order: the place among the tensors of a port that takes a list.
    """

    source: NodeId
    target: NodeId
    port: str
    output: Annotated[int, msgspec.Meta(ge=0, lt=MOST_OUTPUTS)] = 0
    order: Annotated[int, msgspec.Meta(ge=0)] = 0


class Position(msgspec.Struct, frozen=True, array_like=True):
    """Where a node's top left corner lies on the canvas, in pixels at 100% zoom.

    What would lie farther than the canvas reaches lies at its edge.
    """

    x: float
    y: float

    def __post_init__(self) -> None:
        if not is_on_ground(self.x, self.y):
            force_setattr(self, "x", on_ground(self.x))
            force_setattr(self, "y", on_ground(self.y))


class Frame(Record, frozen=True, kw_only=True):
    """A titled rectangle that lies behind nodes and says what they are together.

    A frame holds what lies whole inside of it. All lengths are pixels at 100% zoom. What would
    reach farther than the canvas ends with it.

    Attributes:
        title: what is written on it.
        colour: name of its colour, one of the canvas's.
        x: of its top left corner.
        y: of its top left corner.
        width: more than 0.
        height: more than 0.
    """

    title: str = ""
    colour: str = "grey"
    x: float
    y: float
    width: Length
    height: Length

    def __post_init__(self) -> None:
        _keep_on_ground(self)


class Note(Record, frozen=True, kw_only=True):
    """A text on the canvas. All lengths are pixels at 100% zoom.

    What would reach farther than the canvas ends with it.

    Attributes:
        text: what it says, in Markdown.
        x: of its top left corner.
        y: of its top left corner.
        width: more than 0.
        height: more than 0.
    """

    text: str = ""
    x: float
    y: float
    width: Length
    height: Length

    def __post_init__(self) -> None:
        _keep_on_ground(self)


def _keep_on_ground(mark: Frame | Note) -> None:
    """Let a new frame or note lie where a file may have it."""
    if not is_on_ground(mark.x, mark.y):
        force_setattr(mark, "x", on_ground(mark.x))
        force_setattr(mark, "y", on_ground(mark.y))
    if not (mark.width <= 2 * FARTHEST and mark.height <= 2 * FARTHEST):
        force_setattr(mark, "width", min(mark.width, 2 * FARTHEST))
        force_setattr(mark, "height", min(mark.height, 2 * FARTHEST))


class Diagram(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """Layers, calls and wires. Edits give a new diagram that shares every untouched table.

    What carries no meaning stands apart from what does, in tables of its own.

    Attributes:
        name: the model's name.
        layers: layer instances by id.
        nodes: inputs, calls and heads by id, in the order in which they were added.
        wires: wires by id.
        positions: where each node lies.
        bends: the places that a wire passes on its way, in order, for the wires that have any.
        frames: rectangles behind nodes, by id.
        notes: texts beside nodes, by id.
        locked: the nodes that stay as they are until they are unlocked.
        direction: which way it is read: ports lie on the edges that it leads to.
        extra: fields of a nested diagram that this version does not know.
    """

    name: str = "model"
    layers: Mapping[LayerId, Layer] = {}
    nodes: Mapping[NodeId, Node] = {}
    wires: Mapping[WireId, Wire] = {}
    positions: Mapping[NodeId, Position] = {}
    bends: Mapping[WireId, tuple[Position, ...]] = {}
    frames: Mapping[FrameId, Frame] = {}
    notes: Mapping[NoteId, Note] = {}
    locked: frozenset[NodeId] = frozenset()
    direction: Direction = Direction.RIGHT
    extra: Mapping[str, Value] = {}

    @cached_property
    def depth(self) -> int:
        """How many diagrams lie in each other, counted with this one."""
        return 1 + max((model.depth for model in self.models.values()), default=0)

    @cached_property
    def incoming(self) -> Mapping[NodeId, tuple[Wire, ...]]:
        """The wires into each node that has any, by port and then by order."""
        table: dict[NodeId, list[Wire]] = {}
        for wire in self.wires.values():
            table.setdefault(wire.target, []).append(wire)
        return {
            node: tuple(sorted(wires, key=lambda wire: (wire.port, wire.order)))
            for node, wires in table.items()
        }

    @cached_property
    def arrivals(self) -> Mapping[NodeId, tuple[WireId, ...]]:
        """The ids of the wires into each node that has any, in no order."""
        table: dict[NodeId, list[WireId]] = {}
        for key, wire in self.wires.items():
            table.setdefault(wire.target, []).append(key)
        return {node: tuple(keys) for node, keys in table.items()}

    @cached_property
    def outgoing(self) -> Mapping[NodeId, tuple[Wire, ...]]:
        """The wires out of each node that has any."""
        table: dict[NodeId, list[Wire]] = {}
        for wire in self.wires.values():
            table.setdefault(wire.source, []).append(wire)
        return {node: tuple(wires) for node, wires in table.items()}

    @cached_property
    def calls(self) -> Mapping[LayerId, tuple[NodeId, ...]]:
        """The calls of each layer that has any, in the order in which they were added."""
        table: dict[LayerId, list[NodeId]] = {}
        for node_id, node in self.nodes.items():
            if isinstance(node, CallNode):
                table.setdefault(node.layer, []).append(node_id)
        return {layer: tuple(nodes) for layer, nodes in table.items()}

    @cached_property
    def graph(self) -> "nx.MultiDiGraph":
        """Nodes by id, with an edge a wire, keyed by the wire's id; not to be changed."""
        graph = nx.MultiDiGraph()
        graph.add_nodes_from(self.nodes)
        graph.add_edges_from((wire.source, wire.target, key) for key, wire in self.wires.items())
        return nx.freeze(graph)

    @cached_property
    def inputs(self) -> Mapping[NodeId, InputNode]:
        """The input nodes, in the order in which they were added."""
        return {i: node for i, node in self.nodes.items() if isinstance(node, InputNode)}

    @cached_property
    def heads(self) -> Mapping[NodeId, HeadNode]:
        """The head nodes, in the order in which they were added."""
        return {i: node for i, node in self.nodes.items() if isinstance(node, HeadNode)}

    @cached_property
    def passive(self) -> frozenset[NodeId]:
        """The nodes that are bypassed or muted."""
        return frozenset(i for i, node in self.nodes.items() if node.use is not Use.ACTIVE)

    @cached_property
    def models(self) -> "Mapping[LayerId, Diagram]":
        """The nested diagrams, by the layers that hold them."""
        layers = self.layers.items()
        return {key: one.diagram for key, one in layers if one.diagram is not None}

    @cached_property
    def layer_names(self) -> Mapping[str, int]:
        """How many layers have each name."""
        return Counter(layer.name for layer in self.layers.values())

    @cached_property
    def tensor_names(self) -> Mapping[str, int]:
        """How many inputs and heads have each name."""
        return Counter(tensor_names(self.nodes.values()))

    def means_same(self, other: "Diagram") -> bool:
        """Return whether the other diagram differs in nothing but what carries no meaning."""
        return (
            (self.name, self.nodes, self.wires, self.extra)
            == (other.name, other.nodes, other.wires, other.extra)
            and self.layers.keys() == other.layers.keys()
            and all(
                self.layers[key].means_same(other.layers[key])
                for key in replaced(self.layers, other.layers)
            )
        )

    def layer_of(self, node_id: NodeId) -> Layer | None:
        """Return the layer that a node calls; none for an input or a head."""
        node = self.nodes[node_id]
        return self.layers[node.layer] if isinstance(node, CallNode) else None

    def name_of(self, node_id: NodeId) -> str:
        """Return the name that the canvas shows on a node."""
        node = self.nodes[node_id]
        return self.layers[node.layer].name if isinstance(node, CallNode) else node.name


def tensor_names(nodes: Iterable[Node]) -> Iterator[str]:
    """Yield the names of those nodes that are inputs or heads."""
    return (node.name for node in nodes if not isinstance(node, CallNode))


def too_deep() -> str:
    """Return in words why models do not lie deeper in each other."""
    return f"Expected at most {DEEPEST} models inside each other; received more"
