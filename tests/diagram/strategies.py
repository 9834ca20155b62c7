"""Hypothesis's diagrams: sound or not, as hands and other programs leave them."""

from typing import Any

from hypothesis import strategies as st

from graphstudio.diagram.data import Data
from graphstudio.diagram.diagram import (
    CallNode,
    Diagram,
    Frame,
    FrameId,
    HeadNode,
    InputNode,
    Layer,
    LayerId,
    Node,
    NodeId,
    Note,
    NoteId,
    Position,
    Use,
    Wire,
    WireId,
)
from graphstudio.diagram.direction import Direction
from graphstudio.diagram.generated import Column, Draw, GeneratedSource
from graphstudio.diagram.project import Project, Training
from graphstudio.diagram.sources import ArraysSource

names = st.sampled_from(["", "x", "x_1", "dense", "a/b", "数字", "two words", "-dash"]) | st.text(
    max_size=5
)
_leaves = st.none() | st.booleans() | st.integers(-(2**53), 2**53)
_finite = st.floats(allow_nan=False, allow_infinity=False)
values: st.SearchStrategy[Any] = st.recursive(
    _leaves | _finite | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=4,
)
configs = st.dictionaries(st.text("abc_", min_size=1, max_size=4), values, max_size=3)
# Fields of a version to come.
extras = st.dictionaries(st.sampled_from(["note", "colour", "x-other"]), values, max_size=2)
_columns = st.none() | st.text(min_size=1, max_size=3)

layers = st.builds(
    Layer, class_name=st.just("keras.layers.Dense"), name=names, config=configs, extra=extras
)
# Most nodes are active, so that something is left of most diagrams.
_ends = st.sampled_from([Use.ACTIVE] * 4 + [Use.MUTED])
_uses = st.sampled_from([Use.ACTIVE] * 4 + [Use.MUTED, Use.BYPASSED, Use.BYPASSED])

inputs = st.builds(
    InputNode,
    name=names,
    config=configs,
    column=_columns,
    in_model=st.booleans(),
    use=_ends,
    extra=extras,
)
heads = st.builds(
    HeadNode,
    name=names,
    loss=values,
    weight=_finite,
    metrics=st.lists(values, max_size=2).map(tuple),
    column=_columns,
    use=_ends,
    extra=extras,
)
positions = st.builds(Position, _finite, _finite)
_places, _lengths = st.floats(-2e7, 2e7), st.floats(0, 1e9, exclude_min=True)
_boxes = {"x": _places, "y": _places, "width": _lengths, "height": _lengths}
# A colour is a field of frames that this version knows.
_box_extras = st.dictionaries(st.sampled_from(["author", "x-other"]), values, max_size=2)
frames = st.builds(Frame, title=names, colour=names, extra=_box_extras, **_boxes)
notes = st.builds(Note, text=st.text(max_size=9), extra=_box_extras, **_boxes)


@st.composite
def diagrams(draw: st.DrawFn) -> Diagram:
    """Return a diagram with any wires, cycles among them, and names that may clash."""
    made = draw(st.lists(layers, max_size=4))
    table = {LayerId(f"l{number}"): layer for number, layer in enumerate(made)}
    calls = st.builds(CallNode, layer=st.sampled_from(sorted(table)), arguments=configs, use=_uses)
    kinds: list[st.SearchStrategy[Node]] = [inputs, heads, *([calls, calls] if table else [])]
    nodes = {NodeId(f"n{i}"): n for i, n in enumerate(draw(st.lists(st.one_of(kinds), max_size=9)))}
    called = {node.layer for node in nodes.values() if isinstance(node, CallNode)}
    return Diagram(
        name=draw(names),
        layers={key: layer for key, layer in table.items() if key in called},
        nodes=nodes,
        wires=draw(_wires(nodes)),
        positions=draw(
            st.dictionaries(st.sampled_from(sorted(nodes)), positions) if nodes else st.just({})
        ),
        frames=draw(st.dictionaries(st.sampled_from([FrameId("f0"), FrameId("f1")]), frames)),
        notes=draw(st.dictionaries(st.sampled_from([NoteId("t0"), NoteId("t1")]), notes)),
        direction=draw(st.sampled_from(Direction)),
    )


@st.composite
def _wires(draw: st.DrawFn, nodes: dict[NodeId, Any]) -> dict[WireId, Wire]:
    sources = sorted(key for key, node in nodes.items() if not isinstance(node, HeadNode))
    targets = sorted(key for key, node in nodes.items() if not isinstance(node, InputNode))
    if not sources or not targets:
        return {}
    ends = st.tuples(st.sampled_from(sources), st.sampled_from(targets))
    orders: dict[NodeId, int] = {}
    wires: dict[WireId, Wire] = {}
    for source, target in draw(st.lists(ends, max_size=12)):
        head = isinstance(nodes[target], HeadNode)
        order = orders.get(target, 0)
        if head and order:
            continue
        orders[target] = order + 1
        wires[WireId(f"w{len(wires)}")] = Wire(
            source=source,
            target=target,
            port="tensor" if head else "inputs",
            output=draw(st.integers(0, 2)),
            order=order,
            extra=draw(extras),
        )
    return wires


generated_columns = st.builds(
    Column,
    values=st.sampled_from(Draw),
    shape=st.lists(st.integers(1, 99), min_size=1, max_size=3).map(tuple),
    low=st.integers(-9, 0).map(float),
    high=st.integers(1, 9).map(float),
    words=st.integers(1, 9),
    extra=extras,
)
generated = st.builds(
    GeneratedSource,
    samples=st.integers(1, 99),
    columns=st.dictionaries(st.text(max_size=5), generated_columns, max_size=3),
    seed=st.integers(0, 9),
    extra=extras,
)
projects = st.builds(
    Project,
    diagram=diagrams(),
    data=st.builds(
        Data,
        source=st.none()
        | st.builds(ArraysSource, path=st.text(max_size=5), extra=extras)
        | generated,
        validation=st.floats(0, 0.99),
        extra=extras,
    ),
    training=st.builds(
        Training, optimizer=values, epochs=st.integers(1, 99), seed=st.integers(0, 9), extra=extras
    ),
    extra=extras,
)
