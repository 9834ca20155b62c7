"""What one call is given beside its wires: arguments that are not tensors, and constants."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from graphstudio.catalog.entries import Entry, Kind, Parameter, Port
from graphstudio.diagram.diagram import CallNode, Diagram, NodeId
from graphstudio.diagram.values import Value
from graphstudio.studio.panels.inspector.editors.base import Editor
from graphstudio.studio.panels.inspector.editors.form import EditorMaker, ParameterForm
from graphstudio.studio.panels.inspector.editors.ports import PortEditor, port_parameter
from graphstudio.studio.theme import Theme


class CallArguments(QWidget):
    """Editors for the arguments of a call, and for the constants on its ports.

    Signals:
        changed: an argument's name and the value that a person has given it.
        reset: the name of an argument that goes back to its default, or of a port that loses its
            constant.
    """

    changed = Signal(str, object)
    reset = Signal(str)

    def __init__(
        self,
        parameters: Sequence[Parameter],
        ports: Sequence[Port],
        make_editor: EditorMaker,
        theme: Theme,
    ) -> None:
        super().__init__()
        self._port_editors = {port.name: PortEditor(port_parameter(port)) for port in ports}
        self._ports = ports
        rows = [editor.parameter for editor in self._port_editors.values()]
        self._forms = (
            ParameterForm(parameters, make_editor, theme),
            ParameterForm(rows, self._port_editor, theme),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for form in self._forms:
            form.changed.connect(self.changed)
            form.reset.connect(self.reset)
            layout.addWidget(form)
        for form, shown in zip(self._forms, (parameters, rows), strict=True):
            form.setVisible(bool(shown))

    def show_call(self, diagram: Diagram, node_id: NodeId, call: CallNode) -> None:
        """Show what a call is given. This emits nothing."""
        sources = _sources(diagram, node_id)
        for port in self._ports:
            self._port_editors[port.name].show_wires(
                ", ".join(sources.get(port.name, ())),
                takes_constant=takes_constant(port, self._ports, sources, call.arguments),
            )
        # What a wire gives is not taken from the constant that stood there before.
        unwired = {name: one for name, one in call.arguments.items() if name not in sources}
        for form in self._forms:
            form.set_values(unwired)

    def _port_editor(self, parameter: Parameter, _depth: int) -> Editor:
        return self._port_editors[parameter.name]


def parameters_of_call(entry: Entry | None, arguments: Mapping[str, Value]) -> list[Parameter]:
    """Return the parameters of a call that are no tensors, the required ones first.

    Args:
        entry: what is called; none if the catalog does not know it.
        arguments: what the call holds; what the catalog lacks of it gets a parameter too.
    """
    known = entry.call_parameters if entry else ()
    names = {one.name for one in known} | {one.name for one in (entry.ports if entry else ())}
    others = [
        Parameter(name=name, kind=Kind.ANY, required=True, doc="Not in the catalog.")
        for name in arguments
        if name not in names
    ]
    return [*sorted(known, key=lambda one: not one.required), *others]


def ports_of_call(entry: Entry | None, arguments: Mapping[str, Value]) -> tuple[Port, ...]:
    """Return the ports worth a row: all where there are several, else those with a constant."""
    ports = entry.ports if entry else ()
    return ports if len(ports) > 1 else tuple(one for one in ports if one.name in arguments)


def takes_constant(
    port: Port,
    ports: Sequence[Port],
    wired: Mapping[str, object],
    arguments: Mapping[str, Value],
) -> bool:
    """Return whether a port may hold a constant: some other one has to bring a tensor.

    Args:
        port: the port.
        ports: all ports of the call.
        wired: by name, the ports on which wires end.
        arguments: what the call holds; a constant that is there already can always be edited.
    """
    if port.name in arguments:
        return True
    others = [one for one in ports if one.name != port.name]
    waiting = (not one.optional and one.name not in arguments for one in others)
    return not port.variadic and (any(one.name in wired for one in others) or any(waiting))


def _sources(diagram: Diagram, node_id: NodeId) -> dict[str, list[str]]:
    """Return, for each wired port, the names of what its wires come from."""
    sources: dict[str, list[str]] = {}
    for wire in diagram.incoming.get(node_id, ()):
        output = f"[{wire.output}]" if wire.output else ""
        text = f"{diagram.name_of(wire.source)}{output}"
        sources.setdefault(wire.port, []).append(text)
    return sources
