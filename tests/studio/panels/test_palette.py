"""The palette: search, keys, clicks and drags."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from graphstudio.catalog.own_code import with_own
from graphstudio.catalog.search import placeable
from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.studio.drag import ENTRY_MIME
from graphstudio.studio.kept_entries import KeptEntries
from graphstudio.studio.panels.palette import PalettePanel
from graphstudio.studio.theme import Theme

OWN = """
import keras

class Scale(keras.layers.Layer):
    def call(self, inputs):
        return inputs
"""


@pytest.fixture
def kept() -> KeptEntries:
    return KeptEntries()


@pytest.fixture
def palette(qtbot: QtBot, kept: KeptEntries) -> Iterator[PalettePanel]:
    panel = PalettePanel(shipped_catalog(), Theme("dark"), kept)
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
    assert shown[:3] == ["Inputs and heads", "Input", "Head"]
    assert shown[3:7] == ["Nested models", "Model", "Sequential", "Core"]
    assert shown.index("Dense") < shown.index("Convolution") < shown.index("Conv2D")
    assert "Recurrent" in shown


def test_a_click_on_a_heading_closes_its_section_and_another_opens_it(
    palette: PalettePanel,
) -> None:
    everything = rows(palette)
    for shows in (False, True):
        place = centre_of(palette, "Convolution")
        QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert ("Conv2D" in rows(palette)) is shows
        assert "Pooling" in rows(palette)
    assert rows(palette) == everything


def test_left_closes_a_section_right_opens_it_and_the_arrows_stop_at_closed_ones(
    palette: PalettePanel,
) -> None:
    QTest.keyClick(palette.search_field, Qt.Key.Key_Down)
    QTest.keyClick(palette.list, Qt.Key.Key_Left)
    assert palette.list.currentIndex().data() == "Inputs and heads"
    assert "Head" not in rows(palette)
    QTest.keyClick(palette.list, Qt.Key.Key_Down)
    assert palette.list.currentIndex().data() not in {"Inputs and heads", "Core"}
    QTest.keyClick(palette.list, Qt.Key.Key_Up)
    QTest.keyClick(palette.list, Qt.Key.Key_Right)
    assert palette.list.currentIndex().data() == "Input"


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
    assert palette.list.currentIndex().data() == "Model"


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


def test_functions_and_models_stand_below_the_layers_and_start_closed(
    palette: PalettePanel,
) -> None:
    shown = rows(palette)
    assert (
        shown.index("Preprocessing") < shown.index("Applications") < shown.index("Array functions")
    )
    assert not {"matmul", "Xception"} & set(shown)
    place = centre_of(palette, "Array functions")
    QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert "matmul" in rows(palette)


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ("matm", "keras.ops.matmul"),
        ("xcep", "keras.applications.Xception"),
        ("logsumexp", "keras.ops.logsumexp"),
    ],
)
def test_the_search_finds_what_is_in_closed_sections(
    palette: PalettePanel, qtbot: QtBot, query: str, path: str
) -> None:
    QTest.keyClicks(palette.search_field, query)
    with qtbot.waitSignal(palette.chosen) as chosen:
        QTest.keyClick(palette.search_field, Qt.Key.Key_Return)
    assert chosen.args == [path]


def test_own_layers_come_and_go_with_the_projects_code(palette: PalettePanel) -> None:
    before = rows(palette)
    assert "Own" not in before
    palette.show_catalog(with_own(shipped_catalog(), OWN))
    shown = rows(palette)
    assert shown[shown.index("Own") + 1] == "Scale"
    palette.show_catalog(shipped_catalog())
    assert rows(palette) == before


def test_a_section_stays_closed_through_a_search(palette: PalettePanel) -> None:
    place = centre_of(palette, "Convolution")
    QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.keyClicks(palette.search_field, "conv")
    assert "Conv2D" in rows(palette)
    QTest.keyClick(palette.search_field, Qt.Key.Key_Escape)
    assert "Conv2D" not in rows(palette)


def test_a_click_on_a_star_puts_the_layer_above_all_others(
    palette: PalettePanel, kept: KeptEntries, qtbot: QtBot
) -> None:
    before = rows(palette)
    index = palette.list.model().index(before.index("Dense"), 0)
    with qtbot.assertNotEmitted(palette.chosen):
        star = palette.list.star_place(index).center()
        QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=star)
    assert kept.favourites == ("keras.layers.Dense",)
    assert rows(palette)[:2] == ["Favourites", "Dense"]
    star = palette.list.star_place(palette.list.model().index(1, 0)).center()
    QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=star)
    assert rows(palette) == before


def test_a_line_below_says_what_the_row_under_the_pointer_does(palette: PalettePanel) -> None:
    QTest.mouseMove(palette.list.viewport(), centre_of(palette, "Dense"))
    assert palette.current is not None
    assert palette.current.name == "Dense"
    said = [label.text() for label in palette.help.findChildren(QLabel)]
    assert said == ["Dense", "Just your regular densely-connected NN layer."]
    QTest.keyClicks(palette.search_field, "gru")
    assert palette.current.name == "GRU"


def test_everything_that_can_be_placed_has_a_line_of_help() -> None:
    entries = placeable(shipped_catalog())
    assert [entry.path for entry in entries if not entry.summary] == []


def test_what_was_used_lately_comes_first_of_what_is_found_alike(
    palette: PalettePanel, kept: KeptEntries
) -> None:
    kept.use("keras.layers.Conv3D")
    QTest.keyClicks(palette.search_field, "conv")
    assert rows(palette)[:2] == ["Conv3D", "Conv1D"]
