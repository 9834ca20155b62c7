"""A column of parameters: a label, an editor and a way back to the default for each."""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import TypeAlias

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QMenu, QToolButton, QWidget

from graphstudio.catalog.entries import Parameter
from graphstudio.diagram.values import Value
from graphstudio.studio.icons import icon
from graphstudio.studio.panels.inspector.editors.base import Editor, is_default
from graphstudio.studio.panels.inspector.labels import ElidedLabel, wrapped_tip
from graphstudio.studio.restyle import set_property
from graphstudio.studio.theme import Theme

# Makes the editor of a parameter, at a depth of nesting counted from 0.
EditorMaker: TypeAlias = Callable[[Parameter, int], Editor]

LABEL_WIDTH = 118
GUTTER = 16
_LEAST_LABEL_WIDTH = 54
_ROW_HEIGHT = 28


class ParameterForm(QWidget):
    """Editors for several parameters, one below the other.

    Signals:
        changed: a parameter's name and the value that a person has given it.
        reset: the name of a parameter that goes back to its default.
    """

    changed = Signal(str, object)
    reset = Signal(str)

    def __init__(
        self,
        parameters: Sequence[Parameter],
        make_editor: EditorMaker,
        theme: Theme,
        depth: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._rows: dict[str, _Row] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(0)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnMinimumWidth(0, GUTTER)
        self._grid.setColumnStretch(2, 1)
        width = max(LABEL_WIDTH - GUTTER * depth, _LEAST_LABEL_WIDTH)
        for parameter in parameters:
            self._add(parameter, make_editor(parameter, depth), width, theme)

    def editor(self, name: str) -> Editor:
        """Return the editor of a parameter."""
        return self._rows[name].editor

    def set_values(self, config: Mapping[str, Value], mixed: Collection[str] = frozenset()) -> None:
        """Show a configuration; what is absent shows its default. This emits nothing.

        Args:
            config: values by the names of parameters.
            mixed: the parameters that stand for several values.
        """
        for name, row in self._rows.items():
            if name in mixed:
                row.show_mixed()
            else:
                row.show_value(config.get(name, row.editor.parameter.default))

    def _add(self, parameter: Parameter, editor: Editor, width: int, theme: Theme) -> None:
        place = 2 * len(self._rows)
        row = _Row(parameter, editor, width, theme, self)
        self._rows[parameter.name] = row
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(row.button, place, 0, top)
        if parameter.required:
            self._grid.addWidget(_required_mark(parameter.name, self), place, 0, top)
        self._grid.addWidget(row.label, place, 1, top)
        self._grid.addWidget(editor, place, 2)
        editor.value_changed.connect(partial(self._change, parameter.name))
        editor.details_changed.connect(partial(self._place_details, parameter.name, place + 1))
        row.button.clicked.connect(partial(self._reset, parameter.name))
        row.label.customContextMenuRequested.connect(partial(self._open_menu, parameter.name))
        self._place_details(parameter.name, place + 1)

    def _place_details(self, name: str, place: int) -> None:
        details = self._rows[name].editor.details
        if details is not None and details.parentWidget() is not self:
            self._grid.addWidget(details, place, 1, 1, 2)
            # Tab goes from an editor to its details, though they were made later.
            stops = [*_tab_stops(self._rows[name].editor)[-1:], *_tab_stops(details)]
            for before, after in pairwise(stops):
                QWidget.setTabOrder(before, after)

    def _change(self, name: str, value: Value) -> None:
        self._rows[name].show_value(value)
        self.changed.emit(name, value)

    def _reset(self, name: str) -> None:
        row = self._rows[name]
        # The button goes with the difference, so the cursor moves to what it stood for.
        row.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        row.show_value(row.editor.parameter.default)
        self.reset.emit(name)

    def _open_menu(self, name: str, place: QPoint) -> None:
        row = self._rows[name]
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        action = menu.addAction("Reset to default")
        action.setEnabled(row.is_set)
        action.triggered.connect(partial(self._reset, name))
        menu.popup(row.label.mapToGlobal(place))


def _tab_stops(widget: QWidget) -> list[QWidget]:
    """Return what Tab reaches inside of a widget, in the order in which it was made."""
    inside = [one for one in widget.findChildren(QWidget) if one.window() is widget.window()]
    return [one for one in inside if one.focusPolicy() & Qt.FocusPolicy.TabFocus]


class _Row:
    """The label, the reset button and the editor of one parameter."""

    def __init__(
        self, parameter: Parameter, editor: Editor, width: int, theme: Theme, parent: QWidget
    ) -> None:
        self.editor = editor
        self.is_set = False
        self.label = ElidedLabel(parameter.name, parent)
        self.label.setProperty("role", "dim")
        self.label.setFixedSize(width, _ROW_HEIGHT)
        self.label.setContentsMargins(0, 0, 4, 0)
        self.label.setBuddy(editor)
        self.label.setToolTip(wrapped_tip(parameter.name, parameter.doc))
        self.label.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.button = _reset_button(parameter.name, theme, parent)

    def show_value(self, value: Value) -> None:
        """Show a value and whether it is another than the default."""
        self.editor.set_value(value)
        self._mark(is_set=not is_default(self.editor.parameter, value))

    def show_mixed(self) -> None:
        """Show that it stands for several values, which can all go back to the default."""
        self.editor.show_mixed()
        self._mark(is_set=True)

    def _mark(self, *, is_set: bool) -> None:
        self.is_set = is_set and not self.editor.parameter.required
        set_property(self.label, "role", "" if self.is_set else "dim")
        self.button.setVisible(self.is_set)


def _required_mark(name: str, parent: QWidget) -> QLabel:
    """Return the mark that stands where others have their way back to a default."""
    mark = QLabel("*", parent)
    mark.setProperty("role", "faint")
    mark.setFixedSize(GUTTER - 2, _ROW_HEIGHT)
    mark.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    mark.setToolTip(f"{name} is required")
    return mark


def _reset_button(name: str, theme: Theme, parent: QWidget) -> QToolButton:
    button = QToolButton(parent)
    button.setProperty("role", "icon")
    button.setAutoRaise(True)
    button.setIcon(icon("rotate-ccw", theme.palette, theme.palette.dim))
    button.setIconSize(QSize(10, 10))
    button.setFixedSize(GUTTER - 2, _ROW_HEIGHT)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setToolTip(f"Reset {name} to its default")
    button.setAccessibleName(f"Reset {name} to its default")
    button.hide()
    return button
