"""An edit of each kind, of one record and of thousands, to be undone."""

from collections.abc import Callable, Mapping
from itertools import count
from typing import TypeAlias

from graphstudio.diagram import edits
from graphstudio.diagram.collapse import make_model
from graphstudio.diagram.diagram import (
    Diagram,
    Layer,
    LayerId,
    NodeId,
    Position,
    Use,
    Wire,
    WireId,
)
from graphstudio.diagram.fragment import copy_fragment, paste_fragment
from tests.benchmarks.large import ROW, answer_about, node_at

Edit: TypeAlias = Callable[[Diagram], Diagram]

_MANY = 1000


def edits_of(diagram: Diagram) -> Mapping[str, Edit]:
    """Return an edit of each kind, by what it does to a large diagram."""
    return {**_of_one(), **_of_many(diagram), **_of_all(diagram)}


def _of_one() -> Mapping[str, Edit]:
    first = node_at(0, 1)
    layer = Layer(class_name="keras.layers.Dense", name="new")
    wire = Wire(source=first, target=node_at(0, 9), port="inputs")
    place, ids = Position(0.0, -300.0), (LayerId("x"), NodeId("x"))
    return {
        "rename": lambda d: edits.rename(d, first, "renamed"),
        "set a parameter": lambda d: edits.set_parameter(d, first, "units", 64),
        "move a node": lambda d: edits.move_nodes(d, {first: place}),
        "add a layer": lambda d: edits.add_layer(d, ids, layer, place),
        "add a wire": lambda d: edits.add_wire(d, WireId("x"), wire),
        "remove a layer": lambda d: edits.remove_nodes(d, [first]),
    }


def _of_many(diagram: Diagram) -> Mapping[str, Edit]:
    ids = (f"many{number}" for number in count())
    some, wires = list(diagram.nodes)[:_MANY], list(diagram.wires)[:_MANY]
    rows = range(_MANY // ROW)
    calls = [node_at(row, column) for row in rows for column in range(1, ROW - 1)]
    tensors = {node: info.outputs for node, info in answer_about(diagram).nodes.items()}
    copied, place = copy_fragment(diagram, some), Position(0.0, -3000.0)
    moved = dict.fromkeys(some, Position(0.0, -500.0))
    configs = {node: {"units": 64} for node in calls}
    return {
        "move 1,000": lambda d: edits.move_nodes(d, moved),
        "set 1,000 parameters": lambda d: edits.set_configs(d, configs),
        "mute 1,000": lambda d: edits.set_use(d, some, Use.MUTED),
        "paste 1,000": lambda d: paste_fragment(d, copied, ids, place).diagram,
        "make a model of 1,000": lambda d: make_model(d, calls, "model", tensors, ids),
        "remove 1,000 wires": lambda d: edits.remove_wires(d, wires),
        "remove 1,000": lambda d: edits.remove_nodes(d, some),
    }


def _of_all(diagram: Diagram) -> Mapping[str, Edit]:
    places = diagram.positions.items()
    # As arranging all of them does.
    moved = {node: Position(place.y, place.x) for node, place in places}
    return {
        "move all": lambda d: edits.move_nodes(d, moved),
        "remove all": lambda d: edits.remove_nodes(d, list(d.nodes)),
    }
