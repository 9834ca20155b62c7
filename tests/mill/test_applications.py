"""Every model of ``keras.applications`` is a layer, counts as Keras counts, and can be opened."""

import keras
import pytest
import tensorflow as tf

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.code.plan import make_plan
from graphstudio.code.script import python_module
from graphstudio.diagram.diagram import Diagram, HeadNode, InputNode, Layer, LayerId, NodeId
from graphstudio.diagram.models import unfolded
from graphstudio.diagram.project import Project
from graphstudio.engine.build import build_model
from graphstudio.engine.inspect import Inspector
from graphstudio.engine.objects import resolve
from graphstudio.engine.unallocated import unallocated_weights
from graphstudio.engine.unfold import UnfoldError, unfold
from tests.code.projects import diagram

CATALOG = shipped_catalog()
SMALL = "keras.applications.MobileNet"
OTHERS = [pytest.param(path, marks=pytest.mark.long) for path in CATALOG.applications]
# Models with layers that Keras keeps to itself: no diagram can hold what no program can import.
CLOSED = ("ConvNeXt", "InceptionResNetV2")


def on_an_image(path: str, **config: str | bool | None) -> Diagram:
    base = Layer(class_name=path, name="base", config={"include_top": False, **config})
    return diagram(
        "on_an_image",
        {
            "image": InputNode(name="image", config={"shape": [None, None, 3]}),
            "base": base,
            "features": HeadNode(name="features"),
        },
        ("image base:inputs", "base features"),
    )


@pytest.mark.parametrize("path", [SMALL, *OTHERS])
def test_it_counts_as_keras_counts_and_can_be_opened(path: str) -> None:
    drawn = on_an_image(path)
    found = Inspector(CATALOG).inspect(drawn)
    assert [one.message for one in found.diagnostics] == []
    with unallocated_weights(), tf.Graph().as_default():
        model = resolve(path)(include_top=False, weights=None)
    assert found.total_params == model.count_params()
    # The image has no fixed size, also where the model would by itself have one.
    (features,) = found.nodes[NodeId("base")].outputs
    assert (len(features.shape), features.shape[-1]) == (4, model.output.shape[-1])
    base = drawn.layers[LayerId("base")]
    if path.rpartition(".")[2].startswith(CLOSED):
        with pytest.raises(UnfoldError, match="cannot be shown as layers"):
            unfold(base, CATALOG, "base/")
        return
    opened = unfolded(drawn, NodeId("base"), unfold(base, CATALOG, "base/"))
    inside = Inspector(CATALOG).inspect(opened)
    assert [one.message for one in inside.diagnostics] == []
    assert inside.total_params == found.total_params


def test_its_arguments_are_those_of_keras_in_app_and_code() -> None:
    drawn = on_an_image(SMALL, include_top=True, weights=None, pooling="avg")
    whole = diagram(
        "classes",
        {
            "image": InputNode(name="image", config={"shape": [224, 224, 3]}),
            "base": drawn.layers[LayerId("base")],
            "classes": HeadNode(name="classes"),
        },
        ("image base:inputs", "base classes"),
    )
    source = python_module(Project(diagram=whole), CATALOG)
    assert 'keras.applications.MobileNet(weights=None, pooling="avg", name="base")' in source
    built = build_model(make_plan(whole, CATALOG))
    assert built.output["classes"].shape == (None, 1000)
    assert isinstance(built.get_layer("base"), keras.Model)
