"""The engine that stays up for design questions, and is started again when it dies."""

from collections import deque
from enum import Enum
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal

from graphstudio.diagram.diagnostics import Diagnostic, Severity
from graphstudio.diagram.diagram import Diagram
from graphstudio.protocol import (
    Event,
    Failed,
    Inspect,
    Inspected,
    Measure,
    Measured,
    Ready,
    Repairs,
    Request,
    Unfolded,
)
from graphstudio.studio.document import Document
from graphstudio.studio.engine_process import EngineProcess
from graphstudio.studio.findings import Findings
from graphstudio.studio.trust import Trust

# More deaths than this within a minute are no accident: it then waits for the next edit.
_DEATHS_A_MINUTE = 3
_MINUTE = 60.0
_RESTART_MS = 250
# What Keras itself is asked is answered sooner; after this long the project's own code is at it.
_PATIENCE_MS = 10_000


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
        trust: which code of projects may run.
        parent: what it lives as long as.

    Signals:
        state_changed: the engine's state.
        ready: what the engine said when it was up.
        died: a sentence that says that it died and what follows.
        logged: a line of its log.
        late: whether the project's own code keeps it from answering; told when that changes.
        unfolded: the layers of an application that were asked for.
    """

    state_changed = Signal(object)
    ready = Signal(object)
    died = Signal(str)
    logged = Signal(str)
    late = Signal(bool)
    unfolded = Signal(object)

    def __init__(
        self,
        document: Document,
        findings: Findings,
        trust: Trust | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._findings = findings
        self._trust = trust or Trust(self)
        self._state = EngineState.STARTING
        self._process: EngineProcess | None = None
        self._asked: Inspect | None = None
        self._number = 0
        self._measured = 0
        self._restart_timer = QTimer(self)
        self._restart_timer.setSingleShot(True)
        self._restart_timer.setInterval(_RESTART_MS)
        self._restart_timer.timeout.connect(self.start)
        self._deaths: deque[float] = deque(maxlen=_DEATHS_A_MINUTE)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(lambda: self.late.emit(True))
        # A large diagram takes a while to be written: the edit is seen first.
        self._asking = QTimer(self)
        self._asking.setSingleShot(True)
        self._asking.setInterval(0)
        self._asking.timeout.connect(self._ask)
        findings.changed.connect(self._asking.start)
        self._trust.changed.connect(findings.ask_again)

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
        self._measured = 0
        self._process = EngineProcess(cpu_only=True, parent=self)
        self._process.received.connect(self._receive)
        self._process.logged.connect(self.logged)
        self._process.ended.connect(self._ended)
        self._process.start()

    def send(self, request: Request) -> bool:
        """Send a request that is no question about the document; return whether it could be."""
        if self._process is None or self._state is not EngineState.READY:
            return False
        self._process.send(request)
        return True

    def restart(self) -> None:
        """End the engine, whatever it is at, and start another one."""
        self._restart_timer.stop()
        self._let_go()
        if self._process is not None:
            self._process.ended.disconnect(self._ended)
            self._process.kill()
        self._restart()

    def shut_down(self) -> None:
        """End the engine for good."""
        self._restart_timer.stop()
        self._patience.stop()
        self._asking.stop()
        self._findings.changed.disconnect(self._asking.start)
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
                asked = self._let_go()
                if asked is not None and self._is_asked_still(asked):
                    self._findings.receive(event)
                else:
                    self._ask()
            case Repairs() if self._is_current(event.id):
                self._findings.receive_remedies(event.remedies)
            case Measured() if self._is_current(event.id):
                self._findings.receive_cost(event)
            case Unfolded():
                self.unfolded.emit(event)
            case Failed():
                asked = self._let_go()
                self.logged.emit(event.message)
                self.logged.emit(event.detail)
                if asked is not None and self._is_asked_still(asked):
                    self._findings.receive(_not_inspected(self._number, event))
                elif asked is not None:
                    self._ask()

    def _is_current(self, number: int) -> bool:
        """Return whether an answer is to the last question, and that about what is shown."""
        return number == self._number and self._asked is None and not self._findings.pending

    def _ask(self) -> None:
        if not self._findings.pending:
            self._ask_for_cost()
            return
        if self._state is EngineState.DOWN:
            self._deaths.clear()
            self._restart()
        elif self._state is EngineState.READY and self._asked is None and self._process:
            self._number += 1
            asked = self._question()
            self._process.send(asked)
            self._asked = asked
            if asked.code and asked.trusted:
                self._patience.start()

    def _ask_for_cost(self) -> None:
        """Have the diagram measured, once, whose shapes are known."""
        if not self._findings.cost_pending:
            self._measured = 0
        elif self._process and self._state is EngineState.READY and self._asked is None:
            if self._measured == self._number:
                return
            self._measured = self._number
            self._process.send(_measure(self._question()))

    def _question(self) -> Inspect:
        whole = self._document.whole
        return Inspect(
            id=self._number,
            diagram=_meaning(whole.diagram),
            code=whole.code,
            trusted=self._trust.allows(whole.code),
        )

    def _is_asked_still(self, asked: Inspect) -> bool:
        """Return whether a question is about the document as it is now."""
        now = self._question()
        same_code = (asked.code, asked.trusted) == (now.code, now.trusted)
        return same_code and asked.diagram.means_same(now.diagram)

    def _let_go(self) -> Inspect | None:
        """Return the question under way, which is under way no longer."""
        asked, self._asked = self._asked, None
        if asked is not None and asked.code and not self._patience.isActive():
            self.late.emit(False)
        self._patience.stop()
        return asked

    def _ended(self, how: str) -> None:
        self._let_go()
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


def _meaning(diagram: Diagram) -> Diagram:
    """Return a diagram without what carries no meaning."""
    return Diagram(
        name=diagram.name, layers=diagram.layers, nodes=diagram.nodes, wires=diagram.wires
    )


def _measure(question: Inspect) -> Measure:
    """Return the question for the cost of what another one is about."""
    return Measure(
        id=question.id,
        diagram=question.diagram,
        code=question.code,
        trusted=question.trusted,
    )


def _not_inspected(number: int, failure: Failed) -> Inspected:
    """Return the answer to a question that the engine could not answer: a finding that says so."""
    finding = Diagnostic(
        code="not-inspected",
        severity=Severity.ERROR,
        message=failure.message,
        detail=failure.detail or None,
    )
    return Inspected(id=number, nodes={}, diagnostics=(*failure.diagnostics, finding))
