"""What the catalog says against a diagram: classes that Keras lacks, and wires on their ports."""

from collections import defaultdict
from collections.abc import Iterator
from typing import TypeAlias

from msgspec.structs import replace

from graphstudio.catalog.entries import Catalog, Port, Role
from graphstudio.diagram.active import active
from graphstudio.diagram.diagnostics import Diagnostic, Repair, Severity
from graphstudio.diagram.diagram import (
    HEAD_PORT,
    CallNode,
    Diagram,
    HeadNode,
    Layer,
    NodeId,
    WireId,
)
from graphstudio.diagram.models import MODEL, MODEL_CLASSES, SEQUENTIAL, is_chain
from graphstudio.diagram.nesting import nested_diagrams
from graphstudio.diagram.values import OWN

_HEAD_PORTS = (Port(name=HEAD_PORT),)
_WireIds: TypeAlias = defaultdict[str, list[WireId]]


def check_classes(diagram: Diagram, catalog: Catalog) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the classes of a diagram and with the wires on their ports.

    The findings of nested models are among them; what is not active is not looked at.
    """
    return tuple(
        replace(finding, path=path)
        for path, inner in nested_diagrams(active(diagram))
        for finding in _check_one(inner, catalog)
    )


def _check_one(diagram: Diagram, catalog: Catalog) -> Iterator[Diagnostic]:
    for layer_id, calls in diagram.calls.items():
        layer = diagram.layers[layer_id]
        if catalog.entry_of(layer) is None:
            yield _unknown_class(layer, calls[0], catalog)
        elif layer.diagram is not None and layer.class_name == SEQUENTIAL:
            yield from _branches(layer.diagram, layer, calls[0], catalog)
    incoming: dict[NodeId, _WireIds] = {}
    for wire_id, wire in diagram.wires.items():
        incoming.setdefault(wire.target, defaultdict(list))[wire.port].append(wire_id)
    for node, wires in incoming.items():
        yield from _check(diagram, catalog, node, wires)


def can_be_sequential(inner: Diagram, catalog: Catalog) -> bool:
    """Return whether a nested diagram is a chain of layers, as a Sequential is."""
    entries = [catalog.entry_of(layer) for layer in inner.layers.values()]
    return is_chain(inner) and all(one is None or one.role is not Role.FUNCTION for one in entries)


def _branches(inner: Diagram, layer: Layer, node: NodeId, catalog: Catalog) -> Iterator[Diagnostic]:
    """Yield a finding if the diagram of a Sequential is no chain from one input to one head."""
    if can_be_sequential(inner, catalog):
        return
    yield Diagnostic(
        code="branching-sequential",
        severity=Severity.ERROR,
        message=f"{layer.name!r} is a Sequential, but its layers form no chain.",
        node=node,
        expected="one input, one head, and layers that follow each other",
        received=f"{len(inner.inputs)} inputs, {len(inner.heads)} heads, {len(inner.wires)} wires",
        repairs=(
            Repair("Make it a functional model", "set_class", {"node_id": node, "path": MODEL}),
        ),
    )


def _check(
    diagram: Diagram, catalog: Catalog, node: NodeId, wires: _WireIds
) -> Iterator[Diagnostic]:
    """Yield the findings on the ports of a node that receives something."""
    ports = _ports(diagram, catalog, node)
    if ports is None:
        return
    names = [port.name for port in ports]
    is_call = isinstance(diagram.nodes[node], CallNode)
    for name in sorted(wires.keys() - set(names)):
        for wire in wires[name]:
            yield _unknown_port(diagram, wire, names)
    for port in ports:
        if port.name in wires:
            for wire in _extra_wires(diagram, port, wires[port.name]):
                yield _occupied_port(diagram, wire)
            if _has_constant(diagram, node, port.name):
                yield _shadowed_constant(diagram, node, port.name)
        elif is_call and not port.optional and not _can_be_constant(diagram, node, port.name):
            yield _unconnected_port(diagram, node, port.name, list(wires))


def _ports(diagram: Diagram, catalog: Catalog, node: NodeId) -> tuple[Port, ...] | None:
    """Return what takes wires; none where the class is unknown."""
    layer = diagram.layer_of(node)
    if layer is None:
        return _HEAD_PORTS if isinstance(diagram.nodes[node], HeadNode) else ()
    entry = catalog.entry_of(layer)
    return entry.ports if entry else None


def _has_constant(diagram: Diagram, node_id: NodeId, port: str) -> bool:
    node = diagram.nodes[node_id]
    return isinstance(node, CallNode) and port in node.arguments


def _can_be_constant(diagram: Diagram, node: NodeId, port: str) -> bool:
    """Return whether a constant stands in for a wire; a model takes tensors alone."""
    layer = diagram.layer_of(node)
    is_nested = layer is not None and layer.diagram is not None
    return _has_constant(diagram, node, port) and not is_nested


def _extra_wires(diagram: Diagram, port: Port, wires: list[WireId]) -> list[WireId]:
    """Return the wires of a port at a place that another one, which comes before, has."""
    ordered = sorted(wires, key=lambda wire: diagram.wires[wire].order)
    if not port.variadic:
        return ordered[1:]
    orders = [diagram.wires[wire].order for wire in ordered]
    return [wire for place, wire in enumerate(ordered) if orders[place] in orders[:place]]


def _unknown_class(layer: Layer, node: NodeId, catalog: Catalog) -> Diagnostic:
    if layer.class_name.startswith(OWN):
        owner, expected = "the project's own code", "a layer or a function of the own code"
    elif layer.diagram is not None:
        owner, expected = "a nested diagram", " or ".join(MODEL_CLASSES)
    else:
        owner = f"Keras {catalog.keras_version}"
        expected = "the public path of a Keras layer, such as keras.layers.Dense"
    return Diagnostic(
        code="unknown-class",
        severity=Severity.ERROR,
        message=f"{layer.name!r} is a {layer.class_name}, which {owner} "
        f"{'cannot be' if layer.diagram else 'does not have'}.",
        node=node,
        expected=expected,
        received=layer.class_name,
    )


def _unknown_port(diagram: Diagram, wire_id: WireId, ports: list[str]) -> Diagnostic:
    wire = diagram.wires[wire_id]
    expected = ", ".join(ports) or "no wire"
    return Diagnostic(
        code="unknown-port",
        severity=Severity.ERROR,
        message=f"A wire ends at {wire.port!r} of {diagram.name_of(wire.target)!r}, "
        f"which takes {expected}.",
        node=wire.target,
        port=wire.port,
        wires=(wire_id,),
        expected=expected,
        received=wire.port,
        repairs=(_removal(diagram, wire_id),),
    )


def _occupied_port(diagram: Diagram, wire_id: WireId) -> Diagnostic:
    wire = diagram.wires[wire_id]
    return Diagnostic(
        code="occupied-port",
        severity=Severity.ERROR,
        message=f"Two wires end at one place of {wire.port!r} of {diagram.name_of(wire.target)!r}.",
        node=wire.target,
        port=wire.port,
        wires=(wire_id,),
        expected="one wire",
        received=f"another one, from {diagram.name_of(wire.source)}",
        repairs=(_removal(diagram, wire_id),),
    )


def _shadowed_constant(diagram: Diagram, node: NodeId, port: str) -> Diagnostic:
    return Diagnostic(
        code="shadowed-constant",
        severity=Severity.WARNING,
        message=f"{diagram.name_of(node)!r} has a wire and a constant for {port!r}: "
        "the wire is taken.",
        node=node,
        port=port,
        expected="a wire or a constant",
        received="both",
        repairs=(
            Repair(
                f"Remove the constant for {port}",
                "reset_argument",
                {"node_id": node, "name": port},
            ),
        ),
    )


def _unconnected_port(diagram: Diagram, node: NodeId, port: str, wired: list[str]) -> Diagnostic:
    name = diagram.name_of(node)
    return Diagnostic(
        code="unconnected",
        severity=Severity.ERROR,
        message=f"{name!r} receives no tensor for {port!r}: wire one to it.",
        node=node,
        port=port,
        expected=f"a wire to {port}",
        received=f"wires to {', '.join(wired)} alone",
    )


def _removal(diagram: Diagram, wire_id: WireId) -> Repair:
    wire = diagram.wires[wire_id]
    ends = f"from {diagram.name_of(wire.source)} to {diagram.name_of(wire.target)}"
    return Repair(f"Remove the wire {ends}", "remove_wires", {"wire_ids": [wire_id]})
