"""The line above the curves: which run, how far, how fast, how well."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from graphstudio.studio.icons import icon
from graphstudio.studio.readings import duration, quantity, speed
from graphstudio.studio.run import Run, RunState
from graphstudio.studio.theme import Theme

_RESOLUTION = 1000
_METRICS = 2


class RunLine(QWidget):
    """Says in one line how a run is doing.

    Signals:
        stop_requested: the user wants the run to end.
    """

    stop_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._number = QLabel()
        self._state = QLabel()
        self._bar = QProgressBar()
        self._speed = QLabel()
        self._left = QLabel()
        self._metrics = QLabel()
        self._stop = QPushButton("Stop")
        self._build()
        theme.changed.connect(self._tint)
        self._tint()

    def show_run(self, run: Run) -> None:
        """Show a run as it is now."""
        running = run.state is RunState.RUNNING
        self._number.setText(f"Run {run.number}")
        self._state.setText(_describe(run))
        self._bar.setValue(round(run.progress * _RESOLUTION))
        _set_steadily(self._speed, speed(run.steps_per_second) if running else "")
        left = run.seconds_left if running else None
        _set_steadily(self._left, "" if left is None else f"{duration(left)} left")
        self._metrics.setText("   ".join(_readings(run.metrics)[:_METRICS]))
        self._metrics.setToolTip(_table(run))
        self._metrics.setVisible(bool(self._metrics.text()))
        self._stop.setVisible(not run.state.over)
        self._stop.setEnabled(run.state is not RunState.STOPPING)

    def _build(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        # The curves stay where they are when the button goes.
        self.setFixedHeight(32)
        for label in (self._number, self._state, self._speed, self._left, self._metrics):
            label.setProperty("role", "dim")
        # In a narrow window the metrics give way first; their tooltip holds them all.
        self._metrics.setMinimumWidth(1)
        self._bar.setRange(0, _RESOLUTION)
        self._bar.setTextVisible(False)
        self._bar.setMinimumWidth(80)
        self._bar.setAccessibleName("Progress of the run")
        self._stop.setIconSize(QSize(20, 16))
        self._stop.setToolTip("End the run after this step")
        self._stop.clicked.connect(self.stop_requested)
        layout.addWidget(self._number)
        layout.addWidget(self._state)
        layout.addWidget(self._bar, 1)
        for widget in (self._speed, self._left, self._metrics, self._stop):
            layout.addWidget(widget)

    def _tint(self) -> None:
        palette = self._theme.palette
        self._stop.setIcon(icon("square", palette, palette.error))


def _describe(run: Run) -> str:
    """Return where a run is in its life, in a few words."""
    if run.state.over:
        return _describe_end(run)
    epoch = f"epoch {run.epoch} / {run.epochs}"
    return {
        RunState.STARTING: "building the model…",
        RunState.PAUSED: f"paused in {epoch}",
        RunState.STOPPING: "stopping after this step…",
    }.get(run.state, epoch)


def _describe_end(run: Run) -> str:
    if run.ended is None:
        epoch = f"in epoch {run.epoch} / {run.epochs}"
        return f"Failed {epoch if run.started else 'before the first step'}"
    if not run.ended.stopped:
        return f"Finished in {duration(run.ended.seconds)}"
    done = run.epochs_done
    return f"Stopped after epoch {done}" if done else "Stopped in the first epoch"


def _readings(metrics: Mapping[str, float]) -> list[str]:
    return [f"{name.replace('_', ' ')} {quantity(value)}" for name, value in metrics.items()]


def _table(run: Run) -> str:
    """Return the metrics of the last epoch and of the best one, a line each."""
    lines = _readings(run.metrics)
    if run.best:
        lines.append(f"Lowest loss in epoch {run.best.epoch + 1}:")
        lines += [f"  {reading}" for reading in _readings(run.best.logs)]
    return "\n".join(lines)


def _set_steadily(label: QLabel, text: str) -> None:
    """Set a text that changes all the time, so that nothing beside it moves with each digit."""
    label.setVisible(bool(text))
    if text != label.text():
        label.setText(text)
        label.setMinimumWidth(max(label.minimumWidth(), label.sizeHint().width()))
