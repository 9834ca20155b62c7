"""The page of several nodes: how many they are, and what they have in common to edit at once."""

from collections.abc import Collection

from graphstudio.catalog.entries import Parameter
from graphstudio.diagram.diagram import CallNode, Diagram, LayerId, NodeId, Use
from graphstudio.diagram.values import Value
from graphstudio.studio.panels.inspector.call_page import ADVANCED
from graphstudio.studio.panels.inspector.common import Several
from graphstudio.studio.panels.inspector.editors.form import ParameterForm
from graphstudio.studio.panels.inspector.facts import Fact, FactList
from graphstudio.studio.panels.inspector.labels import styled_label
from graphstudio.studio.panels.inspector.page import Context, Page
from graphstudio.studio.panels.inspector.use_row import use_parameter
from graphstudio.studio.use_commands import use_nodes

# A label that names thousands keeps the window waiting, and nobody reads it.
_NAMED = 50


class SeveralPage(Page):
    """What is shown while more than one node is selected."""

    def __init__(self, context: Context, nodes: Collection[NodeId]) -> None:
        super().__init__(context, context.theme.palette.category("normalization"))
        self._nodes = nodes
        self._facts = FactList()
        self._parameters = self._several().parameters()
        self._forms: list[ParameterForm] = []
        self._add_section("In common")
        self._use = self._add_form([self._use_parameter()])
        self._use.changed.connect(self._set_use)
        self._use.reset.connect(lambda _: self._set_use("use", Use.ACTIVE.value))
        self._add_parameters([one for one in self._parameters if one.name not in ADVANCED])
        if not self._parameters:
            self._add(styled_label("No other parameter is common to all.", "faint"), above=4)
        advanced = [one for one in self._parameters if one.name in ADVANCED]
        if advanced:
            self._add_section("Advanced")
            self._add_parameters(advanced)
        self._add_section("Selection")
        self._add(self._facts, above=4)
        self.refresh()

    def refresh(self) -> None:
        """Show the selection as it is now."""
        diagram = self._diagram
        nodes = [node for node in self._nodes if node in diagram.nodes]
        names = sorted(map(diagram.name_of, nodes))
        more = [f"… {len(names) - _NAMED} more"] if len(names) > _NAMED else []
        self.header.show_text(f"{len(names)} nodes selected", ", ".join([*names[:_NAMED], *more]))
        if not nodes:
            return
        uses = {diagram.nodes[node].use for node in nodes}
        first = next(iter(uses))
        self._use.set_values({"use": first.value}, ["use"] if len(uses) > 1 else ())
        shown = self._several().shown(self._parameters)
        for form in self._forms:
            form.set_values(shown.values, shown.mixed)
        self._show_facts(diagram, nodes)

    @property
    def _diagram(self) -> Diagram:
        return self.context.document.diagram

    def _several(self) -> Several:
        return Several(self._diagram, self._nodes, self.context.catalog)

    def _use_parameter(self) -> Parameter:
        nodes = (self._diagram.nodes[node] for node in self._nodes)
        return use_parameter(ends=not all(isinstance(node, CallNode) for node in nodes))

    def _add_parameters(self, parameters: Collection[Parameter]) -> None:
        form = self._add_form(tuple(parameters))
        form.changed.connect(self._set)
        form.reset.connect(self._reset)
        self._forms.append(form)

    def _set(self, name: str, value: Value) -> None:
        several = self._several()
        after = several.with_value(name, value)
        self.apply(f"set {name} of {several.title}", lambda p: p.with_diagram(after))

    def _reset(self, name: str) -> None:
        several = self._several()
        after = several.with_default(name)
        self.apply(f"reset {name} of {several.title}", lambda p: p.with_diagram(after))

    def _set_use(self, _name: str, value: Value) -> None:
        if not self._closed:
            context = self.context
            use_nodes(context.document, context.catalog, list(self._nodes), Use(str(value)))

    def _show_facts(self, diagram: Diagram, there: Collection[NodeId]) -> None:
        findings = self.context.findings
        selected: dict[LayerId, list[NodeId]] = {}
        for node_id in there:
            node = diagram.nodes[node_id]
            if isinstance(node, CallNode):
                selected.setdefault(node.layer, []).append(node_id)
        infos = [findings.nodes.get(nodes[0]) for nodes in selected.values()]
        total = sum(info.params for info in infos if info)
        shared = sum(len(nodes) for nodes in selected.values() if len(nodes) > 1)
        self._facts.show_facts(
            [
                Fact("layers", str(len(selected)), "Layers that the selected nodes call"),
                Fact("calls that share one", str(shared), "Selected calls with common weights"),
                Fact("parameters", f"{total:,}", "Each shared layer is counted once"),
            ],
            pending=findings.pending,
        )
