"""The editor for an object of Keras: which class, and under it the class's own parameters."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from graphstudio.catalog.entries import Catalog, Entry, Parameter
from graphstudio.catalog.starting import starting_config
from graphstudio.diagram.values import Value, is_object, make_object
from graphstudio.studio.icons import icon
from graphstudio.studio.panels.inspector.editors.base import MIXED_TEXT, Editor, is_default
from graphstudio.studio.panels.inspector.editors.choices import NONE_TEXT, ComboBox
from graphstudio.studio.panels.inspector.editors.form import EditorMaker, ParameterForm
from graphstudio.studio.panels.inspector.editors.identifiers import (
    arguments_of,
    find_entry,
    fitting_entries,
)
from graphstudio.studio.panels.inspector.editors.notation import to_json
from graphstudio.studio.theme import Theme


class ObjectEditor(Editor):
    """A combo box of a family's classes, with an expander for the arguments of the chosen one."""

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
        self._theme = theme
        self._make_editor = make_editor
        self._depth = depth
        self._entries = fitting_entries(catalog, parameter)
        entries = sorted(self._entries.values(), key=lambda entry: entry.name.casefold())
        none = [None] if parameter.nullable else []
        self._options: list[Entry | Value] = [*none, *parameter.choices, *entries]
        self._entry: Entry | None = None
        self._form: ParameterForm | None = None
        self._open = False
        self.box = ComboBox(parameter.name)
        self.box.addItems([_title(option) for option in self._options])
        self.box.activated.connect(self._pick)
        self.expander = self._make_expander()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.box, 1)
        layout.addWidget(self.expander)
        self.setFocusProxy(self.box)
        self.set_value(None)

    @property
    def details(self) -> QWidget | None:
        """The editors of the chosen class's arguments, once they were opened."""
        return self._form

    def set_value(self, value: Value) -> None:
        """Show a value: nothing, an identifier or an object."""
        super().set_value(value)
        self.box.setPlaceholderText("required" if self.parameter.required else "")
        entry = find_entry(self._entries, value)
        self.box.setCurrentIndex(self._place_of(value if entry is None else entry))
        self.box.setToolTip(self.box.currentText())
        if entry is not self._entry:
            self._entry = entry
            self._drop_form()
            self.expander.setVisible(bool(entry and entry.parameters))
        if self._form is None and self._open:
            self._show_details(shown=True)
        if self._form is not None:
            self._form.set_values(arguments_of(entry, value))

    def show_mixed(self) -> None:
        """Show that no class is picked for all."""
        super().show_mixed()
        self.box.setPlaceholderText(MIXED_TEXT)
        self.box.setCurrentIndex(-1)
        self.box.setToolTip(MIXED_TEXT)

    def _make_expander(self) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "icon")
        button.setAutoRaise(True)
        button.setIconSize(QSize(12, 12))
        button.setFixedSize(18, 28)
        button.setIcon(icon("chevron-right", self._theme.palette, self._theme.palette.dim))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip(f"Show the arguments of {self.parameter.name}")
        button.setAccessibleName(button.toolTip())
        button.clicked.connect(self._toggle)
        button.hide()
        return button

    def _toggle(self) -> None:
        self._expand(shown=not self._open)

    def _expand(self, *, shown: bool) -> None:
        self._open = shown
        name = "chevron-down" if shown else "chevron-right"
        palette = self._theme.palette
        self.expander.setIcon(icon(name, palette, palette.dim))
        verb = "Hide" if shown else "Show"
        self.expander.setToolTip(f"{verb} the arguments of {self.parameter.name}")
        self.expander.setAccessibleName(self.expander.toolTip())
        self._show_details(shown=shown)

    def _show_details(self, *, shown: bool) -> None:
        if shown and self._form is None and self._entry and self._entry.parameters:
            self._form = ParameterForm(
                self._entry.parameters, self._make_editor, self._theme, self._depth + 1, self
            )
            self._form.changed.connect(self._set_argument)
            self._form.reset.connect(self._reset_argument)
            self._form.set_values(arguments_of(self._entry, self._value))
            self.details_changed.emit()
        if self._form is not None:
            self._form.setVisible(shown)

    def _drop_form(self) -> None:
        if self._form is not None:
            self._form.hide()
            self._form.deleteLater()
            self._form = None

    def _pick(self, place: int) -> None:
        option = self._options[place]
        if not isinstance(option, Entry):
            self._commit(option)
        elif option is not self._entry:
            self._commit(self._object(option, starting_config(option)))
            if any(one.required for one in option.parameters):
                self._expand(shown=True)

    def _set_argument(self, name: str, value: Value) -> None:
        if self._entry is not None:
            given = arguments_of(self._entry, self._value)
            self._commit(self._object(self._entry, {**given, name: value}))

    def _reset_argument(self, name: str) -> None:
        if self._entry is not None:
            given = arguments_of(self._entry, self._value)
            config = {key: item for key, item in given.items() if key != name}
            self._commit(self._object(self._entry, config))

    def _object(self, entry: Entry, config: Mapping[str, Value]) -> Value:
        """Return the shortest value that stands for an entry with arguments."""
        known = {one.name: one for one in entry.parameters}
        differing = {
            name: value
            for name, value in config.items()
            if name not in known or not is_default(known[name], value)
        }
        default = self.parameter.default
        stands_anyway = find_entry(self._entries, default) is entry
        if not differing and stands_anyway and not arguments_of(entry, default):
            return default
        # A function takes no arguments here, and stands in configurations by its identifier.
        if entry.identifier and not entry.parameters:
            return entry.identifier
        return make_object(entry.path, differing)

    def _place_of(self, shown: Entry | Value) -> int:
        for place, option in enumerate(self._options):
            if option is shown or (not isinstance(option, Entry) and option == shown):
                return place
        if shown is None:
            return -1
        self._options.append(shown)
        self.box.addItem(_title(shown))
        return len(self._options) - 1


def _title(option: Entry | Value) -> str:
    if isinstance(option, Entry):
        return option.name
    if is_object(option):
        return str(option["class"]).rpartition(".")[2]
    if option is None:
        return NONE_TEXT
    return option if isinstance(option, str) else to_json(option)
