"""The plan: a diagram as the ordered calls that build its model.

The compiler walks it to build a ``keras.Model`` and the code generator to write Python, so that
both make the same model, from the same random numbers.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from msgspec.structs import replace

from graphstudio.catalog.entries import Catalog, Entry, Role
from graphstudio.code.class_checks import check_classes
from graphstudio.code.identifiers import Identifiers
from graphstudio.code.steps import Argument, CallStep, HeadStep, InputStep, Path, Plan, TensorRef
from graphstudio.diagram.active import active
from graphstudio.diagram.checks import check, find
from graphstudio.diagram.diagnostics import Diagnostic, Severity, has_errors
from graphstudio.diagram.diagram import CallNode, Diagram, Layer, LayerId, NodeId, Wire
from graphstudio.diagram.graph import calling_order

# The tensors that each call gives, as Keras tells it: the path to each in what the call returns.
Paths: TypeAlias = Mapping[NodeId, Sequence[Path]]


class PlanError(ValueError):
    """A diagram is no model; the diagnostics say why."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        errors = [one for one in diagnostics if one.severity is Severity.ERROR]
        others = "problem" if len(errors) == 2 else "problems"
        more = f" ({len(errors) - 1} more {others}.)" if len(errors) > 1 else ""
        super().__init__(f"{errors[0].message}{more}" if errors else "The diagram has no model.")
        self.diagnostics = diagnostics


# Names that the generated code uses itself.
_RESERVED = frozenset(
    {"keras", "np", "Path", "model", "main", "build_model", "load_data", "columns", "train"}
    | {"validation", "inputs", "outputs", "history", "results"}
)


def make_plan(diagram: Diagram, catalog: Catalog, paths: Paths | None = None) -> Plan:
    """Return the plan of a whole and sound diagram.

    Args:
        diagram: the diagram.
        catalog: what it may call.
        paths: what each call gives. Without, a call gives several tensors if a wire leaves
            another output than the first.

    Raises:
        PlanError: the diagram is no model.
    """
    # Repairs are tried only for those who get to see them.
    found = (*(one.finding for one in find(diagram)), *check_classes(diagram, catalog))
    if has_errors(found):
        raise PlanError((*check(diagram), *check_classes(diagram, catalog)))
    return outline(diagram, catalog, paths)


def outline(diagram: Diagram, catalog: Catalog, paths: Paths | None = None) -> Plan:
    """Return the plan of what can be planned in a diagram that need not be sound.

    Of what is active, calls on a cycle, calls of classes that the catalog does not know, and heads
    without a tensor are left out.
    """
    return _Outline(active(diagram), catalog, paths or {}).plan(diagram.name)


def own_identifiers(catalog: Catalog) -> Iterator[str]:
    """Yield the names of the project's and of packages' classes, which no variable may shadow."""
    return (entry.name for entry in catalog.own.values())


class _Outline:
    """Plans one diagram; its names are those of one Python function."""

    def __init__(self, diagram: Diagram, catalog: Catalog, paths: Paths) -> None:
        self._diagram = diagram
        self._catalog = catalog
        self._paths = paths
        self._names = Identifiers((*_RESERVED, *own_identifiers(catalog)))
        self._layer_variables: dict[LayerId, str | None] = {}

    def plan(self, name: str) -> Plan:
        """Return the plan, under the name of its model."""
        diagram = self._diagram
        inputs = tuple(
            InputStep(i, node, self._names.take(node.name)) for i, node in diagram.inputs.items()
        )
        return Plan(
            name=name,
            inputs=inputs,
            calls=tuple(self._calls()),
            heads=tuple(
                HeadStep(i, head, self._tensor(diagram.incoming[i][0]))
                for i, head in diagram.heads.items()
                if i in diagram.incoming
            ),
        )

    def _calls(self) -> Iterator[CallStep]:
        for node_id in calling_order(self._diagram):
            node = self._diagram.nodes[node_id]
            if isinstance(node, CallNode):
                layer = self._diagram.layers[node.layer]
                entry = self._catalog.entry_of(layer)
                if entry is not None:
                    yield self._call(node_id, node, layer, entry)

    def _call(self, node_id: NodeId, node: CallNode, layer: Layer, entry: Entry) -> CallStep:
        first = node.layer not in self._layer_variables
        if first:
            self._layer_variables[node.layer] = self._layer_variable(node.layer, layer, entry)
        return CallStep(
            id=node_id,
            node=node,
            layer_id=node.layer,
            layer=layer,
            entry=entry,
            variable=self._names.take(layer.name),
            layer_variable=self._layer_variables[node.layer],
            is_shared=len(self._diagram.calls[node.layer]) > 1,
            first=first,
            tensors=self._arguments(node_id, entry),
            inner=self._inner(layer),
        )

    def _inner(self, layer: Layer) -> Plan | None:
        if layer.diagram is None:
            return None
        plan = _Outline(layer.diagram, self._catalog, self._paths).plan(layer.name)
        return replace(plan, is_nested=True)

    def _layer_variable(self, layer_id: LayerId, layer: Layer, entry: Entry) -> str | None:
        """Return the name of a layer that needs one: more is done with it than one call."""
        shared = len(self._diagram.calls[layer_id]) > 1
        kept = shared or entry.role is Role.MODEL or not entry.named
        if entry.role is Role.FUNCTION or not kept:
            return None
        suffix = "model" if entry.role is Role.MODEL else "layer"
        return self._names.take(f"{layer.name}_{suffix}")

    def _arguments(self, node_id: NodeId, entry: Entry) -> dict[str, Argument]:
        wires = self._diagram.incoming.get(node_id, ())
        arguments: dict[str, Argument] = {}
        for port in entry.ports:
            tensors = tuple(self._tensor(wire) for wire in wires if wire.port == port.name)
            if tensors:
                arguments[port.name] = tensors if port.variadic else tensors[0]
        return arguments

    def _tensor(self, wire: Wire) -> TensorRef:
        """Return the tensor that a wire carries."""
        return TensorRef(wire.source, wire.output, self._path(wire))

    def _path(self, wire: Wire) -> Path:
        known = self._paths.get(wire.source, ())
        if wire.output < len(known):
            return known[wire.output]
        return (wire.output,) if self._gives_several(wire.source) else ()

    def _gives_several(self, node_id: NodeId) -> bool:
        layer = self._diagram.layer_of(node_id)
        if layer is not None and layer.diagram is not None:
            return len(layer.diagram.heads) > 1
        return any(wire.output for wire in self._diagram.outgoing[node_id])
