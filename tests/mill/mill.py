"""The mill: place, wire, infer, compile, export, run the export.

Each answer is held against that of Keras itself.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

import keras
import numpy as np

from graphstudio.catalog.entries import Role
from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.code.plan import make_plan
from graphstudio.code.script import python_module
from graphstudio.diagram.diagram import Diagram
from graphstudio.diagram.project import Project
from graphstudio.engine.build import build_model
from graphstudio.engine.inspect import Inspector
from graphstudio.engine.objects import arguments, resolve
from graphstudio.engine.sample_runs import SampleCall, symbolic
from graphstudio.protocol import Inspected
from tests.mill.drawing import CALL, batch, placed, with_heads

CATALOG = shipped_catalog()


def mill(path: str, sample: SampleCall) -> None:
    """Put a call of a layer or a function through the mill.

    Args:
        path: what is called.
        sample: how.
    """
    drawn, inspected = inferred(path, sample)
    expect_what_keras_says(path, sample, inspected)
    exported = exported_builder(drawn, inspected)
    model, copy = made(lambda: build_model(make_plan(drawn, CATALOG))), made(exported)
    assert configuration(copy) == configuration(model)
    copy.set_weights(model.get_weights())
    expect_same(results(model, sample), results(copy, sample))


def inferred(path: str, sample: SampleCall) -> tuple[Diagram, Inspected]:
    """Return the diagram of a call, with a head on each output, and what the inspector says."""
    inspector = Inspector(CATALOG)
    bare = placed(CATALOG.callables[path], sample)
    first = inspector.inspect(bare)
    assert [one.message for one in first.diagnostics] == []
    drawn = with_heads(bare, len(first.nodes[CALL].outputs))
    inspected = inspector.inspect(drawn)
    assert [one.message for one in inspected.diagnostics] == []
    return drawn, inspected


def expect_what_keras_says(path: str, sample: SampleCall, inspected: Inspected) -> None:
    """Compare shapes, dtypes and parameters with those of a layer that Keras alone made."""
    entry = CATALOG.callables[path]
    found = resolve(path)
    called = found if entry.role is Role.FUNCTION else found(**arguments(sample.config))
    tensors = symbolic(entry, sample, called)
    said = [(one.shape, one.dtype) for one in inspected.nodes[CALL].outputs]
    assert said == [(tuple(one.shape), str(one.dtype)) for one in tensors]
    params = 0 if entry.role is Role.FUNCTION else called.count_params()
    assert inspected.nodes[CALL].params == params


def exported_builder(drawn: Diagram, inspected: Inspected) -> Callable[[], Any]:
    """Return ``build_model`` of the exported module."""
    source = python_module(Project(diagram=drawn), CATALOG, paths=inspected.paths)
    scope: dict[str, Any] = {"__name__": "exported"}
    exec(compile(source, "exported.py", "exec"), scope)  # noqa: S102 - what a user would run
    builder: Callable[[], Any] = scope["build_model"]
    return builder


def made(build: Callable[[], Any]) -> Any:
    """Return a model that is made as if it were the first one in the process."""
    keras.utils.clear_session(free_memory=False)
    keras.utils.set_random_seed(1)
    return build()


def configuration(model: Any) -> str:
    return json.dumps(model.get_config(), sort_keys=True, default=repr)


def results(model: Any, sample: SampleCall) -> Mapping[str, Any]:
    """Return what a model gives, its random numbers being the same each time."""
    keras.utils.set_random_seed(2)
    given = {name: keras.ops.convert_to_tensor(one) for name, one in batch(sample).items()}
    return {name: np.asarray(one) for name, one in model(given).items()}


def expect_same(one: Mapping[str, Any], other: Mapping[str, Any]) -> None:
    assert one.keys() == other.keys()
    for name, values in one.items():
        np.testing.assert_array_equal(values, other[name])
