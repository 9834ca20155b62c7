"""The commands on frames and notes, bound to the selection and to what is in view."""

from collections.abc import Callable, Mapping
from functools import partial

from graphstudio.studio.canvas.view import CanvasView
from graphstudio.studio.document import Document
from graphstudio.studio.frame_colours import FRAME_COLOURS


class MarkActions:
    """Carries the commands out.

    Args:
        document: whose selected frames are coloured.
        canvas: where they are added and coloured.
    """

    def __init__(self, document: Document, canvas: CanvasView) -> None:
        self._document = document
        self._canvas = canvas

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what each command does, by the id of its action."""
        marking = self._canvas.marking
        colours = {f"colour_{name}": partial(marking.recolour, name) for name in FRAME_COLOURS}
        return {"add_frame": marking.add_frame, "add_note": self._add_note, **colours}

    def sensible(self) -> Mapping[str, bool]:
        """Return whether each command makes sense now."""
        chosen = bool(self._document.selected_marks.frames)
        return {f"colour_{name}": chosen for name in FRAME_COLOURS}

    def _add_note(self) -> None:
        """Add a note where the pointer is, if it is on the canvas."""
        self._canvas.marking.add_note(self._canvas.paste_place)
