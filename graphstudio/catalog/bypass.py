"""Bypassing by what the catalog says: the tensor that belongs first is given on."""

from collections.abc import Collection

from msgspec.structs import replace

from graphstudio.catalog.entries import Catalog
from graphstudio.diagram.diagram import CallNode, Diagram, Node, NodeId, Use
from graphstudio.diagram.edits import set_use
from graphstudio.diagram.pages import with_records


def bypass(diagram: Diagram, node_ids: Collection[NodeId], catalog: Catalog) -> Diagram:
    """Bypass calls; each gives on the first tensor that its class takes, of those that are wired.

    Raises:
        TypeError: a node is no call.
    """
    changed: dict[NodeId, Node] = {}
    skipped = set_use(diagram, node_ids, Use.BYPASSED)
    for node_id in node_ids:
        node = skipped.nodes[node_id]
        if isinstance(node, CallNode):
            changed[node_id] = replace(node, passes=passing_port(diagram, node_id, catalog))
    return replace(skipped, nodes=with_records(skipped.nodes, changed))


def passing_port(diagram: Diagram, node_id: NodeId, catalog: Catalog) -> str | None:
    """Return the first wired port of a call whose class has several; else none.

    A nested model knows the order of its inputs itself.
    """
    layer = diagram.layer_of(node_id)
    entry = catalog.entry_of(layer) if layer is not None and layer.diagram is None else None
    names = [port.name for port in entry.ports] if entry else []
    if len(names) < 2:
        return None
    wired = {wire.port for wire in diagram.incoming.get(node_id, ())}
    return next((name for name in names if name in wired), names[0])
