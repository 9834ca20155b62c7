"""Editors with a handful of values to pick from: check boxes and combo boxes."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from graphstudio.catalog.entries import Parameter
from graphstudio.diagram.values import Value
from graphstudio.studio.panels.inspector.editors.base import MIXED_TEXT, Editor, same
from graphstudio.studio.panels.inspector.editors.notation import to_json

NONE_TEXT = "none"


class ComboBox(QComboBox):
    """A combo box that narrows with its column and lets the wheel scroll the panel."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumContentsLength(6)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMaxVisibleItems(20)

    @property
    def shown_text(self) -> str:
        """As much of its text as there is room for."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        box, field = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(box, option, field, self).width()
        dots = Qt.TextElideMode.ElideRight
        text = self.currentText() or self.placeholderText()
        return self.fontMetrics().elidedText(text, dots, room)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box with the text that there is room for."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        option.currentText = self.shown_text
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Change nothing: the hand that scrolls the panel passes over many boxes."""
        event.ignore()


class BooleanEditor(Editor):
    """A check box."""

    def __init__(self, parameter: Parameter, parent: QWidget | None = None) -> None:
        super().__init__(parameter, parent)
        self.box = QCheckBox()
        self.box.setAccessibleName(parameter.name)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.box)
        self.setFixedHeight(28)
        self.setFocusProxy(self.box)
        # Clicks come from people only; checked states also from programs.
        self.box.clicked.connect(self._commit)

    def set_value(self, value: Value) -> None:
        """Show whether it is so."""
        super().set_value(value)
        self.box.setTristate(False)
        self.box.setChecked(bool(value))

    def show_mixed(self) -> None:
        """Show a box that is neither checked nor unchecked."""
        super().show_mixed()
        self.box.setCheckState(Qt.CheckState.PartiallyChecked)


class ChoiceEditor(Editor):
    """A combo box of plain values; a value that is not among them is shown all the same."""

    def __init__(
        self,
        parameter: Parameter,
        options: Iterable[tuple[str, Value]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parameter, parent)
        none = [(NONE_TEXT, None)] if parameter.nullable else []
        self._options: list[tuple[str, Value]] = [*none, *options]
        self.box = ComboBox(parameter.name)
        self._placeholder = "required" if parameter.required else ""
        self.box.addItems([text for text, _ in self._options])
        self.box.setCurrentIndex(-1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.box)
        self.setFocusProxy(self.box)
        self.box.activated.connect(self._pick)
        self.set_value(None)

    def set_value(self, value: Value) -> None:
        """Show a value; nothing is picked where there is none to show."""
        super().set_value(value)
        self.box.setPlaceholderText(self._placeholder)
        places = (n for n, (_, option) in enumerate(self._options) if same(option, value))
        place = next(places, -1)
        if place < 0 and value is not None:
            text = value if isinstance(value, str) else to_json(value)
            self._options.append((text, value))
            self.box.addItem(text)
            place = len(self._options) - 1
        self.box.setCurrentIndex(place)

    def show_mixed(self) -> None:
        """Show that nothing is picked for all."""
        super().show_mixed()
        self.box.setPlaceholderText(MIXED_TEXT)
        self.box.setCurrentIndex(-1)

    def _pick(self, place: int) -> None:
        self._commit(self._options[place][1])


def choice_editor(parameter: Parameter) -> ChoiceEditor:
    """Return an editor for one of a parameter's choices."""
    return ChoiceEditor(parameter, [(text, text) for text in parameter.choices])


def boolean_editor(parameter: Parameter) -> Editor:
    """Return a check box, or a combo box where None is a third value."""
    if parameter.nullable:
        return ChoiceEditor(parameter, [("true", True), ("false", False)])
    return BooleanEditor(parameter)
