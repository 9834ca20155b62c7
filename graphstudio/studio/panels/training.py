"""The training panel: a line about the run, and a card for the total and for each head."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from graphstudio.diagram.generated import GENERATED
from graphstudio.protocol import RunStarted
from graphstudio.studio.icons import icon
from graphstudio.studio.panels.curve_card import CurveCard
from graphstudio.studio.panels.failure_notice import FailureNotice
from graphstudio.studio.panels.run_line import RunLine
from graphstudio.studio.readings import quantity
from graphstudio.studio.run import TOTAL_KEY, Run, TrainedHead
from graphstudio.studio.theme import Theme
from graphstudio.studio.throttle import Throttle

_FRAME_MILLISECONDS = 66


class TrainingPanel(QWidget):
    """Follows a run, redrawing a few times a second at most and only while it can be seen.

    Signals:
        train_requested: the user wants to train.
        stop_requested: the user wants the run to end.
        repair_chosen: the way out of a failure that a person has clicked, and its path.
    """

    train_requested = Signal()
    stop_requested = Signal()
    repair_chosen = Signal(object, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._run: Run | None = None
        self._total_card: CurveCard | None = None
        self._head_cards: dict[str, CurveCard] = {}
        self._shown: RunStarted | None = None
        self._line = RunLine(theme)
        self._generated = QLabel(f"{GENERATED}.")
        self._failure = FailureNotice(theme)
        self._train = QPushButton("Train")
        self._row = QHBoxLayout()
        self._pages = QStackedLayout(self)
        self._throttle = Throttle(self._redraw, _FRAME_MILLISECONDS, self)
        self._pages.addWidget(self._empty_page())
        self._pages.addWidget(self._run_page())
        self._line.stop_requested.connect(self.stop_requested)
        self._failure.repair_chosen.connect(self.repair_chosen)
        theme.changed.connect(self._tint)
        self._tint()

    def show_run(self, run: Run | None) -> None:
        """Follow a run instead of the one before; none shows what to do to get one."""
        if self._run is not None:
            self._run.changed.disconnect(self._throttle.request)
        self._run = run
        if run is not None:
            run.changed.connect(self._throttle.request)
        self._redraw()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what came while nobody looked."""
        super().showEvent(event)
        self._throttle.request()

    def _empty_page(self) -> QWidget:
        page = QWidget()
        sentence = QLabel("Press Train to see a curve for each head here.")
        sentence.setProperty("role", "dim")
        self._train.setProperty("role", "primary")
        self._train.setIconSize(QSize(20, 16))
        self._train.clicked.connect(self.train_requested)
        layout = QVBoxLayout(page)
        layout.setSpacing(12)
        layout.addStretch()
        layout.addWidget(sentence, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self._train, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch()
        return page

    def _run_page(self) -> QWidget:
        page, cards, scroll = QWidget(), QWidget(), QScrollArea()
        self._failure.unfolded.connect(scroll.setHidden)
        self._generated.setProperty("role", "dim")
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        cards.setLayout(self._row)
        scroll.setWidget(cards)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(page)
        layout.setContentsMargins(16, 8, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(self._line)
        layout.addWidget(self._generated)
        layout.addWidget(self._failure)
        layout.addWidget(scroll, 1)
        return page

    def _redraw(self) -> None:
        run = self._run
        self._pages.setCurrentIndex(0 if run is None else 1)
        if run is None or not self.isVisible():
            return
        self._line.show_run(run)
        self._generated.setVisible(run.generated)
        self._failure.show_failure(run.failure)
        if self._shown is not run.started:
            self._replace_cards(run)
        self._draw_cards(run)

    def _draw_cards(self, run: Run) -> None:
        if run.started is None or self._total_card is None:
            return
        first = run.started.first_epoch
        span = (float(first), float(max(run.epochs, first + 1)))
        self._total_card.show_curve(run.total, span, run.value(TOTAL_KEY), _best(run))
        for head in run.heads:
            note = _weight(head, run.share(head))
            card = self._head_cards[head.name]
            card.show_curve(head.curve, span, run.value(head.key), note)

    def _replace_cards(self, run: Run) -> None:
        while item := self._row.takeAt(0):
            if card := item.widget():
                card.hide()
                card.deleteLater()
        self._shown = run.started
        self._total_card = CurveCard(self._theme, "total", None) if run.started else None
        self._head_cards = {
            head.name: CurveCard(self._theme, head.name, head.place) for head in run.heads
        }
        for new in (self._total_card, *self._head_cards.values()):
            if new is not None:
                self._row.addWidget(new, 1)

    def _tint(self) -> None:
        palette = self._theme.palette
        self._train.setIcon(icon("play", palette, palette.on_accent))


def _weight(head: TrainedHead, share: float | None) -> str:
    return f"weight {head.weight}" + ("" if share is None else f" · share {share:.0%}")


def _best(run: Run) -> str:
    if run.best is None:
        return ""
    held_out = f"val_{TOTAL_KEY}" in run.best.logs
    value = run.best.logs.get(f"val_{TOTAL_KEY}" if held_out else TOTAL_KEY)
    if value is None:
        return ""
    return f"best {'val ' if held_out else ''}{quantity(value)} · epoch {run.best.epoch + 1}"
