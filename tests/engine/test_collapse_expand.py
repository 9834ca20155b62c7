"""Keras makes the same of a diagram whether its layers stand in a nested model or not."""

from typing import Any

import keras
import numpy as np
import pytest

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.code.plan import make_plan
from graphstudio.diagram.collapse import make_model
from graphstudio.diagram.diagram import CallNode, Diagram, NodeId
from graphstudio.diagram.edits import new_ids
from graphstudio.diagram.expand import expand_model
from graphstudio.engine.build import build_model
from graphstudio.engine.inspect import Inspector
from graphstudio.protocol import Inspected
from tests.code.projects import three_heads
from tests.diagrams import inception, question_answering, siamese

CATALOG = shipped_catalog()
DRAWN = {
    "three heads": (three_heads().diagram, ("pool", "flat", "trunk", "even_out")),
    "shared": (siamese(), ("lstm", "lstm_again", "joined")),
    "two inputs": (question_answering(), ("text_lstm", "question_words", "question_lstm")),
    "branches": (inception(), ("b_1", "b_2", "c_1", "c_2", "joined", "a", "d_1", "d_2", "d_3")),
}


def inspect(drawn: Diagram) -> Inspected:
    found = Inspector(CATALOG).inspect(drawn)
    assert found.diagnostics == ()
    return found


def collapsed(drawn: Diagram, nodes: tuple[str, ...]) -> Diagram:
    tensors = {node: info.outputs for node, info in inspect(drawn).nodes.items()}
    return make_model(drawn, [NodeId(one) for one in nodes], "block", tensors, new_ids())


def the_model(drawn: Diagram) -> NodeId:
    return next(
        key
        for key, node in drawn.nodes.items()
        if isinstance(node, CallNode) and drawn.layers[node.layer].diagram is not None
    )


def built(drawn: Diagram) -> Any:
    keras.utils.set_random_seed(0)
    return build_model(make_plan(drawn, CATALOG))


def set_by_name(model: Any, weights: dict[str, Any]) -> None:
    for weight in model.weights:
        weight.assign(weights[key(weight)])


def key(weight: Any) -> str:
    """Return the path of a weight, without the model around it."""
    return str(weight.path).removeprefix("block/")


@pytest.mark.parametrize("name", DRAWN)
def test_a_model_with_a_block_in_it_computes_the_same(name: str) -> None:
    drawn, nodes = DRAWN[name]
    folded = collapsed(drawn, nodes)
    unfolded = expand_model(folded, the_model(folded), new_ids())
    plain, nested, again = built(drawn), built(folded), built(unfolded)
    random = np.random.default_rng(0)
    data = {
        one.name: random.integers(0, 9, [2, *(size or 75 for size in one.shape[1:])])
        for one in plain.inputs
    }
    expected = plain(data)
    for model in (nested, again):
        assert model.count_params() == plain.count_params()
        set_by_name(model, {key(weight): weight for weight in plain.weights})
        given = model(data)
        assert given.keys() == expected.keys()
        for head, value in expected.items():
            np.testing.assert_allclose(given[head], value, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("name", DRAWN)
def test_every_layer_has_the_same_shapes_inside(name: str) -> None:
    drawn, nodes = DRAWN[name]
    before, after = inspect(drawn), inspect(collapsed(drawn, nodes))
    assert after.total_params == before.total_params
    for node in drawn.nodes:
        assert after.nodes[node] == before.nodes[node]
