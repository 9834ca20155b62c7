"""What differs between two diagrams and what is known about them, found by comparing identities.

An edit shares every record that it leaves alone, and large tables share their pages, so nothing is
done for those.
"""

from collections.abc import Hashable, Mapping
from operator import ne
from typing import TypeVar

import msgspec

from graphstudio.diagram.diagram import CallNode, Diagram, HeadNode, LayerId, NodeId, WireId
from graphstudio.diagram.pages import replaced, unlike
from graphstudio.studio.canvas.node_value import Known

Key = TypeVar("Key", bound=Hashable)


class Changes(msgspec.Struct, frozen=True):
    """What is to be shown anew.

    Attributes:
        nodes: the nodes that are new or may say something else.
        gone: the nodes that are no longer there.
        telling: the nodes whose wires may carry something else.
        wires: the wires that are new or end elsewhere.
        cut: the wires that are no longer there.
        judged: the wires that were wrong or idle and are not, or the other way round.
        moved: the nodes that lie elsewhere.
    """

    nodes: set[NodeId]
    gone: set[NodeId]
    telling: set[NodeId]
    wires: set[WireId]
    cut: set[WireId]
    judged: set[WireId]
    moved: set[NodeId]


def changes(before: tuple[Diagram, Known], after: tuple[Diagram, Known]) -> Changes:
    """Return what has to be shown anew to come from one diagram, as it was known, to another."""
    (old, knew), (new, knows) = before, after
    nodes, wires = replaced(old.nodes, new.nodes), replaced(old.wires, new.wires)
    telling = nodes | differing(knew.nodes, knows.nodes)
    touched = telling | _callers(old, new, nodes) | _ends(old, wires) | _ends(new, wires)
    touched |= differing(knew.diagnostics, knows.diagnostics) | differing(knew.costs, knows.costs)
    touched |= differing(knew.heat, knows.heat) | differing(knew.times, knows.times)
    touched.update(knew.left_out ^ knows.left_out)
    # A node says which kind of tensor arrives at it.
    for node in telling:
        touched.update(wire.target for wire in new.outgoing.get(node, ()))
    if any(_is_head(old, node) is not _is_head(new, node) for node in nodes):
        # The colour of each head is that of its place among them.
        touched.update(new.heads)
    others = (knew.catalog, knew.inside) != (knows.catalog, knows.inside)
    if others or old.direction is not new.direction:
        touched.update(new.nodes)
    judged = (knew.wrong_wires ^ knows.wrong_wires) | (knew.idle ^ knows.idle)
    return Changes(
        # A set's operators would look at all keys of the table; most sets here hold one or none.
        nodes={node for node in touched if node in new.nodes},
        gone={node for node in nodes if node not in new.nodes},
        telling={node for node in telling if node in new.nodes},
        wires={wire for wire in wires if wire in new.wires},
        cut={wire for wire in wires if wire not in new.wires},
        judged={wire for wire in judged if wire in new.wires},
        moved={node for node in replaced(old.positions, new.positions) if node in new.nodes},
    )


def differing(before: Mapping[Key, object], after: Mapping[Key, object]) -> set[Key]:
    """Return the keys whose values are not equal, also those that only one table has."""
    return unlike(before, after, ne)


def _callers(old: Diagram, new: Diagram, nodes: set[NodeId]) -> set[NodeId]:
    """Return the nodes whose layer is another one, or is called more or less often."""
    layers: set[LayerId] = replaced(old.layers, new.layers)
    for node in nodes:
        records = (old.nodes.get(node), new.nodes.get(node))
        layers.update(record.layer for record in records if isinstance(record, CallNode))
    return {call for layer in layers for call in new.calls.get(layer, ())}


def _is_head(diagram: Diagram, node: NodeId) -> bool:
    return isinstance(diagram.nodes.get(node), HeadNode)


def _ends(diagram: Diagram, wires: set[WireId]) -> set[NodeId]:
    found = [diagram.wires[key] for key in wires if key in diagram.wires]
    return {node for wire in found for node in (wire.source, wire.target)}
