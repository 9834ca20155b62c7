"""The part of the project's page that says what generated data is made of."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from graphstudio.catalog.entries import Kind, Parameter
from graphstudio.diagram.generated import GENERATED, Column, Draw, GeneratedSource
from graphstudio.studio.panels.inspector.facts import Fact, FactList
from graphstudio.studio.panels.inspector.labels import styled_label

SAMPLES = Parameter(
    name="samples",
    kind=Kind.INTEGER,
    default=GeneratedSource().samples,
    doc="How many samples are drawn at random.",
)


class GeneratedPart(QWidget):
    """Calls generated data by its name and lists its columns; hidden where there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        name = styled_label(f"{GENERATED}.", "dim")
        name.setWordWrap(True)
        self._columns = FactList()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(name)
        layout.addWidget(self._columns)
        self.hide()

    def show_source(self, source: GeneratedSource | None) -> None:
        """Show the columns of generated data."""
        self.setVisible(source is not None)
        if source is not None:
            self._columns.show_facts(
                [
                    Fact("rows", f"{source.samples:,}"),
                    *(_fact(name, column) for name, column in sorted(source.columns.items())),
                ]
            )


def _fact(name: str, column: Column) -> Fact:
    return Fact(name, f"{column.shape} {column.values}", _IN_WORDS[column.values](column))


_IN_WORDS: dict[Draw, Callable[[Column], str]] = {
    Draw.UNIFORM: lambda one: f"Random numbers from {one.low:g} to below {one.high:g}",
    Draw.NORMAL: lambda _: "Random numbers around 0, with a standard deviation of 1",
    Draw.INTEGERS: lambda one: f"Random whole numbers from {one.low:.0f} to {one.high - 1:.0f}",
    Draw.ONE_HOT: lambda one: f"One random class of {one.shape[-1]}",
    Draw.WORDS: lambda one: f"Random words, {one.words} a text",
}
