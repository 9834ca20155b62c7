"""The engine that stays up for design questions, and is started again when it dies."""

from collections import deque
from enum import Enum
from time import monotonic

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal

from graphstudio.diagram.diagnostics import Diagnostic, Severity
from graphstudio.diagram.diagram import Diagram
from graphstudio.protocol import Event, Failed, Inspect, Inspected, Ready
from graphstudio.studio.document import Document
from graphstudio.studio.engine_process import EngineProcess
from graphstudio.studio.findings import Findings

# More deaths than this within a minute are no accident: it then waits for the next edit.
_DEATHS_A_MINUTE = 3
_MINUTE = 60.0
_RESTART_MS = 250


class EngineState(Enum):
    """What the window says about the engine."""

    STARTING = "engine starting"
    READY = "engine ready"
    RESTARTING = "engine restarting"
    DOWN = "engine down"


class DesignEngine(QObject):
    """Asks Keras about the diagram after each edit, one question at a time, the newest next.

    Args:
        document: whose diagram it asks about.
        findings: which take the answers.
        parent: what it lives as long as.

    Signals:
        state_changed: the engine's state.
        ready: what the engine said when it was up.
        died: a sentence that says that it died and what follows.
        logged: a line of its log.
    """

    state_changed = Signal(object)
    ready = Signal(object)
    died = Signal(str)
    logged = Signal(str)

    def __init__(
        self, document: Document, findings: Findings, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._findings = findings
        self._state = EngineState.STARTING
        self._process: EngineProcess | None = None
        self._asked: Diagram | None = None
        self._number = 0
        self._restart_timer = QTimer(self)
        self._restart_timer.setSingleShot(True)
        self._restart_timer.setInterval(_RESTART_MS)
        self._restart_timer.timeout.connect(self.start)
        self._deaths: deque[float] = deque(maxlen=_DEATHS_A_MINUTE)
        findings.changed.connect(self._ask)

    @property
    def state(self) -> EngineState:
        """The engine's state."""
        return self._state

    @property
    def process_id(self) -> int:
        """The operating system's number of the engine's process; 0 while there is none."""
        return self._process.process_id if self._process else 0

    def start(self) -> None:
        """Start the engine."""
        if self._process is not None:
            self._process.deleteLater()
        self._process = EngineProcess(cpu_only=True, parent=self)
        self._process.received.connect(self._receive)
        self._process.logged.connect(self.logged)
        self._process.ended.connect(self._ended)
        self._process.start()

    def shut_down(self) -> None:
        """End the engine for good."""
        self._restart_timer.stop()
        self._findings.changed.disconnect(self._ask)
        if self._process is not None:
            self._process.ended.disconnect(self._ended)
            self._process.kill()
            self._process = None

    def _receive(self, event: Event) -> None:
        match event:
            case Ready():
                self._set_state(EngineState.READY)
                self.ready.emit(event)
                self._ask()
            case Inspected() if event.id == self._number:
                asked, self._asked = self._asked, None
                if asked is not None and asked.means_same(self._document.diagram):
                    self._findings.receive(event)
                else:
                    self._ask()
            case Failed():
                asked, self._asked = self._asked, None
                self.logged.emit(event.message)
                self.logged.emit(event.detail)
                if asked is not None and asked.means_same(self._document.diagram):
                    self._findings.receive(_not_inspected(self._number, event))
                elif asked is not None:
                    self._ask()

    def _ask(self) -> None:
        if not self._findings.pending:
            return
        if self._state is EngineState.DOWN:
            self._deaths.clear()
            self._restart()
        elif self._state is EngineState.READY and self._asked is None and self._process:
            self._number += 1
            asked = self._document.diagram
            meaning = replace(asked, positions={})
            self._process.send(Inspect(id=self._number, diagram=meaning))
            self._asked = asked

    def _ended(self, how: str) -> None:
        self._asked = None
        self._deaths.append(monotonic())
        gave_up = len(self._deaths) == _DEATHS_A_MINUTE and monotonic() - self._deaths[0] < _MINUTE
        if gave_up:
            self._set_state(EngineState.DOWN)
            self.died.emit(
                f"The engine ended {_DEATHS_A_MINUTE} times within a minute ({how}); "
                "the next edit starts it again. Your diagram is unharmed."
            )
            return
        self.died.emit(f"The engine ended ({how}) and is starting again. Your diagram is unharmed.")
        self._set_state(EngineState.RESTARTING)
        self._restart_timer.start()

    def _restart(self) -> None:
        self._set_state(EngineState.RESTARTING)
        self.start()

    def _set_state(self, state: EngineState) -> None:
        self._state = state
        self.state_changed.emit(state)


def _not_inspected(number: int, failure: Failed) -> Inspected:
    """Return the answer to a question that the engine could not answer: a finding that says so."""
    finding = Diagnostic(
        code="not-inspected",
        severity=Severity.ERROR,
        message=failure.message,
        detail=failure.detail or None,
    )
    return Inspected(id=number, nodes={}, diagnostics=(*failure.diagnostics, finding))
