"""Zoom, pan, drops and the overview."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from graphstudio.diagram import edits
from graphstudio.diagram.diagram import NodeId, Position
from graphstudio.diagram.project import Project
from graphstudio.studio.canvas.background import EMPTY_TEXT
from graphstudio.studio.canvas.zoom_view import READABLE
from tests.studio.canvas.hand import LEFT, Hand


def frames_overlap(hand: Hand) -> bool:
    frames = [one.frame() for one in hand.view.diagram_scene.nodes.values()]
    return any(a.intersects(b) for n, a in enumerate(frames) for b in frames[n + 1 :])


def test_the_wheel_zooms_to_the_pointer(hand: Hand, qtbot: QtBot) -> None:
    hand.view.zoom_to(100)
    place = QPoint(300, 200)
    before = hand.view.mapToScene(place)
    with qtbot.waitSignal(hand.view.zoom_changed):
        hand.wheel(place, 2)
    assert hand.view.zoom == pytest.approx(144)
    assert (hand.view.mapToScene(place) - before).manhattanLength() < 2


def test_zoom_stays_between_one_and_four_hundred_percent(hand: Hand) -> None:
    hand.wheel(QPoint(300, 200), 50)
    assert hand.view.zoom == pytest.approx(400)
    hand.wheel(QPoint(300, 200), -80)
    assert hand.view.zoom == pytest.approx(1)


def colours_across(hand: Hand) -> set[str]:
    image = hand.view.grab().toImage()
    return {image.pixelColor(x, 300).name() for x in range(0, image.width(), 3)}


@pytest.mark.parametrize("zoom", [30, 39, 100, 400])
def test_every_zoom_can_be_painted(hand: Hand, zoom: float) -> None:
    hand.view.zoom_to(zoom)
    hand.view.center_on_node(NodeId("conv"))
    assert hand.theme.palette.node in colours_across(hand)


def test_from_afar_a_node_is_a_block_of_its_category(hand: Hand) -> None:
    hand.view.zoom_to(10)
    hand.view.center_on_node(NodeId("conv"))
    palette = hand.theme.palette
    assert {palette.category_convolutional, palette.curve(0).name()} <= colours_across(hand)


def test_the_middle_button_pans(hand: Hand) -> None:
    before = hand.view.mapToScene(QPoint(0, 0))
    hand.drag(QPoint(300, 400), QPoint(360, 430), button=Qt.MouseButton.MiddleButton)
    way = before - hand.view.mapToScene(QPoint(0, 0))
    assert (way * hand.view.zoom / 100).toPoint() == QPoint(60, 30)


def test_space_and_drag_pans_even_over_a_node(hand: Hand) -> None:
    before = hand.diagram
    corner = hand.view.mapToScene(QPoint(0, 0))
    start = hand.node("conv")
    QTest.keyPress(hand.view, Qt.Key.Key_Space)
    hand.drag(start, start + QPoint(40, 0))
    QTest.keyRelease(hand.view, Qt.Key.Key_Space)
    assert hand.view.mapToScene(QPoint(0, 0)) != corner
    assert hand.diagram is before


def test_fit_shows_every_node(hand: Hand) -> None:
    hand.view.zoom_to(400)
    hand.view.fit_all()
    seen = hand.view.mapToScene(hand.view.viewport().rect()).boundingRect()
    assert seen.contains(hand.view.diagram_scene.outline())


def test_a_small_diagram_opens_whole(hand: Hand) -> None:
    hand.view.show_opened()
    seen = hand.view.mapToScene(hand.view.viewport().rect()).boundingRect()
    assert seen.contains(hand.view.diagram_scene.outline())


def test_a_long_diagram_opens_at_its_start_and_can_be_read(hand: Hand) -> None:
    far = edits.move_nodes(hand.diagram, {NodeId("digit"): Position(6000, 0)})
    hand.document.apply("move", lambda project: project.with_diagram(far))
    hand.view.show_opened()
    assert hand.view.zoom == pytest.approx(READABLE)
    seen = hand.view.mapToScene(hand.view.viewport().rect()).boundingRect()
    frames = {node: item.frame() for node, item in hand.view.diagram_scene.nodes.items()}
    assert seen.contains(frames[NodeId("image")])
    assert not seen.intersects(frames[NodeId("digit")])


def test_an_empty_diagram_opens_at_its_actual_size(hand: Hand) -> None:
    hand.view.zoom_to(40)
    hand.document.reset(Project())
    hand.view.show_opened()
    assert hand.view.zoom == pytest.approx(100)


@pytest.mark.parametrize(
    ("path", "name"),
    [("keras.layers.Dense", "dense"), ("keras.Input", "input"), ("head", "head")],
)
def test_what_is_dropped_lies_where_it_fell_and_is_selected(
    empty: Hand, path: str, name: str
) -> None:
    empty.drop(path, QPoint(300, 200))
    (node,) = empty.diagram.nodes
    assert empty.diagram.name_of(node) == name
    assert empty.document.selection == {node}
    frame = empty.view.diagram_scene.nodes[node].frame()
    assert frame.contains(empty.view.mapToScene(QPoint(300, 200)))


def test_a_dropped_layer_has_what_it_requires(empty: Hand) -> None:
    empty.drop("keras.layers.Dense", QPoint(300, 200))
    (layer,) = empty.diagram.layers.values()
    assert layer.config == {"units": 32}


def test_something_unknown_is_refused_with_its_path(empty: Hand) -> None:
    with pytest.raises(ValueError, match=r"received 'keras\.losses\.Huber'"):
        empty.view.add_entry("keras.losses.Huber")


def test_what_is_added_after_a_selected_node_is_wired_to_it_in_one_step(empty: Hand) -> None:
    for path in ("keras.Input", "keras.layers.Dense", "head"):
        empty.view.add_entry(path)
    first, second, third = empty.diagram.nodes
    assert [(w.source, w.target, w.port) for w in empty.diagram.wires.values()] == [
        (first, second, "inputs"),
        (second, third, "tensor"),
    ]
    lefts = [empty.diagram.positions[node].x for node in (first, second, third)]
    assert lefts == sorted(lefts)
    empty.document.undo_stack.undo()
    assert len(empty.diagram.nodes) == 2
    assert len(empty.diagram.wires) == 1


def test_what_is_added_covers_no_other_node(empty: Hand) -> None:
    for _ in range(4):
        empty.document.select(())
        empty.view.add_entry("keras.layers.Dense")
    assert not frames_overlap(empty)
    assert {layer.name for layer in empty.diagram.layers.values()} == {
        "dense", "dense_1", "dense_2", "dense_3",
    }  # fmt: skip


def test_tab_and_a_double_click_on_nothing_ask_for_the_search(empty: Hand, qtbot: QtBot) -> None:
    with qtbot.waitSignal(empty.view.search_requested):
        empty.key(Qt.Key.Key_Tab)
    with qtbot.waitSignal(empty.view.search_requested):
        QTest.mouseDClick(empty.view.viewport(), LEFT, pos=QPoint(50, 50))


def test_an_empty_canvas_says_what_to_do(empty: Hand) -> None:
    def line_is_there() -> bool:
        image = empty.view.grab().toImage()
        middle = range(image.width() // 2 - 140, image.width() // 2 + 140)
        rows = range(image.height() // 2 - 8, image.height() // 2 + 8)
        return any(image.pixelColor(x, y).lightness() > 120 for x in middle for y in rows)

    assert "Tab" in EMPTY_TEXT
    assert line_is_there()
    empty.drop("head", QPoint(1000, 500))
    empty.document.select(())
    assert not line_is_there()


def test_the_overview_moves_the_view(hand: Hand) -> None:
    hand.view.zoom_to(100)
    overview = hand.view.overview
    assert overview.isVisible()
    target = hand.view.diagram_scene.nodes[NodeId("digit")].frame().center()
    QTest.mouseClick(overview, LEFT, pos=overview.place(target).toPoint())
    centre = hand.view.mapToScene(hand.view.viewport().rect().center())
    assert QPointF(centre - target).manhattanLength() < 40


def test_a_drag_in_the_overview_moves_the_view_as_far_as_it_looks(hand: Hand) -> None:
    hand.view.fit_all()
    overview, view = hand.view.overview, hand.view

    def centre() -> QPointF:
        return view.mapToScene(view.viewport().rect().center())

    before, middle = centre(), overview.rect().center()
    scale = (overview.place(QPointF(1000, 0)) - overview.place(QPointF())).x() / 1000
    QTest.mousePress(overview, LEFT, pos=middle)
    for step in range(1, 11):
        QTest.mouseMove(overview, middle - QPoint(step, 0))
    moved = before - centre()
    assert abs(moved.x() * scale - 10) < 1.5
    assert abs(moved.y() * scale) < 1.5
    QTest.mouseMove(overview, middle - QPoint(400, 400))
    QTest.mouseRelease(overview, LEFT, pos=middle - QPoint(400, 400))
    in_view = view.mapToScene(view.viewport().rect()).boundingRect()
    assert in_view.intersects(view.diagram_scene.outline())


def test_the_canvas_follows_the_theme(hand: Hand) -> None:
    hand.theme.choose("light")
    image = hand.view.grab().toImage()
    assert image.pixelColor(2, 2).name() == hand.theme.palette.canvas


def test_the_overview_gives_way_on_a_small_canvas_also_after_an_edit(hand: Hand) -> None:
    hand.view.resize(600, 400)
    hand.view.add_entry("head")
    assert not hand.view.overview.isVisible()
    hand.view.resize(1200, 600)
    assert hand.view.overview.isVisible()


def test_an_empty_canvas_has_no_overview_whatever_its_size(hand: Hand) -> None:
    hand.document.reset(Project())
    hand.view.resize(1300, 700)
    assert not hand.view.overview.isVisible()
