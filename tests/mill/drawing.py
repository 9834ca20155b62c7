"""A diagram around one call: an input for each tensor, a head for each output."""

from collections.abc import Mapping
from typing import Any

from graphstudio.catalog.entries import Entry
from graphstudio.diagram import edits
from graphstudio.diagram.diagram import (
    HEAD_PORT,
    Diagram,
    HeadNode,
    InputNode,
    Layer,
    LayerId,
    NodeId,
    Wire,
    WireId,
)
from graphstudio.engine.sample_runs import SampleCall

CALL = NodeId("call")


def placed(entry: Entry, sample: SampleCall) -> Diagram:
    """Return a diagram with the call that a sample describes, wired to inputs, without heads."""
    layer = Layer(class_name=entry.path, name="tested", config=sample.config)
    drawn = edits.add_layer(Diagram(name="mill"), (LayerId("layer"), CALL), layer)
    for name, value in sample.arguments.items():
        drawn = edits.set_argument(drawn, CALL, name, value)
    for port, tensors in sample.ports.items():
        for order, tensor in enumerate(tensors):
            node = NodeId(f"{port}_{order}")
            drawn = edits.add_input(drawn, node, InputNode(name=node, config=tensor.input_config))
            wire = Wire(source=node, target=CALL, port=port, order=order)
            drawn = edits.add_wire(drawn, WireId(f"to_{node}"), wire)
    return drawn


def with_heads(drawn: Diagram, count: int) -> Diagram:
    """Return the diagram with a head on each of the call's outputs."""
    for output in range(count):
        node = NodeId(f"head_{output}")
        drawn = edits.add_head(drawn, node, HeadNode(name=node))
        wire = Wire(source=CALL, target=node, port=HEAD_PORT, output=output)
        drawn = edits.add_wire(drawn, WireId(f"to_{node}"), wire)
    return drawn


def batch(sample: SampleCall) -> Mapping[str, Any]:
    """Return numbers for each input."""
    return {
        f"{port}_{order}": tensor.values(seed=order)
        for port, tensors in sample.ports.items()
        for order, tensor in enumerate(tensors)
    }
