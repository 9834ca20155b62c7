"""Where on the canvas something is to be added, and what it is joined to there."""

from dataclasses import dataclass, field

from PySide6.QtCore import QPoint, QPointF

from graphstudio.catalog.fitting import Need
from graphstudio.diagram.diagram import WireId
from graphstudio.studio.canvas.ports import End


@dataclass(frozen=True, slots=True)
class Spot:
    """A place for something new.

    Attributes:
        at: the place on the screen.
        place: the place in the scene; none for where it goes by itself: beside the one selected
            node, into the one selected wire, or into the middle of the view.
        loose: the port at the other end of a wire that was dropped on nothing.
        wire: the wire that it is inserted into.
        need: what fits there.
        heading: what is said about it, such as ``"After conv · 4 axes"``.
    """

    at: QPoint
    place: QPointF | None = None
    loose: End | None = None
    wire: WireId | None = None
    need: Need = field(default_factory=Need)
    heading: str = ""
