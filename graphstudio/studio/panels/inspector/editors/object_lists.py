"""The editor for a list of objects, such as the cells of a stack: each with its own parameters."""

from collections.abc import Callable, Sequence
from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from graphstudio.catalog.entries import Catalog, Kind, Parameter
from graphstudio.catalog.starting import starting_config
from graphstudio.diagram.values import Value, is_list, make_object
from graphstudio.studio.icons import icon
from graphstudio.studio.panels.inspector.editors.base import MIXED_TEXT, Editor
from graphstudio.studio.panels.inspector.editors.form import EditorMaker
from graphstudio.studio.panels.inspector.editors.identifiers import fitting_entries
from graphstudio.studio.panels.inspector.labels import link_button, styled_label
from graphstudio.studio.theme import Theme

_INDENT = 16


class ObjectListEditor(Editor):
    """How many objects there are and a way to add one, above the objects themselves."""

    def __init__(
        self,
        parameter: Parameter,
        catalog: Catalog,
        theme: Theme,
        make_editor: EditorMaker,
        depth: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parameter, parent)
        self._entries = fitting_entries(catalog, parameter)
        self._theme = theme
        item = replace(parameter, kind=Kind.OBJECT, required=True, nullable=False, default=None)
        self._make_item = partial(make_editor, item, depth + 1)
        self._items: list[_Item] = []
        self._count = styled_label("", "dim")
        self.add_button = link_button("Add", f"Add another one at the end of {parameter.name}")
        self.add_button.setAccessibleName(f"Add to {parameter.name}")
        self.add_button.clicked.connect(self._add)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._count, 1)
        layout.addWidget(self.add_button)
        self.setFixedHeight(28)
        self.setFocusProxy(self.add_button)
        self._rows = QWidget()
        self._column = QVBoxLayout(self._rows)
        self._column.setContentsMargins(_INDENT, 0, 0, 0)
        self._column.setSpacing(4)
        self.set_value(None)

    @property
    def details(self) -> QWidget | None:
        """The editors of the objects."""
        return self._rows

    @property
    def items(self) -> Sequence[Editor]:
        """The editor of each object, in order."""
        return [item.editor for item in self._items]

    def set_value(self, value: Value) -> None:
        """Show a list of objects; anything else is shown as an empty one."""
        super().set_value(value)
        objects = self._objects()
        self._count.setText("1 object" if len(objects) == 1 else f"{len(objects)} objects")
        while len(self._items) > len(objects):
            self._items.pop().drop()
        while len(self._items) < len(objects):
            self._append_item()
        for place, item in enumerate(self._items):
            item.show_value(place, objects[place], len(objects))
        self._rows.setVisible(bool(objects))

    def show_mixed(self) -> None:
        """Show no objects; those that are added take the place of all."""
        super().show_mixed()
        self._count.setText(MIXED_TEXT)

    def _objects(self) -> list[Value]:
        return list(self._value) if is_list(self._value) else []

    def _append_item(self) -> None:
        place = len(self._items)
        item = _Item(self._make_item(), self._theme, partial(self._move, place))
        item.editor.value_changed.connect(partial(self._change, place))
        item.removed.connect(partial(self._remove, place))
        self._items.append(item)
        self._column.addWidget(item)

    def _add(self) -> None:
        objects = self._objects()
        if objects:
            self._commit([*objects, objects[-1]])
            return
        for entry in sorted(self._entries.values(), key=lambda entry: entry.name):
            self._commit([make_object(entry.path, starting_config(entry))])
            return

    def _change(self, place: int, value: Value) -> None:
        objects = self._objects()
        self._commit([*objects[:place], value, *objects[place + 1 :]])

    def _remove(self, place: int) -> None:
        objects = self._objects()
        self._commit([*objects[:place], *objects[place + 1 :]])

    def _move(self, place: int, step: int) -> None:
        objects = self._objects()
        moved = objects.pop(place)
        self._commit([*objects[: place + step], moved, *objects[place + step :]])


class _Item(QWidget):
    """One object of the list: its place, its editor, and ways to move and remove it.

    Signals:
        removed: a person wants it gone.
    """

    removed = Signal()

    def __init__(self, editor: Editor, theme: Theme, move: Callable[[int], None]) -> None:
        super().__init__()
        self.editor = editor
        self._place = QLabel()
        self._place.setProperty("role", "faint")
        self._place.setFixedWidth(20)
        self._up, self._down, self._gone = (
            _button(name, theme) for name in ("chevron-up", "chevron-down", "x")
        )
        self._up.clicked.connect(partial(move, -1))
        self._down.clicked.connect(partial(move, 1))
        self._gone.clicked.connect(self.removed)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._place)
        row.addWidget(editor, 1)
        for button in (self._up, self._down, self._gone):
            row.addWidget(button)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)
        self._layout.addLayout(row)
        editor.details_changed.connect(self._place_details)
        self._place_details()

    def show_value(self, place: int, value: Value, count: int) -> None:
        """Show an object at its place among so many."""
        name = self.editor.parameter.name
        self._place.setText(str(place))
        self.editor.set_value(value)
        self._up.setEnabled(place > 0)
        self._down.setEnabled(place < count - 1)
        buttons = {"Move up": self._up, "Move down": self._down, "Remove": self._gone}
        for verb, button in buttons.items():
            button.setToolTip(f"{verb} {name}[{place}]")
            button.setAccessibleName(button.toolTip())

    def drop(self) -> None:
        """Go, once what is under way is done: its own button may have asked for it."""
        self.hide()
        self.setParent(None)
        self.deleteLater()

    def _place_details(self) -> None:
        details = self.editor.details
        if details is not None and details.parentWidget() is not self:
            self._layout.addWidget(details)


def _button(name: str, theme: Theme) -> QToolButton:
    button = QToolButton()
    button.setProperty("role", "icon")
    button.setAutoRaise(True)
    button.setIcon(icon(name, theme.palette, theme.palette.dim))
    button.setIconSize(QSize(12, 12))
    button.setFixedSize(18, 28)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
