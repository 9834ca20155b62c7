"""The plot of one loss: training solid, validation dashed, and a cursor to read it by."""

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from graphstudio.studio import theme as themes
from graphstudio.studio.curve import Curve, Series
from graphstudio.studio.panels.plot_scale import Scale, epoch_ticks, loss_ticks, thinned
from graphstudio.studio.theme import Palette

_TICKS_WIDTH = 44
_TICKS_HEIGHT = 20
# Room for the halves of the numbers that stand at the ends of the axes.
_EDGE = 8
_GAP = 4
_DOT = 2.5
_MARGIN = 0.06
_KEY_STEPS = 50


class CurvePlot(QWidget):
    """Draws a curve over epochs. The cursor follows the mouse, or the arrow keys.

    Lines and numbers are laid out when the curve changes; painting only puts them there, so that
    a window full of plots stays quick while they all grow.

    Signals:
        pointed: the x under the cursor, in epochs; None when there is no cursor.
    """

    pointed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._curve = Curve()
        self._span = (0.0, 1.0)
        self._cursor: float | None = None
        self._scale = Scale(QRectF(), self._span, self._span)
        self._training = QPolygonF()
        self._validation = QPolygonF()
        self._grid: list[QLineF] = []
        self._numbers: list[tuple[QRectF, Qt.AlignmentFlag, str]] = []
        self._background, self._dim = QColor(), QColor()
        self._pens: dict[str, QPen] = {}
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFont(themes.mono(11))

    def sizeHint(self) -> QSize:
        """Return a size at which the axes can be read."""
        return QSize(236, 96)

    def tint(self, palette: Palette, colour: QColor) -> None:
        """Draw in the colours of a theme.

        Args:
            palette: the theme's colours.
            colour: the curve's own.
        """
        self._background, self._dim = QColor(palette.raised), QColor(palette.dim)
        self._pens = {
            "grid": QPen(QColor(palette.line), 1),
            "training": QPen(colour, 1.8),
            "validation": QPen(colour, 1.4, Qt.PenStyle.DashLine),
            "cursor": QPen(self._dim, 1),
        }
        self.update()

    def draw(self, curve: Curve, span: tuple[float, float]) -> None:
        """Show a curve.

        Args:
            curve: the points as they are now.
            span: the epochs at the left and at the right end.
        """
        self._curve, self._span = curve, span
        self._lay_out()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint what was laid out."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._background)
        if not self._pens:
            return
        painter.setPen(self._pens["grid"])
        painter.drawLines(self._grid)
        painter.setPen(self._dim)
        for place, alignment, text in self._numbers:
            painter.drawText(place, alignment, text)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for name, line in (("training", self._training), ("validation", self._validation)):
            painter.setPen(self._pens[name])
            painter.drawPolyline(line)
        # A line needs two points; the first epoch's validation is a dot until the second is done.
        if len(self._curve.validation) == 1:
            painter.setBrush(self._pens["validation"].color())
            painter.drawEllipse(self._validation.value(0), _DOT, _DOT)
        if self._cursor is not None:
            painter.setPen(self._pens["cursor"])
            x, area = self._scale.x(self._cursor), self._scale.area
            painter.drawLine(QLineF(x, area.top(), x, area.bottom()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out for the new size."""
        super().resizeEvent(event)
        self._lay_out()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Put the cursor under the mouse."""
        x = self._scale.epoch_at(event.position().x())
        inside = self._span[0] <= x <= self._span[1]
        self._point(x if inside else None)

    def leaveEvent(self, event: QEvent) -> None:
        """Take the cursor away."""
        self._point(None)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
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

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show by the cursor where the arrow keys go, if the keyboard came here."""
        if event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}:
            xs = self._curve.training.xs
            self._point(float(xs[-1]) if len(xs) else self._span[0])
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the cursor away."""
        self._point(None)
        super().focusOutEvent(event)

    def _lay_out(self) -> None:
        low, high = self._curve.bounds or (0.0, 1.0)
        pad = (high - low or abs(high) or 1.0) * _MARGIN
        area = QRectF(self.rect()).adjusted(_TICKS_WIDTH, _EDGE, -_EDGE, -_TICKS_HEIGHT)
        scale = self._scale = Scale(area, self._span, (low - pad, high + pad))
        losses = [(scale.y(loss), text) for loss, text in loss_ticks(*scale.losses)]
        epochs = [(scale.x(epoch), text) for epoch, text in epoch_ticks(*self._span)]
        self._grid = [QLineF(area.left(), y, area.right(), y) for y, _ in losses]
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        half = _TICKS_WIDTH / 2
        self._numbers = [
            *((QRectF(0, y - half, _TICKS_WIDTH - _GAP, 2 * half), right, t) for y, t in losses),
            *(
                (
                    QRectF(x - half, area.bottom(), 2 * half, _TICKS_HEIGHT),
                    Qt.AlignmentFlag.AlignCenter,
                    text,
                )
                for x, text in epochs
            ),
        ]
        self._training = self._line(self._curve.training)
        self._validation = self._line(self._curve.validation)
        self.update()

    def _line(self, series: Series) -> QPolygonF:
        scale = self._scale
        xs, ys = thinned(scale.x(series.xs), scale.y(series.ys))
        return QPolygonF([QPointF(x, y) for x, y in zip(xs.tolist(), ys.tolist(), strict=True)])

    def _point(self, x: float | None) -> None:
        self._cursor = x
        self.update()
        self.pointed.emit(x)
