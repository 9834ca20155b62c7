"""Boxes of the window that ask or tell something. None of them holds the program up."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from graphstudio import __version__


def ask_to_end_run(
    parent: QWidget, agreed: Callable[[], object], refused: Callable[[], object]
) -> None:
    """Ask whether the run under way is to end with the window.

    Args:
        parent: the window.
        agreed: called if it is.
        refused: called if it is not.
    """
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setText("A run is under way. End it and close?")
    box.setInformativeText("What it learned since its last saved model is lost.")
    box.addButton("End run and close", QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton("Keep training", QMessageBox.ButtonRole.RejectRole))
    box.accepted.connect(agreed)
    box.rejected.connect(refused)
    box.finished.connect(box.deleteLater)
    box.open()


def ask_to_overwrite(
    parent: QWidget,
    name: str,
    agreed: Callable[[], object],
    elsewhere: Callable[[], object],
    cancelled: Callable[[], object],
) -> None:
    """Ask whether a file that something else changed is to be overwritten.

    Args:
        parent: the window.
        name: what the file is called.
        agreed: called if it is.
        elsewhere: called if the project is to be saved under another name.
        cancelled: called if it is not to be saved.
    """
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(f"{name} was changed on disk since it was read. Overwrite it?")
    box.setInformativeText("What was written there is lost then.")
    box.addButton("Overwrite", QMessageBox.ButtonRole.DestructiveRole).clicked.connect(agreed)
    other = box.addButton("Save As…", QMessageBox.ButtonRole.AcceptRole)
    other.clicked.connect(elsewhere)
    box.setDefaultButton(other)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.rejected.connect(cancelled)
    box.finished.connect(box.deleteLater)
    box.open()


def tell_about(parent: QWidget, keras_version: str) -> None:
    """Tell what the program is.

    Args:
        parent: the window.
        keras_version: the version of Keras that the palette's layers are of.
    """
    box = QMessageBox(parent)
    box.setText(f"Graph Studio {__version__}")
    box.setInformativeText(
        f"Draw Keras models, train them, and take the code with you.\n"
        f"Layers of Keras {keras_version}. Licensed under Apache 2.0."
    )
    box.finished.connect(box.deleteLater)
    box.open()
