"""Hypothesis's projects: sound diagrams with every kind of value and nasty names."""

from typing import Any

from hypothesis import strategies as st

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.diagram.data import Data
from graphstudio.diagram.diagram import (
    CallNode,
    Diagram,
    HeadNode,
    InputNode,
    Layer,
    LayerId,
    NodeId,
    Wire,
    WireId,
)
from graphstudio.diagram.generated import Column, Draw, GeneratedSource
from graphstudio.diagram.project import Project, Training
from graphstudio.diagram.sources import ArraysSource
from graphstudio.diagram.values import make_object

CATALOG = shipped_catalog()
# Quotes, ends of lines, controls, what turns the direction of reading, and other alphabets.
LETTERS = "ab_zé日本語ñжλשع😀 \"'\\\n\r\t\x00\x7f\u2028\u202e\u200b{}()#%$`ﬁ𝐤;,.0"
texts = st.text(LETTERS, max_size=30) | st.sampled_from(
    ['"""', "'''", "\\", "import os", "keras", "x" * 95, "日" * 45, '"); exit("', "if", "None"]
)
tensor_names = texts.map(lambda text: text.replace("/", "")).filter(bool)
layer_names = st.from_regex(r"[A-Za-z0-9.][A-Za-z0-9_.>\\-]{0,40}", fullmatch=True)
_CLASSES = ("Dense", "Conv2D", "LSTM", "MultiHeadAttention", "Concatenate", "Bidirectional")
_NO_OBJECTS = {"keras.Input", *CATALOG.applications, *CATALOG.objects["activations"]}
_OBJECTS = sorted(set(CATALOG.entries) - _NO_OBJECTS)

numbers = st.none() | st.booleans() | st.integers(-(10**6), 10**6) | st.floats()
values: st.SearchStrategy[Any] = st.recursive(
    numbers | texts,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(texts, inner, max_size=3).filter(lambda one: "class" not in one)
        | st.sampled_from(_OBJECTS).flatmap(lambda path: _objects(path, inner))
    ),
    max_leaves=8,
)


def configs(path: str, inner: st.SearchStrategy[Any] = values) -> st.SearchStrategy[dict[str, Any]]:
    """Return configurations of a class: any values, and often Keras's defaults."""
    parameters = {
        one.name: inner | st.just(one.default) for one in CATALOG.entries[path].parameters
    }
    return st.dictionaries(st.sampled_from(sorted(parameters)), st.none(), max_size=5).flatmap(
        lambda names: st.fixed_dictionaries({name: parameters[name] for name in names})
    )


def _objects(path: str, inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    if not CATALOG.entries[path].parameters:
        return st.just(make_object(path))
    return configs(path, inner).map(lambda config: make_object(path, config))


@st.composite
def projects(draw: st.DrawFn) -> Project:
    """Return a project whose diagram is a model as far as its links and names go."""
    inputs = draw(st.lists(tensor_names, min_size=1, max_size=3, unique=True))
    names = draw(st.lists(layer_names.filter(lambda n: n not in inputs), max_size=6, unique=True))
    nodes: dict[NodeId, Any] = {
        NodeId(f"i{number}"): InputNode(
            name=name,
            config=draw(configs("keras.Input")),
            column=draw(st.none() | texts),
        )
        for number, name in enumerate(inputs)
    }
    layers: dict[LayerId, Layer] = {}
    wires: list[Wire] = []
    for number, name in enumerate(names):
        _add_call(draw, number, name, nodes, layers, wires)
    _add_heads(draw, nodes, layers, wires)
    diagram = Diagram(
        name=draw(layer_names),
        layers=layers,
        nodes=nodes,
        wires={WireId(str(number)): wire for number, wire in enumerate(wires)},
    )
    return Project(diagram=diagram, data=draw(_data), training=draw(_training))


def _add_call(
    draw: st.DrawFn,
    number: int,
    name: str,
    nodes: dict[NodeId, Any],
    layers: dict[LayerId, Layer],
    wires: list[Wire],
) -> None:
    node = NodeId(f"c{number}")
    shared = sorted(layers)
    again = draw(st.booleans())
    if shared and again:
        layer_id = draw(st.sampled_from(shared))
    else:
        path = f"keras.layers.{draw(st.sampled_from(_CLASSES))}"
        layer_id = LayerId(f"l{number}")
        layers[layer_id] = Layer(class_name=path, name=name, config=draw(configs(path)))
    sources = st.sampled_from(sorted(nodes))
    for port in CATALOG.layers[layers[layer_id].class_name].ports[:3]:
        for order in range(draw(st.integers(1, 4)) if port.variadic else 1):
            output = draw(st.sampled_from([0, 0, 0, 1]))
            source = draw(sources)
            wires.append(
                Wire(source=source, target=node, port=port.name, output=output, order=order)
            )
    arguments = draw(st.dictionaries(st.sampled_from(["training"]), numbers))
    nodes[node] = CallNode(layer=layer_id, arguments=arguments)


def _add_heads(
    draw: st.DrawFn, nodes: dict[NodeId, Any], layers: dict[LayerId, Layer], wires: list[Wire]
) -> None:
    """Join every node into the last call, so that every input reaches a head."""
    layers[LayerId("join")] = Layer(class_name="keras.layers.Concatenate", name="the-join")
    ends = enumerate(list(nodes))
    join = NodeId("join")
    wires += [Wire(source=end, target=join, port="inputs", order=order) for order, end in ends]
    nodes[join] = CallNode(layer=LayerId("join"))
    for number, name in enumerate(
        draw(st.lists(tensor_names, min_size=1, max_size=3, unique=True))
    ):
        head = NodeId(f"h{number}")
        wires.append(Wire(source=join, target=head, port="tensor"))
        nodes[head] = HeadNode(
            name=name,
            loss=draw(st.none() | values),
            weight=draw(st.just(1.0) | st.floats(0, 10)),
            metrics=tuple(draw(st.lists(values, max_size=3))),
            column=draw(st.none() | texts),
        )


_columns = st.builds(
    Column,
    values=st.sampled_from(Draw),
    shape=st.lists(st.integers(1, 10**6), min_size=1, max_size=9).map(tuple),
    low=st.integers(-(10**6), 0).map(float),
    high=st.sampled_from([1.0, 2.0, 10.0**6]),
    words=st.integers(1, 1000),
)
_generated = st.builds(
    GeneratedSource,
    samples=st.integers(1, 10**7),
    columns=st.dictionaries(texts, _columns, max_size=3),
    seed=st.integers(0, 2**32 - 1),
)
_data = st.builds(
    Data,
    source=st.none() | texts.map(lambda path: ArraysSource(path=path)) | _generated,
    validation=st.sampled_from([0.0, 0.2]) | st.floats(0, 0.99),
)
_training = st.builds(
    Training,
    optimizer=values,
    batch_size=st.integers(1, 512),
    epochs=st.integers(1, 1000),
    seed=st.integers(0, 2**32 - 1),
)
