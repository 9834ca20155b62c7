"""The page of the project: the model's name, its data and its training."""

from collections.abc import Callable, Mapping

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from graphstudio.catalog.entries import Kind, Parameter
from graphstudio.diagram import edits
from graphstudio.diagram.active import active
from graphstudio.diagram.data import Data
from graphstudio.diagram.data_paths import source_from, source_path
from graphstudio.diagram.generated import MOST_SAMPLES, GeneratedSource
from graphstudio.diagram.project import Project, Training
from graphstudio.diagram.values import Value
from graphstudio.studio.generated_data import use_generated_data
from graphstudio.studio.panels.inspector.editors.base import Editor
from graphstudio.studio.panels.inspector.editors.factory import editor_for
from graphstudio.studio.panels.inspector.editors.fields import FieldEditor
from graphstudio.studio.panels.inspector.editors.form import ParameterForm
from graphstudio.studio.panels.inspector.editors.notation import (
    IntegerNotation,
    Notation,
    NumberNotation,
)
from graphstudio.studio.panels.inspector.facts import Fact, FactList
from graphstudio.studio.panels.inspector.generated_part import SAMPLES, GeneratedPart
from graphstudio.studio.panels.inspector.page import Context, Page

_NAME = Parameter(
    name="name", kind=Kind.TEXT, required=True, doc="The model's name in Keras and in the code."
)
_DATA = (
    Parameter(
        name="file",
        kind=Kind.TEXT,
        nullable=True,
        doc="A NumPy .npz file with an array for each input and each head.",
    ),
    Parameter(
        name="validation",
        kind=Kind.NUMBER,
        default=Data().validation,
        doc="The share of the samples that is held out to validate on, from 0 to below 1.",
    ),
)
_TRAINING = (
    Parameter(
        name="optimizer",
        kind=Kind.OBJECT,
        family="optimizers",
        default=Training().optimizer,
        doc="How the weights follow the gradients.",
    ),
    Parameter(
        name="batch_size",
        kind=Kind.INTEGER,
        default=Training().batch_size,
        doc="Samples in a step.",
    ),
    Parameter(
        name="epochs", kind=Kind.INTEGER, default=Training().epochs, doc="Passes over the data."
    ),
    Parameter(
        name="seed",
        kind=Kind.INTEGER,
        default=Training().seed,
        doc="What every random number of the run is drawn from.",
    ),
)
_NOTATIONS: Mapping[str, Notation] = {
    "samples": IntegerNotation(minimum=1, maximum=MOST_SAMPLES),
    "validation": NumberNotation("a share from 0 to below 1", lambda share: 0 <= share < 1),
    "batch_size": IntegerNotation(minimum=1),
    "epochs": IntegerNotation(minimum=1),
    "seed": IntegerNotation(minimum=0),
}
_OWN = {one.name: one for one in (*_DATA, SAMPLES, *_TRAINING)}


class ProjectPage(Page):
    """What is shown while nothing is selected.

    Signals:
        data_requested: a person wants to look for a data file.
    """

    data_requested = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context, context.theme.palette.category("model"))
        self._add_section("Model")
        self._model = self._add_followed_form((_NAME,), self._set_name)
        self._facts = FactList()
        self._add(self._facts, above=4)
        self._add_section("Data")
        self._data = self._add_followed_form(_DATA, self._set_data)
        self._samples = self._add_followed_form((SAMPLES,), self._set_samples)
        self._generated = GeneratedPart()
        self._add(self._generated, above=4)
        self._add(self._sources_row(), above=4)
        self._add_section("Training")
        self._training = self._add_followed_form(_TRAINING, self._set_training)
        self.refresh()

    def refresh(self) -> None:
        """Show the project as it is now."""
        project, findings = self.context.document.project, self.context.findings
        diagram = project.diagram
        self.header.show_text(diagram.name, "Model")
        self.problems.show_problems(findings.loose if diagram.nodes else ())
        total = f"{findings.inspected.total_params:,}"
        self._facts.show_facts(
            [
                Fact("inputs", str(len(active(diagram).inputs))),
                Fact("heads", str(len(active(diagram).heads))),
                Fact("parameters", total),
            ],
            pending=findings.pending,
        )
        self._model.set_values({"name": diagram.name})
        self._show_data(project.data)
        training = project.training
        self._training.set_values({one.name: getattr(training, one.name) for one in _TRAINING})

    def _show_data(self, data: Data) -> None:
        source = data.source
        file = source_path(source)
        self._data.set_values({"file": file, "validation": data.validation})
        generated = source if isinstance(source, GeneratedSource) else None
        self._generated.show_source(generated)
        self._samples.setVisible(generated is not None)
        self._samples.set_values({"samples": generated.samples} if generated else {})

    def _make_editor(self, parameter: Parameter, depth: int) -> Editor:
        if _OWN.get(parameter.name) is parameter and parameter.name in _NOTATIONS:
            return FieldEditor(parameter, _NOTATIONS[parameter.name])
        return editor_for(parameter, self.context.catalog, self.context.theme, depth)

    def _add_followed_form(
        self, parameters: tuple[Parameter, ...], setter: Callable[[str, str, Value], None]
    ) -> ParameterForm:
        form = self._add_form(parameters)
        form.changed.connect(lambda name, value: setter(f"set {name}", name, value))
        form.reset.connect(lambda name: setter(f"reset {name}", name, _OWN[name].default))
        return form

    def _sources_row(self) -> QWidget:
        row = QWidget()
        generate = QPushButton("Use generated data")
        generate.setToolTip("Draw random numbers that fit the inputs and heads, to try the model")
        generate.clicked.connect(self._use_generated_data)
        browse = QPushButton("Browse…")
        browse.setToolTip("Look for a data file")
        browse.clicked.connect(self.data_requested)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addStretch()
        layout.addWidget(generate)
        layout.addWidget(browse)
        return row

    def _use_generated_data(self) -> None:
        use_generated_data(self.context.document, self.context.findings)

    def _set_samples(self, title: str, _name: str, value: Value) -> None:
        def edit(project: Project) -> Project:
            source = project.data.source
            if not isinstance(source, GeneratedSource) or not isinstance(value, int):
                return project
            source = replace(source, samples=value)
            return replace(project, data=replace(project.data, source=source))

        self.apply(title, edit)

    def _set_name(self, _title: str, _name: str, value: Value) -> None:
        self.apply(
            f"rename {self.context.document.diagram.name}",
            lambda project: project.with_diagram(edits.rename_model(project.diagram, str(value))),
        )

    def _set_data(self, title: str, name: str, value: Value) -> None:
        def edit(project: Project) -> Project:
            if name == "file":
                return replace(project, data=_with_file(project.data, value))
            return replace(project, data=replace(project.data, **{name: value}))

        self.apply(title, edit)

    def _set_training(self, title: str, name: str, value: Value) -> None:
        self.apply(
            title,
            lambda project: replace(project, training=replace(project.training, **{name: value})),
        )


def _with_file(data: Data, path: Value) -> Data:
    if not isinstance(path, str) or not path:
        return replace(data, source=None)
    return replace(data, source=source_from(path))
