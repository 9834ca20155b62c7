"""From a live Keras model to a diagram: the graph of the model is walked, call by call."""

from collections.abc import Iterator
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
from graphstudio.diagram.edits import move_nodes, remove_nodes
from graphstudio.diagram.graph import ancestors
from graphstudio.diagram.names import free_name
from graphstudio.diagram.values import Value
from graphstudio.engine.configuration import UnknownObjectError, written_config
from graphstudio.engine.import_arguments import (
    CallArguments,
    function_arguments,
    layer_arguments,
    model_arguments,
)
from graphstudio.engine.objects import resolve


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


def import_model(
    model: Any, catalog: Catalog, *, prefix: str = ""
) -> tuple[Diagram, tuple[ImportRow, ...]]:
    """Return a functional or Sequential model as an arranged diagram, and a row for each call.

    Args:
        model: the live model.
        catalog: what a diagram can hold.
        prefix: what the ids of the diagram begin with.

    Raises:
        ModelImportError: the model holds something that would be lost. Nothing is dropped.
    """
    rows: list[ImportRow] = []
    diagram = _read(model, catalog, prefix, rows)
    if any(row.outcome != "imported" for row in rows):
        raise ModelImportError(tuple(rows))
    return diagram, tuple(rows)


def _read(model: Any, catalog: Catalog, prefix: str, rows: list[ImportRow]) -> Diagram:
    """Return the diagram of a model, as far as it can be drawn, and add a row for each call.

    Args:
        model: the live model.
        catalog: what a diagram can hold.
        prefix: what ids begin with, which have to be unique in nested models too.
        rows: where the rows go.
    """
    if isinstance(model, keras.Sequential):
        model = model._functional  # noqa: SLF001 - Keras offers no other way to its graph
    if not isinstance(model, keras.Model) or not hasattr(model, "_nodes_by_depth"):
        name = getattr(model, "name", "?")
        rows.append(ImportRow(name, type(model).__name__, "no functional model"))
        return Diagram(name=name)
    walk = _Walk(catalog, prefix, rows)
    for node in _nodes(model):
        walk.take(node)
    walk.take_heads(model)
    diagram = Diagram(name=model.name, layers=walk.layers, nodes=walk.nodes, wires=walk.wires)
    diagram = _without_own_masks(diagram)
    return move_nodes(diagram, arrange(diagram))


def _without_own_masks(diagram: Diagram) -> Diagram:
    """Drop the calls that made masks alone, which Keras makes again by itself."""
    needed = ancestors(diagram, *diagram.heads) | set(diagram.heads) | set(diagram.inputs)
    return remove_nodes(diagram, [node for node in diagram.nodes if node not in needed])


def _nodes(model: Any) -> Iterator[Any]:
    """Yield the calls of a model: its inputs in their order, then each after what it needs."""
    by_depth = model._nodes_by_depth  # noqa: SLF001 - Keras offers no other way to its graph
    calls = [call for depth in sorted(by_depth, reverse=True) for call in by_depth[depth]]
    inputs = {call.operation.name: call for call in calls if call.is_input}
    yield from (inputs[tensor._keras_history.operation.name] for tensor in model.inputs)  # noqa: SLF001
    yield from (call for call in calls if not call.is_input)


class _Walk:
    """The tables of a diagram, as they fill."""

    def __init__(self, catalog: Catalog, prefix: str, rows: list[ImportRow]) -> None:
        self.layers: dict[LayerId, Layer] = {}
        self.nodes: dict[NodeId, Node] = {}
        self.wires: dict[WireId, Wire] = {}
        self._rows = rows
        self._catalog = catalog
        self._prefix = prefix
        self._sources: dict[tuple[str, int], NodeId] = {}
        # A class is found by what it is: its public name may be another one than its own.
        self._paths = {resolve(path): path for path in catalog.layers}
        self._functions = {
            entry.operation: entry
            for entry in reversed(list(catalog.functions.values()))
            if entry.operation
        }

    def take(self, call: Any) -> None:
        """Take one call of an operation."""
        operation = call.operation
        class_name = self._paths.get(type(operation), f"keras.layers.{type(operation).__name__}")
        try:
            if isinstance(operation, keras.layers.InputLayer):
                self._take_input(call)
            elif isinstance(operation, keras.Model):
                sequential = isinstance(operation, keras.Sequential)
                class_name = "keras.Sequential" if sequential else "keras.Model"
                self._take_model(call, class_name)
            elif isinstance(operation, keras.layers.Layer):
                self._take_layer(call, class_name)
            else:
                class_name = self._take_function(call)
            outcome = "imported"
        except UnknownObjectError as error:
            outcome = str(error)
        self._rows.append(ImportRow(operation.name, class_name, outcome))

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
            node_id = NodeId(f"{self._prefix}head-{name}")
            self._wire(tensor, node_id, HEAD_PORT, 0)
            self.nodes[node_id] = HeadNode(name=name)
        except UnknownObjectError as error:
            self._rows.append(ImportRow(name, "output", str(error)))

    def _take_input(self, call: Any) -> None:
        layer = call.operation
        config = layer.get_config()
        batch_size, *shape = config["batch_shape"]
        given: dict[str, Value] = {"shape": shape}
        given |= {"batch_size": batch_size} if batch_size is not None else {}
        given |= {"dtype": config["dtype"]} if config["dtype"] != "float32" else {}
        given |= {name: True for name in ("sparse", "ragged", "optional") if config.get(name)}
        node_id = NodeId(f"{self._prefix}input-{layer.name}")
        self.nodes[node_id] = InputNode(name=layer.name, config=given)
        self._note(call, node_id)

    def _take_layer(self, call: Any, class_name: str) -> None:
        layer = call.operation
        entry = self._catalog.layers.get(class_name)
        if entry is None or type(layer) not in self._paths:
            raise UnknownObjectError("not a layer that the palette has")
        layer_id = self._layer_id(layer)
        if layer_id not in self.layers:
            config = written_config(layer, entry, self._catalog)
            self.layers[layer_id] = Layer(class_name=class_name, name=layer.name, config=config)
        self._take_call(call, layer_arguments(call, self._catalog))

    def _take_model(self, call: Any, class_name: str) -> None:
        model = call.operation
        layer_id = self._layer_id(model)
        if layer_id not in self.layers:
            inner = _read(model, self._catalog, f"{layer_id}/", self._rows)
            self.layers[layer_id] = Layer(
                class_name=class_name,
                name=model.name,
                config={} if model.trainable else {"trainable": False},
                diagram=inner,
            )
        self._take_call(call, model_arguments(call, self._catalog))

    def _take_function(self, call: Any) -> str:
        """Take a call of a function and return the function's path."""
        operation = call.operation
        path = f"{type(operation).__module__}.{type(operation).__name__}"
        entry = self._functions.get(path)
        if entry is None:
            raise UnknownObjectError("not a function that the palette has")
        layer = Layer(class_name=entry.path, name=operation.name)
        self.layers[self._layer_id(operation)] = layer
        self._take_call(call, function_arguments(call, entry, self._catalog))
        return entry.path

    def _layer_id(self, operation: Any) -> LayerId:
        return LayerId(f"{self._prefix}{operation.name}")

    def _take_call(self, call: Any, arguments: CallArguments) -> None:
        layer_id = self._layer_id(call.operation)
        number = sum(
            isinstance(node, CallNode) and node.layer == layer_id for node in self.nodes.values()
        )
        name = f"call-{call.operation.name}" + (f"-{number + 1}" if number else "")
        node_id = NodeId(f"{self._prefix}{name}")
        self.nodes[node_id] = CallNode(layer=layer_id, arguments=arguments.others)
        for port, given in arguments.tensors.items():
            for order, tensor in enumerate(given):
                self._wire(tensor, node_id, port, order)
        self._note(call, node_id)

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
