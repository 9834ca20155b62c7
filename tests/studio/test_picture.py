"""Pictures of diagrams in files hold the frames and notes that the canvas shows."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.diagram.annotations import add_frame, add_note, recolour
from graphstudio.diagram.diagram import Diagram, Frame, FrameId, Note, NoteId
from graphstudio.diagram.project import Project
from graphstudio.protocol import Inspected
from graphstudio.studio.canvas.heat import STEPS, ColourBy, heated
from graphstudio.studio.canvas.scene import DiagramScene
from graphstudio.studio.document import Document
from graphstudio.studio.findings import Findings
from graphstudio.studio.picture import draw_picture, save_picture, scale_of
from graphstudio.studio.theme import Theme
from tests.studio.canvas.test_levels import colours

FRAME = FrameId("f")


@pytest.fixture
def project() -> Project:
    frame = Frame(title="Here", x=0, y=0, width=400, height=200)
    note = Note(text="**why**", x=0, y=220, width=200, height=60)
    return Project(diagram=add_note(add_frame(Diagram(), FRAME, frame), NoteId("t"), note))


def drawn(project: Project, file: Path) -> Path:
    draw_picture(project, Inspected(id=1, nodes={}), shipped_catalog(), file)
    return file


def test_a_frame_has_its_colour_and_its_size_in_an_image(
    qapp: QApplication, project: Project, tmp_path: Path
) -> None:
    del qapp
    teal = project.with_diagram(recolour(project.diagram, [FRAME], "teal"))
    grey = QImage(str(drawn(project, tmp_path / "grey.png")))
    image = QImage(str(drawn(teal, tmp_path / "teal.png")))
    assert 400 * 2 <= image.width() <= 400 * 2 + 120
    middle = (image.width() // 2, image.height() // 3)
    assert image.pixelColor(*middle).hsvSaturation() > grey.pixelColor(*middle).hsvSaturation()


def test_what_the_colours_mean_stands_under_a_picture(
    qapp: QApplication, project: Project, tmp_path: Path
) -> None:
    del qapp
    document, theme = Document(), Theme("light")
    document.reset(project)
    scene = DiagramScene(document, Findings(document), theme, shipped_catalog())
    plain, legend = tmp_path / "plain.png", tmp_path / "legend.png"
    save_picture(scene, theme.palette, plain)
    scene.overlay.choose(ColourBy.OUTPUT_SIZE)
    save_picture(scene, theme.palette, legend)
    before, after = QImage(str(plain)), QImage(str(legend))
    assert after.width() == before.width()
    # The legend and its margin, at two dots a pixel.
    assert after.height() == before.height() + 2 * (72 + 24)
    assert after.copy(0, 0, before.width(), before.height()) == before
    under = after.copy(0, before.height(), after.width(), 2 * 72)
    assert heated(theme.palette, STEPS).node in colours(under)
    for ending in ("svg", "pdf"):
        save_picture(scene, theme.palette, tmp_path / f"legend.{ending}")
    svg = (tmp_path / "legend.svg").read_text()
    assert ">Output size</text>" in svg
    assert ">not known yet</text>" in svg
    assert (tmp_path / "legend.pdf").read_bytes().startswith(b"%PDF")


def test_a_note_is_text_in_drawings_that_scale(
    qapp: QApplication, project: Project, tmp_path: Path
) -> None:
    del qapp
    svg = drawn(project, tmp_path / "a.svg").read_text()
    assert ">Here</text>" in svg
    assert ">why</text>" in svg
    assert "<image" not in svg
    assert drawn(project, tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("ending", [".png", ".svg", ".pdf"])
def test_a_picture_that_cannot_be_written_is_said_and_the_one_before_stays(
    ending: str, project: Project, qapp: QApplication, tmp_path: Path
) -> None:
    del qapp
    # Even root can make no file whose name is that long beside it while it is written.
    file = tmp_path / ("x" * (255 - len(ending)) + ending)
    file.write_text("the one before")
    with pytest.raises(OSError, match="File name too long"):
        drawn(project, file)
    assert file.read_text() == "the one before"


@pytest.mark.parametrize("ending", [".png", ".pdf"])
def test_a_diagram_of_any_size_becomes_a_picture(
    ending: str, qapp: QApplication, tmp_path: Path
) -> None:
    del qapp
    long = Frame(title="Long", x=0, y=0, width=900_000, height=300)
    wide = Project(diagram=add_frame(Diagram(), FRAME, long))
    file = drawn(wide, tmp_path / f"a{ending}")
    assert file.stat().st_size
    if ending == ".png":
        image = QImage(str(file))
        assert 16_000 < image.width() <= 16_384
        assert image.height() >= 1


def test_an_image_has_fewer_dots_only_where_it_would_be_too_large() -> None:
    assert scale_of(QSizeF(1000, 500)) == 2
    assert scale_of(QSizeF(16_384, 100)) == 1
    assert scale_of(QSizeF(16_000, 16_000)) == 0.5
