"""Notes: Markdown on cards, written in place, moved, resized and removed by hand."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt, QUrl
from PySide6.QtGui import QColor, QDesktopServices, QImage
from PySide6.QtTest import QTest

from graphstudio.diagram.annotations import add_note, one_note
from graphstudio.diagram.diagram import Note, NoteId
from graphstudio.studio.canvas.mark_editors import NoteEditor
from graphstudio.studio.canvas.note_item import NoteItem
from graphstudio.studio.note_text import LONGEST, NoteText
from tests.studio.canvas.hand import LEFT, Hand

CONTROL = Qt.KeyboardModifier.ControlModifier
NOTE = NoteId("t")
MARKDOWN = (
    "# Why\n\nTwo **convolutions**.\n\n- first `3x3`\n- second\n\nSee [it](https://example.org)."
)


@pytest.fixture
def note(hand: Hand) -> NoteItem:
    record = Note(text=MARKDOWN, x=0, y=160, width=240, height=160)
    put(hand, NOTE, record)
    hand.view.zoom_to(100)
    hand.view.centerOn(200, 160)
    return hand.view.diagram_scene.marks.notes[NOTE]


def put(hand: Hand, note_id: NoteId, note: Note) -> None:
    hand.document.apply("note", lambda p: p.with_diagram(add_note(p.diagram, note_id, note)))


def middle(hand: Hand) -> QPoint:
    note = hand.diagram.notes[NOTE]
    return hand.at(note.x + note.width / 2, note.y + note.height / 2)


def opened(hand: Hand) -> NoteEditor:
    QTest.mouseDClick(hand.view.viewport(), LEFT, pos=middle(hand))
    editor = hand.view.marking.writing.editor
    assert isinstance(editor, NoteEditor)
    return editor


def colours(image: QImage) -> set[str]:
    return {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }


def shot(hand: Hand) -> QImage:
    """The note as it is seen."""
    note = hand.diagram.notes[NOTE]
    start, end = hand.at(note.x, note.y), hand.at(note.x + note.width, note.y + note.height)
    return (
        hand.view.viewport()
        .grab()
        .toImage()
        .copy(start.x(), start.y(), end.x() - start.x(), end.y() - start.y())
    )


def test_markdown_is_read_and_not_shown(note: NoteItem) -> None:
    assert note.text.plain == "Why\nTwo convolutions.\nfirst 3x3\nsecond\nSee it."
    assert note.text.first_line == "Why"


def test_a_heading_is_larger_than_the_text(hand: Hand) -> None:
    palette = hand.theme.palette
    heights = [NoteText(text, 240, palette).height for text in ("# Why", "### Why", "Why")]
    assert heights == sorted(heights, reverse=True)
    assert len(set(heights)) == 3


def test_html_is_shown_as_it_is(hand: Hand) -> None:
    text = "<b onclick='x()'>bold</b>"
    assert NoteText(text, 400, hand.theme.palette).plain == text


def test_images_are_words_and_nothing_is_loaded(hand: Hand, tmp_path: Path) -> None:
    red = QImage(60, 60, QImage.Format.Format_RGB32)
    red.fill(QColor("red"))
    red.save(str(tmp_path / "red.png"))
    for place in (tmp_path / "red.png", (tmp_path / "red.png").as_uri()):
        record = Note(text=f"![a chart]({place})\n\n![]({place})", x=0, y=160, width=240, height=99)
        put(hand, NOTE, record)
        hand.view.centerOn(100, 200)
        assert "#ff0000" not in colours(shot(hand))
        text = hand.view.diagram_scene.marks.notes[NOTE].text
        assert text.plain == "[a chart]"


def test_a_click_on_a_link_opens_nothing(
    hand: Hand, note: NoteItem, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", asked.append)
    place = hand.at(note.box.left + 45, note.box.top + note.text.height - 20)
    hand.click(place)
    assert hand.document.selected_marks == one_note(NOTE)
    assert not asked


def test_the_words_of_a_note_are_seen_in_both_themes(hand: Hand, note: NoteItem) -> None:
    del note
    for theme in ("light", "dark"):
        hand.theme.choose(theme)
        seen = colours(shot(hand))
        assert hand.theme.palette.text in seen
        assert hand.theme.palette.accent in seen


@pytest.mark.parametrize("zoom", [10, 39, 41, 100, 300])
def test_a_note_can_be_painted_at_every_zoom(hand: Hand, note: NoteItem, zoom: float) -> None:
    hand.view.zoom_to(zoom)
    hand.view.centerOn(note.box.left + 60, note.box.top + 40)
    image = shot(hand)
    assert note.card.name() in colours(image)
    assert len(colours(image)) > 3


def test_a_text_that_is_too_long_for_its_card_ends_with_whole_lines(hand: Hand) -> None:
    text = NoteText("\n\n".join("line" for _ in range(30)), 240, hand.theme.palette)
    line = text.room_for(100)
    assert 80 <= line <= 100
    assert text.room_for(line) == line
    assert text.room_for(line - 1) < line - 10


def test_an_endless_text_is_cut(hand: Hand) -> None:
    assert len(NoteText("a " * LONGEST, 240, hand.theme.palette).plain) <= LONGEST


def test_a_double_click_writes_the_markdown_in_place(hand: Hand, note: NoteItem) -> None:
    editor = opened(hand)
    assert editor.toPlainText() == MARKDOWN
    assert editor.geometry().contains(middle(hand))
    assert editor.hasFocus()
    QTest.keyClick(editor, Qt.Key.Key_A, CONTROL)
    QTest.keyClicks(editor, "## New")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.keyClicks(editor, "text")
    QTest.keyClick(editor, Qt.Key.Key_Return, CONTROL)
    assert hand.diagram.notes[NOTE].text == "## New\ntext"
    assert note.text.first_line == "New"
    assert hand.document.undo_stack.undoText() == "edit note"
    assert hand.view.hasFocus()


def test_escape_takes_what_was_written_and_undo_takes_it_back(hand: Hand, note: NoteItem) -> None:
    del note
    editor = opened(hand)
    QTest.keyClicks(editor, "more")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert hand.diagram.notes[NOTE].text == MARKDOWN + "more"
    assert hand.view.marking.writing.editor is None
    hand.document.undo_stack.undo()
    assert hand.diagram.notes[NOTE].text == MARKDOWN


def test_leaving_the_field_takes_what_it_says(hand: Hand, note: NoteItem) -> None:
    del note
    QTest.keyClicks(opened(hand), " more")
    hand.click(hand.at(500, 300))
    assert hand.diagram.notes[NOTE].text == MARKDOWN + " more"


def test_a_note_that_is_left_as_it_was_is_no_edit(hand: Hand, note: NoteItem) -> None:
    del note
    count = hand.document.undo_stack.count()
    QTest.keyClick(opened(hand), Qt.Key.Key_Return, CONTROL)
    assert hand.document.undo_stack.count() == count


def test_a_note_grows_with_its_text(hand: Hand, note: NoteItem) -> None:
    editor = opened(hand)
    QTest.keyClicks(editor, "word " * 120)
    editor.writing.commit()
    assert hand.diagram.notes[NOTE].height > 200
    assert note.text.height <= note.box.height
    hand.document.undo_stack.undo()
    assert note.box.height == 160


def test_a_drag_moves_a_note_on_the_grid_and_undo_takes_it_back(hand: Hand, note: NoteItem) -> None:
    hand.drag(middle(hand), middle(hand) + QPoint(61, 29))
    assert (note.box.left, note.box.top) == (64, 192)
    assert (hand.diagram.notes[NOTE].x, hand.diagram.notes[NOTE].y) == (64, 192)
    hand.document.undo_stack.undo()
    assert (note.box.left, note.box.top) == (0, 160)


def test_the_corner_resizes_a_note_and_its_text_flows_anew(hand: Hand, note: NoteItem) -> None:
    before = note.text.height
    corner = hand.at(note.box.right - 3, note.box.bottom - 3)
    hand.drag(corner, corner + QPoint(-150, 40))
    assert (note.box.width, note.box.height) == (88, 200)
    assert note.text.height > before
    assert hand.document.undo_stack.undoText() == "resize note"


def test_a_rubber_band_selects_notes_that_it_touches(hand: Hand, note: NoteItem) -> None:
    hand.drag(hand.at(-30, 130), hand.at(note.box.left + 20, note.box.top + 20))
    assert hand.document.selected_marks == one_note(NOTE)
    hand.key(Qt.Key.Key_Backspace)
    assert not hand.diagram.notes
    hand.document.undo_stack.undo()
    assert hand.diagram.notes[NOTE].text == MARKDOWN


def test_a_new_note_comes_to_the_middle_and_asks_for_its_text(hand: Hand) -> None:
    hand.view.marking.add_note()
    editor = hand.view.marking.writing.editor
    assert editor is not None
    QTest.keyClicks(editor, "because")
    hand.view.marking.writing.commit_pending()
    (note,) = hand.diagram.notes.values()
    centre = hand.view.mapToScene(hand.view.viewport().rect().center())
    assert note.text == "because"
    assert abs(note.x + note.width / 2 - centre.x()) <= 8


def test_a_note_over_a_wire_is_what_a_click_hits(hand: Hand, note: NoteItem) -> None:
    del note
    over = Note(text="over", x=500, y=-40, width=80, height=160)
    put(hand, NoteId("o"), over)
    hand.view.centerOn(400, 0)
    hand.click(hand.at(560, 38))
    assert hand.document.selected_marks == one_note(NoteId("o"))
    assert not hand.document.selected_wires


def test_a_new_note_covers_no_node(hand: Hand) -> None:
    node = next(iter(hand.view.diagram_scene.nodes.values()))
    hand.view.look_at(100, node.frame().center())
    hand.view.marking.add_note()
    (note,) = hand.diagram.notes.values()
    box = QRectF(note.x, note.y, note.width, note.height)
    assert not hand.view.diagram_scene.nodes.touching(box)
    assert hand.view.mapToScene(hand.view.viewport().rect()).boundingRect().intersects(box)
