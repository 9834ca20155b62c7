"""Frames: drawn behind nodes, and moved, resized, named, coloured and removed by hand."""

from msgspec.structs import replace
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from graphstudio.diagram import edits
from graphstudio.diagram.annotations import add_frame, add_note, one_frame, one_note
from graphstudio.diagram.diagram import (
    Diagram,
    Frame,
    FrameId,
    Layer,
    LayerId,
    NodeId,
    Note,
    NoteId,
    Position,
)
from graphstudio.diagram.project import Project
from graphstudio.diagram.rectangles import Rectangle, rectangle_of
from graphstudio.studio.canvas.mark_editors import TitleEditor
from graphstudio.studio.canvas.move_marks import box_on
from graphstudio.studio.frame_colours import frame_colour
from tests.studio.canvas.hand import LEFT, Hand

SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
ADD_NODES = (NodeId("add"), NodeId("dense"))


def framed(hand: Hand, nodes: tuple[NodeId, ...] = ADD_NODES, title: str = "Frame") -> FrameId:
    """Add a frame around nodes, as the command does, and give it a title."""
    hand.document.select(nodes)
    hand.view.marking.add_frame()
    editor = hand.view.marking.writing.editor
    assert isinstance(editor, TitleEditor)
    QTest.keyClicks(editor, title)
    QTest.keyClick(editor, Qt.Key.Key_Return)
    (frame_id,) = hand.document.selected_marks.frames
    return frame_id


def box(hand: Hand, frame_id: FrameId) -> Rectangle:
    return rectangle_of(hand.diagram.frames[frame_id])


def bar(hand: Hand, frame_id: FrameId) -> QPoint:
    """Where a frame's bar can be grabbed, beside its title."""
    place = box(hand, frame_id)
    return hand.at(place.right - 24, place.top + 18)


def position(hand: Hand, node: str) -> Position:
    return hand.diagram.positions[NodeId(node)]


def add_frame_far_away(hand: Hand) -> FrameId:
    hand.document.select(())
    hand.view.marking.add_frame()
    hand.view.marking.writing.commit_pending()
    return next(iter(hand.document.selected_marks.frames))


def test_a_frame_is_drawn_around_the_selection_with_a_title(hand: Hand) -> None:
    frame_id = framed(hand, title="Heads & tails")
    frame = hand.diagram.frames[frame_id]
    assert frame.title == "Heads & tails"
    for node in ADD_NODES:
        body = hand.view.diagram_scene.nodes[node].frame()
        assert box(hand, frame_id).holds(box_on(body))
    assert hand.document.undo_stack.undoText() == "rename frame"
    hand.document.undo_stack.undo()
    hand.document.undo_stack.undo()
    assert not hand.diagram.frames
    assert not hand.view.diagram_scene.marks.frames


def test_without_a_selection_an_empty_frame_comes_to_the_middle_of_the_view(hand: Hand) -> None:
    frame_id = add_frame_far_away(hand)
    middle = hand.view.mapToScene(hand.view.viewport().rect().center())
    place = box(hand, frame_id)
    assert abs(place.left + place.width / 2 - middle.x()) <= 8
    assert (place.left % 8, place.top % 8) == (0, 0)


def test_the_bar_moves_a_frame_with_all_that_lies_inside_as_one_edit(hand: Hand) -> None:
    frame_id = framed(hand)
    before, count = hand.diagram, hand.document.undo_stack.count()
    hand.drag(bar(hand, frame_id), bar(hand, frame_id) + QPoint(83, 41))
    after = hand.diagram
    way = after.frames[frame_id].x - before.frames[frame_id].x
    assert way > 40
    for node in ADD_NODES:
        assert after.positions[node].x - before.positions[node].x == way
    assert position(hand, "conv") == before.positions[NodeId("conv")]
    assert hand.document.undo_stack.count() == count + 1
    assert hand.document.undo_stack.undoText() == "move"
    hand.document.undo_stack.undo()
    assert hand.diagram == before
    assert hand.view.diagram_scene.nodes[NodeId("dense")].pos() == QPointF(400, 160)


def test_the_corner_of_a_moved_frame_lies_on_the_grid(hand: Hand) -> None:
    frame_id = framed(hand)
    hand.drag(bar(hand, frame_id), bar(hand, frame_id) + QPoint(37, 51))
    assert (box(hand, frame_id).left % 8, box(hand, frame_id).top % 8) == (0, 0)


def test_a_frame_takes_frames_and_notes_inside_with_it(hand: Hand) -> None:
    inner = framed(hand, (NodeId("dense"),))
    note = Note(text="why", x=410, y=100, width=80, height=32)
    hand.document.apply("note", lambda p: p.with_diagram(add_note(p.diagram, NoteId("t"), note)))
    hand.document.select(ADD_NODES, one_frame(inner) | one_note(NoteId("t")))
    hand.view.marking.add_frame()
    hand.view.marking.writing.commit_pending()
    (outer,) = hand.document.selected_marks.frames
    before = hand.diagram
    hand.drag(bar(hand, outer), bar(hand, outer) + QPoint(-80, 0))
    way = hand.diagram.frames[outer].x - before.frames[outer].x
    assert way < -40
    assert hand.diagram.frames[inner].x - before.frames[inner].x == way
    assert hand.diagram.notes[NoteId("t")].x - before.notes[NoteId("t")].x == way


def test_locked_nodes_stay_when_their_frame_moves(hand: Hand) -> None:
    frame_id = framed(hand)
    dense = frozenset([NodeId("dense")])
    hand.document.apply("lock", lambda p: p.with_diagram(replace(p.diagram, locked=dense)))
    hand.drag(bar(hand, frame_id), bar(hand, frame_id) + QPoint(80, 0))
    assert position(hand, "dense") == Position(400, 160)
    assert position(hand, "add").x > 400


def test_a_selected_locked_node_keeps_a_frame_from_moving(hand: Hand) -> None:
    frame_id = framed(hand)
    dense = frozenset([NodeId("dense")])
    hand.document.apply("lock", lambda p: p.with_diagram(replace(p.diagram, locked=dense)))
    hand.document.select(dense, one_frame(frame_id))
    before, place = hand.diagram, box(hand, frame_id)
    hand.drag(bar(hand, frame_id), bar(hand, frame_id) + QPoint(80, 0))
    assert hand.diagram is before
    assert hand.view.diagram_scene.marks.frames[frame_id].box == place


def test_the_bends_between_nodes_in_a_frame_move_with_it(hand: Hand) -> None:
    wire, bend = next(iter(hand.diagram.wires)), Position(500, 300)
    hand.document.apply(
        "bend wire", lambda p: p.with_diagram(replace(p.diagram, bends={wire: (bend,)}))
    )
    ends = hand.diagram.wires[wire]
    frame_id = framed(hand, (ends.source, ends.target))
    before = box(hand, frame_id).left
    start = bar(hand, frame_id)
    hand.press(start)
    hand.move(start, start + QPoint(80, 0))
    way = hand.view.diagram_scene.marks.frames[frame_id].box.left - before
    assert way > 40
    assert hand.view.diagram_scene.wires[wire].bends == (QPointF(500 + way, 300),)
    end = start + QPoint(80, 0)
    QTest.mouseRelease(hand.view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, end)
    assert hand.diagram.bends[wire] == (Position(500 + way, 300),)


def test_escape_puts_a_dragged_frame_back_with_what_it_holds(hand: Hand) -> None:
    frame_id = framed(hand)
    before, place = hand.diagram, box(hand, frame_id)
    hand.press(bar(hand, frame_id))
    hand.move(bar(hand, frame_id), bar(hand, frame_id) + QPoint(80, 40))
    item = hand.view.diagram_scene.marks.frames[frame_id]
    assert item.box != place
    hand.key(Qt.Key.Key_Escape)
    assert item.box == place
    assert hand.view.diagram_scene.nodes[NodeId("dense")].pos() == QPointF(400, 160)
    assert hand.diagram is before


def test_an_edge_and_a_corner_resize_on_the_grid_as_one_edit(hand: Hand) -> None:
    frame_id = framed(hand)
    before = box(hand, frame_id)
    right = hand.at(before.right, before.top + before.height / 2)
    hand.drag(right, right + QPoint(90, 30))
    wider = box(hand, frame_id)
    assert (wider.left, wider.top, wider.height) == (before.left, before.top, before.height)
    assert wider.width > before.width
    assert wider.right % 8 == 0
    assert hand.document.undo_stack.undoText() == "resize frame"
    corner = hand.at(wider.left, wider.top)
    hand.drag(corner, corner + QPoint(-60, -60))
    larger = box(hand, frame_id)
    assert larger.left < wider.left
    assert larger.top < wider.top
    assert (larger.right, larger.bottom) == (wider.right, wider.bottom)
    assert position(hand, "dense") == Position(400, 160)


def test_a_frame_keeps_a_size_that_can_be_grabbed(hand: Hand) -> None:
    frame_id = framed(hand)
    place = box(hand, frame_id)
    right = hand.at(place.right, place.top + place.height / 2)
    hand.drag(right, right - QPoint(900, 0))
    assert box(hand, frame_id).width == 64


def test_a_drag_in_the_empty_middle_is_a_rubber_band(hand: Hand) -> None:
    frame_id = framed(hand)
    place = box(hand, frame_id)
    hand.drag(hand.at(place.left + 20, 120), hand.at(place.right - 20, 250))
    assert hand.document.selection == {"dense"}
    assert not hand.document.selected_marks


def test_a_rubber_band_selects_a_frame_that_it_holds_whole(hand: Hand) -> None:
    frame_id = framed(hand, (NodeId("flat"), NodeId("digit")))
    place = box(hand, frame_id)
    hand.drag(hand.at(place.left - 8, place.top - 8), hand.at(place.right + 8, place.bottom + 8))
    assert hand.document.selection == {"flat", "digit"}
    assert hand.document.selected_marks == one_frame(frame_id)
    assert hand.view.diagram_scene.marks.frames[frame_id].selected


def test_shift_click_adds_a_frame_to_the_selection_and_takes_it_away(hand: Hand) -> None:
    frame_id = framed(hand)
    hand.click(hand.node("conv"))
    hand.click(bar(hand, frame_id), SHIFT)
    assert hand.document.selection == {"conv"}
    assert len(hand.document.selected_marks) == 1
    hand.click(hand.node("flat"), SHIFT)
    assert hand.document.selection == {"conv", "flat"}
    assert len(hand.document.selected_marks) == 1
    hand.click(bar(hand, frame_id), SHIFT)
    assert hand.document.selection == {"conv", "flat"}
    assert len(hand.document.selected_marks) == 0


def test_a_click_on_one_of_several_selected_keeps_that_alone(hand: Hand) -> None:
    frame_id = framed(hand)
    hand.key(Qt.Key.Key_A, CONTROL)
    assert len(hand.document.selected_marks) == 1
    hand.click(bar(hand, frame_id))
    assert hand.document.selection == set()
    assert hand.document.selected_marks == one_frame(frame_id)
    hand.key(Qt.Key.Key_A, CONTROL)
    hand.click(hand.node("conv"))
    assert hand.document.selection == {"conv"}
    assert len(hand.document.selected_marks) == 0


def test_a_node_that_is_dragged_takes_selected_frames_along(hand: Hand) -> None:
    frame_id = framed(hand)
    before = hand.diagram
    hand.click(hand.node("conv"))
    hand.click(bar(hand, frame_id), SHIFT)
    hand.drag(hand.node("conv"), hand.node("conv") + QPoint(0, 80))
    way = position(hand, "conv").y - before.positions[NodeId("conv")].y
    assert way > 40
    assert hand.diagram.frames[frame_id].y - before.frames[frame_id].y == way
    assert position(hand, "dense").y - 160 == way


def test_delete_removes_the_frame_and_leaves_its_nodes(hand: Hand) -> None:
    frame_id = framed(hand)
    hand.click(bar(hand, frame_id))
    hand.key(Qt.Key.Key_Delete)
    assert not hand.diagram.frames
    assert len(hand.diagram.nodes) == 6
    hand.document.undo_stack.undo()
    assert set(hand.view.diagram_scene.marks.frames) == {frame_id}


def test_arrows_nudge_a_frame_with_what_it_holds(hand: Hand) -> None:
    frame_id = framed(hand)
    before = box(hand, frame_id)
    hand.click(bar(hand, frame_id))
    hand.key(Qt.Key.Key_Right)
    assert box(hand, frame_id).left == before.left + 8
    assert position(hand, "dense") == Position(408, 160)


def test_a_double_click_on_the_title_renames_in_place(hand: Hand) -> None:
    frame_id = framed(hand, title="Heads")
    place = box(hand, frame_id)
    title = hand.at(place.left + 24, place.top + 14)
    QTest.mouseDClick(hand.view.viewport(), Qt.MouseButton.LeftButton, pos=title)
    editor = hand.view.marking.writing.editor
    assert isinstance(editor, TitleEditor)
    assert editor.hasFocus()
    assert editor.text() == "Heads"
    assert editor.geometry().contains(title)
    QTest.keyClicks(editor, "Tails")
    hand.click(hand.at(place.left - 40, place.bottom + 40))
    assert hand.diagram.frames[frame_id].title == "Tails"
    assert hand.view.marking.writing.editor is None


def test_escape_leaves_the_title_as_it_was(hand: Hand) -> None:
    frame_id = framed(hand, title="Heads")
    hand.key(Qt.Key.Key_Return)
    editor = hand.view.marking.writing.editor
    assert editor is not None
    QTest.keyClicks(editor, "Tails")
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert hand.diagram.frames[frame_id].title == "Heads"
    assert hand.view.hasFocus()


def test_the_field_follows_the_view_and_goes_with_its_frame(hand: Hand) -> None:
    framed(hand)
    hand.key(Qt.Key.Key_Return)
    editor = hand.view.marking.writing.editor
    assert editor is not None
    before = editor.pos()
    hand.view.horizontalScrollBar().setValue(hand.view.horizontalScrollBar().value() + 30)
    assert editor.pos() == before - QPoint(30, 0)
    hand.document.undo_stack.undo()
    hand.document.undo_stack.undo()
    assert hand.view.marking.writing.editor is None


def test_a_double_click_inside_of_a_frame_still_asks_for_a_layer(hand: Hand) -> None:
    frame_id = framed(hand)
    place = box(hand, frame_id)
    asked: list[None] = []
    hand.view.search_requested.connect(lambda *_: asked.append(None))
    inside = hand.at(place.left + 30, place.top + 130)
    QTest.mouseDClick(hand.view.viewport(), Qt.MouseButton.LeftButton, pos=inside)
    assert len(asked) == 1


def test_a_colour_shows_in_the_picture_and_an_unknown_one_is_grey(hand: Hand) -> None:
    frame_id = framed(hand)
    hand.view.marking.recolour("teal")
    assert hand.diagram.frames[frame_id].colour == "teal"
    item = hand.view.diagram_scene.marks.frames[frame_id]
    assert item.colour == frame_colour(hand.theme.palette, "teal")
    hand.view.marking.recolour("no such colour")
    assert item.colour == frame_colour(hand.theme.palette, "grey")


def test_the_title_is_as_large_from_afar_as_from_near(hand: Hand) -> None:
    frame_id = framed(hand, title="Heads")
    hand.document.select(())
    heights = {}
    for zoom in (100, 50, 25):
        hand.view.zoom_to(zoom)
        place = box(hand, frame_id)
        hand.view.centerOn(place.left, place.top)
        heights[zoom] = letters_height(hand, frame_id)
    assert heights[100] >= 8
    assert abs(heights[50] - heights[100]) <= 2
    assert abs(heights[25] - heights[100]) <= 2


def letters_height(hand: Hand, frame_id: FrameId) -> int:
    """Return how many rows of the view the letters of a frame's title take."""
    place = box(hand, frame_id)
    corner = hand.at(place.left, place.top)
    bar_height = round(24 * hand.view.zoom / 100)
    image = hand.view.viewport().grab(
        QRect(corner - QPoint(0, 24), corner + QPoint(60, bar_height))
    )
    picture = image.toImage()
    light = [
        row
        for row in range(picture.height())
        if any(picture.pixelColor(x, row).lightness() > 180 for x in range(picture.width()))
    ]
    return max(light) - min(light) if light else 0


def test_the_title_can_be_grabbed_from_afar_where_it_is_seen(hand: Hand) -> None:
    frame_id = framed(hand, title="Heads")
    hand.view.zoom_to(25)
    place = box(hand, frame_id)
    hand.view.centerOn(place.left, place.top)
    above = hand.at(place.left, place.top) + QPoint(12, -8)
    hand.click(hand.at(place.left - 200, place.top - 200))
    assert not hand.document.selected_marks
    hand.click(above)
    assert hand.document.selected_marks == one_frame(frame_id)


def test_fit_shows_frames_without_nodes(empty: Hand) -> None:
    frame = Frame(title="Here", x=5000, y=5000, width=200, height=100)
    empty.document.apply("frame", lambda p: with_frame(p, frame))
    empty.view.fit_all()
    assert empty.view.mapToScene(empty.view.viewport().rect()).boundingRect().contains(5100, 5050)


def with_frame(project: Project, frame: Frame) -> Project:
    return project.with_diagram(add_frame(project.diagram, FrameId("f"), frame))


def test_a_nested_model_has_frames_of_its_own(hand: Hand) -> None:
    outside = framed(hand)
    inner = Diagram(frames={FrameId("f"): Frame(title="In", x=0, y=0, width=80, height=60)})
    model = Layer(class_name="keras.Model", name="block", diagram=inner)
    ids = (LayerId("block"), NodeId("block"))
    hand.document.apply(
        "model", lambda p: p.with_diagram(edits.add_layer(p.diagram, ids, model, Position(0, 400)))
    )
    marks = hand.view.diagram_scene.marks
    hand.document.open_model(LayerId("block"))
    assert [item.record.title for item in marks.frames.values()] == ["In"]
    hand.document.close_model()
    assert set(marks.frames) == {outside}


def test_the_overview_shows_frames_faintly(hand: Hand, qtbot: QtBot) -> None:
    frame = Frame(colour="green", x=-900, y=-500, width=600, height=400)
    before = hand.view.overview.grab().toImage()
    hand.document.apply("frame", lambda p: with_frame(p, frame))
    middle = hand.view.overview.place(QPointF(-600, -300)).toPoint()

    def is_green() -> bool:
        colour = hand.view.overview.grab().toImage().pixelColor(middle)
        return colour != before.pixelColor(middle) and colour.green() > colour.red()

    qtbot.waitUntil(is_green)


def test_the_pointer_says_what_a_drag_would_do(hand: Hand) -> None:
    frame_id = framed(hand)
    place = box(hand, frame_id)
    shapes = []
    for x, y in (
        (place.right, place.top + 100),
        (place.right, place.bottom),
        (place.left + 100, place.bottom),
        (place.left + 60, 130),
    ):
        QTest.mouseMove(hand.view.viewport(), hand.at(x, y))
        shapes.append(hand.view.viewport().cursor().shape())
    assert shapes == [
        Qt.CursorShape.SizeHorCursor,
        Qt.CursorShape.SizeFDiagCursor,
        Qt.CursorShape.SizeVerCursor,
        Qt.CursorShape.ArrowCursor,
    ]
