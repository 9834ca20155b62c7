"""The rectangles that nodes, frames and notes take on the canvas, in pixels at 100% zoom."""

from collections.abc import Iterable, Mapping

import msgspec

from graphstudio.diagram.diagram import Frame, NodeId, Note, Position
from graphstudio.diagram.measures import DEFAULT_SIZE, Measures


class Rectangle(msgspec.Struct, frozen=True):
    """A rectangle of the canvas by its edges."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def sized(cls, x: float, y: float, width: float, height: float) -> "Rectangle":
        """Return the rectangle of a size at a place."""
        return cls(x, y, x + width, y + height)

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """How high it is."""
        return self.bottom - self.top

    def moved(self, x: float, y: float) -> "Rectangle":
        """Return it at another place, so far to the right and down."""
        return Rectangle(self.left + x, self.top + y, self.right + x, self.bottom + y)

    def grown(self, margin: float) -> "Rectangle":
        """Return it with a margin on all sides."""
        return Rectangle(
            self.left - margin, self.top - margin, self.right + margin, self.bottom + margin
        )

    def meets(self, other: "Rectangle") -> bool:
        """Return whether the two share more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: "Rectangle") -> bool:
        """Return whether the other lies whole inside."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )


def rectangles(places: Mapping[NodeId, Position], measures: Measures) -> dict[NodeId, Rectangle]:
    """Return what each node takes at its place."""
    found: dict[NodeId, Rectangle] = {}
    for node, place in places.items():
        width, height = measures.sizes.get(node, DEFAULT_SIZE)
        found[node] = Rectangle.sized(place.x, place.y, width, height)
    return found


def rectangle_of(mark: Frame | Note) -> Rectangle:
    """Return what a frame or a note takes."""
    return Rectangle.sized(mark.x, mark.y, mark.width, mark.height)


def around(boxes: Iterable[Rectangle]) -> Rectangle | None:
    """Return the rectangle around some; none around none."""
    known = list(boxes)
    if not known:
        return None
    return Rectangle(
        min(box.left for box in known),
        min(box.top for box in known),
        max(box.right for box in known),
        max(box.bottom for box in known),
    )
