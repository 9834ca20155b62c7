"""Nodes coloured by how much they have of something."""

from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor

from graphstudio.diagram import edits
from graphstudio.diagram.diagram import Diagram, NodeId
from graphstudio.protocol import Cost, Inspected, Measured, NodeInfo, Tensor
from graphstudio.studio.canvas.heat import (
    STEPS,
    ColourBy,
    Scale,
    amounts,
    far_heat,
    heated,
    in_words,
    scale,
)
from graphstudio.studio.canvas.node_drawing import NodeDrawing
from graphstudio.studio.theme import ThemeName
from tests.studio.canvas.hand import Hand
from tests.studio.canvas.test_levels import colours, shown
from tests.studio.test_theme import contrast

IMAGE, CONV, ADD = NodeId("image"), NodeId("conv"), NodeId("add")
FLAT, DENSE = NodeId("flat"), NodeId("dense")
BOTH = [name for name in get_args(ThemeName) if name != "system"]


def heats(hand: Hand) -> dict[NodeId, int | None]:
    return {node: one.value.heat for node, one in hand.view.diagram_scene.nodes.items()}


def drawings(hand: Hand) -> dict[NodeId, NodeDrawing]:
    return {node: one.drawing for node, one in hand.view.diagram_scene.nodes.items()}


def choose(hand: Hand, by: ColourBy) -> None:
    hand.view.diagram_scene.overlay.choose(by)


def with_params(answer: Inspected, **params: int) -> Inspected:
    infos = {NodeId(name): NodeInfo(params=count) for name, count in params.items()}
    return Inspected(id=2, nodes={**answer.nodes, **infos})


def test_a_scale_is_logarithmic_from_the_least_to_the_most() -> None:
    known = {NodeId(str(amount)): amount for amount in (0, 1, 10, 100, 1000, 10**6)}
    found = scale([*known, DENSE], known)
    assert found.steps == {"0": 0, "1": 1, "10": 2, "100": 3, "1000": 4, "1000000": 6, "dense": 0}
    assert (found.least, found.most) == (0, 10**6)


@given(st.lists(st.integers(min_value=0, max_value=10**15), min_size=1, max_size=20))
def test_who_has_more_is_never_coloured_less(counts: list[int]) -> None:
    known = {NodeId(str(number)): count for number, count in enumerate(sorted(counts))}
    steps = list(scale(known, known).steps.values())
    assert steps == sorted(steps)
    assert [step == 0 for step in steps] == [count == 0 for count in known.values()]
    assert max(steps) == (STEPS if any(counts) else 0)


def test_an_output_is_as_large_as_all_its_tensors_and_a_head_gives_none(diagram: Diagram) -> None:
    pair = (Tensor((None, 4, 4), "float32"), Tensor((None, None, 3), "float32"))
    infos = {CONV: NodeInfo(pair), NodeId("digit"): NodeInfo(pair[:1])}
    assert amounts(ColourBy.OUTPUT_SIZE, diagram, infos, {}) == {CONV: 19}


def test_flops_that_are_not_known_are_not_taken_for_none(diagram: Diagram) -> None:
    costs = {CONV: Cost(flops=None), ADD: Cost(flops=0), NodeId("elsewhere"): Cost(flops=9)}
    assert amounts(ColourBy.FLOPS, diagram, {}, costs) == {ADD: 0}


def test_a_time_too_short_to_be_measured_colours_no_node(diagram: Diagram) -> None:
    times = {CONV: 0.002, ADD: 1e-7, NodeId("elsewhere"): 1.0}
    assert amounts(ColourBy.TIME, diagram, {}, {}, times) == {CONV: 0.002, ADD: 0}


def test_a_scale_is_told_in_words() -> None:
    assert in_words(ColourBy.TIME, Scale({}, 0, 0.00125)) == "0 … 1.25 ms"
    assert in_words(ColourBy.PARAMETERS, Scale({}, 0, 1_180_000)) == "0 … 1.18 M parameters"
    assert in_words(ColourBy.PARAMETERS, Scale({}, 320, 320)) == "320 parameters"
    assert in_words(ColourBy.FLOPS, Scale()) == "not known yet"


@pytest.mark.parametrize("name", BOTH)
def test_text_can_be_read_on_every_step(name: ThemeName, hand: Hand) -> None:
    hand.theme.choose(name)
    grounds = set()
    for step in range(STEPS + 1):
        palette = heated(hand.theme.palette, step)
        grounds.add(palette.node)
        for text in (palette.text, palette.dim, palette.faint):
            assert contrast(text, palette.node) >= 4.5
    assert len(grounds) == STEPS + 1
    hand.theme.choose("dark")


def test_blocks_stand_out_from_afar_as_well_in_light_as_in_dark(hand: Hand) -> None:
    ramps = []
    for name in BOTH:
        hand.theme.choose(name)
        palette = hand.theme.palette
        colours_of_steps = [far_heat(palette, step) for step in range(STEPS + 1)]
        ramps.append([contrast(one, palette.canvas) for one in colours_of_steps])
        assert ramps[-1] == sorted(ramps[-1])
        for cooler, hotter in pairwise(colours_of_steps):
            assert contrast(cooler, hotter) > 1.2
    hand.theme.choose("dark")
    for one, other in zip(*ramps, strict=True):
        assert min(one, other) >= 2
        assert one == pytest.approx(other, rel=0.15)


def test_nodes_are_coloured_by_what_is_chosen_until_none_is(hand: Hand) -> None:
    assert set(heats(hand).values()) == {None}
    choose(hand, ColourBy.PARAMETERS)
    assert heats(hand)[CONV] == STEPS
    assert heats(hand)[ADD] == heats(hand)[DENSE] == 0
    palette = hand.theme.palette
    assert drawings(hand)[CONV].inks.node.color() == QColor(heated(palette, STEPS).node)
    assert drawings(hand)[ADD].inks.node.color() == QColor(palette.node)
    choose(hand, ColourBy.OUTPUT_SIZE)
    assert (heats(hand)[IMAGE], heats(hand)[ADD]) == (1, STEPS)
    choose(hand, ColourBy.NONE)
    assert set(heats(hand).values()) == {None}


def test_only_nodes_on_another_step_are_drawn_anew(hand: Hand, answer: Inspected) -> None:
    choose(hand, ColourBy.PARAMETERS)
    hand.findings.receive(with_params(answer, flat=10, dense=10))
    before = drawings(hand)
    # Conv has the most as before, and flat is still the least.
    hand.findings.receive(with_params(answer, flat=10, dense=1000))
    after = drawings(hand)
    assert heats(hand)[DENSE] == 5
    assert [node for node in after if after[node] is not before[node]] == [DENSE]


def test_a_moved_node_is_not_drawn_anew(hand: Hand) -> None:
    choose(hand, ColourBy.PARAMETERS)
    before, told = drawings(hand), []
    hand.view.diagram_scene.overlay.scale_changed.connect(lambda: told.append(1))
    place = hand.document.diagram.positions[FLAT]
    hand.document.apply(
        "move", lambda p: p.with_diagram(edits.move_nodes(p.diagram, {CONV: place}))
    )
    assert drawings(hand) == before
    assert not told


def test_flops_are_counted_once_nodes_are_coloured_by_them(hand: Hand) -> None:
    choose(hand, ColourBy.FLOPS)
    assert hand.findings.shows_cost
    assert hand.view.legend.text == "FLOPs: not known yet"
    hand.findings.receive_cost(Measured(id=0, nodes={CONV: Cost(flops=5000), ADD: Cost(flops=50)}))
    assert (heats(hand)[CONV], heats(hand)[ADD]) == (STEPS, 1)
    assert hand.view.legend.text == "FLOPs: 50 … 5.00 k FLOPs a sample"


def test_a_legend_says_what_the_colours_mean_while_there_are_any(hand: Hand) -> None:
    legend = hand.view.legend
    assert not legend.isVisible()
    choose(hand, ColourBy.PARAMETERS)
    assert legend.isVisible()
    assert legend.text == "Parameters: 0 … 9.25 k parameters"
    assert hand.view.height() - legend.geometry().bottom() < 20
    assert set(legend.colours) <= colours(legend.grab().toImage())
    hand.view.resize(900, 700)
    assert hand.view.height() - legend.geometry().bottom() < 20
    choose(hand, ColourBy.NONE)
    assert legend.text == ""


def test_blocks_are_coloured_the_same_way_from_afar(hand: Hand) -> None:
    hand.view.zoom_to(10)
    hand.view.center_on_node(CONV)
    palette = hand.theme.palette
    assert palette.category_convolutional in colours(shown(hand, CONV))
    choose(hand, ColourBy.PARAMETERS)
    seen = colours(shown(hand, CONV))
    assert far_heat(palette, STEPS) in seen
    assert palette.category_convolutional not in seen
    assert hand.view.legend.colours[-1] == far_heat(palette, STEPS)
    hand.view.zoom_to(100)
    assert hand.view.legend.colours[-1] == heated(palette, STEPS).node


def test_colours_follow_the_theme(hand: Hand) -> None:
    choose(hand, ColourBy.PARAMETERS)
    hand.theme.choose("light")
    light = heated(hand.theme.palette, STEPS).node
    assert drawings(hand)[CONV].inks.node.color() == QColor(light)
    assert hand.view.legend.colours[-1] == light
    hand.theme.choose("dark")
