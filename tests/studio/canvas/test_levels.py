"""What can be seen of a diagram from afar, from near, and on a dense screen."""

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from graphstudio.diagram.diagram import NodeId, Position
from graphstudio.studio.canvas.levels import Level, level_at
from graphstudio.studio.canvas.zoom_view import READABLE
from tests.studio.canvas.hand import Hand

DENSE, CONV = NodeId("dense"), NodeId("conv")


def shown(hand: Hand, node: NodeId, margin: float = 40.0, ratio: int = 1) -> QImage:
    """The canvas around a node, as it is painted on a screen of so many pixels a pixel."""
    frame = hand.view.diagram_scene.nodes[node].frame()
    area = hand.view.mapFromScene(frame.adjusted(-margin, -margin, margin, margin)).boundingRect()
    image = QImage(area.size() * ratio, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(hand.theme.palette.canvas))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    hand.view.render(painter, QRectF(0, 0, area.width(), area.height()), area)
    painter.end()
    return image


def colours(image: QImage) -> set[str]:
    return {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }


def test_what_can_be_read_is_painted_whole() -> None:
    assert level_at(READABLE / 100) is Level.NEAR
    assert [level_at(zoom) for zoom in (0.06, 0.4)] == [Level.FAR, Level.MIDDLE]


@pytest.mark.parametrize("zoom", [8, 20, 40, 100])
def test_errors_and_selections_are_seen_at_every_zoom(hand: Hand, zoom: float) -> None:
    hand.view.zoom_to(zoom)
    hand.view.center_on_node(DENSE)
    palette = hand.theme.palette
    assert palette.error in colours(shown(hand, DENSE))
    assert palette.accent not in colours(shown(hand, DENSE))
    hand.document.select([DENSE])
    assert palette.accent in colours(shown(hand, DENSE))


def test_a_mark_and_a_block_follow_a_dragged_node(hand: Hand) -> None:
    scene = hand.view.diagram_scene
    scene.preview_positions({DENSE: Position(2000, 900)})
    hand.view.zoom_to(10)
    hand.view.center_on_node(DENSE)
    seen = colours(shown(hand, DENSE))
    assert {hand.theme.palette.error, hand.theme.palette.category_core} <= seen
    hand.view.centerOn(QPointF(450, 200))
    marks = [place for _, places in scene.nodes.marks for place in places]
    assert marks == [scene.nodes[DENSE].frame().topRight()]


def test_from_afar_a_wire_that_is_gone_leaves_no_line(hand: Hand) -> None:
    def lines() -> int:
        return sum(len(some) for _, some in hand.view.diagram_scene.wires.lines)

    assert lines() == 5
    hand.document.select([CONV])
    hand.key(Qt.Key.Key_Delete)
    assert lines() == 3
    hand.document.undo_stack.undo()
    assert lines() == 5


@pytest.mark.parametrize("zoom", [20, 40, 100])
def test_a_dense_screen_shows_the_same_in_more_pixels(hand: Hand, zoom: float) -> None:
    hand.view.zoom_to(zoom)
    hand.view.center_on_node(DENSE)
    hand.document.select([DENSE])
    once, twice = shown(hand, DENSE), shown(hand, DENSE, ratio=2)
    assert twice.size() == once.size() * 2
    small = twice.scaled(
        once.size(),
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )
    away = [
        abs(once.pixelColor(x, y).lightness() - small.pixelColor(x, y).lightness())
        for x in range(once.width())
        for y in range(once.height())
    ]
    assert sum(away) / len(away) < 6
    assert hand.theme.palette.error in colours(twice)
