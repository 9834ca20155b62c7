"""The page of an open nested model: its name and its size."""

from graphstudio.catalog.entries import Kind, Parameter
from graphstudio.diagram import edits
from graphstudio.diagram.active import active
from graphstudio.diagram.nesting import diagram_at
from graphstudio.diagram.values import Value
from graphstudio.studio.panels.inspector.facts import Fact, FactList
from graphstudio.studio.panels.inspector.page import Context, Page

_NAME = Parameter(
    name="name",
    kind=Kind.TEXT,
    required=True,
    doc="The name of the model as a layer, in summaries and in the exported code.",
)


class ModelPage(Page):
    """What is shown while nothing is selected inside of a nested model."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, context.theme.palette.category("model"))
        self._add_section("Model")
        self._form = self._add_form((_NAME,))
        self._form.changed.connect(self._set_name)
        self._facts = FactList()
        self._add(self._facts, above=4)
        self.refresh()

    def refresh(self) -> None:
        """Show the model as it is now."""
        document, findings = self.context.document, self.context.findings
        diagram, place = document.diagram, document.place
        self.problems.show_problems(findings.loose if diagram.nodes else ())
        self._form.set_values({"name": diagram.name})
        if not place:
            return
        around = diagram_at(document.whole.diagram, place[:-1])
        calls = around.calls.get(place[-1], ())
        self.header.show_text(diagram.name, around.layers[place[-1]].class_name)
        info = findings.nodes.get(calls[0]) if calls else None
        self._facts.show_facts(
            [
                Fact("inputs", str(len(active(diagram).inputs))),
                Fact("outputs", str(len(active(diagram).heads))),
                Fact("called", "once" if len(calls) == 1 else f"{len(calls)} times"),
                Fact("parameters", f"{info.params:,}" if info else "?"),
            ],
            pending=findings.pending,
        )

    def _set_name(self, _name: str, value: Value) -> None:
        self.apply(
            f"rename {self.context.document.diagram.name}",
            lambda project: project.with_diagram(edits.rename_model(project.diagram, str(value))),
        )
