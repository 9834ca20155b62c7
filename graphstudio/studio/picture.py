"""A picture of a diagram, as the canvas draws it, in a file."""

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSize, QSizeF
from PySide6.QtGui import QColor, QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QApplication

from graphstudio.catalog.entries import Catalog
from graphstudio.diagram.project import Project
from graphstudio.protocol import Inspected
from graphstudio.studio.canvas.scene import DiagramScene
from graphstudio.studio.document import Document
from graphstudio.studio.findings import Findings
from graphstudio.studio.theme import Theme

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
    save_picture(scene, theme.palette.canvas, file)


def save_picture(scene: DiagramScene, ground: str, file: Path) -> None:
    """Draw a scene into a file, whose ending says the form.

    Args:
        scene: what is drawn, with all that is in it.
        ground: the colour behind it, in forms that have one.
        file: a ``.png``, ``.svg`` or ``.pdf`` file.

    Raises:
        OSError: the file cannot be written, or its ending is another.
    """
    draw = _DRAWERS.get(file.suffix.lower())
    if draw is None:
        raise OSError(f"expected a file that ends in {', '.join(_DRAWERS)}; received {file.name}")
    draw(scene, scene.itemsBoundingRect().adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN), file,
         QColor(ground))  # fmt: skip
    if not file.is_file() or not file.stat().st_size:
        raise OSError(f"Qt could not write {file}")


def _draw_png(scene: DiagramScene, outline: QRectF, file: Path, ground: QColor) -> None:
    size = (outline.size() * _SCALE).toSize()
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(ground)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    scene.render(painter, QRectF(image.rect()), outline)
    painter.end()
    image.save(str(file))


def _draw_svg(scene: DiagramScene, outline: QRectF, file: Path, _ground: QColor) -> None:
    generator = QSvgGenerator()
    generator.setFileName(str(file))
    size: QSize = outline.size().toSize()
    generator.setSize(size)
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    generator.setTitle("Graph Studio diagram")
    painter = QPainter(generator)
    scene.render(painter, QRectF(0, 0, size.width(), size.height()), outline)
    painter.end()


def _draw_pdf(scene: DiagramScene, outline: QRectF, file: Path, _ground: QColor) -> None:
    writer = QPdfWriter(str(file))
    points = QSizeF(outline.width() * _POINTS, outline.height() * _POINTS)
    writer.setPageSize(QPageSize(points, QPageSize.Unit.Point))
    writer.setPageMargins(QMarginsF())
    painter = QPainter(writer)
    scene.render(painter, QRectF(0, 0, writer.width(), writer.height()), outline)
    painter.end()


_DRAWERS: Mapping[str, Callable[[DiagramScene, QRectF, Path, QColor], None]] = {
    ".png": _draw_png,
    ".svg": _draw_svg,
    ".pdf": _draw_pdf,
}
