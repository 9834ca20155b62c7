"""The plot of one loss: training solid, validation dashed, and a cursor to read it by."""

import math

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from graphstudio.studio import theme as themes
from graphstudio.studio.curve import Curve
from graphstudio.studio.theme import Palette

_TICKS_WIDTH = 44
_TICKS_HEIGHT = 20
_LINE = 1.8
_MARGIN = 0.06
_KEY_STEPS = 50


class CurvePlot(QWidget):
    """Draws a curve over epochs. The cursor follows the mouse, or the arrow keys.

    Signals:
        pointed: the x under the cursor, in epochs; None when there is no cursor.
    """

    pointed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._span = (0.0, 1.0)
        self._cursor: float | None = None
        self._plot = pg.PlotWidget(self)
        # The mouse is for the cursor and the wheel for the row of cards: this widget gets both.
        self._plot.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._training = self._plot.plot([], [], antialias=True, skipFiniteCheck=True)
        self._validation = self._plot.plot([], [], antialias=True, skipFiniteCheck=True)
        self._line = pg.InfiniteLine(angle=90)
        self._build()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Return a size at which the axes can be read."""
        return QSize(236, 96)

    def tint(self, palette: Palette, colour: QColor) -> None:
        """Draw in the colours of a theme.

        Args:
            palette: the theme's colours.
            colour: the curve's own.
        """
        self._plot.setBackground(palette.raised)
        self._training.setPen(pg.mkPen(colour, width=_LINE))
        self._validation.setPen(pg.mkPen(colour, width=1.4, style=Qt.PenStyle.DashLine))
        self._validation.setSymbolPen(pg.mkPen(None))
        self._validation.setSymbolBrush(colour)
        self._line.setPen(pg.mkPen(palette.dim, width=1))
        for side in ("left", "bottom"):
            axis = self._plot.getAxis(side)
            axis.setPen(pg.mkPen(None))
            axis.setTextPen(palette.dim)
        self._plot.getAxis("bottom").setTickPen(pg.mkPen(palette.raised))
        self._plot.getAxis("left").setTickPen(pg.mkPen(palette.line))

    def draw(self, curve: Curve, span: tuple[float, float]) -> None:
        """Show a curve.

        Args:
            curve: the points as they are now.
            span: the epochs at the left and at the right end.
        """
        self._span = span
        self._training.setData(curve.training.xs, curve.training.ys)
        # A line needs two points; the first epoch's validation is a dot until the second is done.
        lone = "o" if len(curve.validation) == 1 else None
        self._validation.setData(curve.validation.xs, curve.validation.ys, symbol=lone)
        low, high = curve.bounds or (0.0, 1.0)
        pad = (high - low or abs(high) or 1.0) * _MARGIN
        view = self._plot.getViewBox()
        view.setRange(xRange=span, yRange=(low - pad, high + pad), padding=0)
        self._plot.getAxis("bottom").setTicks([_epoch_ticks(*span)])
        self._plot.getAxis("left").setTicks([_loss_ticks(low - pad, high + pad)])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Put the cursor under the mouse."""
        view = self._plot.getViewBox()
        spot = self._plot.mapFrom(self, event.position().toPoint())
        x = view.mapSceneToView(self._plot.mapToScene(spot)).x()
        inside = self._span[0] <= x <= self._span[1]
        self._point(x if inside else None)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """Take the cursor away."""
        self._point(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Move the cursor with the arrows, Home and End; Escape takes it away."""
        first, last = self._span
        here = first if self._cursor is None else self._cursor
        step = (last - first) / _KEY_STEPS
        places = {
            Qt.Key.Key_Left: here - step,
            Qt.Key.Key_Right: here + step,
            Qt.Key.Key_Home: first,
            Qt.Key.Key_End: last,
        }
        key = Qt.Key(event.key())
        if key in places:
            self._point(min(max(places[key], first), last))
        elif key == Qt.Key.Key_Escape and self._cursor is not None:
            self._point(None)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Show by the cursor where the arrow keys go, if the keyboard came here."""
        if event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}:
            data = self._training.xData
            self._point(self._span[0] if data is None or not len(data) else float(data[-1]))
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Take the cursor away."""
        self._point(None)
        super().focusOutEvent(event)

    def _build(self) -> None:
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._plot)
        self._plot.setMinimumSize(0, 0)
        self._plot.setMenuEnabled(False)
        self._plot.hideButtons()
        self._plot.getViewBox().disableAutoRange()
        for item in (self._training, self._validation):
            item.setDownsampling(auto=True, method="peak")
        self._validation.setSymbolSize(5)
        self._line.setVisible(False)
        self._plot.addItem(self._line, ignoreBounds=True)
        left, bottom = self._plot.getAxis("left"), self._plot.getAxis("bottom")
        # Room for the halves of the numbers that stand at the ends of the axes.
        self._plot.getPlotItem().setContentsMargins(0, 8, 8, 0)
        left.setWidth(_TICKS_WIDTH)
        left.setGrid(255)
        bottom.setHeight(_TICKS_HEIGHT)
        for axis in (left, bottom):
            axis.setStyle(
                tickLength=0, tickFont=themes.mono(11), tickAlpha=255, hideOverlappingLabels=False
            )

    def _point(self, x: float | None) -> None:
        self._cursor = x
        self._line.setVisible(x is not None)
        if x is not None:
            self._line.setValue(x)
        self.pointed.emit(x)


def _epoch_ticks(first: float, last: float) -> list[tuple[float, str]]:
    step = max(1.0, _round_step((last - first) / 5))
    return [(x, f"{x:.0f}") for x in _multiples(step, first, last)]


def _loss_ticks(low: float, high: float) -> list[tuple[float, str]]:
    # Six digits hide the rounding of the multiplication; few numbers need as many.
    return [(y, f"{y:.6g}") for y in _multiples(_round_step((high - low) / 4), low, high)]


def _multiples(step: float, low: float, high: float) -> list[float]:
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [float(n * step) for n in np.arange(first, last + 1)]


def _round_step(size: float) -> float:
    """Return 1, 2 or 5 times a power of ten: the least that is not below a size."""
    power = 10.0 ** math.floor(math.log10(size))
    return next(factor * power for factor in (1.0, 2.0, 5.0, 10.0) if factor * power >= size * 0.99)
