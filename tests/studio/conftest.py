"""A project on disk with its data, and a window on it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.resource import resource_path
from graphstudio.studio.theme import Theme
from graphstudio.studio.window import MainWindow
from graphstudio.studio.windows import Windows


@pytest.fixture
def digits(tmp_path: Path) -> Path:
    """The digits example as a user's own file, with its data beside it as it is shipped."""
    for name in ("examples/digits.gstudio", "data/digits.npz"):
        target = tmp_path / "work" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(resource_path(name), target)
    return tmp_path / "work/examples/digits.gstudio"


@pytest.fixture
def window(qtbot: QtBot, digits: Path) -> Iterator[MainWindow]:
    """A window on the digits, without engines."""
    window = MainWindow(shipped_catalog(), Theme("dark"))
    qtbot.addWidget(window)
    window.files.open(digits)
    with qtbot.waitExposed(window):
        window.show()
    yield window
    window.document.undo_stack.setClean()
    window.close()


@pytest.fixture
def windows_on(qtbot: QtBot, digits: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Windows]:
    """The windows of a studio, one of them on the digits, without engines."""
    monkeypatch.setattr(MainWindow, "start_engines", lambda _: None)
    windows = Windows(shipped_catalog(), Theme("dark"))
    with qtbot.waitExposed(windows.open(digits)):
        pass
    yield windows
    for window in windows.all:
        window.document.undo_stack.setClean()
        window.close()
