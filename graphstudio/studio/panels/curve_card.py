"""A card for one loss: its name, its value, what it weighs, and its curve."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from graphstudio.studio import theme as themes
from graphstudio.studio.curve import Curve
from graphstudio.studio.panels.curve_plot import CurvePlot
from graphstudio.studio.readings import quantity
from graphstudio.studio.theme import Theme

WIDTH = 260
_HEIGHT = 112


class CurveCard(QFrame):
    """Shows a loss in the colour of its head.

    Args:
        theme: the theme in use.
        title: name of the head, or ``"total"``.
        place: the head's place among the heads, which gives its colour; none for the total.
        parent: the widget around it.
    """

    def __init__(
        self, theme: Theme, title: str, place: int | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title = title
        self._place = place
        self._curve = Curve()
        self._value: float | None = None
        self._note = ""
        self._pointed: float | None = None
        self._name_label = QLabel(title)
        self._value_label = QLabel()
        self._note_label = QLabel()
        self.plot = CurvePlot()
        self._build()
        theme.changed.connect(self._tint)
        self._tint()

    def show_curve(
        self, curve: Curve, span: tuple[float, float], value: float | None, note: str
    ) -> None:
        """Show a loss as it is now.

        Args:
            curve: its points.
            span: the epochs at the left and at the right end.
            value: its value now, if there is one.
            note: what stands at the right.
        """
        self._curve, self._value, self._note = curve, value, note
        self.plot.draw(curve, span)
        self._show_header()

    def _build(self) -> None:
        self.setProperty("role", "card")
        self.setMinimumSize(WIDTH, _HEIGHT)
        self.setToolTip("Loss by epoch. Solid: training; dashed: validation.")
        self._name_label.setFont(themes.sans(13, QFont.Weight.DemiBold))
        self._name_label.setTextFormat(Qt.TextFormat.PlainText)
        self._name_label.setToolTip(self._title)
        # A long name gives way to the numbers beside it.
        self._name_label.setMinimumWidth(16)
        self._value_label.setProperty("role", "mono")
        self._note_label.setProperty("role", "faint")
        self._note_label.setFont(themes.sans(11))
        header = QHBoxLayout()
        header.setContentsMargins(4, 0, 4, 0)
        header.setSpacing(8)
        header.addWidget(self._name_label)
        header.addWidget(self._value_label)
        header.addStretch()
        header.addWidget(self._note_label)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 12, 4)
        layout.setSpacing(4)
        layout.addLayout(header)
        layout.addWidget(self.plot, 1)
        self.plot.pointed.connect(self._point)

    def _tint(self) -> None:
        palette = self._theme.palette
        colour = QColor(palette.text) if self._place is None else palette.curve(self._place)
        self._name_label.setStyleSheet(f"color: {colour.name()}")
        self.plot.tint(palette, colour)

    def _point(self, x: float | None) -> None:
        self._pointed = x
        self._show_header()

    def _show_header(self) -> None:
        point = None if self._pointed is None else self._curve.training.nearest(self._pointed)
        value, note = self._value, self._note
        if point is not None:
            value, note = point[1], self._reading(point[0])
        text = "" if value is None else quantity(value)
        self._value_label.setText(text)
        self._note_label.setText(note)
        self.plot.setAccessibleName(f"{self._title}: loss {text} {note}".strip())

    def _reading(self, x: float) -> str:
        validation = self._curve.validation.nearest(x)
        held_out = f" · val {quantity(validation[1])}" if validation else ""
        return f"epoch {x:.1f}{held_out}"
