"""What is dragged leaves nothing behind where it was."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest

from graphstudio.diagram import annotations
from graphstudio.diagram.diagram import Frame, FrameId
from tests.studio.canvas.hand import LEFT, Hand


def seen(hand: Hand) -> QImage:
    """What the screen shows, which a grab of the widget would paint anew."""
    QTest.qWait(30)
    return hand.view.screen().grabWindow(hand.view.winId()).toImage()


def drag_about(hand: Hand, start: QPoint) -> None:
    """Drag from a place in small steps, each of which is painted, and keep the button down."""
    viewport = hand.view.viewport()
    hand.press(start)
    for step in range(1, 13):
        QTest.mouseMove(viewport, start + QPoint(-4 * step, 6 * step))
        QTest.qWait(15)


def is_as_painted_anew(hand: Hand) -> bool:
    hand.view.overview.hide()
    before = seen(hand)
    hand.view.viewport().update()
    return before == seen(hand)


def test_a_frame_leaves_no_trail(hand: Hand) -> None:
    hand.view.zoom_to(65)
    frame = Frame(title="Heads", x=560, y=-60, width=420, height=180)
    hand.document.apply(
        "add frame",
        lambda project: project.with_diagram(
            annotations.add_frame(project.diagram, FrameId("f"), frame)
        ),
    )
    seen(hand)
    drag_about(hand, hand.at(760, -46))
    assert is_as_painted_anew(hand)
    QTest.mouseRelease(hand.view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier)
