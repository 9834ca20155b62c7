"""Pages of nodes with a configuration: calls of layers, and inputs."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtGui import QColor

from graphstudio.catalog.entries import Entry, Kind, Parameter
from graphstudio.diagram import edits
from graphstudio.diagram.diagram import CallNode, Diagram, HeadNode, NodeId
from graphstudio.diagram.values import Value
from graphstudio.studio.panels.inspector.editors.base import is_default
from graphstudio.studio.panels.inspector.editors.form import ParameterForm
from graphstudio.studio.panels.inspector.node_page import NodePage
from graphstudio.studio.panels.inspector.page import Context


class ConfiguredPage(NodePage):
    """A page with editors of constructor arguments.

    Attributes:
        parameters: the parameters that it can edit: those of the class, and what is set besides.
    """

    def __init__(self, context: Context, colour: QColor, node: NodeId, entry: Entry | None) -> None:
        super().__init__(context, colour, node)
        self.parameters = parameters_of(entry, config_of(self.diagram, node))
        self._forms: list[ParameterForm] = []

    def refresh(self) -> None:
        """Show the configuration, the problems and the facts as they are now."""
        super().refresh()
        values = {"name": self.diagram.name_of(self.node), **config_of(self.diagram, self.node)}
        for form in self._forms:
            form.set_values(values)

    def _add_config_form(self, parameters: tuple[Parameter, ...]) -> None:
        form = self._add_form(parameters)
        form.changed.connect(self._set)
        form.reset.connect(self._reset)
        self._forms.append(form)

    def _set(self, name: str, value: Value) -> None:
        if name == "name":
            self.rename(str(value))
            return
        known = next((one for one in self.parameters if one.name == name), None)
        if known is not None and is_default(known, value):
            edit = partial(edits.reset_parameter, node_id=self.node, parameter=name)
        else:
            edit = partial(edits.set_parameter, node_id=self.node, parameter=name, value=value)
        self.edit(f"set {name}", edit)

    def _reset(self, name: str) -> None:
        edit = partial(edits.reset_parameter, node_id=self.node, parameter=name)
        self.edit(f"reset {name}", edit)


def config_of(diagram: Diagram, node_id: NodeId) -> Mapping[str, Value]:
    """Return the constructor arguments that are set on an input or on the layer of a call."""
    node = diagram.nodes[node_id]
    if isinstance(node, CallNode):
        return diagram.layers[node.layer].config
    return {} if isinstance(node, HeadNode) else node.config


def parameters_of(entry: Entry | None, config: Mapping[str, Value]) -> tuple[Parameter, ...]:
    """Return the parameters of a class, and one for each argument that the catalog lacks."""
    known = entry.parameters if entry else ()
    names = {one.name for one in known}
    others = (
        Parameter(name=name, kind=Kind.ANY, required=True, doc="Not in the catalog.")
        for name in config
        if name not in names
    )
    return (*known, *others)
