"""Which ports take the wire that is being drawn."""

from graphstudio.diagram.diagram import NodeId
from graphstudio.studio.canvas.connection import Attempt, PortsByNode, refusals
from graphstudio.studio.canvas.ports import End, Side

FittingPorts = frozenset[tuple[Side, int]]


class Fitting:
    """The ports that fit on each node, worked out when a node is first seen.

    Args:
        trial: the wire.
        ports: the ports of every node.
    """

    def __init__(self, trial: Attempt, ports: PortsByNode) -> None:
        self._trial = trial
        self._ports = ports
        start = trial.start
        self._side = Side.INPUT if start.side is Side.OUTPUT else Side.OUTPUT
        # The port that the wire comes from shows too.
        self._found: dict[NodeId, FittingPorts] = {
            start.node: frozenset({(start.side, start.index)})
        }

    def __call__(self, node: NodeId) -> FittingPorts:
        """Return the ports of a node that take the wire."""
        found = self._found.get(node)
        if found is None:
            found = self._found[node] = frozenset(self._work_out(node))
        return found

    def _work_out(self, node: NodeId) -> list[tuple[Side, int]]:
        side, ports = self._side, self._ports[node]
        count = len(ports.inputs) if side is Side.INPUT else ports.outputs
        return [
            (side, index)
            for index in range(count)
            if not refusals(self._trial, self._ports, End(node, side, index))
        ]
