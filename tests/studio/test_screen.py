"""The real program on a screen, driven with mouse and keys from outside."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QToolBar, QWidget

from graphstudio.diagram.project import Project
from graphstudio.diagram.project_file import parse_project
from graphstudio.places import journal_folder
from graphstudio.studio.panels.palette_model import PaletteModel
from graphstudio.studio.window import MainWindow
from tests.studio.screen import SIZE, Screen, a_screen, a_studio, pixels_that_differ, until
from tests.studio.waiting import alive, engines_of

pytestmark = pytest.mark.screen


@pytest.fixture(scope="module")
def screen() -> Iterator[Screen]:
    with a_screen() as screen:
        yield screen


@pytest.fixture
def twin(window: MainWindow) -> MainWindow:
    """A window like the one on the screen, which knows where everything is."""
    window.resize(*SIZE)
    window.canvas.fit_all()
    return window


def middle(widget: QWidget, twin: MainWindow) -> QPoint:
    return widget.mapTo(twin, widget.rect().center())


def button(twin: MainWindow, action: str) -> QPoint:
    bar = twin.findChild(QToolBar)
    assert isinstance(bar, QToolBar)
    return middle(bar.widgetForAction(twin.actions_table[action]), twin)


def journal() -> Project | None:
    """Return the project that the studio on the screen has not saved."""
    for file in journal_folder().glob("*.journal"):
        return parse_project(file.read_text().partition("\n")[2])
    return None


def test_train_draws_curves_and_stop_keeps_the_model(
    screen: Screen, twin: MainWindow, digits: Path
) -> None:
    lengthen(digits)
    with a_studio(screen, digits) as studio:
        part = QRect(twin.tabs.mapTo(twin, QPoint(0, 100)), twin.tabs.size()).intersected(
            QRect(QPoint(40, 0), QPoint(SIZE[0] - 40, SIZE[1] - 60))
        )
        empty = screen.picture()
        screen.click(button(twin, "train"))
        runs = digits.parent / "runs"
        until(lambda: sum(1 for _ in lines_of_metrics(runs)) >= 3, 60)
        first = screen.picture()
        assert pixels_that_differ(empty, first, part) > 20_000
        before = sum(1 for _ in lines_of_metrics(runs))
        until(lambda: sum(1 for _ in lines_of_metrics(runs)) >= before + 3, 30)
        second = screen.picture()
        assert pixels_that_differ(first, second, part) > 100
        screen.click(button(twin, "stop"))
        until(lambda: list(runs.glob("*/model.keras")), 5)
        leave(screen, studio)


def test_a_layer_that_is_dragged_from_the_palette_lies_on_the_canvas(
    screen: Screen, twin: MainWindow, digits: Path
) -> None:
    before = set(twin.document.diagram.nodes)
    with a_studio(screen, digits) as studio:
        target = twin.canvas.mapTo(twin, QPoint(300, 420))
        empty = screen.picture()
        screen.drag(dense_in_palette(twin), target)
        until(journal, 5)
        project = journal()
        assert project is not None
        (added,) = set(project.diagram.nodes) - before
        layer = project.diagram.layer_of(added)
        assert layer is not None
        assert layer.class_name == "keras.layers.Dense"
        around = QRect(target - QPoint(60, 20), target + QPoint(60, 20))
        shown = screen.picture()
        assert pixels_that_differ(empty, shown, around) > 2000
        screen.tell("key", "ctrl+z")
        until(lambda: journal() is None, 5)
        leave(screen, studio)


def lengthen(file: Path) -> None:
    """Let a run of a project last until it is stopped."""
    text = file.read_text()
    assert '"epochs": 20' in text
    file.write_text(text.replace('"epochs": 20', '"epochs": 9999'))


def lines_of_metrics(runs: Path) -> Iterator[str]:
    for file in runs.glob("*/metrics.jsonl"):
        yield from file.read_text().splitlines()


def dense_in_palette(twin: MainWindow) -> QPoint:
    panel = twin.palette_panel
    model = panel.list.model()
    assert isinstance(model, PaletteModel)
    rows = [model.index(row) for row in range(model.rowCount())]
    dense = next(one for one in rows if getattr(model.row(one), "name", "") == "Dense")
    place = panel.list.visualRect(dense).center()
    assert panel.list.viewport().rect().contains(place)
    return panel.list.viewport().mapTo(twin, place)


def leave(screen: Screen, studio: "subprocess.Popen[bytes]") -> None:
    """Quit by the keyboard, as nothing is unsaved; nothing may stay behind."""
    engines = engines_of(studio.pid)
    screen.focus()
    screen.tell("key", "ctrl+q")
    assert studio.wait(5) == 0
    until(lambda: not alive(engines), 5)
