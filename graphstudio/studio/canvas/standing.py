"""How nodes and wires stand out at the moment, kept once for all of them.

Selecting a thousand nodes or lighting up all ports thus costs no more than one: whoever paints a
node asks for its state.
"""

from dataclasses import dataclass

from graphstudio.diagram.diagram import NodeId, WireId
from graphstudio.studio.canvas.fitting import Fitting, FittingPorts
from graphstudio.studio.canvas.ports import End, Side
from graphstudio.studio.theme import Palette


@dataclass(frozen=True, slots=True)
class NodeState:
    """How a node stands out at the moment.

    Attributes:
        selected: whether it is selected.
        pending: whether its shape is from before the last edit.
        hovered: whether the pointer is over it.
        port: the port under the pointer.
        fitting: the ports that take the wire that is being drawn; none while none is drawn.
    """

    selected: bool = False
    pending: bool = False
    hovered: bool = False
    port: tuple[Side, int] | None = None
    fitting: FittingPorts | None = None

    @property
    def unfit(self) -> bool:
        """Whether a wire is being drawn that no port takes."""
        return self.fitting is not None and not self.fitting


@dataclass(frozen=True, slots=True)
class WireState:
    """How a wire stands out at the moment.

    Attributes:
        selected: whether it is selected.
        joined: whether a node at one of its ends is selected.
        hovered: whether the pointer is over it.
    """

    selected: bool = False
    joined: bool = False
    hovered: bool = False


_PLAIN = NodeState()
_PENDING = NodeState(pending=True)
_PLAIN_WIRE = WireState()


@dataclass(slots=True)
class Standing:
    """What stands out on a canvas.

    Attributes:
        palette: the colours in use.
        selected: the selected nodes.
        pending: whether shapes are from before the last edit.
        hovered: the node under the pointer.
        port: the port under the pointer.
        fitting: which ports take the wire that is being drawn; none while none is drawn.
        wires: the selected wires.
        joined: the wires that meet a selected node.
        hovered_wire: the wire under the pointer.
        target: the wire that something would go into, which looks as if it were selected.
    """

    palette: Palette
    selected: frozenset[NodeId] = frozenset()
    pending: bool = False
    hovered: NodeId | None = None
    port: End | None = None
    fitting: Fitting | None = None
    wires: frozenset[WireId] = frozenset()
    joined: frozenset[WireId] = frozenset()
    hovered_wire: WireId | None = None
    target: WireId | None = None

    @property
    def glowing(self) -> frozenset[WireId]:
        """The wires that look selected."""
        return self.wires | {self.target} if self.target is not None else self.wires

    def of_node(self, node: NodeId) -> NodeState:
        """Return how a node stands out."""
        selected, hovered = node in self.selected, node == self.hovered
        fitting = self.fitting(node) if self.fitting else None
        if not (selected or hovered or fitting is not None):
            return _PENDING if self.pending else _PLAIN
        port = (self.port.side, self.port.index) if hovered and self.port else None
        return NodeState(selected, self.pending, hovered, port, fitting)

    def of_wire(self, wire: WireId) -> WireState:
        """Return how a wire stands out."""
        selected, hovered = wire in self.glowing, wire == self.hovered_wire
        joined = wire in self.joined
        return (
            WireState(selected, joined, hovered) if selected or joined or hovered else _PLAIN_WIRE
        )
