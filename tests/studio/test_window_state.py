"""A window and a file come back as they were left."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSplitter
from pytestqt.qtbot import QtBot

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.studio import window_state
from graphstudio.studio.settings import open_settings
from graphstudio.studio.theme import Theme
from graphstudio.studio.window import MainWindow


def opened(qtbot: QtBot, file: Path | None) -> MainWindow:
    window = MainWindow(shipped_catalog(), Theme("dark"))
    qtbot.addWidget(window)
    if file is not None:
        window.files.open(file)
    with qtbot.waitExposed(window):
        window.show()
    QTest.qWait(20)
    return window


@pytest.fixture
def left(qtbot: QtBot, digits: Path) -> Iterator[MainWindow]:
    """A window that somebody arranged and looks around in."""
    window = opened(qtbot, digits)
    # The screen of the tests is 800 pixels wide.
    window.resize(790, 720)
    window.tabs.setCurrentWidget(window.problems)
    window.canvas.look_at(160.0, QPointF(300.0, 120.0))
    QTest.qWait(20)
    yield window
    window.close()


def borders(window: MainWindow) -> list[list[int]]:
    return [splitter.sizes() for splitter in window.findChildren(QSplitter)]


def test_the_next_window_is_as_large_and_shows_the_same_tab(
    left: MainWindow, qtbot: QtBot, digits: Path
) -> None:
    for splitter in left.findChildren(QSplitter):
        sizes = splitter.sizes()
        splitter.setSizes([sizes[0] + 40, *sizes[1:-1], sizes[-1] - 40])
    kept = borders(left)
    left.close()
    window = opened(qtbot, digits)
    assert window.size() == left.size()
    assert window.tabs.currentWidget() is window.problems
    assert borders(window) == kept


def test_of_many_files_those_left_first_are_forgotten(
    window: MainWindow, digits: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window_state, "_MOST_VIEWS", 3)
    now = iter(range(1, 100))
    monkeypatch.setattr(window_state, "time", lambda: float(next(now)))
    files = [digits.with_name(f"{number}.gstudio") for number in range(6)]
    for file in files:
        file.write_bytes(digits.read_bytes())
        window.files.open(file)
        window.views.remember()
    settings = open_settings()
    settings.beginGroup("views")
    kept = set(settings.childKeys())
    assert kept == {window_state._name(file) for file in files[-3:]}


def test_a_file_is_shown_where_it_was_left(left: MainWindow, qtbot: QtBot, digits: Path) -> None:
    left.close()
    zoom, centre = opened(qtbot, digits).canvas.looks_at
    assert zoom == pytest.approx(160.0)
    assert centre.x() == pytest.approx(300.0, abs=2)
    assert centre.y() == pytest.approx(120.0, abs=2)


def test_another_file_is_shown_whole_and_the_first_one_as_it_was_left(
    left: MainWindow, digits: Path
) -> None:
    left.files.open_example("lenet")
    QTest.qWait(20)
    assert left.canvas.looks_at[0] != pytest.approx(160.0)
    left.files.open(digits)
    QTest.qWait(20)
    assert left.canvas.looks_at[0] == pytest.approx(160.0)


@pytest.mark.parametrize("damaged", ["", "one two three", "1 2", "nothing"])
def test_what_is_remembered_damaged_is_forgotten(
    damaged: str, left: MainWindow, qtbot: QtBot, digits: Path
) -> None:
    left.close()
    settings = open_settings()
    for key in settings.allKeys():
        settings.setValue(key, damaged)
    settings.sync()
    window = opened(qtbot, digits)
    assert window.document.diagram.nodes
    assert 10 <= window.canvas.zoom <= 100
