"""Files can be dropped anywhere onto the window."""

from functools import partial
from pathlib import Path

import keras
import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from graphstudio.diagram.data_paths import DATA_ENDINGS
from graphstudio.diagram.sources import ArraysSource
from graphstudio.resource import resource_path
from graphstudio.studio.importer import MODEL_FILES
from graphstudio.studio.window import MainWindow
from tests.studio.hand import asked, press
from tests.studio.waiting import wait_until

COPY = Qt.DropAction.CopyAction
LEFT = Qt.MouseButton.LeftButton
NO_KEYS = Qt.KeyboardModifier.NoModifier


def drop(target: QWidget, path: Path) -> bool:
    """Drag a file over a widget and let it go, as the desktop does; return whether it is taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    place = QPoint(40, 40)
    enter = QDragEnterEvent(place, COPY, data, LEFT, NO_KEYS)
    QApplication.sendEvent(target, enter)
    if enter.isAccepted():
        QApplication.sendEvent(target, QDropEvent(place, COPY, data, LEFT, NO_KEYS))
    return enter.isAccepted()


def test_a_project_opens(window: MainWindow) -> None:
    assert drop(window, resource_path("examples/lenet.gstudio"))
    assert window.document.diagram.name == "lenet"


def test_data_is_bound(window: MainWindow) -> None:
    assert drop(window, resource_path("data/wine.npz"))
    source = window.document.project.data.source
    assert isinstance(source, ArraysSource)
    assert source.path.endswith("wine.npz")
    window.document.undo_stack.undo()


@pytest.fixture
def small_model(tmp_path: Path) -> Path:
    """A model that Keras saved."""
    file = tmp_path / "small.keras"
    image = keras.Input((4,), name="numbers")
    keras.Model(image, keras.layers.Dense(3, name="three")(image), name="small").save(file)
    return file


def test_a_model_is_imported_by_keras(window: MainWindow, small_model: Path) -> None:
    assert drop(window, small_model)
    assert window.notices.text == "Importing small.keras…"
    wait_until(lambda: window.document.diagram.name == "small")
    names = {layer.name for layer in window.document.diagram.layers.values()}
    assert names == {"three"}
    assert not window.document.undo_stack.isClean()


def test_what_was_edited_during_an_import_is_asked_about_before_it_gives_way(
    window: MainWindow, small_model: Path
) -> None:
    drop(window, small_model)
    window.canvas.add_entry("keras.layers.Dropout")
    edited = window.document.diagram
    wait_until(lambda: asked(window) == "Save the changes to digits.gstudio?")
    assert window.document.diagram is edited
    press(window, "Cancel")
    assert window.document.diagram is edited
    assert window.document.undo_stack.canUndo()


def test_a_damaged_model_is_said_in_one_sentence_and_the_project_stays(
    window: MainWindow, tmp_path: Path
) -> None:
    file = tmp_path / "broken.keras"
    file.write_bytes(b"no model")
    before = window.document.diagram
    drop(window, file)
    wait_until(lambda: window.notices.text.startswith("broken.keras cannot be imported: "))
    assert "Traceback" not in window.notices.text
    assert window.document.diagram is before


def test_an_import_that_cannot_begin_is_said_and_the_next_one_can(
    window: MainWindow, tmp_path: Path
) -> None:
    window.importer._process.setProgram(str(tmp_path / "no python"))
    for name in ("first.keras", "second.keras"):
        drop(window, tmp_path / name)
        begins = f"{name} cannot be imported: {tmp_path / 'no python'} cannot be started ("
        wait_until(partial(_says, window, begins), 5)


def _says(window: MainWindow, begins: str) -> bool:
    return window.notices.text.startswith(begins)


def test_another_file_is_refused_with_what_was_expected(window: MainWindow, tmp_path: Path) -> None:
    assert drop(window, tmp_path / "notes.md")
    endings = ", ".join(dict.fromkeys((".gstudio", *DATA_ENDINGS, *MODEL_FILES)))
    assert window.notices.text == f"Expected a file that ends in {endings}; received notes.md."


def test_text_that_is_dragged_is_left_alone(window: MainWindow) -> None:
    data = QMimeData()
    data.setText("Dense")
    enter = QDragEnterEvent(QPoint(40, 40), COPY, data, LEFT, NO_KEYS)
    QApplication.sendEvent(window, enter)
    assert not enter.isAccepted()


@pytest.mark.parametrize(
    ("ending", "begins"), [(".png", b"\x89PNG"), (".svg", b"<?xml"), (".pdf", b"%PDF")]
)
def test_the_canvas_is_exported_as_a_picture(
    ending: str, begins: bytes, window: MainWindow, tmp_path: Path
) -> None:
    file = tmp_path / f"drawn{ending}"
    window.file_commands.export_picture(file)
    assert file.read_bytes().startswith(begins)
    assert window.notices.text == f"Exported to {file}."


def test_a_picture_of_another_form_is_refused(window: MainWindow, tmp_path: Path) -> None:
    window.file_commands.export_picture(tmp_path / "drawn.gif")
    assert window.notices.text == (
        "drawn.gif cannot be written: expected a file that ends in .png, .svg, .pdf; "
        "received drawn.gif."
    )


def test_the_selection_fills_the_view(window: MainWindow) -> None:
    node = next(iter(window.document.diagram.nodes))
    window.document.select([node])
    window.actions_table["fit_selection"].trigger()
    zoom, centre = window.canvas.looks_at
    middle = window.canvas.diagram_scene.nodes[node].frame().center()
    assert zoom == pytest.approx(100)
    assert (centre - middle).manhattanLength() < 3
