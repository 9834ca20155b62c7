"""The line at the window's foot: the engine, the file, the size of the diagram, the zoom."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from graphstudio.protocol import Cost
from graphstudio.studio.design_engine import EngineState
from graphstudio.studio.document import Document
from graphstudio.studio.readings import with_prefix
from graphstudio.studio.restyle import set_property

_ROLES = {
    EngineState.STARTING: "warning",
    EngineState.READY: "good",
    EngineState.RESTARTING: "warning",
    EngineState.DOWN: "error",
}


class StatusBar(QStatusBar):
    """Follows the document and is told of the engine and the zoom."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._document = document
        self._engine = QLabel()
        self._file = QLabel()
        self._file.setTextFormat(Qt.TextFormat.PlainText)
        self._cost = QLabel()
        self._size = QLabel()
        self._zoom = QLabel("100%")
        self.addWidget(self._engine)
        self.addWidget(self._file)
        self.addPermanentWidget(self._cost)
        self.addPermanentWidget(self._size)
        self.addPermanentWidget(self._zoom)
        document.changed.connect(self._follow)
        document.path_changed.connect(self._follow)
        document.clean_changed.connect(self._follow)
        self.show_engine(EngineState.STARTING)
        self._follow()

    def show_engine(self, state: EngineState) -> None:
        """Say how the engine is."""
        self._engine.setText(f"● {state.value}")
        set_property(self._engine, "role", _ROLES[state])

    def show_zoom(self, percent: float) -> None:
        """Say how large the canvas is shown, in percent."""
        self._zoom.setText(f"{percent:.0f}%")

    def show_cost(self, total: Cost | None) -> None:
        """Say what the model costs for one sample; nothing where none is given."""
        if total is None:
            self._cost.clear()
            return
        flops = "? FLOPs" if total.flops is None else with_prefix(total.flops, "FLOPs")
        weights = "? B" if total.weight_bytes is None else with_prefix(total.weight_bytes, "B")
        outputs = "? B" if total.output_bytes is None else with_prefix(total.output_bytes, "B")
        self._cost.setText(f"{flops} · weights {weights} · outputs {outputs}")

    def _follow(self) -> None:
        saved = self._document.undo_stack.isClean()
        never = self._document.path is None
        state = "not saved yet" if never else "saved" if saved else "edited"
        self._file.setText(f"{self._document.title} — {state}")
        diagram = self._document.diagram
        nodes, wires = len(diagram.nodes), len(diagram.wires)
        self._size.setText(f"{nodes} node{'s' * (nodes != 1)} · {wires} wire{'s' * (wires != 1)}")
