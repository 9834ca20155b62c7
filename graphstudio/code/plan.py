"""The plan: a diagram as the ordered calls that build its model.

The compiler walks it to build a ``keras.Model`` and the code generator to write Python, so that
both make the same model, from the same random numbers.
"""

from collections.abc import Mapping
from typing import TypeAlias

import msgspec

from graphstudio.catalog.entries import Catalog, Entry
from graphstudio.code.class_checks import check_classes
from graphstudio.code.identifiers import Identifiers
from graphstudio.diagram.checks import check
from graphstudio.diagram.diagnostics import Diagnostic, Severity, has_errors
from graphstudio.diagram.diagram import (
    CallNode,
    Diagram,
    HeadNode,
    InputNode,
    Layer,
    LayerId,
    NodeId,
    Wire,
)
from graphstudio.diagram.graph import calling_order
from graphstudio.diagram.values import is_object


class TensorRef(msgspec.Struct, frozen=True):
    """A tensor of the plan.

    Attributes:
        node: the input or the call that gives it.
        output: which of several tensors of the call; none where the call gives one.
    """

    node: NodeId
    output: int | None = None


Argument: TypeAlias = TensorRef | tuple[TensorRef, ...]


class InputStep(msgspec.Struct, frozen=True):
    """Make an input tensor.

    Attributes:
        id: the node.
        node: what it holds.
        variable: Python name of the tensor.
    """

    id: NodeId
    node: InputNode
    variable: str


class CallStep(msgspec.Struct, frozen=True):
    """Call a layer; the first call of a layer makes it.

    Attributes:
        id: the node.
        node: what it holds.
        layer_id: the layer that is called.
        layer: what that layer is.
        entry: what the catalog says of its class.
        variable: Python name of what the call gives.
        layer_variable: Python name of the layer; none if it is called this once.
        first: whether no call of the layer comes before.
        tensors: the tensor arguments by port, in the order of the signature.
    """

    id: NodeId
    node: CallNode
    layer_id: LayerId
    layer: Layer
    entry: Entry
    variable: str
    layer_variable: str | None
    first: bool
    tensors: Mapping[str, Argument]

    @property
    def is_shared(self) -> bool:
        """Whether the layer is called more than once."""
        return self.layer_variable is not None

    @property
    def is_whole(self) -> bool:
        """Whether there is a tensor for every argument that the call needs."""
        needed = (port.name for port in self.entry.ports if not port.optional)
        return bool(self.tensors) and all(name in self.tensors for name in needed)

    @property
    def refs(self) -> tuple[TensorRef, ...]:
        """The tensors that the call receives."""
        return tuple(
            ref
            for argument in self.tensors.values()
            for ref in ((argument,) if isinstance(argument, TensorRef) else argument)
        )


class HeadStep(msgspec.Struct, frozen=True):
    """Make a tensor an output of the model.

    Attributes:
        id: the node.
        node: what it holds.
        tensor: the output.
    """

    id: NodeId
    node: HeadNode
    tensor: TensorRef


class Plan(msgspec.Struct, frozen=True):
    """What to do to build a model, in order.

    Attributes:
        name: the model's name.
        inputs: the inputs in the order in which they were added.
        calls: the calls in an order in which each finds its tensors.
        heads: the outputs in the order in which they were added.
    """

    name: str
    inputs: tuple[InputStep, ...]
    calls: tuple[CallStep, ...]
    heads: tuple[HeadStep, ...]

    @property
    def variables(self) -> Mapping[NodeId, str]:
        """The Python name of what each input and call gives."""
        inputs = {step.id: step.variable for step in self.inputs}
        return inputs | {step.id: step.variable for step in self.calls}

    @property
    def trained_heads(self) -> tuple[HeadStep, ...]:
        """The outputs that have a loss."""
        return tuple(step for step in self.heads if step.node.loss is not None)


class PlanError(ValueError):
    """A diagram is no model; the diagnostics say why."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        errors = [one for one in diagnostics if one.severity is Severity.ERROR]
        others = "problem" if len(errors) == 2 else "problems"
        more = f" ({len(errors) - 1} more {others}.)" if len(errors) > 1 else ""
        super().__init__(f"{errors[0].message}{more}" if errors else "The diagram has no model.")
        self.diagnostics = diagnostics


# The arguments of Keras's layers and calls that make one output several.
_RETURNS_MORE = ("return_state", "return_attention_scores")
# Names that the generated code uses itself.
_RESERVED = frozenset(
    {"keras", "np", "Path", "model", "main", "build_model", "load_data", "columns", "train"}
    | {"validation", "inputs", "outputs", "history", "results"}
)


def make_plan(diagram: Diagram, catalog: Catalog) -> Plan:
    """Return the plan of a whole and sound diagram.

    Raises:
        PlanError: the diagram is no model.
    """
    found = (*check(diagram), *check_classes(diagram, catalog))
    if has_errors(found):
        raise PlanError(found)
    return outline(diagram, catalog)


def outline(diagram: Diagram, catalog: Catalog) -> Plan:
    """Return the plan of what can be planned in a diagram that need not be sound.

    Calls on a cycle, calls of classes that the catalog does not know, and heads without a tensor
    are left out.
    """
    names = Identifiers(_RESERVED)
    inputs = tuple(InputStep(i, node, names.take(node.name)) for i, node in diagram.inputs.items())
    return Plan(
        name=diagram.name,
        inputs=inputs,
        calls=_call_steps(diagram, catalog, names),
        heads=tuple(
            HeadStep(i, head, _tensor(diagram, diagram.incoming[i][0]))
            for i, head in diagram.heads.items()
            if i in diagram.incoming
        ),
    )


def _call_steps(diagram: Diagram, catalog: Catalog, names: Identifiers) -> tuple[CallStep, ...]:
    steps: list[CallStep] = []
    layer_variables: dict[LayerId, str | None] = {}
    for node_id in calling_order(diagram):
        node = diagram.nodes[node_id]
        if not isinstance(node, CallNode):
            continue
        layer = diagram.layers[node.layer]
        entry = catalog.layers.get(layer.class_name)
        if entry is None:
            continue
        first = node.layer not in layer_variables
        if first:
            shared = len(diagram.calls[node.layer]) > 1
            variable = names.take(f"{layer.name}_layer") if shared else None
            layer_variables[node.layer] = variable
        steps.append(
            CallStep(
                id=node_id,
                node=node,
                layer_id=node.layer,
                layer=layer,
                entry=entry,
                variable=names.take(layer.name),
                layer_variable=layer_variables[node.layer],
                first=first,
                tensors=_arguments(diagram, node_id, entry),
            )
        )
    return tuple(steps)


def _arguments(diagram: Diagram, node_id: NodeId, entry: Entry) -> dict[str, Argument]:
    wires = diagram.incoming.get(node_id, ())
    arguments: dict[str, Argument] = {}
    for port in entry.ports:
        tensors = tuple(_tensor(diagram, wire) for wire in wires if wire.port == port.name)
        if tensors:
            arguments[port.name] = tensors if port.variadic else tensors[0]
    return arguments


def _tensor(diagram: Diagram, wire: Wire) -> TensorRef:
    """Return the tensor that a wire carries."""
    several = _gives_several(diagram, wire.source)
    return TensorRef(wire.source, wire.output if several else None)


def _gives_several(diagram: Diagram, node_id: NodeId) -> bool:
    """Return whether a node gives several tensors: a wire or an argument asks for more than one."""
    if any(wire.output for wire in diagram.outgoing[node_id]):
        return True
    node = diagram.nodes[node_id]
    if not isinstance(node, CallNode):
        return False
    config = diagram.layers[node.layer].config
    wrapped = config.get("layer")
    inner = wrapped.get("config") if is_object(wrapped) else None
    given = (node.arguments, config, inner if isinstance(inner, Mapping) else {})
    return any(bool(one.get(name)) for one in given for name in _RETURNS_MORE)
