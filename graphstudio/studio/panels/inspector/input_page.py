"""The page of an input."""

from msgspec.structs import replace

from graphstudio.catalog.entries import Kind, Parameter
from graphstudio.diagram import edits
from graphstudio.diagram.diagram import InputNode, NodeId
from graphstudio.diagram.values import Value
from graphstudio.studio.panels.inspector.configured_page import ConfiguredPage
from graphstudio.studio.panels.inspector.node_page import COLUMN, NAME
from graphstudio.studio.panels.inspector.page import Context
from graphstudio.studio.panels.inspector.use_row import use_parameter

_IN_MODEL = Parameter(
    name="in_model",
    kind=Kind.BOOLEAN,
    default=True,
    doc="Whether the model lists this input among its inputs.",
)
# What describes the tensor itself; the rest is for special cases.
_COMMON = frozenset({"batch_size", "dtype", "shape"})


class InputPage(ConfiguredPage):
    """The page of a tensor that enters the model."""

    def __init__(self, context: Context, node: NodeId) -> None:
        entry = context.catalog.input
        super().__init__(context, context.theme.palette.category("input"), node, entry)
        common = [one for one in self.parameters if one.name in _COMMON]
        advanced = [one for one in self.parameters if one.name not in _COMMON]
        self._add_section("Parameters")
        self._add_config_form((NAME, *common))
        inside = bool(context.document.place)
        self._add_section("Port" if inside else "Data")
        # Inside of a nested model an input takes what is wired to its port, and no data.
        self._data = self._add_form((_IN_MODEL,) if inside else (COLUMN, _IN_MODEL))
        self._data.changed.connect(self._set_field)
        self._data.reset.connect(self._reset_field)
        self._add_use(use_parameter(ends=True))
        self._add_facts("This input")
        self._add_section("Advanced")
        self._add_config_form(tuple(advanced))
        self.refresh()

    def refresh(self) -> None:
        """Show the input as it is now."""
        super().refresh()
        node = self._input()
        self._show_title(self.context.catalog.input.path)
        self._data.set_values({"column": node.column, "in_model": node.in_model})

    def _set_field(self, name: str, value: Value) -> None:
        node = replace(self._input(), **{name: value})
        self.edit(f"set {name}", lambda diagram: edits.replace_node(diagram, self.node, node))

    def _reset_field(self, name: str) -> None:
        default = COLUMN.default if name == COLUMN.name else _IN_MODEL.default
        node = replace(self._input(), **{name: default})
        self.edit(f"reset {name}", lambda diagram: edits.replace_node(diagram, self.node, node))

    def _input(self) -> InputNode:
        node = self.diagram.nodes[self.node]
        if not isinstance(node, InputNode):
            raise TypeError(f"Expected an input; received {node}.")
        return node
