"""What every editor of a value promises."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from graphstudio.catalog.entries import Parameter
from graphstudio.diagram.values import Value, is_list

# What stands where several values are edited that differ.
MIXED_TEXT = "mixed"


class Editor(QWidget):
    """Shows the value of a parameter and lets people change it.

    Signals:
        value_changed: the value that a person has committed; never what a program has set.
        details_changed: :attr:`details` is another widget.

    Attributes:
        parameter: what is edited.
    """

    value_changed = Signal(object)
    details_changed = Signal()

    def __init__(self, parameter: Parameter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parameter = parameter
        self.setAccessibleName(parameter.name)
        self._value: Value = None
        self._mixed = False

    @property
    def value(self) -> Value:
        """The value that was set or committed last."""
        return self._value

    @property
    def details(self) -> QWidget | None:
        """A widget that belongs under the editor's row; none for most editors."""
        return None

    def set_value(self, value: Value) -> None:
        """Show a value. This emits nothing."""
        self._value = value
        self._mixed = False

    def show_mixed(self) -> None:
        """Show that it stands for several values; whatever is committed is another one."""
        self.set_value(None)
        self._mixed = True

    def commit_pending(self) -> None:
        """Take what is typed but not yet committed; most editors take everything at once."""

    def _commit(self, value: Value) -> None:
        changed = self._mixed or not same(value, self._value)
        self.set_value(value)
        if changed:
            self.value_changed.emit(value)


def is_default(parameter: Parameter, value: Value) -> bool:
    """Return whether a value is what holds anyway, so that files and code need not have it."""
    return not parameter.required and same(value, parameter.default)


def same(one: Value, other: Value) -> bool:
    """Return whether two values are written alike in a project file."""
    return plain(one) == plain(other) and isinstance(one, bool) == isinstance(other, bool)


def plain(value: Value) -> Value:
    """Return the value with lists for tuples, as JSON gives it back."""
    return [plain(item) for item in value] if is_list(value) else value
