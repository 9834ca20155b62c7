"""The page of a call: the layer's parameters, the call's arguments, and who shares the layer."""

from functools import partial

from graphstudio.catalog.entries import Entry, Parameter, Role
from graphstudio.diagram import edits
from graphstudio.diagram.diagram import CallNode, Diagram, Layer, NodeId
from graphstudio.diagram.values import Value
from graphstudio.studio.layer_commands import is_model
from graphstudio.studio.panels.inspector.call_arguments import (
    CallArguments,
    parameters_of_call,
    ports_of_call,
)
from graphstudio.studio.panels.inspector.configured_page import ConfiguredPage
from graphstudio.studio.panels.inspector.editors.base import is_default
from graphstudio.studio.panels.inspector.editors.ports import port_parameter
from graphstudio.studio.panels.inspector.labels import styled_label
from graphstudio.studio.panels.inspector.model_row import ModelRow
from graphstudio.studio.panels.inspector.node_page import NAME
from graphstudio.studio.panels.inspector.page import Context
from graphstudio.studio.panels.inspector.sharing import SharingRow
from graphstudio.studio.panels.inspector.use_row import use_parameter

# What every layer takes and few people set; it stands below what makes a layer what it is.
ADVANCED = frozenset(
    {
        "activity_regularizer",
        "autocast",
        "dtype",
        "lora_alpha",
        "lora_rank",
        "quantization_config",
        "trainable",
    }
)


class CallPage(ConfiguredPage):
    """The page of a call of a layer, of a model or of a function, which has no layer."""

    def __init__(self, context: Context, node: NodeId) -> None:
        diagram = context.document.diagram
        entry = context.catalog.entry_of(_layer(diagram, node))
        colour = context.theme.palette.category(entry.category if entry else "")
        super().__init__(context, colour, node, entry)
        self._is_function = entry is not None and entry.role is Role.FUNCTION
        self._notes = (styled_label("", "faint"), styled_label("of this call alone", "faint"))
        self._sharing = SharingRow(context.document, node)
        self._model: ModelRow | None = None
        self._given: dict[str, Parameter] = {}
        self._arguments = self._arguments_of_call(entry)
        # Of a model used as a layer, whether it is frozen is all that there is to choose.
        rare = frozenset() if is_model(diagram, node) else ADVANCED
        common = [one for one in self.parameters if one.name not in rare]
        advanced = [one for one in self.parameters if one.name in rare]
        if is_model(diagram, node):
            self._add_section("Model")
            self._model = ModelRow(context, node)
            self._add(self._model)
        if not self._is_function:
            self._add_section("Parameters")
            self._add(self._notes[0])
            self._add_config_form((NAME, *common))
        self._add_call()
        if not self._is_function:
            self._add_section("Shared")
            self._add(self._sharing)
        if advanced:
            self._add_section("Advanced")
            self._add_config_form(tuple(advanced))
        self.refresh()

    def refresh(self) -> None:
        """Show the layer and the call as they are now."""
        super().refresh()
        diagram = self.diagram
        layer = _layer(diagram, self.node)
        self._show_title(layer.class_name)
        call = _call(diagram, self.node)
        calls = len(diagram.calls[call.layer])
        self._sharing.show_calls(calls)
        if self._model is not None:
            self._model.show_model(layer)
        self._notes[0].setText(f"of the layer, for all its {calls} calls")
        for note in self._notes:
            note.setVisible(calls > 1 and not self._is_function)
        self._arguments.show_call(diagram, self.node, call)

    def _arguments_of_call(self, entry: Entry | None) -> CallArguments:
        """Return the editors of what this call is given beside its wires."""
        given = _call(self.diagram, self.node).arguments
        parameters, ports = parameters_of_call(entry, given), ports_of_call(entry, given)
        # A model takes tensors alone where others take constants too.
        if entry is not None and entry.role is Role.MODEL:
            ports = ()
        rows = (*parameters, *map(port_parameter, ports))
        self._given = {one.name: one for one in rows}
        arguments = CallArguments(parameters, ports, self._make_editor, self.context.theme)
        arguments.changed.connect(self._set_argument)
        arguments.reset.connect(self._reset_argument)
        return arguments

    def _add_call(self) -> None:
        """Add what belongs to this call alone, and what Keras says about it."""
        self._add_section("Call")
        self._add(self._notes[1])
        if self._is_function:
            self._add_config_form((NAME,))
        self._add_use(use_parameter(ends=False))
        self._layout.addWidget(self._arguments)
        self._add(self.facts, above=4)

    def _set_argument(self, name: str, value: Value) -> None:
        if is_default(self._given[name], value):
            edit = partial(edits.reset_argument, node_id=self.node, name=name)
        else:
            edit = partial(edits.set_argument, node_id=self.node, name=name, value=value)
        self.edit(f"set {name}", edit)

    def _reset_argument(self, name: str) -> None:
        edit = partial(edits.reset_argument, node_id=self.node, name=name)
        self.edit(f"reset {name}", edit)


def _call(diagram: Diagram, node_id: NodeId) -> CallNode:
    node = diagram.nodes[node_id]
    if not isinstance(node, CallNode):
        raise TypeError(f"Expected a call; received {diagram.name_of(node_id)!r}, {node}.")
    return node


def _layer(diagram: Diagram, node: NodeId) -> Layer:
    return diagram.layers[_call(diagram, node).layer]
