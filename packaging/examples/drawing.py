"""From the Keras code of an example to its project."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from msgspec.structs import replace

from examples.sizes import shape_of
from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.diagram.arrange import arrange
from graphstudio.diagram.data import Data
from graphstudio.diagram.diagram import Diagram, HeadNode
from graphstudio.diagram.edits import move_nodes, rename, replace_node
from graphstudio.diagram.project import Project
from graphstudio.diagram.sources import ArraysSource
from graphstudio.diagram.values import Value, make_object
from graphstudio.engine.import_model import import_model
from graphstudio.engine.inspect import Inspector
from graphstudio.studio.canvas.measured import measures_of
from graphstudio.studio.canvas.node_value import Known, node_value

Example: TypeAlias = Callable[[], Project]

# How the data of the examples lies from the examples.
_DATA = "../data"


def drawn(
    model: Any,
    *heads: HeadNode,
    columns: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None,
) -> Diagram:
    """Return the arranged diagram of a live model.

    Args:
        model: the model; its outputs are named as a dict.
        heads: what each output learns from, by the name of the output.
        columns: the data columns of inputs that have another name.
        names: new names of the calls that Keras named: its functions take none.
    """
    diagram, _ = import_model(model, shipped_catalog())
    ids = {diagram.name_of(node): node for node in diagram.nodes if node not in diagram.heads}
    for old, new in (names or {}).items():
        diagram = rename(diagram, ids[old], new)
    for name, column in (columns or {}).items():
        bound = replace(diagram.inputs[ids[name]], column=column)
        diagram = replace_node(diagram, ids[name], bound)
    outputs = {head.name: node for node, head in diagram.heads.items()}
    for head in heads:
        diagram = replace_node(diagram, outputs.pop(head.name), head)
    if outputs:
        raise ValueError(f"Expected a head for each output; received none for {list(outputs)}.")
    return arranged(diagram)


def arranged(diagram: Diagram) -> Diagram:
    """Return a diagram with a place for every node, in nested models too."""
    catalog = shipped_catalog()
    return _placed(diagram, Known(catalog, Inspector(catalog).inspect(diagram).nodes, {}))


def _placed(diagram: Diagram, known: Known) -> Diagram:
    layers = {
        key: replace(layer, diagram=_placed(layer.diagram, replace(known, inside=True)))
        if layer.diagram
        else layer
        for key, layer in diagram.layers.items()
    }
    values = {node: node_value(diagram, node, known) for node in diagram.nodes}
    places = arrange(diagram, measures_of(diagram, values, diagram.direction, shape_of))
    return move_nodes(replace(diagram, layers=layers), places)


def shipped(file: str) -> Data:
    """Return the data of a file that ships."""
    return Data(source=ArraysSource(path=f"{_DATA}/{file}.npz"))


def adam(learning_rate: float) -> Value:
    """Return the optimizer Adam."""
    return make_object("keras.optimizers.Adam", {"learning_rate": learning_rate})


def rmsprop() -> Value:
    """Return the optimizer RMSprop as Keras has it."""
    return make_object("keras.optimizers.RMSprop")


def classes(name: str, **settings: Any) -> HeadNode:
    """Return a head that learns which of several classes it is, given as whole numbers."""
    return HeadNode(
        name=name, loss="sparse_categorical_crossentropy", metrics=("accuracy",), **settings
    )


def yes_or_no(name: str, **settings: Any) -> HeadNode:
    """Return a head that learns whether something is so."""
    return HeadNode(name=name, loss="binary_crossentropy", metrics=("accuracy",), **settings)
