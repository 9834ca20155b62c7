"""What the colours of the nodes mean, in the corner of the canvas."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from graphstudio.studio.canvas.heat import ColourBy
from graphstudio.studio.canvas.legend_drawing import legend_of
from graphstudio.studio.canvas.levels import Level, level_at
from graphstudio.studio.canvas.overlay import Overlay
from graphstudio.studio.canvas.zoom_view import ZoomView
from graphstudio.studio.theme import Theme

_CORNER = 12


class Legend(QWidget):
    """Says by what nodes are coloured, and what the least and the most is; hidden otherwise."""

    def __init__(self, view: ZoomView, overlay: Overlay, theme: Theme) -> None:
        super().__init__(view)
        self._view = view
        self._overlay = overlay
        self._theme = theme
        self._drawing = legend_of(overlay, theme.palette)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        overlay.chosen.connect(self._follow)
        overlay.scale_changed.connect(self._follow)
        theme.changed.connect(self._follow)
        view.zoom_changed.connect(self._follow)
        self._follow()

    @property
    def text(self) -> str:
        """What it says, such as ``Parameters: 0 … 1.18 M parameters``; nothing while hidden."""
        return "" if self.isHidden() else self.accessibleName()

    @property
    def colours(self) -> list[str]:
        """The colours that it shows, from the least to the most."""
        return list(self._drawing.colours)

    def stand_in(self, canvas: QSize) -> None:
        """Stand in the corner of a canvas of that size."""
        self.move(_CORNER, canvas.height() - self.height() - _CORNER)

    def sizeHint(self) -> QSize:
        """Return the size that words and colours need."""
        return self._drawing.size

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint title, colours and words."""
        self._drawing.paint(QPainter(self), self._theme.palette)

    def _follow(self) -> None:
        far = level_at(self._view.zoom / 100) is Level.FAR
        self._drawing = legend_of(self._overlay, self._theme.palette, far=far)
        self.setAccessibleName(self._drawing.text)
        self.resize(self.sizeHint())
        self.stand_in(self._view.size())
        self.setVisible(self._overlay.by is not ColourBy.NONE)
        self.update()
