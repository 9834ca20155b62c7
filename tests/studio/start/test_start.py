"""An empty window shows ways to begin."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from graphstudio.resource import resource_path
from graphstudio.studio.examples import example_groups
from graphstudio.studio.recent_files import remember_file
from graphstudio.studio.start.card import ExampleCard
from graphstudio.studio.window import MainWindow
from graphstudio.studio.windows import Windows
from tests.studio.hand import press, press_key

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def empty(windows_on: Windows) -> Iterator[MainWindow]:
    """A second window, with nothing in it yet."""
    window = windows_on.open(None)
    QTest.qWaitForWindowExposed(window)
    yield window
    window.document.undo_stack.setClean()


def card(window: MainWindow, name: str) -> ExampleCard:
    cards = (one for group in window.start.page.cards for one in group)
    return next(one for one in cards if one.example.name == name)


def test_the_index_of_the_examples_names_each_that_ships_once() -> None:
    named = [example.name for group in example_groups() for example in group.examples]
    shipped = {path.stem for path in resource_path("examples").glob("*.gstudio")}
    assert sorted(named) == sorted(shipped)
    assert all(
        example.title and example.about for group in example_groups() for example in group.examples
    )


def test_a_window_without_a_file_shows_the_start_page(empty: MainWindow) -> None:
    assert empty.start.page.isVisible()
    assert not empty.canvas.isVisible()


def test_a_window_on_a_file_shows_the_file(windows_on: Windows) -> None:
    assert windows_on.all[0].canvas.isVisible()
    assert not windows_on.all[0].start.page.isVisible()


@pytest.mark.parametrize("how", ["button", "Space", "Escape"])
def test_an_empty_canvas_is_one_step_away(how: str, empty: MainWindow) -> None:
    if how == "button":
        press(empty.start.page, "New diagram")
    else:
        buttons = {one.text(): one for one in empty.start.page.findChildren(QPushButton)}
        keys = {"Space": Qt.Key.Key_Space, "Escape": Qt.Key.Key_Escape}
        QTest.keyClick(buttons["New diagram"], keys[how])
    assert empty.canvas.isVisible()
    assert not empty.document.diagram.nodes


def test_a_card_opens_its_example(empty: MainWindow) -> None:
    QTest.mouseClick(card(empty, "lenet"), LEFT)
    assert empty.document.diagram.name == "lenet"
    assert empty.canvas.isVisible()


def test_cards_can_be_chosen_by_keyboard(empty: MainWindow) -> None:
    chosen = card(empty, "mlp")
    chosen.setFocus()
    QTest.keyClick(chosen, Qt.Key.Key_Space)
    assert empty.document.diagram.name == "mlp"


def test_a_card_shows_the_diagram_in_the_colours_of_its_categories(empty: MainWindow) -> None:
    palette = empty._theme.palette
    picture = card(empty, "lenet").grab().toImage()
    seen = {picture.pixelColor(x, y).name() for x in range(picture.width()) for y in range(112)}
    for category in ("input", "convolutional", "pooling", "head"):
        assert palette.category(category).name() in seen
    assert QColor(palette.canvas).name() in seen


def test_recent_files_are_one_click_away(empty: MainWindow, tmp_path: Path) -> None:
    file = tmp_path / "mine.gstudio"
    file.write_bytes(resource_path("examples/linear.gstudio").read_bytes())
    remember_file(file)
    empty.start.show_work()
    empty.actions_table["start_page"].trigger()
    links = [one for one in empty.start.page.findChildren(QPushButton) if one.text() == file.name]
    QTest.mouseClick(links[0], LEFT)
    assert empty.document.path == file


def test_the_start_page_can_be_seen_again_and_the_project_stays(windows_on: Windows) -> None:
    window = windows_on.all[0]
    before = window.document.diagram
    window.actions_table["start_page"].trigger()
    assert window.start.page.isVisible()
    press_key(window, Qt.Key.Key_Escape)
    assert window.canvas.isVisible()
    assert window.document.diagram is before
    window.actions_table["start_page"].trigger()
    press(window.start.page, "Back to digits.gstudio")
    assert window.canvas.hasFocus()
    assert window.document.diagram is before


def test_an_empty_window_offers_no_way_back(empty: MainWindow) -> None:
    shown = [one.text() for one in empty.start.page.findChildren(QPushButton) if one.isVisible()]
    assert not any(text.startswith("Back") for text in shown)


def test_the_keyboard_is_the_canvas_s_when_a_file_is_opened(windows_on: Windows) -> None:
    window = windows_on.all[0]
    press_key(window, Qt.Key.Key_Tab)
    assert window.finding.popup.isVisible()


def test_a_new_diagram_takes_the_place_of_an_open_project(windows_on: Windows) -> None:
    window = windows_on.all[0]
    window.actions_table["start_page"].trigger()
    press(window.start.page, "New diagram")
    assert window.document.path is None
    assert window.canvas.isVisible()
