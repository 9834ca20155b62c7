"""What a hand does in the window's dialogs: press a button, type a file's name."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QLabel, QLineEdit, QMessageBox, QPushButton, QWidget

from tests.studio.waiting import wait_until


def press(around: QWidget, title: str) -> None:
    """Press the one button of a title that can be seen."""
    found = [
        button
        for button in around.findChildren(QPushButton)
        if button.isVisible() and button.text().replace("&", "") == title
    ]
    assert len(found) == 1, f"Expected one button {title!r}; found {len(found)}."
    QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)


def press_key(
    window: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    """Press a key wherever the keyboard is."""
    meant = window.focusWidget()
    assert meant is not None, "Expected something that has the keyboard; nothing has."
    QTest.keyClick(meant, key, held)


def asked(window: QWidget) -> str:
    """Return the question that the window asks; empty while it asks none."""
    boxes = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    return boxes[0].text() if boxes else ""


def choose_file(window: QWidget, name: Path) -> None:
    """Type a file's name into the dialog that is open, and press Enter."""
    dialogs = [dialog for dialog in window.findChildren(QFileDialog) if dialog.isVisible()]
    assert len(dialogs) == 1, f"Expected one file dialog; found {len(dialogs)}."
    field = dialogs[0].findChild(QLineEdit, "fileNameEdit")
    assert isinstance(field, QLineEdit)
    type_name(field, name)
    QTest.keyClick(field, Qt.Key.Key_Return)
    wait_until(lambda: not any(dialog.isVisible() for dialog in dialogs), 5)


def type_name(field: QLineEdit, name: Path) -> None:
    """Type a file's name over the one that is there."""
    # The dialog lists its folder in a thread, and selects the file of its first name after that.
    QTest.qWait(400)
    field.selectAll()
    # As keys do, and unlike setText, this tells the dialog that somebody types.
    field.insert(str(name))


def read(around: QWidget) -> list[str]:
    """Return what can be read on the labels of a widget."""
    return [label.text() for label in around.findChildren(QLabel) if label.isVisible()]
