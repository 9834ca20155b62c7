"""The search that opens on the canvas, and the documentation beside it, by mouse and keys."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QToolButton, QWidget

from graphstudio.diagram.diagram import NodeId
from graphstudio.protocol import Inspected, NodeInfo, Tensor
from graphstudio.studio.actions.listed import ACTIONS
from graphstudio.studio.canvas.ports import Side
from graphstudio.studio.kept_entries import KeptEntries
from graphstudio.studio.search_popup import SearchPopup
from graphstudio.studio.shortcuts import choose_keys
from graphstudio.studio.window import MainWindow
from tests.studio.hand import read

LEFT = Qt.MouseButton.LeftButton
CONTROL = Qt.KeyboardModifier.ControlModifier
EMPTY = QPoint(200, 60)


@pytest.fixture
def window(window: MainWindow) -> MainWindow:
    """A window with room for what opens over it."""
    window.resize(1400, 900)
    window.activateWindow()
    return window


@pytest.fixture
def popup(window: MainWindow) -> SearchPopup:
    """The search, open where a double click was."""
    window.canvas.show_opened()
    QTest.mouseDClick(window.canvas.viewport(), LEFT, pos=EMPTY)
    return window.finding.popup


def rows(popup: SearchPopup) -> list[str]:
    model = popup.list.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def classes(window: MainWindow) -> list[str]:
    return [layer.class_name for layer in window.document.diagram.layers.values()]


def test_a_double_click_opens_the_search_under_the_pointer(
    window: MainWindow, popup: SearchPopup
) -> None:
    assert popup.isVisible()
    assert popup.field.hasFocus()
    at = window.canvas.viewport().mapTo(window, EMPTY)
    assert popup.geometry().contains(at)
    assert window.rect().contains(popup.geometry())


def test_typing_a_purpose_and_enter_adds_the_layer_where_the_pointer_was(
    window: MainWindow, popup: SearchPopup
) -> None:
    QTest.keyClicks(popup.field, "shrink image")
    assert rows(popup)[0] == "MaxPooling2D"
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    assert not popup.isVisible()
    assert "keras.layers.MaxPooling2D" in classes(window)
    (node,) = window.document.selection
    frame = window.canvas.diagram_scene.nodes[node].frame()
    assert frame.contains(window.canvas.mapToScene(EMPTY))
    assert window.canvas.hasFocus()


def test_the_arrows_move_and_enter_takes_the_current_row(
    window: MainWindow, popup: SearchPopup
) -> None:
    QTest.keyClicks(popup.field, "conv")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        QTest.keyClick(popup.field, key)
    assert popup.list.currentIndex().data() == rows(popup)[1] == "Conv2D"
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    assert classes(window)[-1] == "keras.layers.Conv2D"


def test_the_arrows_stop_at_the_ends(popup: SearchPopup) -> None:
    QTest.keyClick(popup.field, Qt.Key.Key_Up)
    assert popup.list.currentIndex().row() == 0
    for _ in range(10):
        QTest.keyClick(popup.field, Qt.Key.Key_PageDown)
    assert popup.list.currentIndex().row() == len(rows(popup)) - 1


def test_escape_closes_and_the_canvas_has_the_keys_again(
    window: MainWindow, popup: SearchPopup
) -> None:
    count = len(window.document.diagram.nodes)
    QTest.keyClick(popup.field, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    assert window.canvas.hasFocus()
    assert len(window.document.diagram.nodes) == count


def test_a_click_elsewhere_closes(window: MainWindow, popup: SearchPopup) -> None:
    QTest.mouseClick(window.canvas.viewport(), LEFT, pos=QPoint(10, 300))
    assert not popup.isVisible()


def test_a_click_inside_leaves_it_open_and_a_double_click_adds(
    window: MainWindow, popup: SearchPopup
) -> None:
    QTest.keyClicks(popup.field, "lstm")
    place = popup.list.visualRect(popup.list.model().index(0, 0)).center()
    QTest.mouseClick(popup.list.viewport(), LEFT, pos=place)
    assert popup.isVisible()
    QTest.mouseDClick(popup.list.viewport(), LEFT, pos=place)
    assert not popup.isVisible()
    assert "keras.layers.LSTM" in classes(window)


def test_tab_stays_in_the_search(popup: SearchPopup) -> None:
    QTest.keyClick(popup.field, Qt.Key.Key_Tab)
    assert popup.field.hasFocus()


def test_what_was_added_lately_comes_first_next_time_then_the_favourites(
    window: MainWindow, popup: SearchPopup
) -> None:
    window.kept.toggle("keras.layers.GRU")
    QTest.keyClicks(popup.field, "dropout")
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    QTest.mouseDClick(window.canvas.viewport(), LEFT, pos=QPoint(60, 30))
    assert rows(popup)[:3] == ["Dropout", "GRU", "Input"]


def test_a_search_for_nothing_that_there_is_says_so(popup: SearchPopup) -> None:
    QTest.keyClicks(popup.field, "zzzzqx")
    assert popup.nothing.isVisible()
    assert popup.nothing.text() == "Nothing is called, or does, “zzzzqx”."
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    assert popup.isVisible()


def test_ctrl_shift_b_and_a_click_on_the_star_make_a_favourite(
    window: MainWindow, popup: SearchPopup
) -> None:
    QTest.keyClicks(popup.field, "dense")
    QTest.keyClick(popup.field, Qt.Key.Key_B, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert window.kept.favourites == ("keras.layers.Dense",)
    star = popup.list.star_place(popup.list.model().index(1, 0)).center()
    QTest.mouseClick(popup.list.viewport(), LEFT, pos=star)
    assert len(KeptEntries().favourites) == 2
    assert popup.isVisible()


def drop_wire(window: MainWindow, node: str, to: QPoint) -> None:
    """Draw a wire from a node's output and let it go over nothing."""
    canvas, viewport = window.canvas, window.canvas.viewport()
    item = canvas.diagram_scene.nodes[NodeId(node)]
    start = canvas.mapFromScene(item.port_place(Side.OUTPUT, 0))
    QTest.mouseMove(viewport, start)
    QTest.mousePress(viewport, LEFT, pos=start)
    for step in range(1, 6):
        QTest.mouseMove(viewport, start + (to - start) * step / 5)
    QTest.mouseRelease(viewport, LEFT, pos=to)


def test_a_wire_dropped_on_nothing_offers_what_fits_and_connects_it(window: MainWindow) -> None:
    window.activateWindow()
    window.canvas.show_opened()
    source = next(iter(window.document.diagram.inputs))
    info = NodeInfo((Tensor((None, 8, 8, 1), "float32"),))
    window.findings.receive(Inspected(id=1, nodes={source: info}))
    drop_wire(window, source, EMPTY)
    popup = window.finding.popup
    assert popup.heading.text() == "After image · 4 axes"
    assert not {"Input", "LSTM", "MaxPooling1D"} & set(rows(popup))
    QTest.keyClicks(popup.field, "lstm")
    assert "LSTM takes tensors of 3 axes; this one has 4." in read(popup)
    popup.field.clear()
    QTest.keyClicks(popup.field, "maxpool")
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    (new,) = window.document.selection
    wires = window.document.diagram.wires.values()
    assert [wire.source for wire in wires if wire.target == new] == [source]


def test_f1_reads_about_the_selected_layer_and_follows_the_selection(window: MainWindow) -> None:
    card = window.finding.card
    window.actions_table["documentation"].trigger()
    assert not card.isVisible()
    window.document.select([NodeId("scores")])
    window.actions_table["documentation"].trigger()
    assert card.entry is not None
    assert card.entry.name == "Dense"
    assert "densely-connected" in card.text.toPlainText()
    assert "units" in card.text.toPlainText()
    window.document.select([next(iter(window.document.diagram.inputs))])
    assert card.entry.name == "Input"
    window.document.select([])
    assert card.entry.name == "Input"
    window.actions_table["documentation"].trigger()
    assert not card.isVisible()


def test_f1_in_the_search_reads_about_the_current_row_beside_it(
    window: MainWindow, popup: SearchPopup
) -> None:
    card = window.finding.card
    QTest.keyClicks(popup.field, "conv")
    QTest.keyClick(popup.field, Qt.Key.Key_F1)
    assert card.entry is not None
    assert card.entry.name == "Conv1D"
    assert not card.geometry().intersects(popup.geometry())
    QTest.keyClick(popup.field, Qt.Key.Key_Down)
    assert card.entry.name == "Conv2D"
    QTest.mouseClick(card.text.viewport(), LEFT, pos=QPoint(20, 20))
    assert popup.isVisible()
    popup.field.setFocus()
    QTest.keyClick(popup.field, Qt.Key.Key_Escape)
    assert not card.isVisible()


def test_the_palette_opens_the_documentation_of_what_it_shows(window: MainWindow) -> None:
    panel, card = window.palette_panel, window.finding.card
    QTest.keyClicks(panel.search_field, "lstm")
    QTest.mouseClick(panel.help.buttons.book, LEFT)
    assert card.entry is not None
    assert card.entry.name == "LSTM"
    assert card.geometry().left() > panel.width()
    QTest.keyClick(panel.search_field, Qt.Key.Key_Down)
    QTest.keyClick(panel.list, Qt.Key.Key_Down)
    assert card.entry.name == panel.list.currentIndex().data()
    closing = [one for one in card.findChildren(QToolButton) if "Close" in one.toolTip()]
    QTest.mouseClick(closing[0], LEFT)
    assert not card.isVisible()


def test_documentation_of_a_project_shows_as_text_whatever_it_holds(window: MainWindow) -> None:
    window.own.write(
        "import keras\n\nclass Odd(keras.layers.Layer):\n"
        '    """See <img src="file:///etc/hostname"> here."""\n'
        "    def call(self, inputs):\n        return inputs\n"
    )
    QTest.keyClicks(window.palette_panel.search_field, "odd")
    QTest.mouseClick(window.palette_panel.help.buttons.book, LEFT)
    assert "<img" in window.finding.card.text.toPlainText()


def test_the_book_below_the_palette_is_about_the_row_that_was_pointed_at(
    window: MainWindow,
) -> None:
    panel, card = window.palette_panel, window.finding.card
    QTest.keyClicks(panel.search_field, "dropout")
    place = panel.list.visualRect(panel.list.model().index(2, 0)).center()
    QTest.mouseMove(panel.list.viewport(), place)
    QTest.mouseClick(panel.help.buttons.book, LEFT)
    assert card.entry is not None
    assert card.entry.name == panel.list.model().index(2, 0).data()


CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def test_ctrl_shift_b_stars_what_is_current_where_the_cursor_is(window: MainWindow) -> None:
    panel = window.palette_panel
    panel.search_field.setFocus()
    QTest.keyClicks(panel.search_field, "gru")
    QTest.keyClick(panel.search_field, Qt.Key.Key_B, CTRL_SHIFT)
    assert window.kept.favourites == ("keras.layers.GRU",)
    assert panel.search_field.text() == "gru"
    window.canvas.setFocus()
    window.document.select([])
    window.actions_table["favourite"].trigger()
    assert window.kept.favourites == ("keras.layers.GRU",)
    window.document.select([NodeId("scores")])
    window.actions_table["favourite"].trigger()
    assert set(window.kept.favourites) == {"keras.layers.GRU", "keras.layers.Dense"}


def test_a_row_of_the_search_gets_a_star_by_the_same_keys(
    window: MainWindow, popup: SearchPopup
) -> None:
    QTest.keyClicks(popup.field, "gru")
    QTest.keyClick(popup.field, Qt.Key.Key_B, CTRL_SHIFT)
    assert window.kept.favourites == ("keras.layers.GRU",)
    assert popup.isVisible()


def test_what_names_keys_names_those_that_were_chosen(window: MainWindow) -> None:
    panel = window.palette_panel
    window.document.select([NodeId("scores")])
    assert panel.search_field.placeholderText() == "Search (/)"
    assert panel.help.buttons.book.toolTip() == "Read the documentation (F1)"
    for name, keys in (
        ("search", "Ctrl+J"),
        ("documentation", "F9"),
        ("favourite", "F10"),
        ("bypass", ""),
    ):
        choose_keys(next(one for one in ACTIONS if one.id == name), keys)
    window.actions_table.follow_keys()
    assert panel.search_field.placeholderText() == "Search (Ctrl+J)"
    assert panel.help.buttons.book.toolTip() == "Read the documentation (F9)"
    assert panel.help.buttons.star.toolTip() == "Keep among the favourites (F10)"
    page = window.inspector.widget()
    assert page is not None
    said = " ".join(one.toolTip() for one in page.findChildren(QWidget))
    assert "(Ctrl+M)" in said
    assert "(Ctrl+B)" not in said
    sentences = [one.text() for one in window.outline.findChildren(QLabel)]
    assert any("or Ctrl+J to search" in one for one in sentences)


def test_the_line_below_the_search_names_the_chosen_keys(window: MainWindow) -> None:
    choose_keys(next(one for one in ACTIONS if one.id == "documentation"), "F9")
    choose_keys(next(one for one in ACTIONS if one.id == "favourite"), "")
    window.actions_table.follow_keys()
    window.canvas.ask_what_to_add()
    said = [one.text() for one in window.finding.popup.findChildren(QLabel)]
    assert "Enter adds · F9 documentation · Esc closes" in said
