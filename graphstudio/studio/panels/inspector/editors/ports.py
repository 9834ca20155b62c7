"""The editor for a port of a call: the constant that it holds, or where its tensors come from."""

from PySide6.QtWidgets import QWidget

from graphstudio.catalog.entries import Kind, Parameter, Port
from graphstudio.diagram.values import Value
from graphstudio.studio.panels.inspector.editors.constants import ConstantNotation
from graphstudio.studio.panels.inspector.editors.fields import FieldEditor

_TENSOR = "a tensor"


class PortEditor(FieldEditor):
    """A field for a constant; where a wire ends, the name of what the wire comes from."""

    def __init__(self, parameter: Parameter, parent: QWidget | None = None) -> None:
        super().__init__(parameter, ConstantNotation(), _TENSOR, parent)
        self._sources = ""

    def show_wires(self, sources: str, *, takes_constant: bool) -> None:
        """Show what is wired, and let a constant be typed where none is.

        Args:
            sources: names of the nodes that the wires come from; empty where there is none.
            takes_constant: whether a constant may stand here instead.
        """
        self._sources = sources
        self.line.setReadOnly(bool(sources))
        self.line.setEnabled(takes_constant or bool(sources))
        self.set_value(self.value)

    def set_value(self, value: Value) -> None:
        """Show a constant, unless a wire is in its place."""
        super().set_value(value)
        if self._sources:
            self.line.setText(self._sources)
            self.line.setCursorPosition(0)
            self.line.setModified(False)

    def _step(self, direction: int) -> None:
        if not self._sources:
            super()._step(direction)


def port_parameter(port: Port) -> Parameter:
    """Return the parameter that stands for a port in a form."""
    return Parameter(name=port.name, kind=Kind.ANY, nullable=True, doc=port.doc)
