"""What is known of a nested model from what is known of the layers inside of it."""

from collections.abc import Mapping

import keras

from graphstudio.code.steps import CallStep, InputStep, Plan, TensorRef
from graphstudio.diagram.diagram import Diagram, NodeId
from graphstudio.diagram.graph import ancestors
from graphstudio.diagram.models import MODEL
from graphstudio.engine.answer import Answer
from graphstudio.protocol import NodeInfo, Tensor


def answer_from_inside(step: CallStep, nodes: Mapping[NodeId, NodeInfo]) -> Answer | None:
    """Return the answer to a call of a nested model that receives just what its inputs declare.

    Keras would walk the model with tensors like those that it was made of, and give tensors like
    its outputs. These are known, so that an edit inside costs no second walk.

    Args:
        step: the call.
        nodes: what is known, of the nodes inside of the model too.
    """
    inner, diagram = step.inner, step.layer.diagram
    if inner is None or diagram is None or step.layer.class_name != MODEL:
        return None
    inputs = [one for one in inner.inputs if one.node.in_model]
    declared = all(_receives_what_it_declares(step, one, nodes) for one in inputs)
    if not declared or any(head.id not in nodes for head in inner.heads):
        return None
    outputs = tuple(nodes[head.id].outputs[0] for head in inner.heads)
    params, trainable = totals(diagram, inner, nodes)
    several = len(outputs) > 1
    info = NodeInfo(
        outputs,
        params,
        0 if step.is_frozen else trainable,
        tuple((number,) for number in range(len(outputs))) if several else (),
    )
    symbols = [_symbol(one) for one in outputs]
    return Answer(symbols if several else symbols[0], info)


def totals(diagram: Diagram, plan: Plan, nodes: Mapping[NodeId, NodeInfo]) -> tuple[int, int]:
    """Return the parameters of a model and those that train; each layer counts once.

    They are those that a head depends on, or all while there is no head yet.
    """
    counted = nodes.keys() & ancestors(diagram, *diagram.heads) if diagram.heads else nodes.keys()
    layers = {step.layer_id: nodes[step.id] for step in plan.calls if step.id in counted}
    return (
        sum(info.params for info in layers.values()),
        sum(info.trainable_params for info in layers.values()),
    )


def _receives_what_it_declares(
    step: CallStep, declared: InputStep, nodes: Mapping[NodeId, NodeInfo]
) -> bool:
    """Return whether a dense tensor of the declared shape and dtype arrives at an input."""
    ref = step.tensors.get(declared.node.name)
    if not isinstance(ref, TensorRef) or declared.id not in nodes:
        return False
    given = nodes[ref.node].outputs
    is_dense = not declared.node.config.get("sparse") and not declared.node.config.get("ragged")
    return is_dense and given[ref.output : ref.output + 1] == nodes[declared.id].outputs


def _symbol(tensor: Tensor) -> keras.KerasTensor:
    return keras.KerasTensor(tensor.shape, tensor.dtype)
