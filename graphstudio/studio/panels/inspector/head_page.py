"""The page of a head: what it learns from, and how much it counts."""

from collections.abc import Mapping

from msgspec.structs import replace

from graphstudio.catalog.entries import Kind, Parameter
from graphstudio.diagram import edits
from graphstudio.diagram.diagram import HeadNode, NodeId
from graphstudio.diagram.values import Value
from graphstudio.studio.panels.inspector.editors.base import Editor
from graphstudio.studio.panels.inspector.editors.factory import editor_for
from graphstudio.studio.panels.inspector.editors.fields import FieldEditor
from graphstudio.studio.panels.inspector.editors.identifiers import known_names
from graphstudio.studio.panels.inspector.editors.notation import NamesNotation
from graphstudio.studio.panels.inspector.node_page import COLUMN, NAME, NodePage
from graphstudio.studio.panels.inspector.page import Context
from graphstudio.studio.panels.inspector.use_row import use_parameter

_LOSS = Parameter(
    name="loss",
    kind=Kind.OBJECT,
    family="losses",
    nullable=True,
    doc="What training makes small; none for an output that is not trained.",
)
_WEIGHT = Parameter(
    name="weight",
    kind=Kind.NUMBER,
    default=1.0,
    doc="The factor of this head's loss in the total.",
)
_METRICS = Parameter(
    name="metrics",
    kind=Kind.TEXT,
    default=[],
    doc="What is measured besides the loss: names of Keras's metrics and losses, with commas "
    "between them, such as accuracy, mae.",
)
# What several heads can have in common.
LEARNING = (_LOSS, _WEIGHT, _METRICS)
_PARAMETERS = (NAME, *LEARNING, COLUMN)
# Keras picks the fitting accuracy or crossentropy by the shape of the output.
_BY_SHAPE = frozenset({"accuracy", "acc", "crossentropy", "ce"})


class HeadPage(NodePage):
    """The page of a named output."""

    def __init__(self, context: Context, node: NodeId) -> None:
        super().__init__(context, context.theme.palette.category("head"), node)
        self._add_section("Parameters")
        # Inside of a nested model a head is an output: only the whole model is trained.
        self._form = self._add_form((NAME,) if context.document.place else _PARAMETERS)
        self._form.changed.connect(self._set)
        self._form.reset.connect(self._reset)
        self._add_use(use_parameter(ends=True))
        self._add_facts("This head")
        self.refresh()

    def refresh(self) -> None:
        """Show the head as it is now."""
        super().refresh()
        head = self._head()
        self._show_title("Output" if self.context.document.place else "Head")
        self._form.set_values(
            {
                "name": head.name,
                "loss": head.loss,
                "weight": head.weight,
                "metrics": list(head.metrics),
                "column": head.column,
            }
        )

    def _make_editor(self, parameter: Parameter, depth: int) -> Editor:
        if parameter is _METRICS:
            objects = self.context.catalog.objects
            known = known_names({**objects.get("metrics", {}), **objects.get("losses", {})})
            return FieldEditor(parameter, NamesNotation(known | _BY_SHAPE, "accuracy, mae"), "none")
        return editor_for(parameter, self.context.catalog, self.context.theme, depth)

    def _set(self, name: str, value: Value) -> None:
        if name == "name":
            self.rename(str(value))
        else:
            self._set_fields(f"set {name}", {name: value})

    def _reset(self, name: str) -> None:
        default = next(one.default for one in _PARAMETERS if one.name == name)
        self._set_fields(f"reset {name}", {name: default})

    def _set_fields(self, title: str, fields: Mapping[str, Value]) -> None:
        head = replace(self._head(), **fields)
        self.edit(
            title,
            lambda diagram: edits.set_head(
                diagram,
                self.node,
                loss=head.loss,
                weight=head.weight,
                metrics=head.metrics,
                column=head.column,
            ),
        )

    def _head(self) -> HeadNode:
        head = self.diagram.nodes[self.node]
        if not isinstance(head, HeadNode):
            raise TypeError(f"Expected a head; received {head}.")
        return head
