"""The code panel shows the project's script and follows it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.code.script import python_script
from graphstudio.diagram import edits
from graphstudio.diagram.diagram import InputNode, NodeId
from graphstudio.diagram.project import Project
from graphstudio.studio.document import Document
from graphstudio.studio.panels.code_view import CodePanel
from graphstudio.studio.panels.python_highlighter import PythonHighlighter
from graphstudio.studio.theme import Palette, Theme
from tests.benchmarks.large import large_diagram, node_at

IMAGE = NodeId("image")


def script(project: Project) -> str:
    """Write a script with a line for each input, after many others."""
    if not project.diagram.inputs:
        raise ValueError("The diagram has no input.")
    lines = [f"# line {number}" for number in range(100)]
    lines += [f'{n.name} = Input(name="{n.name}")' for n in project.diagram.inputs.values()]
    return "\n".join([*lines, "print(1)", ""])


def add_image(document: Document) -> None:
    document.apply(
        "add",
        lambda one: one.with_diagram(edits.add_input(one.diagram, IMAGE, InputNode(name="image"))),
    )


@pytest.fixture
def document(qapp: QApplication) -> Document:
    del qapp
    document = Document()
    add_image(document)
    return document


@pytest.fixture
def panel(qtbot: QtBot, document: Document) -> CodePanel:
    panel = CodePanel(document, Theme("dark"), script)
    qtbot.addWidget(panel)
    panel.resize(800, 300)
    panel.show()
    return panel


def view(panel: CodePanel) -> QPlainTextEdit:
    found = panel.findChild(QPlainTextEdit)
    assert isinstance(found, QPlainTextEdit)
    return found


def button(panel: CodePanel, text: str) -> QPushButton:
    return next(one for one in panel.findChildren(QPushButton) if one.text() == text)


def rename_image(document: Document, name: str) -> None:
    document.apply("rename", lambda one: one.with_diagram(edits.rename(one.diagram, IMAGE, name)))


def test_it_shows_the_script_and_nobody_can_type_into_it(
    panel: CodePanel, document: Document
) -> None:
    QTest.keyClicks(view(panel), "x")
    assert view(panel).toPlainText() == script(document.project)


def test_it_follows_an_edit_and_stays_where_the_user_has_scrolled(
    qtbot: QtBot, panel: CodePanel, document: Document
) -> None:
    view(panel).verticalScrollBar().setValue(40)
    rename_image(document, "photo")
    qtbot.waitUntil(lambda: "photo = Input" in view(panel).toPlainText(), timeout=1000)
    assert view(panel).verticalScrollBar().value() == 40


def test_it_renders_nothing_while_nobody_looks_and_then_catches_up(
    qtbot: QtBot, document: Document
) -> None:
    rendered: list[Project] = []

    def render(project: Project) -> str:
        rendered.append(project)
        return script(project)

    panel = CodePanel(document, Theme("dark"), render)
    qtbot.addWidget(panel)
    rename_image(document, "photo")
    qtbot.wait(50)
    assert rendered == []
    panel.show()
    assert "photo = Input" in view(panel).toPlainText()


def test_where_there_is_no_script_it_says_why_and_dims_the_last_one(
    qtbot: QtBot, panel: CodePanel, document: Document
) -> None:
    before = view(panel).toPlainText()
    document.apply("remove", lambda one: one.with_diagram(edits.remove_nodes(one.diagram, [IMAGE])))
    sentences = panel.findChildren(QLabel)
    qtbot.waitUntil(
        lambda: any(one.text() == "The diagram has no input." for one in sentences), timeout=1000
    )
    assert view(panel).toPlainText() == before
    assert not button(panel, "Copy").isEnabled()
    colours = set(colours_of(view(panel).document(), 101))
    assert colours == {Theme("dark").palette.faint}
    document.undo_stack.undo()
    qtbot.waitUntil(button(panel, "Copy").isEnabled, timeout=1000)


def test_the_lines_of_a_selected_node_are_marked_and_brought_into_view(
    panel: CodePanel, document: Document
) -> None:
    document.select([IMAGE])
    marks = view(panel).extraSelections()
    lines = [one.cursor.block().text() for one in marks]
    assert lines == ['image = Input(name="image")']
    assert view(panel).viewport().rect().contains(view(panel).cursorRect(marks[0].cursor).center())
    document.select(())
    assert view(panel).extraSelections() == []


def test_copy_takes_the_whole_script_and_export_asks_for_a_file(
    qtbot: QtBot, panel: CodePanel, document: Document
) -> None:
    QTest.mouseClick(button(panel, "Copy"), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == script(document.project)
    with qtbot.waitSignal(panel.export_requested, timeout=100):
        QTest.mouseClick(button(panel, "Export…"), Qt.MouseButton.LeftButton)


def colours_of(document: QTextDocument, line: int) -> Iterator[str]:
    for part in document.findBlockByNumber(line - 1).layout().formats():
        yield part.format.foreground().color().name()


def coloured(text: str, palette: Palette) -> list[tuple[str, str]]:
    """Return the coloured parts of the last line of a text, each with its colour."""
    document = QTextDocument(text)
    highlighter = PythonHighlighter(document, palette)
    highlighter.rehighlight()
    block = document.lastBlock()
    return [
        (block.text()[one.start : one.start + one.length], one.format.foreground().color().name())
        for one in block.layout().formats()
    ]


def test_each_kind_of_word_has_its_colour(qapp: QApplication) -> None:
    del qapp
    palette = Theme("dark").palette
    violet, amber = palette.curves[3], palette.curves[6]
    parts = dict(coloured('def build(size=1.5e-3, name="a # b"):  # why', palette))
    assert parts["def"] == violet
    assert parts["build"] == palette.accent
    assert parts["1.5e-3"] == amber
    assert parts['"a # b"'] == palette.good
    assert parts["# why"] == palette.faint
    assert "size" not in parts


def test_a_long_string_goes_on_over_lines_and_ends_where_it_ends(qapp: QApplication) -> None:
    del qapp
    palette = Theme("dark").palette
    assert coloured('"""One.\n\nreturn 1', palette) == [("return 1", palette.good)]
    ended = coloured('"""One.\ntwo""" + None', palette)
    assert ended == [('two"""', palette.good), ("None", palette.curves[3])]
    assert coloured('"""One."""\nx = 1', palette) == [("1", palette.curves[6])]


def luminance(colour: str) -> float:
    parts = (QColor(colour).redF(), QColor(colour).greenF(), QColor(colour).blueF())
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("name", ["dark", "light"])
@pytest.mark.parametrize("behind", ["panel", "raised"])
def test_every_colour_can_be_read(qapp: QApplication, name: str, behind: str) -> None:
    del qapp
    palette = Theme("light" if name == "light" else "dark").palette
    line = '@a.b  def f(): print(1, "x")  # why'
    ground = luminance(getattr(palette, behind))
    for word, colour in coloured(line, palette):
        bright, dark = sorted((luminance(colour), ground), reverse=True)
        assert (bright + 0.05) / (dark + 0.05) >= 4.5, word


def test_a_script_is_written_again_once_a_class_in_it_becomes_known(
    qtbot: QtBot, document: Document
) -> None:
    known = False

    def render(project: Project) -> str:
        if not known:
            raise ValueError("The class is not known.")
        return script(project)

    panel = CodePanel(document, Theme("dark"), render)
    qtbot.addWidget(panel)
    panel.show()
    assert view(panel).toPlainText() == ""
    known = True
    panel.write_anew()
    qtbot.waitUntil(lambda: "image = Input" in view(panel).toPlainText())


def test_the_script_of_a_large_model_comes_while_the_window_goes_on(
    qtbot: QtBot,
) -> None:
    document, theme = Document(), Theme("dark")
    panel = CodePanel(document, theme, lambda project: python_script(project, shipped_catalog()))
    qtbot.addWidget(panel)
    panel.show()
    diagram = large_diagram(4)
    document.reset(Project(diagram=diagram))
    text = panel.findChild(QPlainTextEdit)
    assert isinstance(text, QPlainTextEdit)
    qtbot.waitUntil(lambda: "score_3" in text.toPlainText())
    document.apply(
        "set",
        lambda p: p.with_diagram(edits.set_parameter(p.diagram, node_at(2, 50), "units", 4711)),
    )
    document.apply("rename", lambda p: p.with_diagram(edits.rename_model(p.diagram, "larger")))
    expected = python_script(document.whole, shipped_catalog())
    assert "4711" in expected
    qtbot.waitUntil(lambda: text.toPlainText() == expected)
