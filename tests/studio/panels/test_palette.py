"""The palette: search, keys, clicks and drags."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.studio.drag import ENTRY_MIME
from graphstudio.studio.panels.palette import PalettePanel
from graphstudio.studio.theme import Theme


@pytest.fixture
def palette(qtbot: QtBot) -> Iterator[PalettePanel]:
    panel = PalettePanel(shipped_catalog(), Theme("dark"))
    qtbot.addWidget(panel)
    panel.resize(232, 600)
    with qtbot.waitExposed(panel):
        panel.show()
    panel.focus_search()
    yield panel
    panel.close()


def rows(panel: PalettePanel) -> list[str]:
    model = panel.list.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def centre_of(panel: PalettePanel, name: str) -> QPoint:
    index = panel.list.model().index(rows(panel).index(name), 0)
    panel.list.scrollTo(index)
    return panel.list.visualRect(index).center()


def test_it_begins_with_inputs_and_heads_and_lists_layers_by_family(palette: PalettePanel) -> None:
    shown = rows(palette)
    assert shown[:4] == ["Inputs and heads", "Input", "Head", "Core"]
    assert shown.index("Dense") < shown.index("Convolution") < shown.index("Conv2D")
    assert "Recurrent" in shown


def test_typing_filters_at_once_and_clearing_brings_everything_back(palette: PalettePanel) -> None:
    everything = rows(palette)
    QTest.keyClicks(palette.search_field, "c2")
    assert rows(palette)[0] == "Conv2D"
    assert "Dense" not in rows(palette)
    QTest.keyClick(palette.search_field, Qt.Key.Key_Escape)
    assert rows(palette) == everything


def test_enter_adds_the_first_match(palette: PalettePanel, qtbot: QtBot) -> None:
    QTest.keyClicks(palette.search_field, "dense")
    with qtbot.waitSignal(palette.chosen) as chosen:
        QTest.keyClick(palette.search_field, Qt.Key.Key_Return)
    assert chosen.args == ["keras.layers.Dense"]


def test_down_goes_into_the_list_and_enter_adds_the_current_row(
    palette: PalettePanel, qtbot: QtBot
) -> None:
    QTest.keyClick(palette.search_field, Qt.Key.Key_Down)
    assert palette.list.hasFocus()
    QTest.keyClick(palette.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(palette.chosen) as chosen:
        QTest.keyClick(palette.list, Qt.Key.Key_Return)
    assert chosen.args == ["head"]


def test_the_arrows_pass_over_the_titles(palette: PalettePanel) -> None:
    QTest.keyClick(palette.search_field, Qt.Key.Key_Down)
    for _ in range(2):
        QTest.keyClick(palette.list, Qt.Key.Key_Down)
    assert palette.list.currentIndex().data() == "Dense"


def test_up_from_the_first_row_goes_back_to_the_field(palette: PalettePanel) -> None:
    QTest.keyClick(palette.search_field, Qt.Key.Key_Down)
    QTest.keyClick(palette.list, Qt.Key.Key_Up)
    assert palette.search_field.hasFocus()


def test_a_double_click_adds_the_row(palette: PalettePanel, qtbot: QtBot) -> None:
    place = centre_of(palette, "Conv1D")
    viewport = palette.list.viewport()
    with qtbot.waitSignal(palette.chosen) as chosen:
        QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place)
        QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    assert chosen.args == ["keras.layers.Conv1D"]


def test_a_title_can_be_neither_chosen_nor_dragged(palette: PalettePanel, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(palette.chosen):
        place = centre_of(palette, "Core")
        QTest.mouseDClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    index = palette.list.model().index(rows(palette).index("Core"), 0)
    assert not index.flags() & Qt.ItemFlag.ItemIsDragEnabled


@pytest.mark.parametrize(
    ("name", "path"),
    [("Input", "keras.Input"), ("Head", "head"), ("Dense", "keras.layers.Dense")],
)
def test_a_drag_carries_the_public_path(palette: PalettePanel, name: str, path: str) -> None:
    model = palette.list.model()
    data = model.mimeData([model.index(rows(palette).index(name), 0)])
    assert bytes(data.data(ENTRY_MIME).data()).decode() == path


def test_a_row_says_what_it_is(palette: PalettePanel) -> None:
    index = palette.list.model().index(rows(palette).index("Dense"), 0)
    assert "densely-connected" in str(index.data(Qt.ItemDataRole.ToolTipRole))
