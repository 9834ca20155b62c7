"""What the pages of inputs, calls and heads have in common."""

from collections.abc import Callable

from PySide6.QtGui import QColor

from graphstudio.catalog.entries import Kind, Parameter
from graphstudio.diagram import edits
from graphstudio.diagram.active import in_use
from graphstudio.diagram.diagram import Diagram, NodeId, Use
from graphstudio.studio.panels.inspector.editors.form import ParameterForm
from graphstudio.studio.panels.inspector.facts import FactList, facts_about
from graphstudio.studio.panels.inspector.page import Context, Page
from graphstudio.studio.use_commands import use_nodes

NAME = Parameter(
    name="name",
    kind=Kind.TEXT,
    required=True,
    doc="The name in Keras: in summaries, in data and in the exported code.",
)
COLUMN = Parameter(
    name="column",
    kind=Kind.TEXT,
    nullable=True,
    doc="The data column; blank for the one of the same name.",
)


class NodePage(Page):
    """A page about one node.

    Attributes:
        node: the node.
        facts: what is known about it.
    """

    def __init__(self, context: Context, colour: QColor, node: NodeId) -> None:
        super().__init__(context, colour)
        self.node = node
        self.facts = FactList()
        self._use: ParameterForm | None = None

    @property
    def diagram(self) -> Diagram:
        """The diagram as it is now."""
        return self.context.document.diagram

    def refresh(self) -> None:
        """Show the problems and the facts as they are now."""
        findings = self.context.findings
        self.problems.show_problems(findings.by_node.get(self.node, ()))
        if self._use is not None and self.node in self.diagram.nodes:
            self._use.set_values({"use": self.diagram.nodes[self.node].use.value})
        facts = facts_about(self.diagram, findings, self.node)
        self.facts.show_facts(facts, pending=findings.pending)

    def edit(self, title: str, edit: Callable[[Diagram], Diagram]) -> None:
        """Edit the diagram, if the node is still in it."""
        if self.node in self.diagram.nodes:
            self.apply(title, lambda project: project.with_diagram(edit(project.diagram)))

    def rename(self, name: str) -> None:
        """Give the node, or the layer that it calls, another name."""
        title = f"rename {self.diagram.name_of(self.node)}"
        self.edit(title, lambda diagram: edits.rename(diagram, self.node, name))

    def _add_use(self, parameter: Parameter) -> None:
        """Add the row that says whether the node takes part in the model."""
        self._use = self._add_form([parameter])
        self._use.changed.connect(lambda _, value: self._set_use(Use(value)))
        self._use.reset.connect(lambda _: self._set_use(Use.ACTIVE))

    def _set_use(self, use: Use) -> None:
        if not self._closed and self.node in self.diagram.nodes:
            use_nodes(self.context.document, self.context.catalog, [self.node], use)

    def _show_title(self, kind: str) -> None:
        """Show the node's name, what it is, and whether it takes part in the model."""
        node = self.diagram.nodes[self.node]
        out = "left out" if self.node in in_use(self.diagram).left_out else ""
        told = out if node.use is Use.ACTIVE else node.use.value
        self.header.show_text(self.diagram.name_of(self.node), f"{kind} · {told}" if told else kind)

    def _add_facts(self, title: str) -> None:
        self._add_section(title)
        self._add(self.facts, above=4)
