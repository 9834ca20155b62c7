"""What the catalog says against a diagram: classes that Keras lacks, and wires on their ports."""

from collections import defaultdict
from collections.abc import Iterator
from typing import TypeAlias

from graphstudio.catalog.entries import Catalog, Port
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

_HEAD_PORTS = (Port(name=HEAD_PORT),)
_WireIds: TypeAlias = defaultdict[str, list[WireId]]


def check_classes(diagram: Diagram, catalog: Catalog) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the classes of a diagram and with the wires on their ports."""
    unknown = (
        _unknown_class(diagram.layers[layer], calls[0], catalog)
        for layer, calls in diagram.calls.items()
        if diagram.layers[layer].class_name not in catalog.layers
    )
    incoming: dict[NodeId, _WireIds] = {}
    for wire_id, wire in diagram.wires.items():
        incoming.setdefault(wire.target, defaultdict(list))[wire.port].append(wire_id)
    return (
        *unknown,
        *(one for node, wires in incoming.items() for one in _check(diagram, catalog, node, wires)),
    )


def _check(
    diagram: Diagram, catalog: Catalog, node: NodeId, wires: _WireIds
) -> Iterator[Diagnostic]:
    """Yield the findings on the ports of a node that receives something."""
    ports = _ports(diagram, catalog, node)
    if ports is None:
        return
    names = [port.name for port in ports]
    for name in wires.keys() - set(names):
        for wire in wires[name]:
            yield _unknown_port(diagram, wire, names)
    for port in ports:
        if port.name in wires:
            for wire in _extra_wires(diagram, port, wires[port.name]):
                yield _occupied_port(diagram, wire)
        elif not port.optional and isinstance(diagram.nodes[node], CallNode):
            yield _unconnected_port(diagram, node, port.name, list(wires))


def _ports(diagram: Diagram, catalog: Catalog, node: NodeId) -> tuple[Port, ...] | None:
    """Return what takes wires; none where the class is unknown."""
    layer = diagram.layer_of(node)
    if layer is None:
        return _HEAD_PORTS if isinstance(diagram.nodes[node], HeadNode) else ()
    entry = catalog.layers.get(layer.class_name)
    return entry.ports if entry else None


def _extra_wires(diagram: Diagram, port: Port, wires: list[WireId]) -> list[WireId]:
    """Return the wires of a port at a place that another one, which comes before, has."""
    ordered = sorted(wires, key=lambda wire: diagram.wires[wire].order)
    if not port.variadic:
        return ordered[1:]
    orders = [diagram.wires[wire].order for wire in ordered]
    return [wire for place, wire in enumerate(ordered) if orders[place] in orders[:place]]


def _unknown_class(layer: Layer, node: NodeId, catalog: Catalog) -> Diagnostic:
    return Diagnostic(
        code="unknown-class",
        severity=Severity.ERROR,
        message=f"{layer.name!r} is a {layer.class_name}, which Keras {catalog.keras_version} "
        "does not have.",
        node=node,
        expected="the public path of a Keras layer, such as keras.layers.Dense",
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
