"""Where frames and notes can be grabbed: arithmetic on their boxes.

All lengths are pixels at 100% zoom; a reach is what some pixels of the view are there.
"""

from dataclasses import dataclass

from graphstudio.diagram.annotations import Marks
from graphstudio.diagram.rectangles import Rectangle
from graphstudio.studio.canvas.geometry import snapped

TITLE_HEIGHT = 28.0
TITLE_LEFT = 12.0
TITLE_LINE = 16.0
# Under a title that is too large for the bar and so stands above the frame.
_TITLE_GAP = 4.0
# How much larger than at 100% a title gets from afar.
LARGEST_TITLE = 6.0
LEAST_FRAME = (64.0, 48.0)
LEAST_NOTE = (64.0, 32.0)
NOTE_SIZE = (224.0, 120.0)
NOTE_CORNER = 12.0
# In pixels of the view: how far off an edge it can be grabbed, and how wide the border inside is.
_EDGE_REACH = 4.0
_BORDER = 6.0
_CORNER_REACH = 10.0

# Which edges move when something is resized: -1 for left and top, 1 for right and bottom.
Sides = tuple[int, int]
WHOLE: Sides = (0, 0)


@dataclass(frozen=True, slots=True)
class Grip:
    """A place where a frame or a note can be grabbed.

    Attributes:
        marks: the frame or the note, alone.
        sides: the edges that move with the hand; none where it all moves.
    """

    marks: Marks
    sides: Sides = WHOLE


def title_scale(zoom: float) -> float:
    """Return how much larger than at 100% a title is at a zoom (1 is 100%), so as to be read."""
    return min(max(1 / zoom, 1.0), LARGEST_TITLE)


def title_bottom(scale: float) -> float:
    """Return where the line of a title ends below, from the frame's top: in the bar, or above."""
    line = TITLE_LINE * scale
    return (TITLE_HEIGHT + line) / 2 if line < TITLE_HEIGHT else -_TITLE_GAP


def frame_sides(box: Rectangle, label: Rectangle, x: float, y: float, zoom: float) -> Sides | None:
    """Return what a press on a frame grabs; none in its empty middle and outside of it.

    Args:
        box: the frame.
        label: where its title stands at that zoom.
        x: of the press.
        y: of the press.
        zoom: pixels of the view for one of the scene.
    """
    reach = min(_EDGE_REACH / zoom, box.width / 8, box.height / 8)
    if not _is_near(box, x, y, reach):
        return WHOLE if _is_near(label, x, y, 0.0) else None
    corner = min(_CORNER_REACH / zoom, box.width / 4, box.height / 4)
    sides = (_side(x, box.left, box.right, reach), _side(y, box.top, box.bottom, reach))
    if sides != WHOLE:
        # A corner is easier to grab than its edges are thin.
        return (
            sides[0] or _side(x, box.left, box.right, corner),
            sides[1] or _side(y, box.top, box.bottom, corner),
        )
    border = reach + _BORDER / zoom
    on_border = _side(x, box.left, box.right, border) or _side(y, box.top, box.bottom, border)
    return WHOLE if on_border or y <= box.top + TITLE_HEIGHT or _is_near(label, x, y, 0.0) else None


def note_sides(box: Rectangle, x: float, y: float, zoom: float) -> Sides | None:
    """Return what a press on a note grabs: its lower right corner, all of it, or nothing."""
    if not _is_near(box, x, y, 0.0):
        return None
    corner = min(max(NOTE_CORNER, _CORNER_REACH / zoom), box.width / 4, box.height / 4)
    at_corner = x >= box.right - corner and y >= box.bottom - corner
    return (1, 1) if at_corner else WHOLE


def resized(
    box: Rectangle,
    sides: Sides,
    way: tuple[float, float],
    least: tuple[float, float],
    *,
    snaps: bool,
) -> Rectangle:
    """Return a box some of whose edges were dragged.

    Args:
        box: the box before.
        sides: the edges.
        way: how far they were dragged.
        least: the least width and height that it keeps.
        snaps: whether the edges stop at lines of the grid.
    """
    x, right = _dragged(box.left, box.right, sides[0], way[0], least[0], snaps=snaps)
    y, bottom = _dragged(box.top, box.bottom, sides[1], way[1], least[1], snaps=snaps)
    return Rectangle(x, y, right, bottom)


def _dragged(
    start: float, end: float, side: int, way: float, least: float, *, snaps: bool
) -> tuple[float, float]:
    edge = (end if side > 0 else start) + way
    edge = snapped(edge) if snaps else edge
    if side > 0:
        return start, max(edge, start + least)
    return (min(edge, end - least), end) if side else (start, end)


def _is_near(box: Rectangle, x: float, y: float, reach: float) -> bool:
    across = box.left - reach <= x <= box.right + reach
    return across and box.top - reach <= y <= box.bottom + reach


def _side(place: float, start: float, end: float, reach: float) -> int:
    return -1 if place <= start + reach else 1 if place >= end - reach else 0
