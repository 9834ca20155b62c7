"""Fragments of diagrams: what is copied with nodes, what a copy is like, and its text."""

import json
from collections.abc import Iterator, Mapping
from itertools import count

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from graphstudio.diagram.belonging import belonging
from graphstudio.diagram.diagram import (
    CallNode,
    Diagram,
    Frame,
    FrameId,
    HeadNode,
    InputNode,
    LayerId,
    NodeId,
    Note,
    NoteId,
    Position,
    WireId,
)
from graphstudio.diagram.fragment import (
    Fragment,
    Pasted,
    copy_fragment,
    corner_of,
    free_corner,
    paste_fragment,
)
from graphstudio.diagram.fragment_text import FragmentError, format_fragment, parse_fragment
from graphstudio.diagram.ground import FARTHEST
from graphstudio.diagram.nesting import nested_diagrams
from graphstudio.diagram.project import Project
from graphstudio.diagram.project_file import format_project
from tests.code.projects import diagram, layer
from tests.diagram.strategies import diagrams
from tests.diagrams import siamese
from tests.nesting import encoder


def ids() -> Iterator[str]:
    return (f"new{number}" for number in count())


def branches() -> Diagram:
    """Return image → conv → (a, b) → both → digit, all of it placed."""
    drawn = diagram(
        "branches",
        {
            "image": InputNode(name="image", config={"shape": [8, 8, 1]}),
            "conv": layer("Conv2D", "conv", filters=4, kernel_size=3),
            "a": layer("Flatten", "a"),
            "b": layer("Flatten", "b"),
            "both": layer("Concatenate", "both"),
            "digit": HeadNode(name="digit", loss="mse"),
        },
        ("image conv", "conv a", "conv b", "a both", "b both", "both digit"),
    )
    places = {key: Position(200.0 * number, 0.0) for number, key in enumerate(drawn.nodes)}
    return replace(drawn, positions=places)


def copied(drawn: Diagram, *nodes: str) -> Fragment:
    return copy_fragment(drawn, [NodeId(one) for one in nodes])


def pasted(drawn: Diagram, fragment: Fragment, *, with_incoming: bool = False) -> Pasted:
    return paste_fragment(drawn, fragment, ids(), with_incoming=with_incoming)


def names(drawn: Diagram) -> list[str]:
    return [drawn.name_of(node) for node in drawn.nodes]


def wire_between(drawn: Diagram, source: str, target: str) -> WireId:
    (found,) = [k for k, w in drawn.wires.items() if (w.source, w.target) == (source, target)]
    return found


def sources_of(drawn: Diagram, node: NodeId) -> list[tuple[str, int]]:
    return [(drawn.name_of(w.source), w.order) for w in drawn.incoming.get(node, ())]


def test_a_copy_has_ids_of_its_own_and_free_names_and_the_wires_between() -> None:
    drawn = branches()
    after, new, *_ = pasted(drawn, copied(drawn, "a", "both", "digit", "image"))
    assert names(after) == [*names(drawn), "image_1", "a_1", "both_1", "digit_1"]
    assert len(set(after.nodes)) == 10
    assert sources_of(after, new[NodeId("both")]) == [("a_1", 0)]
    assert sources_of(after, new[NodeId("digit")]) == [("both_1", 0)]
    assert after.layers[LayerId("a")] is drawn.layers[LayerId("a")]


def test_what_remains_of_a_list_of_wires_closes_up() -> None:
    drawn = branches()
    after, new, *_ = pasted(drawn, copied(drawn, "b", "both"))
    assert sources_of(after, new[NodeId("both")]) == [("b_1", 0)]


def test_with_wires_a_copy_keeps_what_came_in_from_outside() -> None:
    drawn = branches()
    after, new, *_ = pasted(drawn, copied(drawn, "b", "both"), with_incoming=True)
    assert sources_of(after, new[NodeId("both")]) == [("a", 0), ("b_1", 1)]
    assert sources_of(after, new[NodeId("b")]) == [("conv", 0)]


def test_wires_from_nodes_that_are_not_here_are_left_out() -> None:
    fragment = copied(branches(), "b", "both")
    after, new, *_ = pasted(Diagram(), fragment, with_incoming=True)
    assert sources_of(after, new[NodeId("both")]) == [("b", 0)]


def test_calls_that_are_copied_together_share_a_layer_of_their_own() -> None:
    drawn = siamese()
    after, new, *_ = pasted(drawn, copied(drawn, "lstm", "lstm_again"))
    nodes = [after.nodes[new[NodeId(one)]] for one in ("lstm", "lstm_again")]
    layers = {node.layer for node in nodes if isinstance(node, CallNode)}
    assert len(layers) == 1
    assert layers.isdisjoint(drawn.layers)


def test_a_call_that_is_copied_alone_gets_a_layer_of_its_own() -> None:
    drawn = siamese()
    after, new, *_ = pasted(drawn, copied(drawn, "lstm_again"))
    node = after.nodes[new[NodeId("lstm_again")]]
    assert isinstance(node, CallNode)
    assert after.layers[node.layer].name == "lstm_1"
    assert len(after.calls[LayerId("lstm")]) == 2


def test_the_nodes_inside_of_a_copied_model_have_ids_of_their_own_and_no_locks() -> None:
    drawn = diagram(
        "outer",
        {"x": InputNode(name="x", config={"shape": [12]}), "m": encoder()},
        ("x m:features",),
    )
    inner = drawn.layers[LayerId("m")].diagram
    assert inner is not None
    dense = next(iter(inner.nodes))
    held = replace(inner, locked=frozenset({dense}))
    model = replace(drawn.layers[LayerId("m")], diagram=held)
    drawn = replace(drawn, layers={LayerId("m"): model})
    after = pasted(drawn, copied(drawn, "m")).diagram
    everywhere = [node for _, one in nested_diagrams(after) for node in one.nodes]
    assert len(set(everywhere)) == len(everywhere)
    first, second = [one for path, one in nested_diagrams(after) if path]
    assert names(first) == names(second)
    assert first.name != second.name
    assert [len(one.locked) for one in (first, second)] == [1, 0]


def with_margins() -> Diagram:
    """Return the branches with a bend, a frame around a and b, notes in and out of it."""
    drawn = branches()
    bent = {
        wire_between(drawn, "a", "both"): (Position(700.0, 40.0),),
        wire_between(drawn, "conv", "a"): (Position(300.0, 40.0),),
    }
    frame = Frame(title="twins", x=390.0, y=-40.0, width=420.0, height=200.0)
    return replace(
        drawn,
        bends=bent,
        frames={FrameId("f"): frame},
        notes={
            NoteId("in"): Note(text="two", x=400.0, y=90.0, width=100.0, height=40.0),
            NoteId("out"): Note(text="far", x=0.0, y=900.0, width=100.0, height=40.0),
        },
        locked=frozenset({NodeId("a")}),
    )


def test_a_frame_comes_along_with_all_that_it_holds_and_its_notes() -> None:
    drawn = with_margins()
    twins = {NodeId("a"), NodeId("b")}
    assert belonging(drawn, twins) == ((FrameId("f"),), (NoteId("in"),))
    assert belonging(drawn, {NodeId("a")}) == ((), ())
    assert belonging(drawn, set(drawn.nodes)) == ((FrameId("f"),), (NoteId("in"), NoteId("out")))
    assert belonging(drawn, set()) == ((), ())
    wide = {NodeId("b"): (400.0, 76.0)}
    assert belonging(drawn, {NodeId("a")}, wide) == ((FrameId("f"),), (NoteId("in"),))


def test_everything_moves_by_the_same_way_and_a_copy_is_not_locked() -> None:
    drawn = with_margins()
    nodes = [NodeId("a"), NodeId("b"), NodeId("both")]
    fragment = copy_fragment(drawn, nodes, [FrameId("f")], [NoteId("in")])
    assert corner_of(fragment.diagram) == Position(390.0, -40.0)
    after, new, frames, notes = paste_fragment(drawn, fragment, ids(), Position(400.0, 400.0))
    assert after.positions[new[NodeId("a")]] == Position(410.0, 440.0)
    assert [(after.frames[one].x, after.frames[one].y) for one in frames] == [(400.0, 400.0)]
    assert [(after.notes[one].x, after.notes[one].y) for one in notes] == [(410.0, 530.0)]
    (bend,) = after.bends.keys() - drawn.bends.keys()
    assert after.bends[bend] == (Position(710.0, 480.0),)
    assert after.wires[bend].source == new[NodeId("a")]
    assert after.locked == drawn.locked


def test_a_copy_never_lies_over_anything() -> None:
    drawn = branches()
    fragment = copied(drawn, "a", "b")
    corner = corner_of(fragment.diagram)
    assert free_corner(Diagram(), fragment, corner, 24) == corner
    first = free_corner(drawn, fragment, corner, 24)
    assert first == Position(corner.x + 24, corner.y + 24)
    beside = Position(corner.x + 3, corner.y - 11)
    assert free_corner(drawn, fragment, beside, 24) == Position(beside.x + 24, beside.y + 24)
    after = paste_fragment(drawn, fragment, ids(), first).diagram
    assert free_corner(after, fragment, corner, 24) == Position(corner.x + 48, corner.y + 48)


def canonical(drawn: Diagram, new: Mapping[NodeId, NodeId]) -> object:
    """Return what a diagram means, by the ids that its nodes had before."""
    old = {now: then for then, now in new.items()}
    nodes = {
        old[key]: replace(node, layer=LayerId("")) if isinstance(node, CallNode) else node
        for key, node in drawn.nodes.items()
    }
    wires = sorted(
        repr(replace(wire, source=old[wire.source], target=old[wire.target]))
        for wire in drawn.wires.values()
    )
    layers = {old[key]: drawn.layer_of(key) for key in drawn.nodes}
    shared = {tuple(old[one] for one in calls) for calls in drawn.calls.values()}
    places = {old[key]: place for key, place in drawn.positions.items()}
    return nodes, wires, layers, shared, places


@given(diagrams())
def test_everything_pasted_into_an_empty_diagram_means_the_same(any_diagram: Diagram) -> None:
    drawn = any_diagram
    named = [one.name for one in drawn.layers.values()]
    named += [one.name for one in drawn.inputs.values()]
    assume(len(set(named)) == len(named))
    assume(len({one.name for one in drawn.heads.values()}) == len(drawn.heads))
    drawn = replace(drawn, positions=dict.fromkeys(drawn.nodes, Position(8.0, 16.0)))
    after, new, *_ = pasted(Diagram(name=drawn.name), copy_fragment(drawn, drawn.nodes))
    same = {key: key for key in drawn.nodes}
    assert canonical(after, new) == canonical(drawn, same)
    assert list(after.nodes) == [new[key] for key in drawn.nodes]


@given(diagrams(), st.data())
def test_the_text_of_a_fragment_holds_all_of_it(drawn: Diagram, data: st.DataObject) -> None:
    chosen = data.draw(st.sets(st.sampled_from(sorted(drawn.nodes)))) if drawn.nodes else set()
    fragment = copy_fragment(drawn, chosen)
    assert parse_fragment(format_fragment(fragment)) == fragment
    assert format_fragment(parse_fragment(format_fragment(fragment))) == format_fragment(fragment)


@given(diagrams(), diagrams(), st.data())
def test_a_fragment_of_anything_goes_into_anything(
    drawn: Diagram, other: Diagram, data: st.DataObject
) -> None:
    chosen = data.draw(st.sets(st.sampled_from(sorted(drawn.nodes)))) if drawn.nodes else set()
    fragment = copy_fragment(drawn, chosen)
    after, new, *_ = pasted(other, fragment, with_incoming=True)
    assert len(after.nodes) == len(other.nodes) + len(chosen)
    assert {wire.source for wire in after.wires.values()} <= after.nodes.keys()
    assert {k: after.nodes[k] for k in other.nodes} == other.nodes
    taken = {one.name for one in other.layers.values()}
    taken |= {one.name for one in other.inputs.values()}
    made = [after.layers[k].name for k in after.layers.keys() - other.layers.keys()]
    assert taken.isdisjoint(made)
    for node in new.values():
        orders: dict[str, list[int]] = {}
        for wire in after.incoming.get(node, ()):
            orders.setdefault(wire.port, []).append(wire.order)
        assert all(sorted(one) == list(range(len(one))) for one in orders.values())


def test_bends_frames_and_notes_are_in_the_text() -> None:
    drawn = with_margins()
    chosen = belonging(drawn, drawn.nodes)
    fragment = copy_fragment(drawn, drawn.nodes, chosen.frames, chosen.notes)
    assert parse_fragment(format_fragment(fragment)) == fragment
    assert len(fragment.diagram.bends) == 2


@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "```\n{}```",
        "```json\n{}\n```\n",
        "Look at this model:\n\n```json\n{}```\nWhat do you think?",
        "  ~~~~ json\n{}  ~~~~",
        "\ufeff{}",
    ],
)
def test_a_fence_and_what_is_written_around_it_are_passed_over(around: str) -> None:
    drawn = with_margins()
    noted = replace(
        drawn, notes={NoteId("n"): Note(text="```\ncode\n```", x=0, y=0, width=9, height=9)}
    )
    fragment = copy_fragment(noted, noted.nodes, (), [NoteId("n")])
    assert parse_fragment(around.replace("{}", format_fragment(fragment))) == fragment
    windows = format_fragment(fragment).replace("\n", "\r\n")
    assert parse_fragment(around.replace("{}", windows)) == fragment


def test_a_fence_that_nothing_closes_goes_on_to_the_end() -> None:
    fragment = copied(branches(), "a", "b")
    assert parse_fragment(f"Here:\n```json\n{format_fragment(fragment)}") == fragment


def test_a_text_of_very_many_fences_is_read_line_by_line() -> None:
    # Looking for the end of each of them would take hours.
    with pytest.raises(FragmentError, match=r"received '```a ```a"):
        parse_fragment("~~~\n" + "```a\n" * 1_000_000)


def test_a_text_of_any_length_is_refused_before_it_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("graphstudio.diagram.fragment_text.LONGEST", 99)
    with pytest.raises(FragmentError, match=r"of 99 letters at most; received 100 letters\."):
        parse_fragment(" " * 100)


def test_the_text_of_a_project_holds_its_diagram() -> None:
    project = Project(diagram=with_margins())
    assert parse_fragment(format_project(project)).diagram == project.diagram


_WANTED = "Expected nodes that were copied in Graph Studio, or the text of a project file; "


def test_what_an_older_version_copied_is_pasted() -> None:
    fragment = copied(branches(), "a", "b")
    older = {**json.loads(format_fragment(fragment)), "schema": 1}
    assert parse_fragment(json.dumps(older)) == fragment


def test_a_text_with_bends_and_places_of_nothing_is_pasted_without_them() -> None:
    text = json.loads(format_fragment(copied(branches(), "a", "both")))
    text["bends"] = {"gone": [[1, 2]]}
    text["positions"]["gone"] = [1, 2]
    result = paste_fragment(Diagram(), parse_fragment(json.dumps(text)), ids()).diagram
    assert (len(result.nodes), len(result.positions), result.bends) == (2, 2, {})


def test_there_is_an_end_to_looking_for_a_free_place_at_the_edge_of_the_canvas() -> None:
    far = Position(FARTHEST, FARTHEST)
    drawn = replace(branches(), positions=dict.fromkeys(branches().nodes, far))
    fragment = copied(drawn, "a")
    assert free_corner(drawn, fragment, far, 32.0) == far
    whole = paste_fragment(drawn, fragment, ids(), far).diagram
    assert set(whole.positions.values()) == {far}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", f"{_WANTED}received nothing."),
        ("hello  world", f"{_WANTED}received 'hello world'."),
        ("x" * 99, f"{_WANTED}received '{'x' * 40}…'."),
        ("[1, 2]", f"{_WANTED}received '[1, 2]'."),
        ('{"a": 1}', f"{_WANTED}received JSON about something else."),
        (
            '{"kind": "graphstudio-fragment",\n "nodes": {',
            f"{_WANTED}received something else in line 2, column 12, where JSON was to go on.",
        ),
        (
            '{"kind": "graphstudio-fragment", "schema": 9}',
            (
                "What was copied is of a newer Graph Studio: expected schema 2 or older; "
                "received 9. Update Graph Studio to paste it."
            ),
        ),
        (
            '{"kind": "graphstudio-fragment", "schema": 1}',
            "What was copied is damaged: 'name' is missing.",
        ),
        (
            '{"kind": "graphstudio-fragment"}',
            "What was copied is damaged: expected a schema number; received none.",
        ),
        (
            (
                '{"kind": "graphstudio-fragment", "schema": 1, "name": "m", "layers": {}, '
                '"nodes": {}, "wires": {}, '
                '"incoming": {"w": {"source": "a", "target": "b", "port": "inputs"}}}'
            ),
            "What was copied is damaged: wire w ends at the node b, which is not there.",
        ),
        (
            '{"schema": 1, "nodes": {}}',
            "The project in the text is damaged: 'name'.",
        ),
    ],
)
def test_a_text_that_holds_no_fragment_is_refused_in_a_sentence(text: str, reason: str) -> None:
    with pytest.raises(FragmentError) as caught:
        parse_fragment(text)
    assert str(caught.value) == reason
