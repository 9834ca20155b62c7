"""What people do about whether nodes take part in the model: bypass, mute and activate them.

Menus, keys and the inspector all come here.
"""

from collections.abc import Collection

from graphstudio.catalog.bypass import bypass
from graphstudio.catalog.entries import Catalog
from graphstudio.diagram.diagram import CallNode, Diagram, NodeId, Use
from graphstudio.diagram.edits import set_use
from graphstudio.studio.document import Document
from graphstudio.studio.layer_commands import called

_VERBS = {Use.ACTIVE: "activate", Use.BYPASSED: "bypass", Use.MUTED: "mute"}


def calls_among(diagram: Diagram, nodes: Collection[NodeId]) -> list[NodeId]:
    """Return the calls among nodes, which alone can be bypassed."""
    return [node for node in nodes if isinstance(diagram.nodes.get(node), CallNode)]


def all_are(diagram: Diagram, nodes: Collection[NodeId], use: Use) -> bool:
    """Return whether there are nodes, and all take part in one way."""
    return bool(nodes) and all(diagram.nodes[node].use is use for node in nodes)


def use_nodes(document: Document, catalog: Catalog, nodes: Collection[NodeId], use: Use) -> None:
    """Activate, bypass or mute nodes; of inputs and heads none is bypassed."""
    diagram = document.diagram
    chosen = calls_among(diagram, nodes) if use is Use.BYPASSED else list(nodes)
    if not chosen:
        return
    after = (
        bypass(diagram, chosen, catalog) if use is Use.BYPASSED else set_use(diagram, chosen, use)
    )
    document.edit(f"{_VERBS[use]} {called(diagram, chosen)}", lambda _: after)
