"""The editor for dtypes and dtype policies: a field that suggests what people set."""

import ast
import re

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from graphstudio.catalog.entries import Parameter
from graphstudio.diagram.values import Value, is_object, make_object
from graphstudio.studio.icons import icon
from graphstudio.studio.panels.inspector.editors.fields import FieldEditor
from graphstudio.studio.panels.inspector.editors.notation import to_json
from graphstudio.studio.theme import Theme

# What is suggested; whatever else is typed is Keras's to judge.
_DTYPES = ("float32", "float16", "bfloat16", "float64", "int32", "int64", "uint8", "bool", "string")
_POLICIES = ("mixed_float16", "mixed_bfloat16")
_FOLDER = "keras.dtype_policies"
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
_CLASS = re.compile(r"[A-Z][A-Za-z0-9]*")


class DtypeNotation(msgspec.Struct, frozen=True):
    """The name of a dtype or of a policy, or a policy as Python makes it."""

    expected: str = 'a dtype or a policy, such as float32, mixed_float16 or DTypePolicy(name="…")'

    def parse(self, text: str) -> Value:
        """Return the name, or the object of the policy."""
        if _NAME.fullmatch(text):
            return text
        try:
            tree = ast.parse(text, mode="eval").body
        except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
            raise ValueError(text) from error
        if not isinstance(tree, ast.Call) or tree.args:
            raise ValueError(text)
        name = ast.unparse(tree.func).removeprefix(f"{_FOLDER}.")
        if not _CLASS.fullmatch(name):
            raise ValueError(text)
        return make_object(f"{_FOLDER}.{name}", _arguments(tree, text))

    def format(self, value: Value) -> str:
        """Return the name or the call; JSON for what is neither."""
        if is_object(value):
            config = value.get("config") or {}
            arguments = ", ".join(f"{key}={one!r}" for key, one in config.items())
            return f"{str(value['class']).rpartition('.')[2]}({arguments})"
        return value if isinstance(value, str) else to_json(value)

    def step(self, value: Value, direction: int) -> Value:  # noqa: ARG002
        """Return the dtype: there is no next one."""
        return value


def _arguments(tree: ast.Call, text: str) -> dict[str, Value]:
    """Return the arguments of a policy: texts, numbers, and texts by name."""
    given = {one.arg: ast.literal_eval(one.value) for one in tree.keywords}
    kinds = dict[str, str | int | float | dict[str, str] | None]
    try:
        config: dict[str, Value] = msgspec.convert(given, kinds)
    except msgspec.ValidationError as error:
        raise ValueError(text) from error
    return config


class DtypeEditor(FieldEditor):
    """A field for a dtype, with a list that opens on Down, on a click and while typing."""

    def __init__(self, parameter: Parameter, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parameter, DtypeNotation(), parent=parent)
        # Only what computes has policies, and its documentation says so.
        names = (*_POLICIES, *_DTYPES) if "Policy" in parameter.doc else _DTYPES
        self._completer = QCompleter(names, self.line)
        self._completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._completer.setMaxVisibleItems(len(names))
        self._completer.activated.connect(self._take)
        self.line.setCompleter(self._completer)
        arrow = icon("chevron-down", theme.palette, theme.palette.dim)
        self.list_action = self.line.addAction(arrow, QLineEdit.ActionPosition.TrailingPosition)
        self.list_action.setToolTip(f"List what {parameter.name} can be")
        self.list_action.triggered.connect(self._open_list)

    def _step(self, direction: int) -> None:
        if direction < 0:
            self._open_list()

    def _open_list(self) -> None:
        self._completer.setCompletionPrefix("")
        self._completer.complete()

    def _take(self, text: str) -> None:
        self.line.setText(text)
        self.line.setModified(True)
        self.commit_pending()
