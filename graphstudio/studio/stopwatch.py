"""Has the calls of the open diagram timed, in an engine process that lives no longer than that."""

from PySide6.QtCore import QObject, Signal

from graphstudio.diagram.project import Project
from graphstudio.protocol import CallTimed, Event, Failed, Ready, TimeCalls, Timed
from graphstudio.studio.document import Document
from graphstudio.studio.engine_process import EngineProcess
from graphstudio.studio.timings import Timings
from graphstudio.studio.trust import Trust

_STARTING = "the engine is starting…"


class Stopwatch(QObject):
    """Times the calls when somebody wants it; questions about the design are answered meanwhile.

    Args:
        document: whose calls they are.
        timings: which take the times.
        trust: which code of projects may run.
        parent: what it lives as long as.

    Signals:
        state_changed: timing has begun or ended.
        began: a sentence that says so.
        ended: that sentence, which is no longer true.
        failed: a sentence that says what could not be timed, and why.
        logged: a line of the engine's log.
    """

    state_changed = Signal()
    began = Signal(str)
    ended = Signal(str)
    failed = Signal(str)
    logged = Signal(str)

    def __init__(
        self, document: Document, timings: Timings, trust: Trust, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._timings = timings
        self._trust = trust
        self._process: EngineProcess | None = None
        self._asked = document.whole
        self._number = 0
        self._told = ""
        timings.wanted.connect(self.start)
        document.replaced.connect(self._follow_document)

    @property
    def busy(self) -> bool:
        """Whether calls are being timed."""
        return self._process is not None

    @property
    def process_id(self) -> int:
        """The operating system's number of the engine's process; 0 while there is none."""
        return self._process.process_id if self._process else 0

    def start(self) -> None:
        """Time the calls of the project as it is now, unless some are being timed."""
        if self.busy:
            return
        self._asked = whole = self._document.whole
        if not whole.diagram.layers:
            self.failed.emit("There is nothing to measure: expected a layer; received none yet.")
            return
        self._number += 1
        batch_size = whole.training.batch_size
        self._told = f"Measuring how long each call takes, for a batch of {batch_size}…"
        self._process = process = EngineProcess(cpu_only=True, parent=self)
        process.received.connect(self._receive)
        process.logged.connect(self.logged)
        process.ended.connect(self._died)
        process.start()
        process.send(
            TimeCalls(
                id=self._number,
                diagram=whole.diagram,
                batch_size=batch_size,
                code=whole.code,
                trusted=self._trust.allows(whole.code),
            )
        )
        self._timings.show_progress(_STARTING)
        self.began.emit(self._told)
        self.state_changed.emit()

    def stop(self) -> None:
        """Time no longer; the times before stay."""
        process, self._process = self._process, None
        if process is None:
            return
        process.ended.disconnect(self._died)
        process.received.disconnect(self._receive)
        process.kill()
        process.deleteLater()
        self._timings.show_progress("")
        self.ended.emit(self._told)
        self.state_changed.emit()

    def _receive(self, event: Event) -> None:
        match event:
            case Ready():
                self._timings.show_progress("the model is being built…")
            case CallTimed():
                self._timings.show_progress(f"{event.done} of {event.calls} calls measured…")
            case Timed():
                self.stop()
                self._timings.receive(event, self._asked)
                if event.reason:
                    self.failed.emit(f"Some calls could not be run, and so not measured: "
                                     f"{event.reason}")  # fmt: skip
            case Failed():
                self.stop()
                self.failed.emit(event.message)
                self.logged.emit(event.detail)

    def _died(self, how: str) -> None:
        self.stop()
        self.failed.emit(
            f"The calls were not measured, as their engine ended ({how}); the diagram is unharmed."
        )

    def _follow_document(self, before: Project, after: Project) -> None:
        """Time no longer what is open no longer."""
        if not before.diagram.means_same(after.diagram):
            self.stop()
