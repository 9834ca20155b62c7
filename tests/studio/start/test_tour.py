"""A newcomer is shown around once, and whenever they like."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from graphstudio.studio.start.tour import Tour, tour_was_seen
from graphstudio.studio.window import MainWindow
from graphstudio.studio.windows import Windows
from tests.studio.hand import press


@pytest.fixture
def tour(window: MainWindow) -> Tour:
    window.actions_table["tour"].trigger()
    tour = window.findChild(Tour)
    assert isinstance(tour, Tour)
    return tour


def test_it_leads_through_the_parts_of_the_window_to_its_end(
    tour: Tour, window: MainWindow
) -> None:
    seen = []
    for title in ("Next", "Next", "Next", "Next", "Done"):
        seen.append(tour.stop.part)
        assert tour.stop.title == tour.title.text()
        assert tour.isVisible()
        press(tour, title)
    assert seen == [
        window.palette_panel, window.canvas, window.inspector, window.tabs, window._tools,
    ]  # fmt: skip
    assert not tour.isVisible()
    assert tour_was_seen()


def test_every_sentence_is_shown_whole(tour: Tour) -> None:
    for _ in range(5):
        QTest.qWait(10)
        assert tour.text.height() >= tour.text.heightForWidth(tour.text.width())
        tour.go_on()


def test_the_card_stays_in_the_window_at_every_stop(tour: Tour, window: MainWindow) -> None:
    for _ in range(5):
        card = QRect(tour.card.mapTo(window, QPoint(0, 0)), tour.card.size())
        assert window.rect().contains(card)
        tour.go_on()


def test_keys_lead_on_back_and_out(tour: Tour) -> None:
    first = tour.stop
    QTest.keyClick(tour, Qt.Key.Key_Right)
    assert tour.stop is not first
    QTest.keyClick(tour, Qt.Key.Key_Left)
    assert tour.stop is first
    QTest.keyClick(tour, Qt.Key.Key_Escape)
    assert not tour.isVisible()
    assert tour_was_seen()


def test_no_shortcut_reaches_the_window_below(tour: Tour, window: MainWindow) -> None:
    before = window.document.diagram
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    button = QApplication.focusWidget()
    assert isinstance(button, QPushButton)
    for key in (Qt.Key.Key_A, Qt.Key.Key_X, Qt.Key.Key_N):
        QTest.keyClick(button, key, Qt.KeyboardModifier.ControlModifier)
    assert tour.isVisible()
    assert not window.document.selection
    assert window.document.diagram is before


def test_tab_goes_round_the_buttons_of_the_tour(tour: Tour, window: MainWindow) -> None:
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    tour.go_on()
    titles = []
    for _ in range(4):
        button = QApplication.focusWidget()
        assert isinstance(button, QPushButton)
        titles.append(button.text())
        QTest.keyClick(button, Qt.Key.Key_Tab)
    assert titles == ["Next", "Leave", "Back", "Next"]


def test_the_part_in_the_light_is_seen_as_it_is_and_the_rest_is_shaded(
    tour: Tour, window: MainWindow
) -> None:
    part = tour.stop.part
    light = part.mapTo(window, part.rect().center())
    canvas = window.canvas.mapTo(window, QPoint(window.canvas.width() - 8, 8))
    with_tour = window.grab().toImage()
    tour.end()
    without = window.grab().toImage()
    assert with_tour.pixelColor(light) == without.pixelColor(light)
    assert with_tour.pixelColor(canvas).lightness() < without.pixelColor(canvas).lightness()


def test_a_newcomer_is_offered_the_tour_first_and_sees_it_on_an_example(
    windows_on: Windows,
) -> None:
    window = windows_on.open(None)
    buttons = {one.text(): one for one in window.start.page.findChildren(QPushButton)}
    assert buttons["Take a short tour"].property("role") == "primary"
    press(window.start.page, "Take a short tour")
    assert window.document.diagram.name == "digits"
    tour = window.findChild(Tour)
    assert isinstance(tour, Tour)
    tour.end()
    window.actions_table["start_page"].trigger()
    assert buttons["New diagram"].property("role") == "primary"
    assert buttons["Take a short tour"].property("role") is None
