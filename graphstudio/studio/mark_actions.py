"""The commands on frames and notes, bound to the selection and to what is in view."""

from collections.abc import Callable, Mapping
from functools import partial

from graphstudio.studio.canvas.marking import Marking
from graphstudio.studio.document import Document
from graphstudio.studio.frame_colours import FRAME_COLOURS


class MarkActions:
    """Carries the commands out.

    Args:
        document: whose selected frames are coloured.
        marking: what adds and colours.
    """

    def __init__(self, document: Document, marking: Marking) -> None:
        self._document = document
        self._marking = marking

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what each command does, by the id of its action."""
        marking = self._marking
        colours = {f"colour_{name}": partial(marking.recolour, name) for name in FRAME_COLOURS}
        return {"add_frame": marking.add_frame, "add_note": marking.add_note, **colours}

    def sensible(self) -> Mapping[str, bool]:
        """Return whether each command makes sense now."""
        chosen = bool(self._document.selected_marks.frames)
        return {f"colour_{name}": chosen for name in FRAME_COLOURS}
