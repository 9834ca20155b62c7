"""A picture of a diagram, as the canvas draws it, in a file."""

from collections.abc import Callable, Mapping
from math import sqrt
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF, QSize, QSizeF
from PySide6.QtGui import QColor, QImage, QImageWriter, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QApplication

from graphstudio.catalog.entries import Catalog
from graphstudio.diagram.atomic import write_atomically
from graphstudio.diagram.project import Project
from graphstudio.protocol import Inspected
from graphstudio.studio.canvas.heat import ColourBy
from graphstudio.studio.canvas.legend_drawing import LegendDrawing, legend_of
from graphstudio.studio.canvas.scene import DiagramScene
from graphstudio.studio.document import Document
from graphstudio.studio.findings import Findings
from graphstudio.studio.theme import Palette, Theme

_MARGIN = 24.0
# Dots of the image a pixel of the canvas, so that text stays sharp on paper and dense screens.
_SCALE = 2.0
# The canvas counts 96 pixels an inch, and Qt's pages count points of 72 an inch.
_POINTS = 72 / 96
# What an image may be, so that any program can open it and making it takes less than 300 MB.
_LONGEST, _MOST_DOTS = 16_384, 64_000_000
# What a page may be, in points.
_LONGEST_PAGE = 14_400


def draw_picture(project: Project, inspected: Inspected, catalog: Catalog, file: Path) -> None:
    """Draw a project's diagram in the light theme; the file's ending says the form.

    Args:
        project: whose diagram is drawn.
        inspected: shapes and parameters for the nodes.
        catalog: what Keras offers.
        file: a ``.png``, ``.svg`` or ``.pdf`` file.

    Raises:
        OSError: the file cannot be written.
    """
    application = QApplication.instance() or QApplication(["graphstudio"])
    document = Document(application)
    findings = Findings(document, application)
    theme = Theme("light", application)
    document.reset(project)
    findings.receive(inspected)
    scene = DiagramScene(document, findings, theme, catalog, application)
    save_picture(scene, theme.palette, file)


def save_picture(scene: DiagramScene, palette: Palette, file: Path) -> None:
    """Draw a scene into a file, whose ending says the form.

    Where nodes are coloured by something, the legend stands under them.

    Args:
        scene: what is drawn, with all that is in it.
        palette: the colours that it is drawn in; that of the canvas is behind it in forms that
            have a ground.
        file: a ``.png``, ``.svg`` or ``.pdf`` file.

    Raises:
        OSError: the file cannot be written, or its ending is another.
    """
    draw = _DRAWERS.get(file.suffix.lower())
    if draw is None:
        raise OSError(f"expected a file that ends in {', '.join(_DRAWERS)}; received {file.name}")
    picture, buffer = _Picture(scene, palette), QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    draw(picture, buffer)
    if not buffer.size():
        size = f"{picture.area.width():.0f} x {picture.area.height():.0f} pixels"
        raise OSError(f"expected a diagram that fits into a picture; received one of {size}")
    write_atomically(file, bytes(buffer.data().data()))


class _Picture:
    """A scene with a margin around it and the legend under it.

    Attributes:
        area: what of the scene's plane it takes.
        ground: the colour behind it.
    """

    def __init__(self, scene: DiagramScene, palette: Palette) -> None:
        self._scene = scene
        self._palette = palette
        self._legend: LegendDrawing | None = None
        self.ground = QColor(palette.canvas)
        self.area = scene.itemsBoundingRect().adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)
        self._corner = self.area.bottomLeft() + QPointF(_MARGIN, 0)
        if scene.overlay.by is not ColourBy.NONE:
            self._legend = legend_of(scene.overlay, palette)
            size = QSizeF(self._legend.size) + QSizeF(_MARGIN, _MARGIN)
            self.area = self.area.united(QRectF(self._corner, size))

    def paint(self, painter: QPainter, target: QRectF) -> None:
        """Paint it into a part of a device that has its proportions."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._scene.render(painter, target, self.area)
        if self._legend is not None:
            painter.scale(target.width() / self.area.width(), target.height() / self.area.height())
            painter.translate(self._corner - self.area.topLeft())
            self._legend.paint(painter, self._palette)


def scale_of(size: QSizeF) -> float:
    """Return how many dots an image of a diagram has for each pixel: fewer if it is very large.

    Args:
        size: of the diagram, in pixels.
    """
    longest = max(size.width(), size.height())
    return min(_SCALE, _LONGEST / longest, sqrt(_MOST_DOTS / (size.width() * size.height())))


def _draw_png(picture: _Picture, device: QIODevice) -> None:
    area = picture.area.size()
    size = (area * scale_of(area)).toSize().expandedTo(QSize(1, 1))
    image = QImage(size, QImage.Format.Format_RGB32)
    if image.isNull():
        return
    image.fill(picture.ground)
    painter = QPainter(image)
    picture.paint(painter, QRectF(image.rect()))
    painter.end()
    QImageWriter(device, b"png").write(image)


def _draw_svg(picture: _Picture, device: QIODevice) -> None:
    generator = QSvgGenerator()
    generator.setOutputDevice(device)
    size: QSize = picture.area.size().toSize()
    generator.setSize(size)
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    generator.setTitle("Graph Studio diagram")
    painter = QPainter(generator)
    picture.paint(painter, QRectF(0, 0, size.width(), size.height()))
    painter.end()


def _draw_pdf(picture: _Picture, device: QIODevice) -> None:
    writer = QPdfWriter(device)
    size = picture.area.size()
    points = size * min(_POINTS, _LONGEST_PAGE / max(size.width(), size.height()))
    writer.setPageSize(QPageSize(points, QPageSize.Unit.Point))
    writer.setPageMargins(QMarginsF())
    painter = QPainter(writer)
    picture.paint(painter, QRectF(0, 0, writer.width(), writer.height()))
    painter.end()


_DRAWERS: Mapping[str, Callable[[_Picture, QIODevice], None]] = {
    ".png": _draw_png,
    ".svg": _draw_svg,
    ".pdf": _draw_pdf,
}
