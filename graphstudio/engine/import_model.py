"""From a live Keras model to a diagram: the graph of the model is walked, call by call."""

import inspect
from collections.abc import Iterator, Mapping
from typing import Any

import keras
import msgspec

from graphstudio.catalog.entries import Catalog
from graphstudio.diagram.arrange import arrange
from graphstudio.diagram.diagram import (
    HEAD_PORT,
    CallNode,
    Diagram,
    HeadNode,
    InputNode,
    Layer,
    LayerId,
    Node,
    NodeId,
    Wire,
    WireId,
)
from graphstudio.diagram.edits import move_nodes
from graphstudio.diagram.names import free_name
from graphstudio.diagram.values import Value
from graphstudio.engine.configuration import UnknownObjectError, to_value, written_config


class ImportRow(msgspec.Struct, frozen=True):
    """What became of one call of the model.

    Attributes:
        name: the layer's name.
        class_name: its class.
        outcome: ``"imported"``, or why it could not be.
    """

    name: str
    class_name: str
    outcome: str


class ModelImportError(ValueError):
    """A model holds what a diagram cannot hold yet; the rows say what."""

    def __init__(self, rows: tuple[ImportRow, ...]) -> None:
        wrong = [row for row in rows if row.outcome != "imported"]
        names = ", ".join(f"{row.name} ({row.class_name}: {row.outcome})" for row in wrong[:5])
        more = f" and {len(wrong) - 5} more" if len(wrong) > 5 else ""
        super().__init__(f"Expected layers of keras.layers alone; received {names}{more}.")
        self.rows = rows


def import_model(model: Any, catalog: Catalog) -> tuple[Diagram, tuple[ImportRow, ...]]:
    """Return a functional or Sequential model as an arranged diagram, and a row for each call.

    Raises:
        ModelImportError: the model holds something that would be lost. Nothing is dropped.
    """
    if isinstance(model, keras.Sequential):
        model = model._functional  # noqa: SLF001 - Keras offers no other way to its graph
    if not isinstance(model, keras.Model) or not hasattr(model, "_nodes_by_depth"):
        row = ImportRow(getattr(model, "name", "?"), type(model).__name__, "no functional model")
        raise ModelImportError((row,))
    walk = _Walk(catalog)
    for node in _nodes(model):
        walk.take(node)
    walk.take_heads(model)
    rows = tuple(walk.rows)
    if any(row.outcome != "imported" for row in rows):
        raise ModelImportError(rows)
    diagram = Diagram(name=model.name, layers=walk.layers, nodes=walk.nodes, wires=walk.wires)
    return move_nodes(diagram, arrange(diagram)), rows


def _nodes(model: Any) -> Iterator[Any]:
    """Yield the calls of a model: its inputs in their order, then each after what it needs."""
    by_depth = model._nodes_by_depth  # noqa: SLF001 - Keras offers no other way to its graph
    calls = [call for depth in sorted(by_depth, reverse=True) for call in by_depth[depth]]
    inputs = {call.operation.name: call for call in calls if call.is_input}
    yield from (inputs[tensor._keras_history.operation.name] for tensor in model.inputs)  # noqa: SLF001
    yield from (call for call in calls if not call.is_input)


class _Walk:
    """The tables of a diagram, as they fill."""

    def __init__(self, catalog: Catalog) -> None:
        self.layers: dict[LayerId, Layer] = {}
        self.nodes: dict[NodeId, Node] = {}
        self.wires: dict[WireId, Wire] = {}
        self.rows: list[ImportRow] = []
        self._catalog = catalog
        self._sources: dict[tuple[str, int], NodeId] = {}

    def take(self, call: Any) -> None:
        """Take one call of an operation."""
        operation = call.operation
        class_name = f"keras.layers.{type(operation).__name__}"
        try:
            if isinstance(operation, keras.layers.InputLayer):
                self._take_input(call)
            else:
                self._take_call(call, class_name)
            outcome = "imported"
        except UnknownObjectError as error:
            outcome = str(error)
        self.rows.append(ImportRow(operation.name, class_name, outcome))

    def take_heads(self, model: Any) -> None:
        """Make a head of each output, by the name that the model gives it."""
        outputs = model._outputs_struct  # noqa: SLF001 - the dict that the author returned
        named = outputs if isinstance(outputs, dict) else None
        names = list(named) if named else [one.split("/")[0] for one in model.output_names]
        tensors = list(named.values()) if named else model.outputs
        taken: list[str] = []
        for wanted, tensor in zip(names, tensors, strict=True):
            # Keras names an output after its layer, which may give several.
            name = free_name(wanted, taken)
            taken.append(name)
            self._take_head(name, tensor)

    def _take_head(self, name: str, tensor: Any) -> None:
        try:
            node_id = NodeId(f"head-{name}")
            self._wire(tensor, node_id, HEAD_PORT, 0)
            self.nodes[node_id] = HeadNode(name=name)
        except UnknownObjectError as error:
            self.rows.append(ImportRow(name, "output", str(error)))

    def _take_input(self, call: Any) -> None:
        layer = call.operation
        config = layer.get_config()
        batch_size, *shape = config["batch_shape"]
        given: dict[str, Value] = {"shape": shape}
        given |= {"batch_size": batch_size} if batch_size is not None else {}
        given |= {"dtype": config["dtype"]} if config["dtype"] != "float32" else {}
        given |= {name: True for name in ("sparse", "ragged", "optional") if config.get(name)}
        node_id = NodeId(f"input-{layer.name}")
        self.nodes[node_id] = InputNode(name=layer.name, config=given)
        self._note(call, node_id)

    def _take_call(self, call: Any, class_name: str) -> None:
        layer = call.operation
        entry = self._catalog.layers.get(class_name)
        if entry is None or not type(layer).__module__.startswith("keras."):
            raise UnknownObjectError("not a layer that the palette has")
        layer_id = LayerId(layer.name)
        number = sum(
            isinstance(node, CallNode) and node.layer == layer_id for node in self.nodes.values()
        )
        node_id = NodeId(f"call-{layer.name}" + (f"-{number + 1}" if number else ""))
        if layer_id not in self.layers:
            config = written_config(layer, entry, self._catalog)
            self.layers[layer_id] = Layer(class_name=class_name, name=layer.name, config=config)
        tensors, others = self._arguments(call)
        self.nodes[node_id] = CallNode(layer=layer_id, arguments=others)
        for port, given in tensors.items():
            for order, tensor in enumerate(given):
                self._wire(tensor, node_id, port, order)
        self._note(call, node_id)

    def _arguments(self, call: Any) -> tuple[Mapping[str, list[Any]], Mapping[str, Value]]:
        """Return the tensors of a call by port, and the arguments that someone wrote."""
        signature = inspect.signature(call.operation.call)
        bound = signature.bind(*call.arguments.args, **call.arguments.kwargs)
        tensors: dict[str, list[Any]] = {}
        others: dict[str, Value] = {}
        for name, value in bound.arguments.items():
            flat = keras.tree.flatten(value)
            if any(isinstance(one, keras.KerasTensor) for one in flat):
                constants = [one for one in flat if not isinstance(one, keras.KerasTensor)]
                if constants:
                    received = ", ".join(type(one).__name__ for one in constants)
                    raise UnknownObjectError(f"Expected tensors in {name}; received {received}.")
                tensors[name] = flat
            # Keras records `training` on calls where the author wrote nothing.
            elif value != signature.parameters[name].default and name != "training":
                others[name] = to_value(value, self._catalog)
        return tensors, others

    def _note(self, call: Any, node_id: NodeId) -> None:
        for tensor in call.outputs:
            operation, number, _ = tensor._keras_history  # noqa: SLF001 - where a tensor is from
            self._sources[operation.name, number] = node_id

    def _wire(self, tensor: Any, target: NodeId, port: str, order: int) -> None:
        """Add a wire.

        Raises:
            UnknownObjectError: it is no tensor, or what gives it is not in the diagram.
        """
        if not isinstance(tensor, keras.KerasTensor):
            raise UnknownObjectError(f"Expected one tensor; received {tensor!r}")
        operation, number, output = tensor._keras_history  # noqa: SLF001
        source = self._sources.get((operation.name, number))
        if source is None:
            raise UnknownObjectError(f"Expected a tensor of the model; received {operation.name}'s")
        wire_id = WireId(f"{source}.{output}>{target}.{port}.{order}")
        self.wires[wire_id] = Wire(
            source=source, target=target, port=port, output=output, order=order
        )
