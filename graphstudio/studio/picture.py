"""A picture of a diagram, as the canvas draws it, in a file."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSize, QSizeF
from PySide6.QtGui import QColor, QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QApplication

from graphstudio.catalog.entries import Catalog
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
    draw(_Picture(scene, palette), file)
    if not file.is_file() or not file.stat().st_size:
        raise OSError(f"Qt could not write {file}")


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


def _draw_png(picture: _Picture, file: Path) -> None:
    size = (picture.area.size() * _SCALE).toSize()
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(picture.ground)
    painter = QPainter(image)
    picture.paint(painter, QRectF(image.rect()))
    painter.end()
    image.save(str(file))


def _draw_svg(picture: _Picture, file: Path) -> None:
    generator = QSvgGenerator()
    generator.setFileName(str(file))
    size: QSize = picture.area.size().toSize()
    generator.setSize(size)
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    generator.setTitle("Graph Studio diagram")
    painter = QPainter(generator)
    picture.paint(painter, QRectF(0, 0, size.width(), size.height()))
    painter.end()


def _draw_pdf(picture: _Picture, file: Path) -> None:
    writer = QPdfWriter(str(file))
    points = QSizeF(picture.area.width() * _POINTS, picture.area.height() * _POINTS)
    writer.setPageSize(QPageSize(points, QPageSize.Unit.Point))
    writer.setPageMargins(QMarginsF())
    painter = QPainter(writer)
    picture.paint(painter, QRectF(0, 0, writer.width(), writer.height()))
    painter.end()


_DRAWERS: Mapping[str, Callable[[_Picture, Path], None]] = {
    ".png": _draw_png,
    ".svg": _draw_svg,
    ".pdf": _draw_pdf,
}
