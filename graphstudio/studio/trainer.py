"""Training runs of the open project: each in an engine process of its own.

Importing TensorFlow takes seconds, so an idle process is kept warm for the next run.
"""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from graphstudio.diagram.active import active
from graphstudio.diagram.generated import GeneratedSource
from graphstudio.diagram.project import Project
from graphstudio.protocol import (
    Event,
    Failed,
    Pause,
    Ready,
    Resume,
    RunEnded,
    RunStarted,
    RunStopping,
    Stop,
    Train,
)
from graphstudio.studio.engine_process import EngineProcess
from graphstudio.studio.run import Run, RunState

# A run that has not heard Stop after this long is ended from outside.
_STOP_MS = 1000


class Trainer(QObject):
    """Starts and steers runs, one at a time.

    Signals:
        run_changed: the run that is shown, which is another one now.
        state_changed: that run's state.
        found: what is wrong with the data or keeps the run from training; nothing once another
            begins.
        devices_known: what runs can train on, the best device first.
        logged: a line of a run's log.
    """

    run_changed = Signal(object)
    state_changed = Signal(object)
    found = Signal(object)
    devices_known = Signal(object)
    logged = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._warm: EngineProcess | None = None
        self._process: EngineProcess | None = None
        self._run: Run | None = None
        self._runs = 0
        self._run_dir: Path | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_STOP_MS)
        self._patience.timeout.connect(self._end_now)

    @property
    def run(self) -> Run | None:
        """The run under way, or the last one."""
        return self._run

    @property
    def run_dir(self) -> Path | None:
        """Where that run keeps its files."""
        return self._run_dir

    @property
    def busy(self) -> bool:
        """Whether a run is under way."""
        return self._run is not None and not self._run.state.over

    @property
    def process_id(self) -> int:
        """The operating system's number of the run's process; 0 while there is none."""
        return self._process.process_id if self._process else 0

    def warm_up(self) -> None:
        """Start the process of the next run, so that it begins at once."""
        if self._warm is None:
            self._warm = EngineProcess(cpu_only=False, parent=self)
            self._warm.received.connect(self._receive_warm)
            self._warm.logged.connect(self.logged)
            self._warm.ended.connect(self._lost_warm)
            self._warm.start()

    def train(
        self, project: Project, folder: Path, run_dir: Path, *, trusted: bool = False
    ) -> None:
        """Start a run of the project as it is now.

        Args:
            project: what to train.
            folder: what relative paths of its data start from.
            run_dir: where the run keeps its files.
            trusted: whether the user has agreed that the project's own code runs.
        """
        if self.busy:
            return
        self.warm_up()
        process, self._warm = self._warm, None
        self._run_dir = run_dir
        run = self._show_new_run(project)
        if process is None:
            run.receive(Failed(message="The run's engine cannot be started; the log says why."))
            return
        process.ended.disconnect(self._lost_warm)
        process.received.disconnect(self._receive_warm)
        self._process = process
        process.received.connect(partial(self._receive, process, run))
        process.ended.connect(partial(self._ended, process))
        process.send(
            Train(project=project, folder=str(folder), run_dir=str(run_dir), trusted=trusted)
        )
        self._tell_state()

    def _show_new_run(self, project: Project) -> Run:
        """Put a new run in the place of the last one, which is freed with its curves."""
        last = self._run
        self._runs += 1
        heads = [head.name for head in active(project.diagram).heads.values()]
        generated = isinstance(project.data.source, GeneratedSource)
        self._run = Run(self._runs, heads, self, generated=generated)
        self._run.changed.connect(self._tell_state)
        self.run_changed.emit(self._run)
        self.found.emit(())
        if last is not None:
            last.deleteLater()
        return self._run

    def pause(self) -> None:
        """Hold the run, or let a held one go on."""
        if self._process is None or self._run is None:
            return
        if self._run.state is RunState.PAUSED:
            self._process.send(Resume())
            self._run.resume()
        elif self._run.state is RunState.RUNNING:
            self._process.send(Pause())
            self._run.pause()

    def stop(self) -> None:
        """End the run; its model is kept."""
        if self._process is None or self._run is None or not self.busy:
            return
        self._process.send(Stop())
        self._run.stop()
        self._patience.start()

    def shut_down(self) -> None:
        """End every process for good."""
        self._patience.stop()
        for process in self.findChildren(EngineProcess):
            process.blockSignals(True)
            process.kill()
        self._warm = self._process = None

    def _receive_warm(self, event: Event) -> None:
        if isinstance(event, Ready):
            self.devices_known.emit(event.devices)

    def _lost_warm(self, how: str) -> None:
        if self._warm is not None:
            self._warm.deleteLater()
        self._warm = None
        self.logged.emit(f"The engine kept for the next run ended ({how}).")

    def _receive(self, process: EngineProcess, run: Run, event: Event) -> None:
        if isinstance(event, Ready):
            self.devices_known.emit(event.devices)
        if isinstance(event, RunStopping | RunEnded | Failed):
            self._patience.stop()
        if isinstance(event, RunEnded | Failed):
            process.close()
        run.receive(event)
        if isinstance(event, Failed):
            self.found.emit(event.diagnostics)
        elif isinstance(event, RunStarted):
            self.found.emit(event.warnings)

    def _ended(self, process: EngineProcess, how: str) -> None:
        process.deleteLater()
        if process is not self._process:
            # The next run began before this one's process was gone.
            return
        self._patience.stop()
        self._process = None
        if self._run is not None and not self._run.state.over:
            self._run.receive(
                Failed(
                    message=f"The run's engine ended before the run did ({how}). "
                    "The diagram is unharmed; the log says more."
                )
            )
        self.warm_up()

    def _end_now(self) -> None:
        if self._process is not None and self._run is not None:
            self._run.receive(RunEnded(stopped=True, logs={}, seconds=0.0))
            self._process.kill()

    def _tell_state(self) -> None:
        if self._run is not None:
            self.state_changed.emit(self._run.state)
