"""Models as layers, made of a selection and taken apart again."""

from collections.abc import Iterator, Mapping
from itertools import count

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from graphstudio.diagram.checks import check
from graphstudio.diagram.collapse import make_model
from graphstudio.diagram.diagram import (
    CallNode,
    Diagram,
    Frame,
    FrameId,
    HeadNode,
    InputNode,
    Layer,
    LayerId,
    NodeId,
    Note,
    NoteId,
    Position,
)
from graphstudio.diagram.expand import expand_model
from graphstudio.diagram.graph import cycles
from graphstudio.protocol import Tensor
from tests.code.projects import diagram, layer
from tests.diagram.strategies import diagrams
from tests.nesting import encoder, swap

GRID = Tensor((None, 8, 8, 4), "float32")
FLAT = Tensor((None, 12), "float32")


def ids(prefix: str = "new") -> Iterator[str]:
    return (f"{prefix}{number}" for number in count())


def branches() -> Diagram:
    """Return image → conv → (a, b) → both → digit, with b on the way to a second head."""
    return diagram(
        "branches",
        {
            "image": InputNode(name="image", config={"shape": [8, 8, 1], "dtype": "uint8"}),
            "conv": layer("Conv2D", "conv", filters=4, kernel_size=3),
            "a": layer("Flatten", "a"),
            "b": layer("Flatten", "b"),
            "both": layer("Concatenate", "both"),
            "digit": HeadNode(name="digit", loss="mse"),
            "even": HeadNode(name="even"),
        },
        ("image conv", "conv a", "conv b", "a both", "b both", "both digit", "b even"),
    )


def wires_of(drawn: Diagram) -> set[tuple[str, int, str, str, int]]:
    return {(w.source, w.output, w.target, w.port, w.order) for w in drawn.wires.values()}


def collapsed(drawn: Diagram, *nodes: str, tensors: Mapping[NodeId, list[Tensor]]) -> Diagram:
    return make_model(drawn, [NodeId(one) for one in nodes], "block", tensors, ids())


def inside(drawn: Diagram) -> Diagram:
    """Return the one nested diagram."""
    (found,) = [one.diagram for one in drawn.layers.values() if one.diagram is not None]
    return found


def test_a_selection_becomes_a_model_with_an_input_and_a_head_for_each_tensor() -> None:
    drawn = collapsed(branches(), "a", "b", "both", tensors={NodeId("conv"): [GRID]})
    inner = inside(drawn)
    assert [node.name for node in inner.inputs.values()] == ["conv"]
    assert [node.config for node in inner.inputs.values()] == [
        {"shape": [8, 8, 4], "dtype": "float32"}
    ]
    assert [head.name for head in inner.heads.values()] == ["b", "both"]
    assert wires_of(drawn) == {
        ("image", 0, "conv", "inputs", 0),
        ("conv", 0, "new0", "conv", 0),
        ("new0", 0, "even", "tensor", 0),
        ("new0", 1, "digit", "tensor", 0),
    }
    assert check(drawn) == ()


def test_what_an_input_is_made_with_goes_with_it() -> None:
    inner = inside(collapsed(branches(), "conv", tensors={}))
    assert [node.config for node in inner.inputs.values()] == [
        {"shape": [8, 8, 1], "dtype": "uint8"}
    ]


def test_what_leads_nowhere_gets_a_head_inside() -> None:
    drawn = branches()
    loose = replace(
        drawn,
        wires={key: wire for key, wire in drawn.wires.items() if wire.target != "digit"},
    )
    inner = inside(collapsed(loose, "both", "a", tensors={i: [FLAT] for i in loose.nodes}))
    assert [head.name for head in inner.heads.values()] == ["both"]


def test_inputs_and_heads_of_the_selection_stay() -> None:
    drawn = collapsed(branches(), *branches().nodes, tensors={})
    assert [drawn.name_of(node) for node in drawn.nodes] == ["image", "block", "digit", "even"]


@pytest.mark.parametrize(
    ("nodes", "reason"),
    [
        (("image",), "Expected layers to make a model of; received none."),
        (("a",), "Expected a known shape of what 'conv' gives"),
        (("conv", "both"), "received no '[ab]', through which a way leads out and back"),
    ],
)
def test_what_is_no_model_is_refused_with_the_reason(nodes: tuple[str, ...], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        collapsed(branches(), *nodes, tensors={})


def test_a_layer_that_is_called_outside_too_stays_outside() -> None:
    drawn = replace(
        branches(), nodes={**branches().nodes, NodeId("again"): CallNode(layer=LayerId("a"))}
    )
    with pytest.raises(ValueError, match=r"all 2 calls of 'a', .* received 1 of them"):
        collapsed(drawn, "a", tensors={NodeId("conv"): [GRID]})


@given(diagrams(), st.data())
def test_collapse_then_expand_is_the_same_model(any_diagram: Diagram, data: st.DataObject) -> None:
    drawn = replace(
        any_diagram,
        layers={
            key: replace(one, name=f"layer_{number}")
            for number, (key, one) in enumerate(any_diagram.layers.items())
        },
        nodes={
            key: node if isinstance(node, CallNode) else replace(node, name=key)
            for key, node in any_diagram.nodes.items()
        },
        positions={key: Position(8.0 * n, 16.0 * n) for n, key in enumerate(any_diagram.nodes)},
    )
    assume(not cycles(drawn))
    calls = [key for key, node in drawn.nodes.items() if isinstance(node, CallNode)]
    chosen = data.draw(st.sets(st.sampled_from(calls), min_size=1)) if calls else set()
    known = {node: [FLAT] * 3 for node in drawn.nodes}
    try:
        folded = make_model(drawn, chosen, "block", known, ids())
    except ValueError:
        return
    assert len(folded.nodes) == len(drawn.nodes) - len(chosen) + 1
    assert not cycles(folded)
    unfolded = expand_model(folded, NodeId("new0"), ids("again"))
    assert unfolded.nodes == drawn.nodes
    assert unfolded.layers == drawn.layers
    assert wires_of(unfolded) == wires_of(drawn)
    assert unfolded.positions == drawn.positions
    assert unfolded.bends.keys() <= unfolded.wires.keys()
    assert folded.bends.keys() <= folded.wires.keys()


def placed() -> Diagram:
    """Return the branches in a row, every wire with a bend of its own."""
    drawn = branches()
    return replace(
        drawn,
        positions={key: Position(300.0 * n, 0.0) for n, key in enumerate(drawn.nodes)},
        bends={key: (Position(10.0 * n, 50.0),) for n, key in enumerate(drawn.wires)},
    )


def bends_by_ends(drawn: Diagram) -> dict[tuple[str, str], tuple[Position, ...]]:
    return {(w.source, w.target): drawn.bends.get(key, ()) for key, w in drawn.wires.items()}


def test_the_bends_of_wires_that_are_left_stay_and_come_back_with_the_layers() -> None:
    before = placed()
    folded = collapsed(before, "a", "both", tensors={NodeId("conv"): [GRID], NodeId("b"): [FLAT]})
    outside, within = bends_by_ends(folded), bends_by_ends(inside(folded))
    was = bends_by_ends(before)
    assert outside["image", "conv"] == was["image", "conv"]
    assert outside["new0", "digit"] == was["both", "digit"]
    assert outside["conv", "new0"] == was["conv", "a"]
    assert within["a", "both"] == was["a", "both"]
    unfolded = expand_model(folded, NodeId("new0"), ids("again"))
    assert unfolded.positions == before.positions
    assert bends_by_ends(unfolded) == was


def framed() -> Diagram:
    """Return the branches with a frame around a, another around a and both, and one about conv."""
    drawn = placed()
    places = drawn.positions

    def around(*nodes: str) -> Frame:
        xs = [places[NodeId(one)].x for one in nodes]
        return Frame(x=min(xs) - 20, y=-60, width=max(xs) - min(xs) + 300, height=240, title="f")

    frames = {"a": around("a"), "all": around("conv", "both"), "ab": around("a", "both")}
    notes = {NoteId("said"): Note(text="n", x=places[NodeId("a")].x, y=120, width=80, height=40)}
    frames_by_id = {FrameId(key): frame for key, frame in frames.items()}
    return replace(drawn, frames=frames_by_id, notes=notes)


def test_frames_that_hold_nothing_else_go_inside_with_their_notes_and_come_back() -> None:
    before = framed()
    tensors = {NodeId("conv"): [GRID]}
    folded = collapsed(before, "a", "b", "both", tensors=tensors)
    assert set(folded.frames) == {"all"}
    assert set(inside(folded).frames) == {"a", "ab"}
    assert inside(folded).notes == before.notes
    assert folded.notes == {}
    unfolded = expand_model(folded, NodeId("new0"), ids("again"))
    assert (unfolded.frames, unfolded.notes) == (before.frames, before.notes)


def test_each_call_of_a_model_expands_with_frames_of_its_own() -> None:
    inner = encoder().diagram
    assert inner is not None
    inner = replace(inner, frames={FrameId("f"): Frame(x=0, y=0, width=80, height=80)})
    drawn = called_twice(replace(encoder(), diagram=inner), ("features", "features"))
    frames = expand_model(drawn, NodeId("m"), ids()).frames
    assert len(frames) == 2


def called_twice(inner: Layer, ports: tuple[str, str]) -> Diagram:
    return diagram(
        "twice",
        {
            "left": InputNode(name="left", config={"shape": [12]}),
            "right": InputNode(name="right", config={"shape": [12]}),
            "m": inner,
            "m2": CallNode(layer=LayerId("m")),
            "both": layer("Add", "both"),
            "out": HeadNode(name="out", loss="mse"),
        },
        (f"left m:{ports[0]}", f"right m2:{ports[1]}", "m both", "m2 both", "both out"),
    )


def test_every_call_of_a_model_is_expanded_and_the_layers_stay_shared() -> None:
    drawn = expand_model(called_twice(encoder(), ("features", "features")), NodeId("m2"), ids())
    assert [drawn.name_of(node) for node in drawn.nodes] == [
        "left", "right", "e_dense", "e_dense", "both", "out",
    ]  # fmt: skip
    assert [len(calls) for calls in drawn.calls.values()] == [2, 1]
    assert check(drawn) == ()


def test_a_model_that_follows_itself_expands_into_its_layers_twice() -> None:
    drawn = diagram(
        "stack",
        {
            "x": InputNode(name="x", config={"shape": [4]}),
            "m2": CallNode(layer=LayerId("m")),
            "m": swap(),
            "y": HeadNode(name="y"),
            "z": HeadNode(name="z"),
        },
        ("x m:a", "x m:b", "m m2:b", "m.1 m2:a", "m2 y", "m2.1 z"),
    )
    expanded = expand_model(drawn, NodeId("m"), ids())
    second, add = expanded.calls[LayerId("s_add")]
    _, sub = expanded.calls[LayerId("s_sub")]
    assert second == "s_add"
    assert wires_of(expanded) == {
        ("x", 0, add, "inputs", 0), ("x", 0, add, "inputs", 1),
        ("x", 0, sub, "inputs", 0), ("x", 0, sub, "inputs", 1),
        (sub, 0, "s_add", "inputs", 0), (add, 0, "s_add", "inputs", 1),
        (sub, 0, "s_sub", "inputs", 0), (add, 0, "s_sub", "inputs", 1),
        ("s_add", 0, "y", "tensor", 0), ("s_sub", 0, "z", "tensor", 0),
    }  # fmt: skip


def test_a_name_that_is_taken_outside_is_made_a_free_one() -> None:
    drawn = called_twice(encoder(), ("features", "features"))
    drawn = replace(
        drawn,
        layers={
            key: replace(one, name="e_dense") if key == "both" else one
            for key, one in drawn.layers.items()
        },
    )
    expanded = expand_model(drawn, NodeId("m"), ids())
    assert {one.name for one in expanded.layers.values()} == {"e_dense", "e_dense_1"}


def test_the_layers_of_a_frozen_model_are_frozen() -> None:
    frozen = replace(encoder(), config={"trainable": False})
    expanded = expand_model(called_twice(frozen, ("features", "features")), NodeId("m"), ids())
    dense = next(one for one in expanded.layers.values() if one.name == "e_dense")
    assert dense.config == {"units": 4, "trainable": False}


def test_a_constant_of_the_model_goes_where_its_input_went() -> None:
    drawn = called_twice(encoder(), ("features", "features"))
    call = CallNode(layer=LayerId("m"), arguments={"features": [[1.0] * 12]})
    drawn = replace(
        drawn,
        nodes={**drawn.nodes, NodeId("m"): call},
        wires={key: wire for key, wire in drawn.wires.items() if wire.target != "m"},
    )
    expanded = expand_model(drawn, NodeId("m"), ids())
    assert expanded.nodes[NodeId("e_dense")] == CallNode(
        layer=LayerId("e_dense"), arguments={"inputs": [[1.0] * 12]}
    )


def test_only_a_nested_model_can_be_expanded() -> None:
    with pytest.raises(ValueError, match="Expected a nested model; received 'conv'"):
        expand_model(branches(), NodeId("conv"), ids())
