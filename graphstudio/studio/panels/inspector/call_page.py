"""The page of a call: its layer's parameters, what Keras says about it, and who shares it."""

from collections.abc import Mapping
from itertools import count

from msgspec.structs import replace
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from graphstudio.diagram import edits
from graphstudio.diagram.diagram import CallNode, Diagram, Layer, LayerId, NodeId, Position
from graphstudio.diagram.values import Value
from graphstudio.studio.panels.inspector.configured_page import ConfiguredPage
from graphstudio.studio.panels.inspector.editors.base import same
from graphstudio.studio.panels.inspector.editors.form import ParameterForm
from graphstudio.studio.panels.inspector.node_page import NAME
from graphstudio.studio.panels.inspector.page import Context

# What every layer takes and few people set; it stands below what makes a layer what it is.
_ADVANCED = frozenset(
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
# How far below a call the next call of its layer is put.
_STEP = 112.0


class CallPage(ConfiguredPage):
    """The page of a call of a layer."""

    def __init__(self, context: Context, node: NodeId) -> None:
        diagram = context.document.diagram
        layer = _layer(diagram, node)
        entry = context.catalog.layers.get(layer.class_name)
        colour = context.theme.palette.category(entry.category if entry else "")
        super().__init__(context, colour, node, entry)
        common = [one for one in self.parameters if one.name not in _ADVANCED]
        advanced = [one for one in self.parameters if one.name in _ADVANCED]
        self._add_section("Parameters")
        self._add_config_form((NAME, *common))
        self._arguments: ParameterForm | None = None
        call_parameters = entry.call_parameters if entry else ()
        self._argument_defaults = {one.name: one.default for one in call_parameters}
        self._add_facts("This call")
        if call_parameters:
            self._arguments = self._add_form(call_parameters)
            self._arguments.changed.connect(self._set_argument)
            self._arguments.reset.connect(self._reset_argument)
        self._add_section("Shared")
        self._used = QLabel()
        self._used.setProperty("role", "dim")
        self._add(self._shared_row())
        if advanced:
            self._add_section("Advanced")
            self._add_config_form(tuple(advanced))
        self.refresh()

    def refresh(self) -> None:
        """Show the layer and the call as they are now."""
        super().refresh()
        diagram = self.diagram
        layer = _layer(diagram, self.node)
        self.header.show_text(layer.name, layer.class_name)
        call = _call(diagram, self.node)
        calls = len(diagram.calls[call.layer])
        self._used.setText("used once" if calls == 1 else f"used by {calls} calls")
        if self._arguments is not None:
            self._arguments.set_values(call.arguments)

    def _shared_row(self) -> QWidget:
        row = QWidget()
        reuse = self._add_link("Reuse layer", "Add another call that shares this layer's weights")
        reuse.clicked.connect(self._reuse)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._used, 1)
        layout.addWidget(reuse)
        return row

    def _reuse(self) -> None:
        layer: LayerId = _call(self.diagram, self.node).layer
        name = self.diagram.layers[layer].name
        new = NodeId(edits.new_id())
        position = free_place_below(self.diagram, self.node)
        self.edit(f"reuse {name}", lambda d: edits.add_call(d, new, layer, position))
        self.context.document.select([new])

    def _set_argument(self, name: str, value: Value) -> None:
        others = self._arguments_without(name)
        is_default = same(value, self._argument_defaults.get(name))
        self._set_arguments(f"set {name}", others if is_default else {**others, name: value})

    def _reset_argument(self, name: str) -> None:
        self._set_arguments(f"reset {name}", self._arguments_without(name))

    def _arguments_without(self, name: str) -> dict[str, Value]:
        arguments = _call(self.diagram, self.node).arguments
        return {key: value for key, value in arguments.items() if key != name}

    def _set_arguments(self, title: str, arguments: Mapping[str, Value]) -> None:
        call = replace(_call(self.diagram, self.node), arguments=arguments)
        self.edit(title, lambda diagram: edits.replace_node(diagram, self.node, call))


def free_place_below(diagram: Diagram, node: NodeId) -> Position:
    """Return the first place straight below a node where no other node begins."""
    start = diagram.positions.get(node, Position(0.0, 0.0))
    taken = set(diagram.positions.values())
    places = (Position(start.x, start.y + number * _STEP) for number in count(1))
    return next(place for place in places if place not in taken)


def _call(diagram: Diagram, node_id: NodeId) -> CallNode:
    node = diagram.nodes[node_id]
    if not isinstance(node, CallNode):
        raise TypeError(f"Expected a call; received {diagram.name_of(node_id)!r}, {node}.")
    return node


def _layer(diagram: Diagram, node: NodeId) -> Layer:
    return diagram.layers[_call(diagram, node).layer]
